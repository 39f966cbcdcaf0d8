-- A telephone of PBX A calls one of PBX C; GW 2 has no circuit, GW 3 has one (RFC
-- 3666, section 4.2, where the companies have tones and Q.931 instead of ISUP).
lab {
	title = "Between two companies, with overflow",
	topology = "exchanges.gv",
	duration = "12s",
}

local pbxa, pbxc = node "pbxa", node "pbxc"

script(function()
	pbxc:block "gw2:1"
	sleep "1s"
	pbxa:dial "0019185553333"
	sleep "7s"
	pbxc:hang_up()
end)
