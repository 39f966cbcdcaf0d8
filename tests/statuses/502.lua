-- The location service has gone mad: what it answers can't be read, however
-- often the proxy asks (RFC 3261 21.5.3).
lab {
	title = "502 Bad Gateway",
	topology = "servers.gv",
	duration = "10s",
}

local alice = node "alice"

fault {
	method = "answer", src = "loc",
	rewrite = function()
		return "Ask me something easier."
	end,
}

script(function()
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
