-- The body is encrypted for somebody else: Bob's phone has no key that opens it
-- (RFC 3261 21.4.28, 23.2).
lab {
	title = "493 Undecipherable",
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
			["Content-Type"] =
			    "application/pkcs7-mime; smime-type=enveloped-data",
		},
		body = "MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=\r\n",
	}
end)
