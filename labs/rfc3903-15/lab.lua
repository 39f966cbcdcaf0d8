-- A phone publishes its user's state to the presence agent, refreshes it, and changes it; a watcher is
-- notified only of changes (RFC 3903, section 15).
lab {
	title = "State is published, and told",
	topology = "agent.gv",
	duration = "130s",
}

local pua, watcher = node "pua", node "watcher"

script(function()
	sleep "1s"
	local s = watcher:subscribe("sip:presentity@example.com", { expires = "1h" })
	wait(s, "active")
	sleep "2s"
	pua:publish { status = "open", expires = "90s" }
	sleep "95s" -- it is refreshed meanwhile
	pua:publish { status = "closed", expires = "90s" }
end)
