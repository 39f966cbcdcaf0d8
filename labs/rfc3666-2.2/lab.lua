-- Alice calls somebody at a company, whose exchange is behind GW 1 (RFC 3666, section 2.2, where the company
-- has Q.931 instead of ISUP).
lab {
	title = "A call from SIP to a company's exchange",
	topology = "telephone-networks.gv",
	duration = "16s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "sip:+14445550001@a.example.com;user=phone"
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)
