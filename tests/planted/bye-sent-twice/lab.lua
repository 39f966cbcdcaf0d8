-- Bob's phone sends a BYE twice, and then takes its call for over (RFC 3261
-- 17.1.2: ten times more, until Timer F).
lab { title = "A BYE that is repeated once", topology = "direct-call.gv", duration = "90s" }

local planted = true
local alice, bob = node "alice", node "bob"

for n = 3, planted and 11 or 0 do
	fault { method = "BYE", src = "bob", nth = n, drop = true }
end

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
