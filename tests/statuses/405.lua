-- A phone knows what PUBLISH is, but keeps no state for anybody: its Allow says
-- what it does (RFC 3261 21.4.6, 8.2.1).
lab {
	title = "405 Method Not Allowed",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

script(function()
	sleep "1s"
	alice:send {
		method = "PUBLISH", uri = "sip:bob@192.0.2.2",
		headers = { Event = "presence" },
	}
end)
