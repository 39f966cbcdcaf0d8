-- A method that nobody has ever heard of (RFC 3261 21.5.2).
lab {
	title = "501 Not Implemented",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send { method = "SPELL", uri = "sip:bob@192.0.2.2" }
end)
