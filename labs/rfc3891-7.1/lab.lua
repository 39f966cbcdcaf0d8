-- Bob's desk phone rings while he is in the laboratory: his computer there asks for the call, and takes it
-- over (RFC 3891, section 7.1).
lab {
	title = "Bob answers his desk phone from elsewhere",
	topology = "laboratory.gv",
	duration = "15s",
}

local alice, desk, pc = node "alice", node "desk", node "pc"

script(function()
	sleep "1s"
	alice:invite(desk)
	sleep "3s"
	pc:pickup(desk)
end)
