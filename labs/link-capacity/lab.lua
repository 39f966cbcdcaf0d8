-- Alice's office calls Bob's, once every 100 ms, until all its lines are in use; later all calls end in the
-- same order.
lab {
	title = "How many calls a link carries",
	topology = "link.gv",
	duration = "20s",
}

local alice = node "alice"

script(function()
	local last = 10
	repeat
		local call = alice:invite "bob"
		local taken = wait(call, "confirmed", "2s")
		if taken then
			at(last, function() call:bye() end)
			last = last + 0.2
		end
		sleep "100ms"
	until not taken
end)
