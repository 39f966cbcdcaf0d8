-- Alice's phone sends the agent an OPTIONS and a message, calls it, and makes it call two phones. A 200 and
-- some ACKs are lost on the way.
lab {
	title = "A node in Lua",
	topology = "agent.gv",
	duration = "60s",
}

local alice = node "alice"

fault { status = 200, cseq = "MESSAGE", dst = "alice", nth = 1, drop = true }
fault { method = "ACK", dst = "agent", nth = 1, drop = true }
fault { method = "ACK", dst = "agent", probability = "50%", drop = true }

local function talk(to, time)
	local call = alice:invite(to)
	if wait(call, "confirmed", "30s") then
		wait(call, "terminated", time)
		if call.state == "confirmed" then
			call:bye()
		end
	end
end

script(function()
	sleep "1s"
	alice:options "sip:agent@192.0.2.2"
	sleep "2s"
	alice:message("sip:agent@192.0.2.2", "lunch is ready")
	sleep "3s"
	talk("sip:agent@192.0.2.2", "14s")
	sleep "3s"
	talk("sip:both@192.0.2.2", "3s")
end)
