-- Bob's phone does not ring: it plays music before the call is taken (RFC 3261
-- 21.1.5).
lab {
	title = "183 Session Progress",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { progress = "183", answer = "2s", hangup = "1s" }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
