-- The same call twice: while Bob's phone has no power, and when it is back.
lab {
	title = "What a tutorial says of responses",
	topology = "proxy.gv",
	duration = "50s",
}

local alice, bob = node "alice", node "bob"

script(function()
	wait(bob, "registered")
	bob:crash()
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	wait(call, "terminated")
	bob:restart()
	wait(bob, "registered")
	sleep "1s"
	call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
