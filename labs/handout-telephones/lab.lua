-- Alice calls a telephone twice: all circuits are blocked, then they are free
-- again.  The telephone hangs up.
lab {
	title = "What a tutorial says of telephones",
	topology = "gateway.gv",
	duration = "25s",
}

local alice, exchange = node "alice", node "exchange"
local number = "sip:+19725552222@gw.example.com;user=phone"

script(function()
	for i = 1, 4 do
		exchange:block("ngw1:" .. i)
	end
	sleep "1s"
	alice:invite(number)
	sleep "2s"
	for i = 1, 4 do
		exchange:unblock("ngw1:" .. i)
	end
	sleep "1s"
	if wait(alice:invite(number), "confirmed", "10s") then
		sleep "3s"
		exchange:hang_up "9725552222"
	end
end)
