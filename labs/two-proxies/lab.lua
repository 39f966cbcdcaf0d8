-- Alice of atlanta.example.com calls Bob of biloxi.example.com.  Each domain
-- has a proxy; both stay in the path (RFC 3665, section 3.2).
lab {
	title = "Call through two proxies",
	topology = "two-proxies.gv",
	duration = "45s",
}

local alice, bob = node "alice", node "bob"

-- Bob's phone answers automatically (answer="2s" in the topology);
-- five seconds later Bob hangs up.
bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		if call.state == "confirmed" then call:bye() end
	end
end)

script(function()
	-- Both phones register when the run starts (register=true).
	wait(bob, "registered")
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
