-- RFC 5359, section 2.18: Bob clicks on Carol's address; his computer asks his phone to call her, and does
-- not want any reports (RFC 4488).
lab {
	title = "Click to dial",
	topology = "click.gv",
	duration = "10s",
}

local pc = node "pc"

script(function()
	sleep "1s"
	pc:send { method = "REFER", uri = "sip:bob@192.0.2.2",
		headers = {
			["Refer-To"] = "<sip:carol@192.0.2.3>",
			["Referred-By"] = "<sip:pc@192.0.2.1>",
			["Refer-Sub"] = "false",
			["Contact"] = "<sip:pc@192.0.2.1>",
		} }
end)
