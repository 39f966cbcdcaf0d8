-- RFC 4579 5.6
lab {
	title = "Alice asks Bob to call the conference",
	topology = "conference.gv",
	duration = "40s",
}

local alice = node "alice"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	alice:invite(conference)
	sleep "10s"
	alice:refer("sip:bob@192.0.2.2", conference)
end)
