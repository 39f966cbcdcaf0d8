-- There are two of the name of Lee; the answer says which (RFC 3261 21.4.23).
lab {
	title = "485 Ambiguous",
	topology = "servers.gv",
	duration = "10s",
}

local alice, loc = node "alice", node "loc"

loc:set { ambiguous = true }

script(function()
	loc:bind("sip:carol.lee@example.com", "bob")
	loc:bind("sip:ping.lee@example.com", "bob")
	sleep "1s"
	alice:invite "sip:lee@example.com"
end)
