-- Two calls over the trapezoid: the first one waits for name servers, the second finds their answers in a
-- cache.
lab {
	title = "The trapezoid with name servers",
	topology = "trapezoid.gv",
	duration = "20s",
}

local alice, bob = node "alice", node "bob"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
end)

for _, at in ipairs { "1s", "10s" } do
	script(function()
		sleep(at)
		alice:invite "sip:bob@biloxi.example.com"
	end)
end
