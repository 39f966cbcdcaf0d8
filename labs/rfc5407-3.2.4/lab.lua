-- RFC 5407, section 3.2.4: Bob answers and hangs up at once.  A phone waits for
-- the ACK first (RFC 3261, section 15); this one is told not to.
lab {
	title = "The ACK meets the BYE of who has answered",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
	sleep "150ms"
	call:bye { now = true }
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
