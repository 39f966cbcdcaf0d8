-- Bob calls a handset with little memory, again and again. The transactions of each call stay for half a
-- minute.
lab {
	title = "A phone out of memory",
	topology = "memory.gv",
	duration = "40s",
}

local bob, phone = node "bob", node "phone"

script(function()
	phone:wait_screen("Registered", "5s")
	sleep "1s"
	for i = 1, 4 do
		note("Call " .. i)
		local call = bob:invite(phone)
		local well, state = wait(call, "confirmed", "10s")
		if well then
			sleep "0.5s"
			call:bye()
		else
			note("No answer: " .. state)
		end
		sleep "0.5s"
	end
end)
