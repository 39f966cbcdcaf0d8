-- Two requests return to a proxy that has forwarded them before. One is on its way to a user (a spiral), the
-- other goes round in a loop.
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
	-- support is a name in both domains, and no user.
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
