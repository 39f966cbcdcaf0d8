-- The same with a stateless proxy, which answers nothing itself (RFC 3666,
-- section 3.8).
lab {
	title = "Nobody answers the INVITE: a stateless proxy",
	topology = "stateless.gv",
	duration = "25s",
}

local switcha, bob = node "switcha", node "bob"

script(function()
	bob:crash()
	sleep "1s"
	switcha:dial "0019725552222"
end)
