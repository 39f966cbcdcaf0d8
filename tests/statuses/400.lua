-- A request that may make "many" hops: that is no number (RFC 3261 21.4.1,
-- 20.22).
lab {
	title = "400 Bad Request",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send { to = bob, raw = table.concat({
		"OPTIONS sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-400",
		"Max-Forwards: many",
		"From: <sip:alice@192.0.2.1>;tag=400",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: 400@192.0.2.1",
		"CSeq: 1 OPTIONS",
		"Content-Length: 0",
		"\r\n",
	}, "\r\n") }
end)
