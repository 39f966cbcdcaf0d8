-- Bob's phone talks only to callers who support session timers (RFC 4028), and
-- Alice's does not say that it does (RFC 3261 21.4.16).
lab {
	title = "421 Extension Required",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { require = "timer" }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
