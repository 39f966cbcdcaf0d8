-- Bob has moved for good, and his old domain knows where to (RFC 3261 21.3.2).
lab {
	title = "301 Moved Permanently",
	topology = "redirect.gv",
	duration = "10s",
}

local alice, red, loc = node "alice", node "red", node "loc"

red:set { permanent = true }

script(function()
	loc:bind("sip:bob@example.com", "bob")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
