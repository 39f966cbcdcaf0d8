-- A platform of GB/T 28181 that wants to be told (9.11): it subscribes to what its settings say, subscribe=Alarm,
-- MobilePosition or Catalog with commas between, for expires seconds, and once more before that is over; it answers
-- alarms, and resets them after so many seconds (reset); version=2022.
settings("subscribe=Alarm|MobilePosition|Catalog,… expires=number reset=number until_s=number password=text " ..
	"version=2016|2022")
local me, mine = self.user, "<sip:" .. self.user .. "@" .. self.domain .. ">"
local sn, subscriptions = 300, {}
local events = { Catalog = "Catalog;id=77", Alarm = "presence", MobilePosition = "presence" }

local function body_of(t)
	return gb28181.write(t, settings.version == "2022" and "GB18030" or "GB2312")
end

local function say(d, t, number)
	sn = sn + 1
	t.SN, t.DeviceID = number or sn, t.DeviceID or d.id
	send { method = "MESSAGE", uri = "sip:" .. d.id .. "@" .. d.at, from = mine,
		to = "<sip:" .. d.id .. "@" .. self.domain .. ">", type = "Application/MANSCDP+xml", body = body_of(t) }
end

local function ask(s, expires)
	sn, s.cseq = sn + 1, s.cseq + 1
	send { method = "SUBSCRIBE", uri = s.target, from = mine .. ";tag=" .. s.id:match "%w+", to = s.to, call_id = s.id,
		cseq = s.cseq, headers = { Event = events[s.about], Expires = expires, Accept = "Application/MANSCDP+xml" },
		type = "Application/MANSCDP+xml", body = body_of { root = "Query", CmdType = s.about, SN = sn,
			DeviceID = s.device.id, Interval = s.about == "MobilePosition" and 5 or nil } }
end

local function subscribe(d, about)
	local expires = tonumber(settings.expires or 600)
	local s = { device = d, about = about, cseq = 0, id = about .. "-1@" .. self.addr, target = "sip:" .. d.id .. "@" ..
		d.at, to = "<sip:" .. d.id .. "@" .. self.domain .. ">" }
	subscriptions[s.id] = s
	ask(s, expires)
	after(expires * 0.8 .. "s", function() ask(s, expires) end)
	if settings.until_s then after(settings.until_s .. "s", function() ask(s, 0) end) end
end

-- Over TCP the connection is the way back.
local function seen(m) return m.source .. (m.transport ~= "UDP" and ";transport=" .. m.transport or "") end

local function register(m)
	local d = { id = m:address("From").user, at = seen(m) }
	reply(m, 200, { headers = { Expires = m:get "Expires",
		["X-GB-Ver"] = settings.version == "2022" and "3.0" or nil }, contact = m:get "Contact" .. ";expires=" ..
		m:get "Expires" })
	for about in (settings.subscribe or ""):gmatch "%a+" do after("1s", function() subscribe(d, about) end) end
end

local function heard(m)
	local t, why = gb28181.read(m.body)
	if not t and #m.body > 0 then return reply(m, 400, { reason = why }) end
	reply(m, 200)
	if not t or t.CmdType ~= "Alarm" or t.root ~= "Notify" then return end
	local d = { id = m:address("From").user, at = seen(m) }
	say(d, { root = "Response", CmdType = "Alarm", DeviceID = t.DeviceID, Result = "OK" }, t.SN)
	if not settings.reset then return end
	after(settings.reset .. "s", function()
		say(d, { root = "Control", CmdType = "DeviceControl", DeviceID = t.DeviceID, AlarmCmd = "ResetAlarm" })
	end)
end

function on_request(m)
	if m.method == "REGISTER" then return register(m) end
	if m.method == "MESSAGE" or m.method == "NOTIFY" then return heard(m) end
	reply(m, 501)
end

function on_reply(m, answer)
	local s = subscriptions[m:get "Call-ID"]
	if not s or answer.status ~= 200 then return end
	s.to, s.target = answer:get "To", answer:address("Contact").uri
end
