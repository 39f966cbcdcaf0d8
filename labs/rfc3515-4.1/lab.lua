-- Alice asks Bob's phone to call Carol, outside of any call, and hears what came
-- of it (RFC 3515, section 4.1).
lab {
	title = "A REFER and its two NOTIFYs",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

-- Without this Bob's phone takes a REFER from whom it talks with, and from
-- nobody else.
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
