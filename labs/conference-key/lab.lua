-- Alice calls an application and turns her call into a conference by a key; the focus calls Bob and Carol;
-- Bob is muted for a while, and his phone is notified.
lab {
	title = "A conference by a key",
	topology = "bridge.gv",
	duration = "45s",
}

local alice, bob, carol, conf = node "alice", node "bob", node "carol", node "conf"

script(function()
	sleep "1s"
	note "Alice calls, and is asked what she wants."
	local hers = alice:invite "sip:conf@conf.example.com"
	wait(hers, "confirmed")
	sleep "3s"
	note "She presses #."
	hers:dtmf "#"
	sleep "4s"
	note "The focus calls Bob and Carol."
	conf:bring(bob)
	conf:bring(carol)
	sleep "8s"
	note "Somebody coughs: Bob is muted."
	conf:mute(bob)
	sleep "8s"
	conf:unmute(bob)
	sleep "8s"
	note "Alice leaves."
	hers:bye()
end)
