-- Bob talks to Alice, also calls Carol, and lets the three of them talk with each other (RFC 5359, section
-- 2.10).
lab {
	title = "Three-way conference: a third party is added",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:reinvite()
	sleep "500ms"
	local second = bob:invite(carol)
	if wait(second, "confirmed") then
		second:join(call)
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
