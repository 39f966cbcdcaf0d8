-- REFER into a conference: Alice makes one, has the focus call Carol and refer
-- Bob, has Carol removed, and leaves.
lab {
	title = "REFER into a conference",
	topology = "conference.gv",
	duration = "45s",
}

local alice, conf = node "alice", node "conf"

script(function()
	sleep "1s"
	note "Alice makes a conference."
	local hers = alice:invite(conf)
	wait(hers, "confirmed")
	local room = hers.target
	sleep "7s"
	note "Alice asks the focus to call Carol."
	alice:refer(room, "carol")
	sleep "8s"
	note "Alice asks the focus to ask Bob to call."
	alice:refer(room, "sip:bob@192.0.2.2;method=REFER?Refer-To=" .. room:gsub("@", "%%40"))
	sleep "8s"
	note "Alice asks it to remove Carol."
	alice:refer(room, "sip:carol@192.0.2.3;method=BYE")
	sleep "8s"
	note "Alice leaves."
	hers:bye()
end)
