-- Three calls for people who are not there: one that nobody knows, one that is
-- known and not there now, and one of a domain that does not exist.
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
