-- A call in which the first BYE loses its To tag on the way.
lab {
	title = "What a tutorial says of dialogs",
	topology = "direct-call.gv",
	duration = "15s",
}

local alice, bob = node "alice", node "bob"

fault {
	method = "BYE", src = "alice", nth = 1,
	rewrite = function(text)
		return (text:gsub("(\nTo:[^\r\n]*);tag=[^;\r\n]*", "%1"))
	end,
}

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "6s"
		if call.state == "confirmed" then
			call:bye()
		end
	end
end)

script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if wait(call, "confirmed") then
		sleep "3s"
		if call.state == "confirmed" then
			call:bye()
		end
	end
end)
