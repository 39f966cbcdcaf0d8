-- Bob's proxy crashes during a call. It had asked to stay in the path (Record-Route), so now a BYE can't
-- reach the peer.
lab {
	title = "A proxy crashes during a call",
	topology = "two-proxies.gv",
	duration = "60s",
}

local alice, bob, bil = node "alice", node "bob", node "bil"

script(function()
	wait(bob, "registered")
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "2s"
		bil:crash()
		sleep "2s"
		call:bye()
	end
end)
