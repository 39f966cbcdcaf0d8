-- Bob is at his desk and busy there; that phone knows that the others ring in
-- vain, and ends the search (RFC 3261 21.6.1).
lab {
	title = "600 Busy Everywhere",
	topology = "fork.gv",
	duration = "10s",
}

local alice, desk = node "alice", node "desk"

desk:set { busy = true, global = true }

script(function()
	wait(desk, "registered")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
