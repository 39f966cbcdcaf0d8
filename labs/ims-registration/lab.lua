-- Alice's phone registers in an IMS network by its SIM; its P-CSCF and the phone subscribe to her
-- registration state; then the phone removes its registration.
lab {
	title = "Registration in an IMS network",
	topology = "ims-home.gv",
	duration = "6s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:subscribe("sip:alice@home.example", { event = "reg" })
	sleep "2s"
	alice:unregister()
	sleep "1s"
end)
