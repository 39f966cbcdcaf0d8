-- Alice's phone registers in an IMS network, by its SIM; it and its P-CSCF
-- subscribe to how she is registered; then it registers no more.
lab {
	title = "Registration in an IMS network",
	topology = "ims-home.gv",
	duration = "6s",
}

local alice, pcscf = node "alice", node "pcscf"

script(function()
	sleep "1s"
	alice:subscribe("sip:alice@home.example", { event = "reg" })
	sleep "1s"
	pcscf:subscribe("sip:alice@home.example", { event = "reg" })
	sleep "1s"
	alice:unregister()
	sleep "1s"
end)
