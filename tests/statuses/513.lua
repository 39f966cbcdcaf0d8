-- Header fields of 20,000 bytes, in fourteen fragments, are more than anybody
-- here reads (RFC 3261 21.5.7).
lab {
	title = "513 Message Too Large",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send { to = bob, raw = table.concat({
		"OPTIONS sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-513",
		"Max-Forwards: 70",
		"From: <sip:alice@192.0.2.1>;tag=513",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: 513@192.0.2.1",
		"CSeq: 1 OPTIONS",
		"Subject: " .. string.rep("x", 20000),
		"Content-Length: 0",
		"\r\n",
	}, "\r\n") }
end)
