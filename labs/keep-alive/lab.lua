-- Alice's phone queries her proxy every ten seconds, and also asks Bob's phone for its capabilities. Then the
-- proxy crashes, and restarts.
lab {
	title = "Is anybody there? OPTIONS",
	topology = "keep-alive.gv",
	duration = "79s",
}

local alice, bob, px = node "alice", node "bob", node "px"

script(function()
	sleep "1s"
	alice:options(bob)
	sleep "1s"
	-- As traceroute does it: which node is the first on the path, which the second?
	for hops = 0, 1 do
		alice:send { method = "OPTIONS", uri = "sip:bob@example.com",
			headers = { ["Max-Forwards"] = tostring(hops) } }
		sleep "1s"
	end
	local call = alice:invite(bob)
	if wait(call, "confirmed", "10s") then
		call:options()
		sleep "1s"
		call:bye()
	end
	sleep "5s"
	px:crash()
	wait(alice, "unreachable", "50s")
	px:restart()
	if wait(alice, "reachable", "30s") then
		alice:options(bob)
	end
end)
