-- RFC 5407, section 3.1.1: the 180 is lost, so that Alice's phone retransmits the INVITE. Meanwhile Bob has
-- answered.
lab {
	title = "The INVITE comes again while the 200 is under way",
	topology = "race.gv",
	duration = "3s",
}

local alice, bob = node "alice", node "bob"

fault { status = 180, drop = true }

bob:on("invite", function(call)
	sleep "350ms"
	call:answer()
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
