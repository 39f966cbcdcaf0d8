-- Alice's first proxy does not answer. Her phone gives up on it after Timer B and tries the second one (RFC
-- 3665, section 3.4).
lab {
	title = "Successful session with proxy failure",
	topology = "second-proxy.gv",
	duration = "45s",
}

local alice, bob, proxy1 = node "alice", node "bob", node "proxy1"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

script(function()
	proxy1:crash()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
