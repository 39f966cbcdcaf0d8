-- Bob's phone is a small one: even the description of a call is too much for it
-- (RFC 3261 21.4.11).
lab {
	title = "413 Request Entity Too Large",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { max_body = 100 }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
