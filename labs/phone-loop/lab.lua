-- A call by keys; its BYE is lost, and twelve messages come just when the phone
-- has to send it again.
lab {
	title = "The loop of a phone",
	topology = "loop.gv",
	duration = "10s",
}

local bob, phone = node "bob", node "phone"

fault { method = "BYE", src = "phone", nth = 1, drop = true }

script(function()
	sleep "1s"
	phone:press "1001#"
	phone:wait_screen("Talking", "5s")
	sleep "1s"
	phone:hangup()
	sleep "500ms"
	for i = 1, 12 do
		bob:send {
			method = "MESSAGE",
			uri = "sip:1000@192.0.2.3",
			to = phone,
			headers = { ["Content-Type"] = "text/plain" },
			body = "Are you still there? " .. i,
		}
		sleep "3ms"
	end
end)
