-- Bob asks Carol before he transfers Alice to her:
-- Alice's call replaces his own (RFC 5359, section 2.5).
lab {
	title = "Transfer, attended",
	topology = "three-phones.gv",
	duration = "20s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	call:hold()
	sleep "1s"
	local question = bob:invite(carol)
	if not wait(question, "confirmed") then
		return
	end
	sleep "2s"
	question:hold()
	sleep "1s"
	call:transfer { replaces = question }
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
