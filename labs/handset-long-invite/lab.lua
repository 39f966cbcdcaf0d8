-- Two handsets call each other, once each. Each must read what the other sends.
lab {
	title = "What an INVITE costs",
	topology = "long.gv",
	duration = "20s",
}

local long, short = node "long", node "short"

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
	note "The long form"
	talk(long, "1001", short)
	note "The short form"
	talk(short, "1000", long)
end)
