-- Bob removes all his contacts at once (RFC 3665, section 2.4).
lab {
	title = "Cancellation of all registrations",
	topology = "registered.gv",
	duration = "5s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	bob:register { contact = "*" }
end)
