-- A request that may make no hop more comes to a proxy, which would be one (RFC
-- 3261 21.4.21, 16.3 step 3).
lab {
	title = "483 Too Many Hops",
	topology = "servers.gv",
	duration = "10s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:send {
		method = "OPTIONS", uri = "sip:bob@example.com",
		headers = { ["Max-Forwards"] = "0" },
	}
end)
