-- A conference built step by step: Alice and Bob call it, the focus calls Carol, Alice puts it on hold for a
-- while, and Bob, who has left, finds it locked.
lab {
	title = "A conference, step by step",
	topology = "conference.gv",
	duration = "50s",
}

local alice, bob, conf = node "alice", node "bob", node "conf"
local lecture = "sip:lecture@conf.example.com"

script(function()
	sleep "1s"
	note "Alice calls the conference."
	local hers = alice:invite(lecture)
	sleep "7s"
	note "Bob calls it, too."
	local his = bob:invite(lecture)
	sleep "8s"
	note "The focus calls Carol."
	conf:bring("carol", { room = "lecture" })
	sleep "8s"
	note "Alice holds the conference, and comes back."
	hers:hold()
	sleep "6s"
	hers:resume()
	sleep "2s"
	note "Bob leaves, and finds it locked."
	his:bye()
	sleep "2s"
	conf:lock "lecture"
	sleep "1s"
	bob:invite(lecture)
	sleep "5s"
	conf:disband "lecture"
end)
