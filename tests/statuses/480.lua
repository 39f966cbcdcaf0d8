-- Bob's phone rings, and nobody is there (RFC 3261 21.4.18).
lab {
	title = "480 Temporarily Unavailable",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { no_answer = "5s" }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
