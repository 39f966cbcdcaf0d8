-- Bob's phone rings, nobody answers, Alice gives up:
-- CANCEL and 487 (RFC 3665, section 3.8).
lab {
	title = "Alice gives up",
	topology = "two-proxies.gv",
	duration = "50s",
}

local alice, bob = node "alice", node "bob"

bob:set { answer = "never" }

script(function()
	wait(bob, "registered")
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "early") then
		sleep "6s"
		if call.state ~= "confirmed" then
			call:cancel()
		end
	end
end)
