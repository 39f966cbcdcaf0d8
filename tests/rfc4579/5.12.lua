-- RFC 4579 5.12
lab {
	title = "The creator departs",
	topology = "conference.gv",
	duration = "40s",
}

local alice, bob, carol, focus = node "alice", node "bob", node "carol", node "focus"

script(function()
	sleep "1s"
	focus:set { factory = "answer" }
	local call = alice:invite "sip:focus@conf.example.com"
	wait(call, "confirmed")
	sleep "10s"
	bob:invite { join = call }
	carol:invite { join = call }
	sleep "10s"
	call:bye()
end)
