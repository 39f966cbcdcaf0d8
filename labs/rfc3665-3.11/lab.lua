-- Bob's phone rings, then reports that Bob can't be reached now (RFC 3665,
-- section 3.11).
lab {
	title = "Unsuccessful: temporarily unavailable",
	topology = "credentials.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:set { answer = "never" }

bob:on("invite", function(call)
	sleep "3s"
	call:reject(480)
end)

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
