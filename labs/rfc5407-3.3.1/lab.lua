-- RFC 5407, section 3.3.1: Alice puts Bob on hold at the moment when his phone
-- refreshes the session.
lab {
	title = "Two re-INVITEs cross",
	topology = "race.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
	sleep "2010ms"
	call:refresh()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "3s"
	call:hold()
end)
