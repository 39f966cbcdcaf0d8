-- RFC 4579 5.2
lab {
	title = "The focus calls Carol",
	topology = "conference.gv",
	duration = "40s",
}

local alice, focus = node "alice", node "focus"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	alice:invite(conference)
	sleep "10s"
	focus:bring("sip:carol@192.0.2.3")
end)
