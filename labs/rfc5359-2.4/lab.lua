-- Alice, whom Bob has called, transfers him to Carol and does not wait for the result (RFC 5359, section
-- 2.4).
lab {
	title = "Transfer, unattended",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

alice:set { answer = "1s" }

-- Bob is asked before his phone calls somebody whom he did not choose.
bob:set { refer_after = "500ms" }

alice:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "2s"
		call:transfer(carol)
		sleep "40ms"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	bob:invite(alice)
end)
