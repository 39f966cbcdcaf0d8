-- A call for Bob tries his phones one after the other: the desk phone rings and nobody answers, the mobile is
-- busy, at home he answers.
lab {
	title = "One phone after the other",
	topology = "by-preference.gv",
	duration = "12s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed", "30s") then
		sleep "2s"
		call:bye()
	end
end)
