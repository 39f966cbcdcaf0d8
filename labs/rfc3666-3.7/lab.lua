-- A telephone of Switch A calls Bob, whose phone is dead: T7 of the exchange fires before the proxy gives up
-- (RFC 3666, section 3.7).
lab {
	title = "Nobody answers the INVITE: a proxy between",
	topology = "telephone-networks.gv",
	duration = "25s",
}

local switcha, bob = node "switcha", node "bob"

script(function()
	bob:crash()
	sleep "1s"
	switcha:dial "0019725552222"
end)
