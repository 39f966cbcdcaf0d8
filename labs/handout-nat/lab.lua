-- Bob's phone at home keeps its mapping alive by empty lines, and registers again before its registration
-- expires; Alice calls him in between.
lab {
	title = "What a tutorial says of NATs",
	topology = "nat.gv",
	duration = "140s",
}

local alice, bob = node "alice", node "bob"

bob:set { flows = 1, keepalive = "crlf", keepalive_every = "20s", expires = "100s" }

script(function()
	sleep "60s"
	local call = alice:invite(bob)
	if wait(call, "confirmed", "10s") then
		sleep "2s"
		call:bye()
	end
end)
