-- Alice calls a customer abroad, before Mallory comes and while she is there.
-- Carol, of another firm, calls Bob.
lab {
	title = "A dial plan that calls abroad",
	topology = "abroad.gv",
	duration = "45s",
	live = false,
}

local alice, carol = node "alice", node "carol"

local function talk(who, whom)
	local call = who:invite(whom)
	if wait(call, "confirmed", "8s") then
		sleep "2s"
		call:bye()
	end
end

script(function()
	sleep "1s"
	talk(alice, "sip:900493023125000@example.com")
	sleep "11s"
	talk(alice, "sip:900493023125000@example.com")
end)

at("12s", function() talk(carol, "sip:bob@example.com") end)
