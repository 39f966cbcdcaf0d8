-- Both proxies ask for a password, one after the other (RFC 3665, section 3.3). The figure ends with the
-- conversation, and so does the lab.
lab {
	title = "Session with multiple proxy authentication",
	topology = "two-realms.gv",
	duration = "5s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
