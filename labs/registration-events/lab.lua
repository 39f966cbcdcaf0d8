-- Bob's desk phone subscribes to Bob's registration state.
-- His mobile registers, is refreshed, removed, and
-- registers again without refreshing; an administrator removes a binding.
lab {
	title = "Where Bob is registered",
	topology = "registration-events.gv",
	duration = "100s",
}

local desk, cell, carol = node "desk", node "cell", node "carol"
local reg = node "reg"

script(function()
	wait(desk, "registered")
	sleep "1s"
	desk:subscribe(desk, { event = "reg" })
	sleep "1s"
	note "Carol is curious."
	carol:subscribe(desk, { event = "reg" })
	sleep "1s"
	note "Bob switches his mobile on, and off."
	cell:register { expires = "1h" }
	sleep "2s"
	cell:register()
	sleep "2s"
	cell:unregister()
	sleep "2s"
	note "The mobile registers for a minute, and its battery dies."
	cell:register { expires = "60s" }
	sleep "2s"
	cell:crash()
	sleep "65s"
	note "An administrator takes the desk phone's binding away."
	reg:unbind(desk)
end)
