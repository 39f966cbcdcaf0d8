-- Bob has one line and is on it, with Carol (RFC 3261 21.4.24).
lab {
	title = "486 Busy Here",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:set { lines = 1, answer = "1s" }

script(function()
	sleep "1s"
	wait(carol:invite(bob), "confirmed")
	alice:invite(bob)
end)
