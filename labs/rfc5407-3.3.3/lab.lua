-- RFC 5407, section 3.3.3: Bob transfers Alice at the moment when she hangs up.
lab {
	title = "A REFER meets the BYE",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
	sleep "2010ms"
	call:transfer "sip:carol@192.0.2.77"
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "3s"
	call:bye()
end)
