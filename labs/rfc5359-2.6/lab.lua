-- Bob wants Carol to continue his call, and asks her in a message;
-- she takes it over (RFC 5359, section 2.6).
lab {
	title = "Transfer by instant message",
	topology = "three-phones.gv",
	duration = "15s",
}

local alice, bob, carol = node "alice", node "bob", node "carol"

bob:set { answer = "1s" }

bob:on("invite", function(call)
	if not wait(call, "confirmed") then
		return
	end
	sleep "2s"
	bob:message(carol, "Do you want to take my call with Alice?")
	sleep "2s"
	note "Carol takes it."
	carol:invite { replaces = call }
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
