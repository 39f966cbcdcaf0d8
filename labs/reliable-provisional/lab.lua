-- Bob's phone plays an announcement before it is answered,
-- so its 183 must arrive: it is sent until a PRACK
-- confirms it (RFC 3262). The first one is lost on the way.
lab {
	title = "A 183 that has to arrive",
	topology = "two-proxies.gv",
	duration = "12s",
}

local alice, bob = node "alice", node "bob"

bob:set { progress = "none", answer = "never" }

fault { status = 183, src = "bil", dst = "atl", nth = 1, drop = true }

bob:on("invite", function(call)
	call:ring { code = 183, reliable = true }
	sleep "300ms"
	-- The 200 waits for the PRACK of the 183, which has not arrived yet.
	call:answer()
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite "sip:bob@biloxi.example.com"
end)
