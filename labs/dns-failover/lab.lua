-- The first of Biloxi's two proxies is dead. Alice calls twice: how long does it take to reach the second
-- one, and does it take that long again?
lab {
	title = "A server dies",
	topology = "two-servers.gv",
	duration = "120s",
}

local alice, bob, px2 = node "alice", node "bob", node "px2"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
end)

local function call_bob()
	wait(alice:invite "sip:bob@biloxi.example.com", "terminated", "60s")
end

script(function()
	px2:crash()
	sleep "1s"
	call_bob()
	sleep "4s"
	call_bob()
end)
