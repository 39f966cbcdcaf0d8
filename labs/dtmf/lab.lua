-- A handset calls a voice mailbox and presses digits, which are sent by INFO; the mailbox presses some as
-- well, and uses a package that the handset does not support.
lab {
	title = "Digits by INFO",
	topology = "dtmf.gv",
	duration = "20s",
}

local phone, bob = node "phone", node "bob"

-- The second digit is lost once.
fault { method = "INFO", src = "phone", nth = 2, drop = true }

bob:on("invite", function(call)
	if not wait(call, "confirmed", "10s") then
		return
	end
	sleep "5s"
	call:dtmf "7#"
	sleep "2s"
	call:info { package = "voicebox", type = "application/json",
		body = '{"messages":3}' }
	sleep "1s"
	call:info { type = "text/plain", body = "seven" }
	sleep "1s"
	call:bye()
end)

script(function()
	wait(phone, "registered")
	sleep "1s"
	phone:dial "1001"
	sleep "3s"
	phone:press "12#"
end)
