-- Bob parks his call with Alice at a server; Carol's phone asks the server which calls are parked, and takes
-- the call (RFC 5359, section 2.15).
lab {
	title = "Call park",
	topology = "park.gv",
	duration = "15s",
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
	carol:pickup(server, { early_only = false })
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
