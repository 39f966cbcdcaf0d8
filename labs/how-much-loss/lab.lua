-- One call over a bad line, made to be run many times (rung sweep): Alice calls,
-- Bob's phone answers after two seconds, they talk for five.  However it ends,
-- the run goes on until every timer of RFC 3261 has had its time.
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
		-- When none of Alice's ACKs came, Bob's phone has hung up.
		if call.state == "confirmed" then
			call:bye()
		end
	end
end)
