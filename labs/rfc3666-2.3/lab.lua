-- NGW 1 has no circuit in service;
-- the call goes through NGW 2 (RFC 3666, section 2.3).
lab {
	title = "Overflow to another gateway",
	topology = "overflow.gv",
	duration = "16s",
}

local alice, switchb = node "alice", node "switchb"

script(function()
	switchb:block "ngw1:1"
	switchb:block "ngw1:2"
	sleep "1s"
	local call = alice:invite "sip:+19725552222@a.example.com;user=phone"
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)
