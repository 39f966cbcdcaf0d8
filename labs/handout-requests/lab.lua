-- Two calls: Alice cancels the first while it rings, and hangs up the second.
lab {
	title = "What a tutorial says of requests",
	topology = "direct-call.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	wait(call, "early")
	sleep "1s"
	call:cancel()
	wait(call, "terminated")
	sleep "2s"
	call = alice:invite(bob)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
