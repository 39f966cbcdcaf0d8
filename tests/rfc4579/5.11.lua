-- RFC 4579 5.11
lab {
	title = "Alice has Carol removed",
	topology = "conference.gv",
	duration = "40s",
}

local alice, carol = node "alice", node "carol"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	alice:invite(conference)
	carol:invite(conference)
	sleep "10s"
	alice:refer(conference, "sip:carol@192.0.2.3;method=BYE")
end)
