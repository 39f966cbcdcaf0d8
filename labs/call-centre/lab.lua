-- A call centre at work: Alice and Carol ask about bills,
-- Bob wants to buy. What an agent says and hears is
-- recorded: the agent's phone calls the recorder, and joins both calls.
lab {
	title = "A call centre",
	topology = "call-centre.gv",
	duration = "30s",
}

-- Calls the menu and presses a digit.
local function ask(when, name, digit)
	at(when, function()
		local call = node(name):invite "sip:menu@192.0.2.1"
		if wait(call, "confirmed", "10s") then
			sleep "1s"
			call:dtmf(digit)
		end
	end)
end

for _, name in ipairs { "ann", "ben" } do
	local agent = node(name)
	agent:on("invite", function(call)
		if not wait(call, "confirmed", "10s") then return end
		local leg = agent:invite "sip:rec@192.0.2.20"
		if wait(leg, "confirmed", "5s") then call:join(leg) end
		sleep "6s"
		if leg.state ~= "terminated" then leg:bye() end
		if call.state ~= "terminated" then call:bye() end
	end)
end

ask("1s", "alice", "2")
ask("3s", "bob", "1")
ask("5s", "carol", "2")
