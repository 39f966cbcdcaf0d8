-- Alice calls Bob twice through the B2BUA: he ends the first call, she the second.
-- If that does not end it for him, he hangs up as well, some seconds later.
lab {
	title = "Bob stays in the call",
	topology = "legs.gv",
	duration = "20s",
}

local alice, bob = node "alice", node "bob"
local calls = 0

bob:on("invite", function(call)
	calls = calls + 1
	local patience = calls == 1 and "2s" or "7s"
	if wait(call, "confirmed", "8s") then
		sleep(patience)
		if call.state == "confirmed" then call:bye() end
	end
end)

script(function()
	sleep "1s"
	alice:invite "sip:bob@192.0.2.10"
	sleep "7s"
	local call = alice:invite "sip:bob@192.0.2.10"
	if wait(call, "confirmed", "8s") then
		sleep "2s"
		call:bye()
	end
end)
