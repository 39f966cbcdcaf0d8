-- Bob transfers Alice twice: Carol is busy the first time, and answers the second. Both REFERs are in one
-- dialog (RFC 3515, section 4.2).
lab {
	title = "Two REFERs in one dialog",
	topology = "three-phones.gv",
	duration = "20s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

carol:set { busy = true }

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:transfer(carol)
	sleep "3s"
	carol:set { busy = false }
	call:transfer(carol)
end)

carol:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
