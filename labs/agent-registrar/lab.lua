-- Bob's phone registers itself and a second phone, whose time it shortens to a minute. It asks for the
-- bindings, asks again when that time is over, and removes its own.
lab {
	title = "A registrar of one's own",
	topology = "agent-registrar.gv",
	duration = "300s",
}

local bob = node "bob"

-- If Bob is busy, somebody first sends a REGISTER for him,
-- with the field Expires instead of the parameter.
local function register_by_field()
	bob:send { method = "REGISTER", uri = "sip:biloxi.example.com", to = "agent",
		headers = { To = "<sip:bob@biloxi.example.com>",
			Contact = "<sip:bob@192.0.2.8>", Expires = "90" } }
	sleep "20s"
	bob:register { contact = "" }
	sleep "100s"
	bob:register { contact = "" }
end

script(function()
	sleep "1s"
	if bob.busy then return register_by_field() end
	bob:register { expires = 600 }
	sleep "40s"
	bob:register { contact = "<sip:bob@192.0.2.9>", expires = 600 }
	sleep "40s"
	bob:register { contact = "<sip:bob@192.0.2.9>", expires = 60 }
	sleep "2s"
	bob:register { contact = "" }
	sleep "80s"
	bob:register { contact = "" }
	sleep "40s"
	bob:unregister()
	sleep "40s"
	bob:register { contact = "" }
end)
