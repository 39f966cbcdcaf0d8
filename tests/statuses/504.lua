-- The proxy has to ask the location service, and gets no answer in time (RFC
-- 3261 21.5.5).
lab {
	title = "504 Server Time-out",
	topology = "servers.gv",
	duration = "10s",
}

local alice, px, loc = node "alice", node "px", node "loc"

px:set { unlocated = "504" }

script(function()
	loc:crash()
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
