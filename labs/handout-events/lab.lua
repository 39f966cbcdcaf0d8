-- Alice watches Bob, and Bob publishes that he is available.
lab {
	title = "What a tutorial says of events and passwords",
	topology = "presence.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	wait(bob, "registered")
	sleep "1s"
	alice:subscribe "sip:bob@biloxi.example.com"
	sleep "2s"
	bob:publish "open"
end)
