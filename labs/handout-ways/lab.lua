-- A call through a proxy that does not stay in its path.
lab {
	title = "What a tutorial says of ways",
	topology = "proxy.gv",
	duration = "15s",
}

local alice, bob, px = node "alice", node "bob", node "px"

px:set { record_route = false }

script(function()
	wait(bob, "registered")
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
