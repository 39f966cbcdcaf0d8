-- Eight people a second call a hotline with a capacity of four a second; Alice's phone represents all of
-- them. A caller who is not answered within ten seconds hangs up. Meant to be run with and without overload
-- control (rung sweep).
lab {
	title = "Too many calls",
	topology = "hotline.gv",
	duration = "60s",
}

local alice = node "alice"

for i = 1, 24 do
	script(function()
		sleep(1000 + i * 125 .. "ms")
		local call = alice:invite "sip:help@radio.example"
		if wait(call, "confirmed", "10s") then
			sleep "4s"
			call:bye()
		elseif call.state ~= "terminated" then
			call:cancel()
		end
	end)
end
