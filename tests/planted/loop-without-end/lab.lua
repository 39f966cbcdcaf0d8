-- Two servers send on to each other what they do not know, and each writes a
-- Max-Forwards of its own (RFC 3261 16.6: one less than it was).
lab { title = "A circle without Max-Forwards", topology = "network.gv", duration = "60s" }

local planted = true
local alice, bob = node "alice", node "bob"

if planted then
	fault { method = "INVITE", dst = "b", rewrite = function(text)
		return (text:gsub("Max%-Forwards: %d+", "Max-Forwards: 70"))
	end }
end

script(function()
	sleep "1s"
	bob:message("sip:here@192.0.2.3", "bob@192.0.2.4")
	wait(bob, "delivered", "10s")
	sleep "1s"
	local call = alice:invite "sip:bob@a.example"
	if wait(call, "confirmed", "20s") then call:bye() end
end)
