-- RFC 5407, section 3.2.3: Bob changes the session and
-- hangs up before he has the answer.
lab {
	title = "A BYE meets the 200 to the re-INVITE",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
	sleep "2s"
	call:reinvite()
	sleep "150ms"
	call:bye()
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
