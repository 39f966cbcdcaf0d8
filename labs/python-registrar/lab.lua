-- Bob's phone registers itself and one in his car,
-- whose time it then shortens to a minute. It asks for the
-- bindings, asks again when that minute is over, removes its own, and asks once more.
lab {
	title = "A registrar in Python",
	topology = "python-registrar.gv",
	duration = "300s",
}

local bob = node "bob"
local CAR = "<sip:bob@192.0.2.9>"

-- If Bob is busy, somebody first sends a REGISTER for him,
-- with the field Expires instead of the parameter.
local function register_by_field()
	bob:send { method = "REGISTER", uri = "sip:biloxi.example.com", to = "server",
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
	bob:register()
	sleep "40s"
	bob:register { contact = CAR, expires = 300 }
	sleep "40s"
	bob:register { contact = CAR, expires = 60 }
	sleep "2s"
	bob:register { contact = "" }
	sleep "70s"
	bob:register { contact = "" }
	sleep "40s"
	bob:unregister()
	sleep "40s"
	bob:register { contact = "" }
end)
