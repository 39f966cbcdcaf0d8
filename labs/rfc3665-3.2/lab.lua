-- Alice calls Bob through two proxies.
-- Hers first authenticates her (RFC 3665, section 3.2).
lab {
	title = "Session establishment through two proxies",
	topology = "first-call.gv",
	duration = "12s",
}

local alice, bob = node "alice", node "bob"

-- Bob's phone answers automatically (answer="2s" in the topology);
-- five seconds later Bob hangs up.
bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
