-- One call over a bad line, meant to be run many times (rung sweep): Alice calls, Bob's phone answers after
-- two seconds, they talk for five. However it ends, the run continues until every timer of RFC 3261 has
-- expired.
lab {
	title = "How much loss does a call survive?",
	topology = "one-bad-line.gv",
	duration = "400s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed", "300s") then
		sleep "5s"
		-- If no ACK arrived, Bob's phone has hung up.
		if call.state == "confirmed" then
			call:bye()
		end
	end
end)
