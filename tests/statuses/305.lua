-- Bob's domain wants all calls to go through its proxy (RFC 3261 21.3.4).  The
-- phone repeats this one request through it.
lab {
	title = "305 Use Proxy",
	topology = "redirect.gv",
	duration = "10s",
}

local alice, red, loc = node "alice", node "red", node "loc"

red:set { use_proxy = "px" }

script(function()
	loc:bind("sip:bob@example.com", "bob")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
