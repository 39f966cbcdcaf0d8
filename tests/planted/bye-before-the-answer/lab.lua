-- Bob's phone knows a BYE only once it has answered: before, it says 481 and
-- rings on (RFC 3261 15.1.2, 12.3: a BYE may end an early dialog).  Bob goes out
-- at 1.3 s: what rings later, nobody hears.
lab { title = "A BYE in an early dialog", topology = "direct-call.gv", duration = "120s" }

local planted = true
local alice, bob = node "alice", node "bob"
local answered = false

bob:set { answer = "never" }

fault { method = "BYE", src = "alice", rewrite = function(text)
	if answered or not planted then return text end
	return (text:gsub("(\r\nTo: [^\r]*;tag=)", "%1not-"))
end }

bob:on("invite", function(call)
	if now() < 1.3 then
		sleep "2s"
		answered = true
		call:answer()
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	wait(call, "confirmed", "8s")
	call:bye { now = true }
end)
