-- Bob is in Chicago; the redirect server of his home tells Alice's phone so.
-- Her INVITE has no SDP: Bob's
-- phone makes the offer in its 200, and hers answers it in the ACK (RFC 3665, section 3.6).
lab {
	title = "Session via redirect and proxy servers with SDP in ACK",
	topology = "chicago.gv",
	duration = "12s",
}

local alice, bob, redirect = node "alice", node "bob", node "redirect"

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

script(function()
	redirect:bind("sip:bob@biloxi.example.com", "sip:bob@chicago.example.com")
	sleep "1s"
	alice:invite { target = "sip:bob@biloxi.example.com", sdp = false }
end)
