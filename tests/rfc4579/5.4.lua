-- RFC 4579 5.4
lab {
	title = "Alice creates a conference",
	topology = "conference.gv",
	duration = "40s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	alice:invite "sip:focus@conf.example.com"
end)
