-- Bob puts Alice on hold and lets a server play music to her:
-- the server's call replaces his own, and later
-- his replaces the server's (RFC 5359, section 2.3).
lab {
	title = "Music on hold",
	topology = "music.gv",
	duration = "20s",
}

local alice, bob, server = node "alice", node "bob", node "musicserver"

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:hold()
	sleep "500ms"
	bob:refer(server, { replaces = call })
	if not wait(call, "terminated", "4s") then
		return -- nobody plays anything
	end
	sleep "5s"
	note "Bob is back."
	bob:invite { replaces = "musicserver/1" }
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
