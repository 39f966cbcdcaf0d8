-- Bob's proxy gets a 302 from outside. First it forwards the 302,
-- and Alice's phone follows it; then the
-- proxy follows it itself, but not for a domain that it is not responsible for.
lab {
	title = "An external redirection",
	topology = "external.gv",
	duration = "15s",
}

local alice, px, red = node "alice", node "px", node "red"

local function call(uri)
	local c = alice:invite(uri)
	if wait(c, "confirmed") then
		sleep "1s"
		c:bye()
	end
end

script(function()
	px:bind("sip:bob@biloxi.example.com", "sip:bob@dallas.example.com")
	red:bind("sip:bob@dallas.example.com", "sip:bob@203.0.113.7")
	sleep "1s"
	call "sip:bob@biloxi.example.com"
	sleep "1s"
	px:set { recurse = true }
	call "sip:bob@biloxi.example.com"
	sleep "1s"
	call "sip:bob@dallas.example.com"
end)
