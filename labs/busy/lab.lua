-- Bob is busy: 486, and an ACK on every hop (RFC 3665, section 3.9).
lab {
	title = "Bob is busy",
	topology = "two-proxies.gv",
	duration = "40s",
}

local alice, bob = node "alice", node "bob"

bob:set { busy = true }

script(function()
	wait(bob, "registered")
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if not wait(call, "confirmed") then
		note "Alice hears the busy tone."
	end
end)
