-- The session changes before the call is answered (RFC 3311): Bob's phone
-- offers another one while it rings.  Later both sides change it in the same
-- moment.
lab {
	title = "The session changes while it rings",
	topology = "direct-call.gv",
	duration = "16s",
}

local alice, bob = node "alice", node "bob"

bob:set { progress = "none", answer = "never" }

bob:on("invite", function(call)
	-- The answer to Alice's offer has to be final before there is another.
	call:ring { code = 183, reliable = true }
	sleep "1s"
	call:update()
	sleep "1s"
	call:answer()
	if wait(call, "confirmed") then
		sleep "2s"
		call:update()
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "confirmed") then
		sleep "2s"
		-- Bob's UPDATE is on its way: 491 for both.
		call:update()
		sleep "6s"
		call:bye()
	end
end)
