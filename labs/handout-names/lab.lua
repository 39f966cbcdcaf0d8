-- Alice calls Bob; her proxy has no configured address of his proxy.
lab {
	title = "What a tutorial says of names",
	topology = "dns.gv",
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
