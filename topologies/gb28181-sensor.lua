-- A camera on a bus, by GB/T 28181: it tells who has subscribed (9.11, annex N of 2022: P) where it is, what has
-- changed in its catalogue, and alarms (9.4); after an alarm it is silent until that is reset.  Its settings: alarms
-- and faults, seconds after its first registration with commas between; interval, of keep-alives; version=2022.
settings "server=text alarms=number,… faults=number,… interval=number losses=number version=2016|2022"
local gb, subscriptions = require "gb", require "subscriptions"
local me, silent, begun, platform, catalogue = self.user, false, false, nil, nil

local function notice(t)
	t.root, t.SN, t.DeviceID = "Notify", gb.number(), me
	return { type = gb.TYPE, body = gb.body(t) }
end

local function tell_all(about, t)
	local told = false
	for _, s in ipairs(subscriptions.watchers()) do
		if s.about == about then
			s:notify(notice(t))
			told = true
		end
	end
	return told
end

-- 2016 has a position in the notice itself, 2022 in a list.
local function position()
	local t = { Longitude = string.format("%.4f", 120.15 + now() / 10000), Latitude = "30.2800", Speed = 36 }
	t[gb.new() and "CaptureTime" or "Time"] = gb.time()
	if not gb.new() then
		t.CmdType = "MobilePosition"
		return notice(t)
	end
	t.DeviceID = me
	return notice { CmdType = "MobilePosition", Time = gb.time(), SumNum = 1, DeviceList = { t } }
end

function on_subscribe(s, m)
	local q, why = gb28181.read(m.body)
	if not q then return s:reject(400, { reason = why }) end
	s.about = q.CmdType
	local function grant()
		return s:accept { type = gb.TYPE, body = gb.body { root = "Response", CmdType = q.CmdType, SN = q.SN,
			DeviceID = me, Result = "OK" } }
	end
	function s.on_refresh(_, again)
		q = gb28181.read(again.body) or q
		if grant() > 0 then s:notify() end
	end
	function s.on_end() stop("position " .. s.id) end
	if grant() == 0 then return end
	if s.about ~= "MobilePosition" then return s:notify() end
	s:notify(position())
	every(q.Interval or 5, "position " .. s.id, function() s:notify(position()) end)
end

-- ---- what happens ----

local function alarm()
	if silent then return print "- AlarmCmd ResetAlarm?" end
	local t = { CmdType = "Alarm", AlarmPriority = 1, AlarmMethod = 2, AlarmTime = gb.time(), Info = { AlarmType = 2 } }
	silent = true
	if not tell_all("Alarm", t) then platform:notice(t) end
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
	platform = gb.attend(settings.server or "33010600002000000001", self.domain, function()
		if begun then return end
		begun = true
		plan(settings.alarms, alarm)
		plan(settings.faults, fault)
	end, function()
		-- Who has forgotten it has forgotten what it wanted to be told.
		for _, s in ipairs(subscriptions.watchers()) do s:finish "deactivated" end
	end)
end

function on_request(m)
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	local q = gb.take(m)
	if not q or not q.AlarmCmd then return q and q.CmdType == "Catalog" and catalogue(q) end
	silent = false
	platform:answer(q, { DeviceID = q.DeviceID, Result = "OK" })
end

-- It is its only camera (9.5).
function catalogue(q)
	platform:answer(q, { SumNum = 1, DeviceList = { { DeviceID = me, Name = "Bus", Manufacturer = "Acme", Model = "K1",
		CivilCode = me:sub(1, 6), Address = "East", Parental = 0, ParentID = platform.id, RegisterWay = 1, Secrecy = 0,
		Status = "ON", Owner = not gb.new() and "0" or nil } } })
end
