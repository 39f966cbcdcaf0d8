-- Bob's phone registers, is challenged,
-- and authenticates (RFC 3665, section 2.1).
lab {
	title = "Successful new registration",
	topology = "password.gv",
	duration = "5s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	bob:register()
end)
