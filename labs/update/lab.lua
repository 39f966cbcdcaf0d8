-- The session changes before the call is answered (RFC 3311):
-- Bob's phone makes another offer while it rings.
-- Later both sides change it at the same moment.
lab {
	title = "The session changes while it rings",
	topology = "direct-call.gv",
	duration = "16s",
}

local alice, bob = node "alice", node "bob"
local his

bob:set { progress = "none", answer = "never" }

bob:on("invite", function(call)
	his = call
	-- The answer to Alice's offer must be final before there is another offer.
	call:ring { code = 183, reliable = true }
	sleep "1s"
	call:update()
	sleep "1s"
	call:answer()
end)

script(function()
	sleep "1s"
	local hers = alice:invite(bob)
	if wait(hers, "confirmed") then
		sleep "2s"
		-- The two cross: 491 for both.
		hers:update()
		his:update()
		sleep "6s"
		hers:bye()
	end
end)
