-- Bob's phone lost its power after it had registered. The registrar still believes it is there: the INVITE is
-- retransmitted until Timer B ends it with 408.
lab {
	title = "No answer from a dead phone",
	topology = "two-proxies.gv",
	duration = "75s",
}

local alice, bob = node "alice", node "bob"

script(function()
	wait(bob, "registered")
	note "Bob's phone loses its power."
	bob:crash()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	local ok, state = wait(call, "confirmed", "60s")
	if not ok then
		note("The call is " .. state .. ".")
	end
end)
