-- The phone at Bob's home rings the longest.  When nobody takes it, he can't
-- take part, wherever he is (RFC 3261 21.6.2).
lab {
	title = "603 Decline",
	topology = "fork.gv",
	duration = "10s",
}

local alice, desk = node "alice", node "desk"
local mobile, home = node "mobile", node "home"

desk:set { answer = "never" }
mobile:set { answer = "never" }
home:set { no_answer = "5s", global = true }

script(function()
	wait(home, "registered")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
