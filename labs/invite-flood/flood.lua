-- Mallory calls Dave again and again, each time as somebody else, and never
-- hangs up: each call that rings is one that the proxy has to keep.
local most, calls = 60, 0

local function flood()
	calls = calls + 1
	send {
		method = "INVITE", uri = "sip:dave@example.com",
		from = "sip:caller" .. calls .. "@elsewhere.example",
		headers = { Subject = "call " .. calls },
	}
	if calls < most then after(settings.every .. "s", flood) end
end

function on_start()
	after("5s", flood)
end
