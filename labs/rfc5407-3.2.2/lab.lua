-- RFC 5407, section 3.2.2: Alice hangs up at the moment when Bob changes the
-- session.
lab {
	title = "A re-INVITE meets the BYE",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
	sleep "2010ms"
	call:reinvite()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "3s"
	call:bye()
end)
