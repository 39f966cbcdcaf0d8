-- Bob puts Alice on hold and resumes the call (RFC 5359, section 2.1).
lab {
	title = "Call hold",
	topology = "hold.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "2s"
		call:hold()
		sleep "2s"
		call:resume()
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "9s"
	call:bye()
end)
