-- Dave's phone is off.  Mallory asks for twenty extensions; later Carol calls
-- Bob, as she often does.
lab {
	title = "A scanner of extensions",
	topology = "scanner.gv",
	duration = "25s",
	live = false,
}

local bob, carol, dave = node "bob", node "carol", node "dave"

script(function()
	sleep "1s"
	dave:register()
	wait(dave, "registered")
	sleep "1s"
	dave:unregister()
	sleep "10s"
	local call = carol:invite(bob)
	if wait(call, "confirmed", "8s") then
		sleep "2s"
		call:bye()
	end
end)
