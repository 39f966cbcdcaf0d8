-- A watcher subscribes to somebody's presence, and is notified when it changes; how the server learns about
-- the change is not SIP (RFC 3856, section 8).
lab {
	title = "Presence: asked for once, told twice",
	topology = "watcher.gv",
	duration = "15s",
}

local watcher, server = node "watcher", node "server"

script(function()
	sleep "1s"
	local s = watcher:subscribe(server, { expires = "600s" })
	wait(s, "active")
	sleep "3s"
	server:publish { status = "closed", note = "gone home" }
end)
