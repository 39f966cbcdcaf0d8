-- Alice offers a video call; Bob would like to talk, but none of his phones has
-- a screen (RFC 3261 21.6.4).
lab {
	title = "606 Not Acceptable",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { global = true }

script(function()
	sleep "1s"
	alice:send {
		method = "INVITE", uri = "sip:bob@192.0.2.2",
		headers = {
			Contact = "<sip:alice@192.0.2.1>",
			["Content-Type"] = "application/sdp",
		},
		body = table.concat({
			"v=0", "o=alice 1 1 IN IP4 192.0.2.1", "s=-",
			"c=IN IP4 192.0.2.1", "t=0 0", "m=video 49172 RTP/AVP 31",
			"",
		}, "\r\n"),
	}
end)
