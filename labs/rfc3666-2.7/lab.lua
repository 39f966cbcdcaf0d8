-- A telephone of Switch B rings and nobody answers,
-- until T9 of the gateway expires (RFC 3666, section 2.7).
lab {
	title = "Nobody picks up: T9",
	topology = "telephone-networks.gv",
	duration = "95s",
}

local alice, switchb = node "alice", node "switchb"

switchb:set { pick_up = "never", rings_out = "never" }

script(function()
	sleep "1s"
	alice:invite "sip:+12125553333@a.example.com;user=phone"
end)
