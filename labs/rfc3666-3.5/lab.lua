-- Bob is busy wherever he is, and the telephone network learns
-- that by a cause (RFC 3666, section 3.5).
lab {
	title = "Busy everywhere becomes a REL",
	topology = "telephone-networks.gv",
	duration = "8s",
}

local switcha, bob = node "switcha", node "bob"

bob:set { progress = "none" }

bob:on("invite", function(call)
	call:reject(600)
end)

script(function()
	sleep "1s"
	switcha:dial "0019725552222"
end)
