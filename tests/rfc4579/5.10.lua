-- RFC 4579 5.10
lab {
	title = "A call becomes a conference",
	topology = "conference.gv",
	duration = "40s",
}

local alice = node "alice"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@192.0.2.2"
	wait(call, "confirmed")
	sleep "10s"
	call:confer(conference)
end)
