-- Bob's phone sends its 200 to an INVITE once, and never again (RFC 3261
-- 13.3.1.4: as long as no ACK comes).
lab { title = "A 200 that is sent once", topology = "direct-call.gv", duration = "90s" }

local planted = true
local alice, bob = node "alice", node "bob"

for n = 2, planted and 11 or 0 do
	fault { status = 200, cseq = "INVITE", src = "bob", nth = n, drop = true }
end

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)
