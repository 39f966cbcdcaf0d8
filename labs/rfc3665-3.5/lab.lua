-- An ALG at the border of Alice's network stays in the path of the signalling; Bob's proxy does not (RFC
-- 3665, section 3.5).
lab {
	title = "Session through a SIP ALG",
	topology = "alg.gv",
	duration = "12s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)
