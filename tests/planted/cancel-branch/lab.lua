-- Alice's phone draws a branch for its CANCEL (RFC 3261 9.1: that of the INVITE
-- which it takes back).  Bob goes out at 1.3 s: what rings later, nobody hears.
lab { title = "A CANCEL with a branch of its own", topology = "direct-call.gv", duration = "120s" }

local planted = true
local alice, bob = node "alice", node "bob"

bob:set { answer = "never" }

fault { method = "CANCEL", src = "alice", rewrite = function(text)
	if not planted then return text end
	return (text:gsub("branch=z9hG4bK", "branch=z9hG4bKcancel", 1))
end }

bob:on("invite", function(call)
	if now() < 1.3 then
		sleep "2s"
		call:answer()
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if not wait(call, "confirmed", "8s") then
		call:cancel()
	else
		sleep "2s"
		call:bye()
	end
end)
