-- Bob is away, and the server of his home only returns addresses. Alice's phone goes there itself; and it
-- detects when two servers redirect it to each other.
lab {
	title = "Redirection",
	topology = "redirection.gv",
	duration = "10s",
}

local alice, home, away = node "alice", node "home", node "away"

script(function()
	-- Bob's two phones: he prefers the desk to the car.
	home:bind("sip:bob@biloxi.example.com", "sip:bob@203.0.113.7",
	    { q = "0.8" })
	home:bind("sip:bob@biloxi.example.com", "sip:bob@203.0.113.8",
	    { q = "0.3" })
	-- Each of Carol's two servers believes that the other knows her.
	home:bind("sip:carol@biloxi.example.com", "sip:carol@dallas.example.com")
	away:bind("sip:carol@dallas.example.com", "sip:carol@biloxi.example.com")

	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "1s"
		call:bye()
	end
	sleep "1s"
	call = alice:invite "sip:carol@biloxi.example.com"
	if not wait(call, "confirmed") then
		note "Carol can't be found."
	end
end)
