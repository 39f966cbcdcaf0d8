-- Bob rejects Alice's calls, and his phone accepts only calls that the proxy has screened (RFC 5359, section
-- 2.13).
lab {
	title = "Call management: incoming call screening",
	topology = "screening.gv",
	duration = "10s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	-- Bypassing the proxy: she knows the address of Bob's phone.
	local call = alice:invite "sip:bob@10.0.2.1"
	if not wait(call, "confirmed") then
		sleep "1s"
		alice:invite "sip:screened@10.0.2.3"
	end
end)
