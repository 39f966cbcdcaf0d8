-- Nobody answers Bob's first phone; after some time his proxy forwards the call to the second one (RFC 5359,
-- section 2.9).
lab {
	title = "Call forwarding: no answer",
	topology = "forwarding.gv",
	duration = "15s",
}

local alice, b1, proxy = node "alice", node "b1", node "proxy"

b1:set { answer = "never", forward_no_answer = "sip:bob@10.0.2.2" }
proxy:set { early_ended = false } -- the figure has no 199

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
