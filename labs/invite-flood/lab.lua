-- Carol calls Bob before the flood, and three times while it lasts.
lab {
	title = "A flood of INVITEs",
	topology = "flood.gv",
	duration = "25s",
	live = false,
}

local carol = node "carol"

local function talk()
	local call = carol:invite "sip:bob@example.com"
	if wait(call, "confirmed", "8s") then
		sleep "1s"
		call:bye()
	end
end

script(function()
	sleep "1s"
	talk()
	at("9s", talk)
	at("13s", talk)
	at("17s", talk)
end)
