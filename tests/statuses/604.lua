-- Bob's phone is asked for somebody else, and knows with authority that there is
-- nobody of that name anywhere (RFC 3261 21.6.3).
lab {
	title = "604 Does Not Exist Anywhere",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { global = true }

script(function()
	sleep "1s"
	alice:invite "sip:nobody@192.0.2.2"
end)
