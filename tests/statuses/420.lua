-- The caller requires that resources are reserved before it rings (RFC 3312),
-- which Bob's phone does not know (RFC 3261 21.4.15, 8.2.2.3).
lab {
	title = "420 Bad Extension",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send {
		method = "INVITE", uri = "sip:bob@192.0.2.2",
		headers = {
			Contact = "<sip:alice@192.0.2.1>",
			Require = "precondition",
		},
	}
end)
