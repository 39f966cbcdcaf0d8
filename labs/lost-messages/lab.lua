-- The call of two-proxies over a line that loses a quarter of all packets: what is lost is retransmitted;
-- which node does it depends on the message.
lab {
	title = "Lost messages",
	topology = "lossy-trapezoid.gv",
	duration = "75s",
}

local alice, bob = node "alice", node "bob"

-- Bob's phone answers automatically (answer="2s" in the topology);
-- five seconds later Bob hangs up.
bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		-- If no ACK arrives at all, his phone has hung up by itself.
		if call.state == "confirmed" then
			call:bye()
		end
	end
end)

script(function()
	-- Both phones register when the run starts (register=true).
	wait(bob, "registered")
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
