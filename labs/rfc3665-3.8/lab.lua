-- Bob's phone rings and nobody answers; Alice gives up (RFC 3665, section 3.8).
lab {
	title = "Unsuccessful: no answer",
	topology = "credentials.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

bob:set { answer = "never" }

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "early") then
		sleep "6s"
		call:cancel()
	end
end)
