-- Bob wants to be registered for ten seconds; the registrar does not want to
-- hear from him so often (RFC 3261 21.4.17, 10.3 step 7).
lab {
	title = "423 Interval Too Brief",
	topology = "servers.gv",
	duration = "10s",
}

local bob, reg = node "bob", node "reg"

reg:set { min_expires = "60s" }

script(function()
	sleep "1s"
	bob:register { expires = "10s" }
end)
