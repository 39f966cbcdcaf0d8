-- Alice calls a telephone of Switch B;
-- the sound before the answer comes from there (RFC 3666, section 2.1).
lab {
	title = "A call from SIP to the telephone network",
	topology = "telephone-networks.gv",
	duration = "16s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "sip:+12125553333@a.example.com;user=phone"
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)
