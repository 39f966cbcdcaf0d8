-- All calls for Bob are forwarded to a number of the telephone network (RFC 5359,
-- section 2.7).
lab {
	title = "Call forwarding: unconditional",
	topology = "gateway.gv",
	duration = "10s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
