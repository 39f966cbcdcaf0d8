-- Bob's phone is registered and dead. His proxy retransmits the INVITE, gives up after Timer B, and reports
-- that with a 480 (RFC 3665, section 3.10).
lab {
	title = "Unsuccessful: no response from the user agent",
	topology = "credentials.gv",
	duration = "40s",
}

local alice, bob, proxy2 = node "alice", node "bob", node "proxy2"

proxy2:set { unanswered = 480 }

script(function()
	bob:crash()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
