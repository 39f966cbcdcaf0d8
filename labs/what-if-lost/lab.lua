-- Alice calls Bob through their proxy. Nothing is lost:
-- rung search tells what a loss would cost.
lab {
	title = "What if this message got lost?",
	topology = "one-proxy.gv",
	duration = "60s",
}

local alice, bob = node "alice", node "bob"

-- Bob's phone answers by itself (answer="2s" in the topology);
-- three seconds later Bob hangs up.
bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		if call.state == "confirmed" then call:bye() end
	end
end)

-- A caller who hears no ringing for one and a half seconds cancels.
script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	if not wait(call, "early", "1500ms") and call.state ~= "terminated" then
		call:cancel()
	end
end)
