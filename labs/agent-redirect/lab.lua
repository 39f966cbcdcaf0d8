-- Alice calls Bob, who has two phones, then Carol, then a name that does not exist. The server of their
-- domain only returns addresses.
lab {
	title = "A redirect server of one's own",
	topology = "agent-redirect.gv",
	duration = "120s",
}

local alice, agent = node "alice", node "agent"

-- rung's own node in its place learns the addresses by these lines.
local function tell_own()
	local bob = "sip:bob@biloxi.example.com"
	agent:bind(bob, "sip:bob@192.0.2.3", { q = "0.8" })
	agent:bind(bob, "sip:bob@192.0.2.4", { q = "0.3" })
	agent:bind("sip:carol@biloxi.example.com", "sip:carol@192.0.2.5")
end

local function talk(to)
	local call = alice:invite(to)
	if wait(call, "confirmed", "40s") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
	wait(call, "terminated", "40s")
end

script(function()
	if agent.role ~= "script" then tell_own() end
	sleep "1s"
	talk "sip:bob@biloxi.example.com"
	talk "sip:carol@biloxi.example.com"
	talk "sip:nobody@biloxi.example.com"
end)
