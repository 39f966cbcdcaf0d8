-- While Bob's phone rings, Alice's phone changes the session, then Bob's does; the 200 has no session
-- description any more (RFC 3311, section 8).
lab {
	title = "Two UPDATEs before the answer",
	topology = "direct-call.gv",
	duration = "20s",
}

local alice, bob = node "alice", node "bob"

bob:set { progress = "none", answer = "never" }

bob:on("invite", function(call)
	-- The answer to Alice's offer must be final before there is another offer.
	call:ring { code = 180, reliable = true, sdp = true }
	sleep "3s"
	call:update()
	sleep "2s"
	call:answer()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "early") then
		sleep "1s"
		call:update()
	end
end)
