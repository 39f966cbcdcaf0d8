-- A telephone of Switch A calls Bob and hangs up (RFC 3666, section 3.1).
lab {
	title = "A call from the telephone network to SIP",
	topology = "telephone-networks.gv",
	duration = "16s",
}

local switcha = node "switcha"

script(function()
	sleep "1s"
	switcha:dial "0019725552222"
	sleep "7s"
	switcha:hang_up()
end)
