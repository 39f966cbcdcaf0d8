-- Alice calls Bob, and a back-to-back user agent is between them.
lab {
	title = "What a tutorial says of calls and boxes",
	topology = "b2bua.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "confirmed", "10s") then
		sleep "2s"
		call:bye()
	end
end)
