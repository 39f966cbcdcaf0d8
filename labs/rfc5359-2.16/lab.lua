-- Bob's phone rings, and he is not there. Bill's phone asks Bob's for the call, and takes it over from
-- Alice's phone (RFC 5359, section 2.16).
lab {
	title = "Call pickup",
	topology = "group.gv",
	duration = "15s",
}

local alice, bob, bill = node "alice", node "bob", node "bill"

alice:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
	sleep "3s"
	bill:pickup(bob)
end)
