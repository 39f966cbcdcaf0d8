-- A request of a later age (RFC 3261 21.5.6).
lab {
	title = "505 Version Not Supported",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send { to = bob, raw = table.concat({
		"OPTIONS sip:bob@192.0.2.2 SIP/3.0",
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-505",
		"Max-Forwards: 70",
		"From: <sip:alice@192.0.2.1>;tag=505",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: 505@192.0.2.1",
		"CSeq: 1 OPTIONS",
		"Content-Length: 0",
		"\r\n",
	}, "\r\n") }
end)
