-- A proxy from the time before loose routing is in the path. All nodes around it must prepare the Routes so
-- that it works as before.
lab {
	title = "A strict router in the path",
	topology = "strict.gv",
	duration = "10s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "2s"
		call:bye()          -- from Bob's side the strict router is first
	end
end)

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
