-- Alice wants her call refreshed every 50 seconds,
-- and learns twice that this is too often. Then she
-- refreshes it; then her phone crashes, and nothing tells Bob's phone so.
lab {
	title = "A call that does not outlive its phones",
	topology = "session-timer.gv",
	duration = "6010s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	wait(call, "confirmed")
	sleep "2001s"
	alice:crash()
end)
