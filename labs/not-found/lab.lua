-- Three calls to people who can't be reached: one whom nobody knows, one who is known and not registered now,
-- and one in a domain that does not exist.
lab {
	title = "Not found",
	topology = "two-proxies.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	wait(bob, "registered")
	sleep "1s"
	alice:invite "sip:bab@biloxi.example.com"
	sleep "2s"
	bob:unregister()
	wait(bob, "unregistered")
	alice:invite "sip:bob@biloxi.example.com"
	sleep "2s"
	alice:invite "sip:bob@bilox.example.com"
end)
