-- RFC 5407, section 3.2.1: two BYEs cross.
lab {
	title = "Both hang up at once",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
	sleep "2010ms"
	call:bye()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "3s"
	call:bye()
end)
