-- Alice calls Bob; Mallory disturbs the call and ends it.  Later Carol picks up
-- the next call for Bob, as she does when he is not there.
lab {
	title = "BYE and RTP from outside a call",
	topology = "outside.gv",
	duration = "40s",
	live = false,
}

local alice, bob, carol = node "alice", node "bob", node "carol"

script(function()
	sleep "2s"
	local call = alice:invite "sip:bob@example.com"
	wait(call, "confirmed", "8s")
	at("17s", function()
		if call.state == "confirmed" then call:bye() end
	end)
end)

at("20s", function()
	bob:set { answer = "never" }
	local call = alice:invite "sip:bob@example.com"
	sleep "3s"
	carol:pickup(bob)
	sleep "8s"
	if call.state == "early" then call:cancel() end
end)

alice:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
