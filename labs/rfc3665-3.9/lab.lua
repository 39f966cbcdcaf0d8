-- Bob is busy (RFC 3665, section 3.9).
lab {
	title = "Unsuccessful: busy",
	topology = "credentials.gv",
	duration = "5s",
}

local alice, bob = node "alice", node "bob"

bob:set { busy = true }

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
