-- Two requests come back to a proxy that has passed them on before.  One is on
-- its way to somebody (a spiral), the other runs in a circle (a loop).
lab {
	title = "A loop and a spiral",
	topology = "loop-and-spiral.gv",
	duration = "10s",
}

local alice, atl, bil = node "alice", node "atl", node "bil"

script(function()
	-- sales is a name in both domains; in the end it is Bob.
	atl:bind("sip:sales@atlanta.example.com", "sip:sales@biloxi.example.com")
	bil:bind("sip:sales@biloxi.example.com", "sip:bob@atlanta.example.com")
	-- support is a name in both domains, and nobody.
	atl:bind("sip:support@atlanta.example.com",
	    "sip:support@biloxi.example.com")
	bil:bind("sip:support@biloxi.example.com",
	    "sip:support@atlanta.example.com")

	sleep "1s"
	note "The spiral: sales."
	local call = alice:invite "sip:sales@atlanta.example.com"
	if wait(call, "confirmed") then
		sleep "1s"
		call:bye()
	end
	sleep "1s"
	note "The loop: support."
	alice:invite "sip:support@atlanta.example.com"
end)
