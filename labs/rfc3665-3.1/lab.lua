-- Alice calls Bob without any server; Bob hangs up (RFC 3665, section 3.1).
lab {
	title = "Successful session establishment",
	topology = "direct-call.gv",
	duration = "12s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
