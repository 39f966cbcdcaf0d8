-- The registrar can't store what it is told: its location service is down (RFC
-- 3261 21.5.1, 10.3 step 7).
lab {
	title = "500 Server Internal Error",
	topology = "servers.gv",
	duration = "10s",
}

local bob, loc = node "bob", node "loc"

script(function()
	loc:crash()
	sleep "1s"
	bob:register()
end)
