-- Alice has called Bob, but Carol is the one she needs. Bob puts her on hold and asks her phone to call
-- Carol; when Carol has answered he hangs up.
lab {
	title = "Bob transfers Alice to Carol",
	topology = "transfer.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:hold()
	sleep "1s"
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
