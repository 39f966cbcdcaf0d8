-- Bob's phone lost its power in the middle of the call.  It is back, but knows
-- nothing of a call that Alice now ends (RFC 3261 21.4.19, 12.2.2).
lab {
	title = "481 Call/Transaction Does Not Exist",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { answer = "1s" }

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	wait(call, "confirmed")
	sleep "1s"
	bob:crash()
	sleep "1s"
	bob:restart()
	sleep "1s"
	call:bye()
end)
