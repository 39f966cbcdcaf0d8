-- RFC 5407, section 3.1.3: as 3.1.2, but Alice ends the early dialog with a BYE.
lab {
	title = "A BYE in the early dialog meets the 200",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "1010ms"
	call:bye { now = true }
end)
