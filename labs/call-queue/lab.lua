-- Noon at a help line: twelve calls in five minutes, for two agents at their desks and one who is at lunch
-- and has not logged off. Meant to be run with several strategies (rung sweep):
-- the same people call at the
-- same times, talk equally long, and give up after the same time.
lab {
	title = "A queue at noon",
	topology = "centre.gv",
	duration = "420s",
}

-- Who calls, when, how long they talk, in seconds; all give up after 40 s.
local calls = {
	{ "alice", 2, 25 }, { "bob", 20, 30 }, { "carol", 52, 15 },
	{ "alice", 70, 45 }, { "bob", 78, 20 }, { "carol", 130, 25 },
	{ "alice", 155, 20 }, { "bob", 161, 15 }, { "carol", 203, 30 },
	{ "alice", 230, 15 }, { "bob", 262, 20 }, { "carol", 270, 25 },
}

for _, c in ipairs(calls) do
	script(function()
		sleep(c[2] .. "s")
		local call = node(c[1]):invite "sip:help@shop.example.com"
		if wait(call, "confirmed", "40s") then
			sleep(c[3] .. "s")
		end
		-- The call is already over if it was never answered.
		if call.state ~= "terminated" then
			call:bye()
		end
	end)
end
