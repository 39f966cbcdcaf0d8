-- Two handsets call each other, once each: the INVITE of one is too large for UDP; the other is configured
-- for TCP.
lab {
	title = "Too large for a datagram",
	topology = "long.gv",
	duration = "20s",
}

local long, tess = node "long", node "tess"

local function talk(caller, number, called)
	caller:dial(number)
	called:wait_screen("Incoming", "5s")
	sleep "1s"
	called:answer()
	caller:wait_screen("Talking", "5s")
	sleep "1s"
	caller:hangup()
	sleep "1s"
end

script(function()
	long:wait_screen("Registered", "5s")
	note "TCP, since UDP has no room"
	talk(long, "1001", tess)
	note "TCP, since Tess wants it"
	talk(tess, "1000", long)
end)
