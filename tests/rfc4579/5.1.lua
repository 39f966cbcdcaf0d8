-- RFC 4579 5.1
lab {
	title = "Carol joins the conference",
	topology = "conference.gv",
	duration = "40s",
}

local carol = node "carol"
local conference = "sip:3402934234@conf.example.com"

script(function()
	sleep "1s"
	carol:invite(conference)
end)
