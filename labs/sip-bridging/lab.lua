-- A telephone of Switch A calls one of Switch C; the SIP messages between the two carry their ISUP (SIP-T,
-- RFC 3372).
lab {
	title = "What SIP has no word for",
	topology = "telephone-networks.gv",
	duration = "20s",
}

local switcha, switchc = node "switcha", node "switchc"
local ngw1, gw2 = node "ngw1", node "gw2"

ngw1:set { isup = "sip-t" }
gw2:set { isup = "sip-t" }

script(function()
	sleep "1s"
	switcha:dial "0019185554444"
	sleep "7s"
	switchc:put_down()
	sleep "2s"
	switchc:lift()
	sleep "2s"
	switchc:hang_up { cause = "21" }
end)
