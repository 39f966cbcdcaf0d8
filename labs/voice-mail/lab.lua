-- Bob is out. His proxy forwards Alice's call to the voice mail;
-- his phone, which has subscribed to his
-- mailbox, is notified, and Bob listens to the message when he is back.
lab {
	title = "A message in Bob's mailbox",
	topology = "voicemail.gv",
	duration = "30s",
}

local alice, bob, vm = node "alice", node "bob", node "vm"

script(function()
	sleep "2s"
	local call = alice:invite(bob)
	if wait(call, "confirmed", "20s") then
		if not wait(call, "terminated", "6s") then
			call:bye()
		end
	end
	sleep "2s"
	note "Bob comes home, sees the lamp, and calls the voice mail."
	bob:invite(vm)
end)
