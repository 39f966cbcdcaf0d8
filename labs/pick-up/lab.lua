-- Bob's phone rings, and he is not there. Carol, at the next desk, picks up the call: her phone calls Alice's
-- and asks to replace the ringing call.
lab {
	title = "Carol picks up Bob's call",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:set { answer = "never" }

bob:on("invite", function(call)
	sleep "3s"
	local mine = carol:invite { replaces = call, early_only = true }
	if wait(mine, "confirmed") then
		sleep "3s"
		mine:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
