-- Alice asks Bob's phone to call Carol, outside any call,
-- and learns the result (RFC 3515, section 4.1).
lab {
	title = "A REFER and its two NOTIFYs",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

-- Without this, Bob's phone accepts a REFER only from
-- a phone with which it has a call.
bob:set { refer = "anywhere" }

carol:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:refer(bob, carol)
end)
