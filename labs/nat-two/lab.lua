-- Bob calls Carol, his neighbour, twice; she hangs up.
lab {
	title = "Two NATs in a row",
	topology = "two.gv",
	duration = "150s",
}

local bob, carol = node "bob", node "carol"

carol:on("invite", function(call)
	if not wait(call, "confirmed") then return end
	sleep "3s"
	if call.state == "confirmed" then call:bye() end
end)

local function calls(at)
	script(function()
		sleep(at)
		local call = bob:invite "sip:carol@example.com"
		if not wait(call, "confirmed", "10s") and call.state ~= "terminated" then
			call:cancel()
		end
	end)
end
calls "3s"
calls "100s"
