-- Numbers have seven digits here; Alice has dialled four (RFC 3261 21.4.22).
lab {
	title = "484 Address Incomplete",
	topology = "servers.gv",
	duration = "10s",
}

local alice, loc = node "alice", node "loc"

loc:set { number_length = 7 }

script(function()
	sleep "1s"
	alice:invite "sip:5551@example.com"
end)
