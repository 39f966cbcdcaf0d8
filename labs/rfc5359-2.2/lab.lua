-- Bob puts Alice on hold, asks Carol something,
-- and continues with Alice (RFC 5359, section 2.2).
lab {
	title = "Consultation hold",
	topology = "consultation.gv",
	duration = "20s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:hold()
	sleep "1s"
	local question = bob:invite(carol)
	if wait(question, "confirmed") then
		sleep "2s"
		question:bye()
	end
	wait(question, "terminated")
	call:resume()
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	sleep "12s"
	call:bye()
end)
