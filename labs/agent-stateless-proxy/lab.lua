-- Two calls through the proxy: one is answered, though the first INVITE is lost after it, and one is
-- cancelled.
lab {
	title = "A stateless proxy of one's own",
	topology = "agent-stateless-proxy.gv",
	duration = "200s",
}

local alice = node "alice"

fault { method = "INVITE", src = "agent", dst = "bob", nth = 1, drop = true }

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@192.0.2.3"
	if wait(call, "confirmed", "40s") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
	wait(call, "terminated", "40s")
	sleep "1s"
	call = alice:invite "sip:bob@192.0.2.3"
	if wait(call, "early", "40s") then
		sleep "1s"
		if call.state == "early" then call:cancel() end
	end
end)
