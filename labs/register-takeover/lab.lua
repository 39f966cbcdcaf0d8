-- Bob's phone and his assistant's are registered for him, until somebody else
-- is.  Alice calls him three times.
lab {
	title = "A REGISTER that takes over calls",
	topology = "takeover.gv",
	duration = "130s",
	live = false,
}

local alice, carol = node "alice", node "carol"

local function talk()
	local call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed", "8s") then
		sleep "2s"
		call:bye()
	elseif call.state ~= "terminated" then
		call:cancel()
	end
end

script(function()
	sleep "1s"
	carol:register { aor = "sip:bob@example.com" }
	sleep "1s"
	talk()
	sleep "21s"
	talk()
	sleep "74s"
	talk()
end)
