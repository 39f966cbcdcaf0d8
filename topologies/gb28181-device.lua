-- A device of GB/T 28181: a camera, or a recorder with several.  It registers and keeps itself alive, says what it
-- has, sends what it is asked for; it begins within spread seconds.  Wrong of it: stubborn, cut, ssrc, sends, setup.
settings("server=text interval=number losses=number cameras=number page=number version=2016|2022 spread=number " ..
	"stubborn=text cut=number ssrc=text sends=text setup=active|passive")
local gb = require "gb"
local me, here, platform = self.user, {}, nil

-- The name of that camera ends in the midst of a character.
local function cut(n)
	local write = gb.body
	function gb.body(t) return (write(t):gsub("\xB6\xAB\xC3\xC5 " .. n .. "<", "\xB6\xAB\xC3<")) end
end

function on_start()
	if settings.cut then cut(settings.cut) end
	for i = 1, tonumber(settings.cameras or 1) do
		here[i] = { DeviceID = me:sub(1, 10) .. "131000" .. string.format("%04d", i), Name = "东门 " .. i,
			Manufacturer = "Acme", Model = "K1", CivilCode = me:sub(1, 6), Address = "East", Parental = 0,
			ParentID = me, RegisterWay = 1, Secrecy = 0, Status = "ON", Owner = not gb.new() and "0" or nil }
	end
	platform = gb.attend(settings.server or "33010600002000000001", self.domain)
end

-- 9.12.1: who is to speak is called, for its sound.
local function listen(q)
	local own = gb.sdp { audio = true, port = 25000, way = "recvonly", y = "0106009001", f = "v/////a/1/8/1" }
	platform:call(q.SourceID, { body = own, headers = { Subject = q.SourceID .. ":0106009001," .. q.TargetID .. ":0" },
		on_answer = function(c, answer) c:stream { own = own, theirs = answer.body, answered = true } end })
end

local asked = {
	Catalog = function(q) platform:pages(q, here, tonumber(settings.page or 1)) end,
	DeviceInfo = function(q)
		platform:answer(q, { DeviceName = self.name, Result = "OK", Manufacturer = "Acme", Model = "K1", Firmware = "2.1",
			Channel = #here })
	end,
	DeviceStatus = function(q) platform:answer(q, { Result = "OK", Online = "ONLINE", Status = "OK" }) end,
	RecordInfo = function(q)
		platform:answer(q, { DeviceID = q.DeviceID, Name = "东门", SumNum = 1, RecordList = { { DeviceID = q.DeviceID,
			Name = "东门", StartTime = q.StartTime, EndTime = q.EndTime, Secrecy = 0, Type = "time" } } })
	end,
	Broadcast = function(q)
		platform:answer(q, { DeviceID = q.TargetID, Result = "OK" })
		listen(q)
	end,
	DeviceControl = function(q)
		for what, speed in pairs(q.PTZCmd and gb28181.ptz(q.PTZCmd) or {}) do print("+ PTZCmd " .. what .. " " .. speed) end
		if q.GuardCmd or q.RecordCmd or q.AlarmCmd then platform:answer(q, { DeviceID = q.DeviceID, Result = "OK" }) end
		if q.TeleBoot then platform.registration:refresh() end
	end,
}

function on_request(m)
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	local q = gb.take(m)
	if q and asked[q.CmdType] then asked[q.CmdType](q) end
end

-- ---- a view ----

-- What it sends from now on: until the end of a recording, which is told.
local function flow(c)
	c:stream { own = c.paused and c.own:gsub("a=sendonly", "a=inactive") or c.own, theirs = c.offer, source = c.source }
	c:stop "end"
	c.since = now()
	if not c.length or c.paused then return end
	c:after(math.max(0, c.scale > 0 and c.length - c.at or c.at) / math.abs(c.scale), "end", function()
		c.at, c.paused = c.scale > 0 and c.length or 0, true
		flow(c)
		c:send("MESSAGE", { type = gb.TYPE, body = gb.body { root = "Notify", CmdType = "MediaStatus", SN = gb.number(),
			DeviceID = c.channel, NotifyType = 121 } })
	end)
end

-- 9.8, annex B: how a recording is played.
local function controlled(c, m)
	local r = m.method == "INFO" and gb28181.control(m.body)
	if not r or not r.method then return reply(m, m.method == "INFO" and 400 or 501) end
	reply(m, 200, { type = "Application/MANSRTSP", body = "RTSP/1.0 200 OK\r\nCSeq: " .. (r.CSeq or 0) .. "\r\n" })
	if not c.length then return end
	if not c.paused then c.at = c.at + (now() - c.since) * c.scale end
	c.at = math.min(tonumber(r.Range and r.Range:match "npt=([%d.]+)") or c.at, c.length)
	c.scale = tonumber(r.Scale) or c.scale
	c.paused = r.method ~= "PLAY" or c.scale == 0
	flow(c)
end

function on_call(c)
	local o, channel = gb.offer(c.invite.body), uri(c.invite.uri).user
	if not o then return c:reject(488) end
	gb.enlist(platform, c)
	c.channel, c.offer, c.scale, c.at = channel, c.invite.body, o.speed, 0
	c.length = o.to > 0 and o.to - o.from or nil
	local setup, y = o.setup and (settings.setup or o.setup), settings.ssrc or o.y
	c.source = settings.sends or y
	c.own = gb.sdp { user = channel, s = o.s, t = o.t, port = gb.port(15058), way = "sendonly", setup = setup, y = y, f = "",
		lines = o.s == "Download" and c.length and "a=filesize:" .. c.length * 512000 or nil }
	c:answer { body = c.own }
	-- RFC 4145 4: whoever waits is there when its answer is.
	if setup == "passive" then
		c:stream { own = c.own:gsub("a=sendonly", "a=inactive"), theirs = c.offer, source = c.source }
	end
	c.on_ack, c.on_request = flow, controlled
	c:watch "60s"
end
