-- An application wants to know when Joe registers,
-- and sends him a message at once (RFC 3680, section 6).
lab {
	title = "A welcome for whoever registers",
	topology = "welcome.gv",
	duration = "15s",
}

local joe, app = node "joe", node "app"

script(function()
	sleep "1s"
	local s = app:subscribe("sip:joe@example.com", { event = "reg" })
	if wait(s, "active") and wait(s, "news") then
		app:message("sip:joe@192.0.2.1", "Good to see you, Joe.")
	end
end)

at("5s", function()
	joe:register()
end)
