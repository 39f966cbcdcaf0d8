-- A telephone of Switch A calls Bob, whose phone answers at once (RFC 3666,
-- section 3.2).
lab {
	title = "Answered before it rings",
	topology = "telephone-networks.gv",
	duration = "12s",
}

local switcha, bob = node "switcha", node "bob"

bob:set { answer = "0s" }

script(function()
	sleep "1s"
	switcha:dial "0019725552222"
	sleep "7s"
	switcha:hang_up()
end)
