-- Bob asks the registrar for his contacts:
-- a REGISTER without Contact (RFC 3665, section 2.3).
lab {
	title = "Request for the current contact list",
	topology = "registered.gv",
	duration = "5s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	bob:register { contact = "" }
end)
