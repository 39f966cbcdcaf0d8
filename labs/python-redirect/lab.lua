-- Alice calls Bob, who has two phones, then Carol, then Dave, who has moved permanently, then a name that
-- does not exist. The server of their domain only returns addresses.
lab {
	title = "A redirect server in Python",
	topology = "python-redirect.gv",
	duration = "150s",
}

local alice, server = node "alice", node "server"

-- Rung's own node learns the addresses by these lines.
local function tell_own()
	local bob = "sip:bob@biloxi.example.com"
	server:bind(bob, "sip:bob@192.0.2.3", { q = "0.8" })
	server:bind(bob, "sip:bob@192.0.2.4", { q = "0.3" })
	server:bind("sip:carol@biloxi.example.com", "sip:carol@192.0.2.5")
	server:bind("sip:dave@biloxi.example.com", "sip:dave@192.0.2.6")
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
	if server.role ~= "script" then tell_own() end
	sleep "1s"
	talk "sip:bob@biloxi.example.com"
	talk "sip:carol@biloxi.example.com"
	talk "sip:dave@biloxi.example.com"
	talk "sip:nobody@biloxi.example.com"
end)
