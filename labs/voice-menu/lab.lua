-- Alice wants the sales department and knows the digit; Carol wants the desk, which is busy. menu.lua says
-- what the voice menu does with them.
lab {
	title = "A voice menu",
	topology = "voice-menu.gv",
	duration = "40s",
}

local alice, carol = node "alice", node "carol"

-- Calls the menu and presses DIGIT after a time.
local function choose(who, digit, after)
	local call = who:invite "sip:company@192.0.2.2"
	if wait(call, "confirmed", "30s") then
		sleep(after)
		call:dtmf(digit)
	end
	return call
end

script(function()
	sleep "1s"
	choose(alice, "1", "1500ms")
end)

at("15s", function()
	local call = choose(carol, "2", "6s")
	sleep "5s"
	if call.state == "confirmed" then call:bye() end
end)
