-- A telephone of Switch A calls Bob and hangs up while his phone rings (RFC 3666,
-- section 3.9).
lab {
	title = "The caller gives up",
	topology = "telephone-networks.gv",
	duration = "10s",
}

local switcha, bob = node "switcha", node "bob"

bob:set { answer = "never" }

script(function()
	sleep "1s"
	switcha:dial "0019725552222"
	sleep "5s"
	switcha:hang_up()
end)
