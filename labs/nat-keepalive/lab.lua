-- Two phones keep their path through a NAT open; Alice calls Bob every two minutes.
lab {
	title = "Keep-alive and battery",
	topology = "home.gv",
	duration = "420s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "2s"
		call:bye()
	end
end)

script(function()
	for i = 1, 3 do
		sleep "120s"
		local call = alice:invite "sip:bob@example.com"
		if not wait(call, "confirmed", "5s") and call.state ~= "terminated" then
			call:cancel()
		end
	end
end)
