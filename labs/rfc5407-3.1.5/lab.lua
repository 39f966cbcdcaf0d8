-- RFC 5407, section 3.1.5: as 3.1.4, but the offer was Bob's, and its answer was
-- in the ACK that is lost.
lab {
	title = "A re-INVITE comes before the ACK that has the answer",
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
	local call = alice:invite(bob, { sdp = false })
	if wait(call, "confirmed") then
		sleep "350ms"
		call:hold()
	end
end)
