-- Bob's phone tells the registrar where Bob can be reached (RFC 3665, section 2.1), refreshes the binding
-- before it expires, and removes it (section 2.4).
lab {
	title = "Registration",
	topology = "registration.gv",
	duration = "90s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	bob:register()              -- for 60 s: expires="60s" in the topology
	wait(bob, "registered")
	sleep "65s"                 -- long enough for one refresh
	bob:unregister()
end)
