-- At New Year a phone sends 24 messages, one every 2 ms.
lab {
	title = "Too many greetings",
	topology = "slow.gv",
	duration = "12s",
}

local bob, phone = node "bob", node "phone"

local function greet(text)
	bob:send {
		method = "MESSAGE",
		uri = "sip:1000@192.0.2.2",
		to = phone,
		headers = { ["Content-Type"] = "text/plain" },
		body = text,
	}
end

script(function()
	sleep "1s"
	greet "Are you there?"
	sleep "1s"
	for i = 1, 24 do
		greet("Happy new year, " .. i)
		sleep "2ms"
	end
	sleep "5s"
	note("The screen says: " .. phone:screen():match("New messages: %d+"))
end)
