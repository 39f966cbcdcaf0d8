-- Alice calls Bob through the B2BUA: he ends the first call, she ends the second, and she cancels the third
-- while his phone rings.
lab {
	title = "A B2BUA of one's own",
	topology = "agent-b2bua.gv",
	duration = "300s",
}

local alice, bob = node "alice", node "bob"
local calls = 0

bob:on("invite", function(call)
	calls = calls + 1
	if calls == 1 and wait(call, "confirmed", "40s") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "terminated", "70s")
	sleep "1s"
	call = alice:invite "sip:bob@192.0.2.3"
	if wait(call, "confirmed", "40s") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
	wait(call, "terminated", "40s")
	sleep "1s"
	call = alice:invite "sip:bob@192.0.2.3"
	if wait(call, "early", "40s") then
		sleep "1800ms"
		if call.state == "early" then call:cancel() end
	end
end)
