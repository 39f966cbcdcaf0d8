-- Bob's phone registers, and a second one, whose time he shortens to a minute.  He
-- asks which there are, asks again when that time is over, and takes himself away.
lab {
	title = "A registrar of one's own",
	topology = "agent-registrar.gv",
	duration = "300s",
}

local bob = node "bob"

script(function()
	sleep "1s"
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
