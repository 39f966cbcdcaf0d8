-- RFC 4579 5.9
lab {
	title = "Alice goes on at another phone",
	topology = "conference.gv",
	duration = "40s",
}

local alice, other = node "alice", node "other"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	local call = alice:invite(conference)
	sleep "10s"
	other:invite(conference, { replaces = call })
end)
