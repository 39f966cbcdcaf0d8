-- A call for Bob rings at his three phones. Two of them are answered at the same time: Alice's phone gets two
-- 200s, keeps one call and ends the other.
lab {
	title = "Three phones ring, two answer",
	topology = "fork.gv",
	duration = "10s",
}

local alice, desk, mobile = node "alice", node "desk", node "mobile"

desk:set { answer = "2s" }
mobile:set { answer = "2s" }

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
