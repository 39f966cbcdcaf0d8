-- Bob's phone understands SDP; this body is something else (RFC 3261 21.4.13,
-- 8.2.3).
lab {
	title = "415 Unsupported Media Type",
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
			["Content-Type"] = "application/xml",
		},
		body = "<call/>\r\n",
	}
end)
