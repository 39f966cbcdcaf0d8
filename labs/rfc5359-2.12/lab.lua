-- The proxy looks for Bob at four places, one after the other (RFC 5359,
-- section 2.12).
lab {
	title = "Find me",
	topology = "find-me.gv",
	duration = "15s",
}

local alice, proxy = node "alice", node "proxy"

proxy:set { early_ended = false } -- the figure has no 199

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
