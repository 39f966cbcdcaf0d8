-- RFC 4579 5.3: the key that the figure leaves out goes by INFO.
lab {
	title = "Alice creates a conference by an application",
	topology = "conference.gv",
	duration = "40s",
}

local alice, focus = node "alice", node "focus"

focus:set { factory = "ask" }

script(function()
	sleep "1s"
	local call = alice:invite "sip:focus@conf.example.com"
	sleep "3s"
	call:dtmf "#"
end)
