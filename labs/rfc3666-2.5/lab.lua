-- Alice calls a number that does not exist, and Switch B tells her so by an announcement, until she hangs up
-- (RFC 3666, section 2.5).
lab {
	title = "The telephone network says why by an announcement",
	topology = "telephone-networks.gv",
	duration = "12s",
}

local alice, ngw1 = node "alice", node "ngw1"

ngw1:set { interworking = true }

script(function()
	sleep "1s"
	local call = alice:invite "sip:+12125554444@a.example.com;user=phone"
	sleep "5s"
	call:bye()
end)
