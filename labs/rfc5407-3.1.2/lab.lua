-- RFC 5407, section 3.1.2: Alice cancels her call at
-- the moment when Bob answers it.
lab {
	title = "The CANCEL meets the 200",
	topology = "race.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	sleep "910ms"
	call:answer()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "1s"
	call:cancel()
end)
