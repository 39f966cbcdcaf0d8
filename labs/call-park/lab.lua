-- Bob parks his call with Alice at a server and leaves his desk; Carol takes it
-- from there.
lab {
	title = "A call is parked and taken elsewhere",
	topology = "park.gv",
	duration = "20s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"
local server = node "parkserver"

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	bob:refer(server, { replaces = call })
	if not wait(call, "terminated", "4s") then
		return -- nobody has taken it
	end
	sleep "4s"
	local mine = carol:invite { replaces = "parkserver/1" }
	if wait(mine, "confirmed") then
		sleep "3s"
		mine:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
