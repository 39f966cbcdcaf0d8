-- Bob mistypes his password (RFC 3665, section 2.5).
lab {
	title = "Unsuccessful registration",
	topology = "password.gv",
	duration = "5s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	-- From now on his phone has a password that the registrar does not know.
	bob:set { password = "zanzibra" }
	bob:register()
	if not wait(bob, "registered", "2s") then
		note "Bob's phone shows: registration failed."
	end
end)
