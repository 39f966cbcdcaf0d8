-- Bob's phone sends his calls to Carol's.  His proxy tries her address itself,
-- and tells Alice so (RFC 3261 21.1.3).
lab {
	title = "181 Call Is Being Forwarded",
	topology = "servers.gv",
	duration = "10s",
}

local alice, bob, px, loc = node "alice", node "bob", node "px", node "loc"

px:set { recurse = true }
bob:set { forward = "sip:carol@example.com" }

script(function()
	loc:bind("sip:carol@example.com", "alice") -- she visits Alice
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
