-- Bob, who is registered, adds an address of another kind to
-- his contacts (RFC 3665, section 2.2).
lab {
	title = "Update of the contact list",
	topology = "registered.gv",
	duration = "5s",
}

local bob = node "bob"

script(function()
	sleep "1s"
	bob:register { contact = "mailto:bob@biloxi.example.com" }
end)
