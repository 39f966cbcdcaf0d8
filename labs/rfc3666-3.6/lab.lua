-- The caller is behind a network that does not understand causes: the gateway plays the busy tone itself (RFC
-- 3666, section 3.6).
lab {
	title = "A busy tone instead of a REL",
	topology = "telephone-networks.gv",
	duration = "10s",
}

local switcha, bob = node "switcha", node "bob"

switcha:set { interworking = true }

bob:set { progress = "none" }

bob:on("invite", function(call)
	call:reject(600)
end)

script(function()
	sleep "1s"
	switcha:dial "0019725552222"
	sleep "5s"
	switcha:hang_up()
end)
