-- RFC 5407, section 3.1.6: the ACK is lost,
-- and Alice hangs up before it is sent again.
lab {
	title = "The BYE comes before the ACK",
	topology = "race.gv",
	duration = "40s",
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
		call:bye()
	end
end)
