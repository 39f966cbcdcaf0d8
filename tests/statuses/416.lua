-- A proxy without a way to the telephone network is asked for a telephone
-- number (RFC 3261 21.4.14, 16.3 step 2).
lab {
	title = "416 Unsupported URI Scheme",
	topology = "servers.gv",
	duration = "10s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:send { method = "OPTIONS", uri = "tel:+358-555-1234567" }
end)
