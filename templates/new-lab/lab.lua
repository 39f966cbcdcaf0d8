-- What happens in the lab.  docs/SCENARIO.md has every verb; `rung run FOLDER`
-- runs it, `rung play FOLDER` shows it.
lab {
	title = "A lab of one's own",
	-- Beside this file.
	topology = "network.gv",
	duration = "30s",
}

-- The nodes of the topology that the script speaks of.
local alice, bob = node "alice", node "bob"

-- What somebody does when something comes: Bob's phone takes the call by itself
-- (answer="2s" in the topology); five seconds later Bob hangs up.
bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

-- What happens by itself, in order.
script(function()
	wait(bob, "registered")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
