-- RFC 5407, section 3.1.4: the ACK is lost.
-- Before it is sent again Alice puts Bob on hold.
lab {
	title = "A re-INVITE comes before the ACK",
	topology = "race.gv",
	duration = "4s",
}

local alice, bob = node "alice", node "bob"

fault { method = "ACK", nth = 1, drop = true }

bob:on("invite", function(call)
	sleep "900ms"
	call:answer()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "confirmed") then
		sleep "350ms"
		call:hold()
	end
end)
