-- RFC 4579 5.5
lab {
	title = "Alice asks the focus to call Carol",
	topology = "conference.gv",
	duration = "40s",
}

local alice = node "alice"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	alice:invite(conference)
	sleep "10s"
	alice:refer(conference, "sip:carol@192.0.2.3")
end)
