-- A platform of GB/T 28181 that wants to be told (9.11): it subscribes to what its settings say, subscribe=Alarm,
-- MobilePosition or Catalog with commas between, for expires seconds, and once more before that is over; it answers
-- alarms, and resets them after so many seconds (reset); version=2022.
settings("subscribe=Alarm|MobilePosition|Catalog,… expires=number reset=number until_s=number password=text " ..
	"interval=number losses=number version=2016|2022")
local gb = require "gb"
local events = { Catalog = "Catalog;id=77", Alarm = "presence", MobilePosition = "presence" }
gb.sn = 300

local function heard(d, t)
	if t.CmdType ~= "Alarm" or t.root ~= "Notify" then return end
	d:answer(t, { DeviceID = t.DeviceID, Result = "OK" })
	if not settings.reset then return end
	after(settings.reset .. "s", "reset " .. d.id, function()
		d:say { root = "Control", CmdType = "DeviceControl", DeviceID = t.DeviceID, AlarmCmd = "ResetAlarm" }
	end)
end

local function wants(d, about)
	local s = subscribe { uri = d:uri(), to = d:to(), from = d.side.from, event = events[about], expires = settings.expires or 600,
		type = gb.TYPE, body = function()
			return gb.body { root = "Query", CmdType = about, SN = gb.number(), DeviceID = d.id,
				Interval = about == "MobilePosition" and 5 or nil }
		end,
		on_notify = function(_, m)
			local t = gb28181.read(m.body)
			if t then heard(d, t) end
		end }
	d.wants[#d.wants + 1] = s
	if settings.until_s then after(settings.until_s .. "s", "until " .. about .. d.id, function() s:finish() end) end
end

-- It has begun anew, and knows nothing of what it was asked.
local function forget(d)
	for _, s in ipairs(d.wants or {}) do s:finish() end
	d.wants = {}
end

local devices = gb.devices { on_gone = forget, on_up = function(d)
	forget(d)
	for about in (settings.subscribe or ""):gmatch "%a+" do
		after("1s", "subscribe " .. about .. d.id, function() wants(d, about) end)
	end
end }

function on_request(m)
	if m.method == "REGISTER" then return devices:register(m) end
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	local d, t = devices:heard(m)
	if d then heard(d, t) end
end
