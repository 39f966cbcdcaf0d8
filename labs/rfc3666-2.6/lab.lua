-- Alice calls a number that does not exist,
-- and Switch B sends the cause (RFC 3666, section 2.6).
lab {
	title = "A REL with a cause becomes an error of SIP",
	topology = "telephone-networks.gv",
	duration = "8s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:invite "sip:+12125554444@a.example.com;user=phone"
end)
