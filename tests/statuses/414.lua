-- An address of more than a thousand characters (RFC 3261 21.4.12).
lab {
	title = "414 Request-URI Too Long",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send {
		method = "OPTIONS", to = bob,
		uri = "sip:" .. string.rep("b", 1100) .. "@192.0.2.2",
	}
end)
