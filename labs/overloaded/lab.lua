-- Bob's proxy is overloaded: it rejects everybody with 503.
lab {
	title = "An overloaded proxy",
	topology = "two-proxies.gv",
	duration = "10s",
}

local alice, bob, bil = node "alice", node "bob", node "bil"

script(function()
	wait(bob, "registered")
	bil:set { capacity = 0 }
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
	sleep "2s"
	bil:set { capacity = 100 }
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed", "5s") then
		sleep "1s"
		call:bye()
	end
end)
