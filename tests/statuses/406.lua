-- The caller wants the session described in a form that Bob's phone does not
-- write: it can only answer with SDP (RFC 3261 21.4.7).
lab {
	title = "406 Not Acceptable",
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
			Accept = "text/x-session",
		},
	}
end)
