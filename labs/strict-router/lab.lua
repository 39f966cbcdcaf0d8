-- A proxy of the time before loose routing is in the path.  Everybody around it
-- has to arrange the Routes so that it can go on not knowing.
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
