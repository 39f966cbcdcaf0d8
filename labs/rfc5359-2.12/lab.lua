-- The proxy looks for Bob at four places, one after the other (RFC 5359,
-- section 2.12).
lab {
	title = "Find me",
	topology = "find-me.gv",
	duration = "15s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
