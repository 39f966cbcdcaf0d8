-- Bob's first phone is busy; his proxy forwards the call to the second one
-- (RFC 5359, section 2.8).
lab {
	title = "Call forwarding: busy",
	topology = "forwarding.gv",
	duration = "10s",
}

local alice, b1 = node "alice", node "b1"

b1:set { busy = true, forward_busy = "sip:bob@10.0.2.2" }

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
