-- Dora has left the company, and nobody knows where to (RFC 3261 21.4.10).
lab {
	title = "410 Gone",
	topology = "servers.gv",
	duration = "10s",
}

local alice, loc = node "alice", node "loc"

loc:set { gone = "dora" }

script(function()
	sleep "1s"
	alice:invite "sip:dora@example.com"
end)
