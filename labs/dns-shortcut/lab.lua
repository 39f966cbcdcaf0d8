-- Biloxi's first proxy is dead. Alice calls Bob by three addresses;
-- one of the calls succeeds.
lab {
	title = "Ways around SRV",
	topology = "shortcut.gv",
	duration = "180s",
}

local alice, bob, px2 = node "alice", node "bob", node "px2"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
end)

local function call(target)
	wait(alice:invite(target), "terminated", "60s")
	sleep "1s"
end

script(function()
	px2:crash()
	sleep "1s"
	call "sip:bob@biloxi.example.com"
	call "sip:bob@biloxi.example.com:5060"
	call "sip:bob@old.biloxi.example.com"
end)
