-- Two phones, no server: Alice calls the address of Bob's phone (RFC 3665,
-- section 3.1).
lab {
	title = "Call without servers",
	topology = "direct-call.gv",
	duration = "45s",
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
	alice:invite(bob)
end)
