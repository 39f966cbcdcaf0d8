-- RFC 4579 5.7
lab {
	title = "Alice asks the focus to refer Bob",
	topology = "conference.gv",
	duration = "40s",
}

local alice = node "alice"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	alice:invite(conference)
	sleep "10s"
	alice:refer(conference, "sip:bob@192.0.2.2;method=REFER?Refer-To=sip:3402934234%40conf.example.com")
end)
