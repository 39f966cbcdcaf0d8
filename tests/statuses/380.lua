-- Bob takes no calls, but has a voice mailbox, and says so in the body of his
-- refusal (RFC 3261 21.3.5).
lab {
	title = "380 Alternative Service",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { alternative = "sip:mailbox@example.com" }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
