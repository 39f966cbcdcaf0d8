-- Bob's phone gets another address during a call and tells Alice's phone with a re-INVITE. The proxy has not
-- stayed in the path (RFC 3665, section 3.7).
lab {
	title = "Session with re-INVITE (IP address change)",
	topology = "moving.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		note "Bob leaves the office; his phone gets another address."
		bob:set { addr = "198.51.100.77" }
		call:reinvite()
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "6s"
		call:bye()
	end
end)
