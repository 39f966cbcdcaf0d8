-- Bob publishes whether he can be reached; Alice subscribes to each change,
-- Carol fetches the state once.
-- Then Bob's phone crashes, and nobody refreshes what it has published.
lab {
	title = "Presence: published, watched, forgotten",
	topology = "presence.gv",
	duration = "150s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

script(function()
	sleep "1s"
	bob:publish { status = "open", note = "in the office", expires = "90s" }
	sleep "1s"
	local s = alice:subscribe(bob, { expires = "60s" })
	wait(s, "active")
	sleep "3s"
	bob:publish { status = "closed", note = "at lunch", expires = "90s" }
	sleep "5s"
	carol:subscribe(bob, { expires = "0s" })
	sleep "30s"
	bob:crash()
	wait(s, "news", "70s")   -- refreshed after 54 s
	wait(s, "news", "70s")   -- nothing is known any more
	sleep "1s"
	if s.state == "active" then
		s:unsubscribe()
		wait(s, "terminated")
	end
end)
