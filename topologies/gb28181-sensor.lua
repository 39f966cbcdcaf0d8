-- A camera on a bus, by GB/T 28181: it tells who has subscribed (9.11, annex N of 2022: P) where it is, what has
-- changed in its catalogue, and alarms (9.4); after an alarm it is silent until that is reset.  Its settings: alarms
-- and faults, seconds after its registration with commas between; interval, of keep-alives; version=2022.
settings "server=text alarms=number,… faults=number,… interval=number version=2016|2022"
local me = self.user
local platform, mine = "sip:" .. (settings.server or "33010600002000000001") .. "@" .. self.domain,
	"<sip:" .. me .. "@" .. self.domain .. ">"
local sn, tags, silent, watchers = 0, 0, false, {}

local function body_of(t)
	t.DeviceID = t.DeviceID or me
	return gb28181.write(t, settings.version == "2022" and "GB18030" or "GB2312")
end

local function notice(t)
	sn = sn + 1
	t.root, t.SN = "Notify", sn
	return t
end

local function say(t)
	send { method = "MESSAGE", uri = platform, from = mine, to = "<" .. platform .. ">",
		type = "Application/MANSCDP+xml", body = body_of(t) }
end

local function keep_alive()
	say(notice { CmdType = "Keepalive", Status = "OK" })
	after((settings.interval or 60) .. "s", keep_alive)
end

-- ---- who has subscribed ----

local function tell(w, t)
	local rest = math.floor(w.ends - now() + 0.5)
	w.cseq = w.cseq + 1
	send { method = "NOTIFY", uri = w.target, from = w.from, to = w.to, call_id = w.id, cseq = w.cseq,
		headers = { Event = w.event, ["Subscription-State"] = rest > 0 and "active;expires=" .. rest or
			"terminated;reason=timeout" },
		type = t and "Application/MANSCDP+xml" or nil, body = t and body_of(notice(t)) or nil }
end

local function tell_all(about, t)
	local any = false
	for _, w in ipairs(watchers) do
		if w.about == about and w.ends > now() then
			tell(w, t)
			any = true
		end
	end
	return any
end

-- 2016 has a position in the notice itself, 2022 in a list.
local function position()
	local d, at = date(), string.format("%.4f", 120.15 + now() / 10000)
	local time = string.format("%04d-%02d-%02dT%02d:%02d:%02d", d.year, d.month, d.day, d.hour, d.min, math.floor(d.sec))
	if settings.version ~= "2022" then
		return { CmdType = "MobilePosition", Time = time, Longitude = at, Latitude = "30.2800", Speed = 36 }
	end
	return { CmdType = "MobilePosition", Time = time, SumNum = 1, DeviceList = { { DeviceID = me, CaptureTime = time,
		Longitude = at, Latitude = "30.2800", Speed = 36 } } }
end

local function go_on(w)
	if w.ends <= now() then return end
	tell(w, position())
	after(w.every .. "s", function() go_on(w) end)
end

local function subscribed(m)
	local q, why = gb28181.read(m.body)
	local expires = tonumber(m:get "Expires" or 600)
	local id = m:get "Call-ID"
	if not q then return reply(m, 400, { reason = why }) end
	local w
	for _, one in ipairs(watchers) do w = one.id == id and one or w end
	if not w then
		tags = tags + 1
		w = { id = id, about = q.CmdType, event = m:get "Event", target = m:address("Contact").uri, cseq = 0,
			every = q.Interval or 5, to = m:get "From", from = m:get "To" .. ";tag=s" .. tags, new = true }
		watchers[#watchers + 1] = w
	end
	w.ends = now() + expires
	reply(m, 200, { tag = w.new and "s" .. tags or nil, headers = { Expires = expires, Event = w.event },
		type = "Application/MANSCDP+xml", body = body_of { root = "Response", CmdType = q.CmdType, SN = q.SN,
			Result = "OK" } })
	if expires == 0 then return tell(w) end
	if not w.new then return end
	w.new = false
	if w.about == "MobilePosition" then return go_on(w) end
	tell(w)
end

-- ---- what happens ----

local function alarm()
	if silent then return print "- AlarmCmd ResetAlarm?" end
	local t = { CmdType = "Alarm", AlarmPriority = 1, AlarmMethod = 2, AlarmTime = "2026-03-02T08:00:30",
		Info = { AlarmType = 2 } }
	silent = true
	if not tell_all("Alarm", t) then say(notice(t)) end
end

local function fault(n)
	tell_all("Catalog", { CmdType = "Catalog", SumNum = 1, DeviceList = { { DeviceID = me:sub(1, 10) .. "1310000001",
		Event = n % 2 == 1 and "OFF" or "ON" } } })
end

local function plan(times, act)
	local n = 0
	for time in (times or ""):gmatch "[%d.]+" do
		n = n + 1
		local this = n
		after(time .. "s", function() act(this) end)
	end
end

function on_start()
	send { method = "REGISTER", uri = platform, from = mine, to = mine, headers = { Expires = 3600,
		["X-GB-Ver"] = settings.version == "2022" and "3.0" or nil } }
end

function on_reply(m, answer)
	if m.method ~= "REGISTER" or answer.status ~= 200 then return end
	keep_alive()
	plan(settings.alarms, alarm)
	plan(settings.faults, fault)
end

function on_request(m)
	if m.method == "SUBSCRIBE" then return subscribed(m) end
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	local q, why = gb28181.read(m.body)
	if not q then return reply(m, 400, { reason = why }) end
	reply(m, 200)
	if not q.AlarmCmd then return end
	silent = false
	say { root = "Response", CmdType = q.CmdType, SN = q.SN, DeviceID = q.DeviceID, Result = "OK" }
end
