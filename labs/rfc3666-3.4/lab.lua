-- A telephone of Switch A calls a number that does not exist (RFC 3666,
-- section 3.4).
lab {
	title = "An error of SIP becomes a REL",
	topology = "telephone-networks.gv",
	duration = "8s",
}

local switcha = node "switcha"

script(function()
	sleep "1s"
	switcha:dial "0019725550000"
end)
