-- RFC 5407, section 3.3.2: Alice changes the session by UPDATE at the moment when Bob changes it by
-- re-INVITE.
lab {
	title = "An UPDATE meets a re-INVITE",
	topology = "race.gv",
	duration = "10s",
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
	call:update()
end)
