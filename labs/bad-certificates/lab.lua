-- Alice calls three companies. The certificate of each one has an error.
lab {
	title = "Bad certificates",
	topology = "companies.gv",
	duration = "20s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	for _, company in ipairs { "north", "east", "south" } do
		local call = alice:invite("sip:" .. company .. "@" .. company .. ".example")
		if wait(call, "confirmed", "5s") then
			sleep "1s"
			call:bye()
		end
		sleep "1s"
	end
end)
