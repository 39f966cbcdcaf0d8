-- Carl calls Bob, who is outside, and later Dora does.
lab {
	title = "The deaf phone",
	topology = "office.gv",
	duration = "30s",
}

local function talk(who, time)
	local call = node(who):invite "sip:bob@192.0.2.2"
	if wait(call, "confirmed", "8s") then
		sleep(time)
		call:bye()
	end
end

at("1s", function() talk("carl", "4s") end)
at("20s", function() talk("dora", "5s") end)
