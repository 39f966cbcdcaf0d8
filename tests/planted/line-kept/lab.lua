-- A program counts the calls on its only line, and forgets to free it where the
-- next server never answers.
lab { title = "A line that is never free again", topology = "network.gv", duration = "100s" }

local planted = true
local px, alice, bob = node "px", node "alice", node "bob"

px:set { settings = planted and "kept=1" or "kept=0" }

script(function()
	sleep "1s"
	local call = alice:invite "bob"
	if wait(call, "confirmed", "40s") then call:bye() end
	sleep "45s"
	alice:invite "bob"
end)
