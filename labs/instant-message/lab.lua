-- Alice writes to Bob, to Carol, who is not registered,
-- and to a user who does not exist. A 200 is lost, a
-- message arrives too late, one is too large for UDP, and one belongs to a call.
lab {
	title = "Instant messages",
	topology = "instant-message.gv",
	duration = "60s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

-- The 200 to the second message is lost on its last hop.
fault { status = 200, cseq = "MESSAGE", src = "px", dst = "alice", nth = 2,
	drop = true }

script(function()
	sleep "200ms"
	carol:register()
	sleep "300ms"
	carol:unregister()
	sleep "500ms"
	alice:message(bob, "Are you there?")
	alice:message(bob, "Lunch at noon?")
	wait(alice, "delivered", "5s")
	wait(alice, "delivered", "5s")

	sleep "500ms"
	alice:message(carol, "Are you coming, too?")
	wait(alice, "undelivered", "5s")
	sleep "500ms"
	alice:message("nobody", "And you?")
	wait(alice, "undelivered", "5s")
	sleep "500ms"
	alice:message(bob, { text = "<b>Now</b>", type = "text/html" })
	wait(alice, "undelivered", "5s")

	sleep "1s"
	local slow = link("px", "bob")
	slow:set { delay = "1200ms" }
	alice:message(bob, { text = "The tram leaves in a second.",
		expires = "1s" })
	wait(alice, "delivered", "20s")
	slow:set { delay = "30ms" }

	sleep "10s"
	alice:message(bob, ("All work and no play makes Jack a dull boy. "):rep(30))
	wait(alice, "delivered", "5s")

	sleep "500ms"
	local call = alice:invite(bob)
	if wait(call, "confirmed", "10s") then
		sleep "1s"
		call:message "The address is 7 High Street."
		sleep "2s"
		call:bye()
	end
end)
