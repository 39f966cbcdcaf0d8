-- Bob has one line, and it is taken.  The second call waits until he hangs up
-- (RFC 3261 21.1.4).
lab {
	title = "182 Queued",
	topology = "phones.gv",
	duration = "10s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:set { lines = 1, waiting = true, answer = "1s" }

script(function()
	sleep "1s"
	local first = alice:invite(bob)
	wait(first, "confirmed")
	local second = carol:invite(bob)
	sleep "2s"
	first:bye()
	if wait(second, "confirmed") then
		second:bye()
	end
end)
