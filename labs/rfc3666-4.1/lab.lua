-- A telephone of Switch A calls one of Switch C; between them is SIP (RFC 3666,
-- section 4.1).
lab {
	title = "SIP between two telephone networks",
	topology = "telephone-networks.gv",
	duration = "16s",
}

local switcha, switchc = node "switcha", node "switchc"

script(function()
	sleep "1s"
	switcha:dial "0019185554444"
	sleep "7s"
	switchc:hang_up()
end)
