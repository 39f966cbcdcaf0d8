-- A telephone of a company calls Bob and hangs up (RFC 3666, section 3.3, where
-- the company has tones on the line instead of ISUP).
lab {
	title = "A call from a company's exchange to SIP",
	topology = "telephone-networks.gv",
	duration = "16s",
}

local pbx = node "pbx"

script(function()
	sleep "1s"
	pbx:dial "0019725552222"
	sleep "7s"
	pbx:hang_up()
end)
