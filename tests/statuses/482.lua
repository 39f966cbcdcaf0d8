-- Bob's phone has registered two Contacts, and a forking proxy asks both: the
-- phone gets the same request twice, by two ways (RFC 3261 21.4.20, 8.2.2.2).
lab {
	title = "482 Loop Detected",
	topology = "servers.gv",
	duration = "10s",
}

local alice, bob, loc = node "alice", node "bob", node "loc"

bob:set { answer = "1s", hangup = "1s" }

script(function()
	loc:bind("sip:bob@example.com", "sip:bob@192.0.2.6;line=2")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
