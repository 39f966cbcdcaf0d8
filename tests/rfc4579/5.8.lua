-- RFC 4579 5.8
lab {
	title = "Bob joins by a dialog of Alice's",
	topology = "conference.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	local call = alice:invite(conference)
	sleep "10s"
	bob:invite(conference, { join = call })
end)
