-- A platform of GB/T 28181: devices register with it and are watched over, and when one is there for the first time it
-- does what its plan says, each so many seconds later.  media: the URI of its media server; ssrc: what that takes.
settings "password=text interval=number losses=number media=text ssrc=offer version=2016|2022 plan=Catalog|DeviceInfo|\z
	DeviceStatus|RecordInfo|left|halt|guard|reset|boot|live|playback|download|pause|resume|fast|back|jump|stop|bye|\z
	talk@number,…"
local gb = require "gb"
local me = self.user
gb.sn = 16

local function channel_of(d) return d.cameras and d.cameras[1] and d.cameras[1].DeviceID or d.id end

-- The end of a recording ends its view, within whose dialog that is said (9.8).
local function within(c, m)
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	local t = gb.take(m)
	if t and t.CmdType == "MediaStatus" then c:hangup() end
end

-- Live view, playback, download: 9.2, 9.8, 9.9.  The media server waits where it says; the camera is told; the media
-- server is told who it is.
local function view(d, name, s, lines)
	if not d.online then return end
	local channel = channel_of(d)
	local waits = call { uri = settings.media, late = true, refusal = gb.refusal, on_answer = function(media, answer)
		if not d.online then return media:hangup() end
		local y = gb.ssrc(s, media)
		local offer = answer.body:gsub("s=%a+", "s=" .. s, 1):gsub("t=0 0", lines or "t=0 0", 1) .. "y=" .. y ..
			"\r\nf=v/2/6/25/1/4096a/1/8/1\r\n"
		local camera = d:call(channel, { body = offer, late = true, on_request = within,
			headers = { Subject = channel .. ":" .. y .. "," .. me .. ":0" },
			on_failure = function(_, status) print("- " .. name .. ": " .. status) end,
			on_answer = function(c, theirs)
				c.recorded = s ~= "Play"
				media:watch(60)
				media:ack { body = settings.ssrc == "offer" and theirs.body:gsub("y=%d+", "y=" .. y) or theirs.body }
				c:ack()
			end })
		pair(media, camera)
	end }
	gb.enlist(d, waits)
end

-- What a plan may have.
local function query(what) return function(d) d:say { root = "Query", CmdType = what } end end

local function control(name, value)
	return function(d) d:say { root = "Control", CmdType = "DeviceControl", DeviceID = channel_of(d), [name] = value } end
end

-- Annex B: to the view that was begun last; END ends it, too.
local function play(line, field, ends)
	return function(d)
		local c = gb.last(d, function(c) return c.channel and c.acked end)
		if not c then return end
		c.controls = (c.controls or 0) + 1
		c:send("INFO", { type = "Application/MANSRTSP", body = line .. " RTSP/1.0\r\nCSeq: " .. c.controls .. "\r\n" .. field,
			on_answer = ends and function() c:hangup() end or nil })
	end
end

local recorded = "t=1772409600 1772409630"
local deeds = {
	Catalog = function(d) d:list() end,
	DeviceInfo = query "DeviceInfo", DeviceStatus = query "DeviceStatus",
	RecordInfo = function(d) d:say { root = "Query", CmdType = "RecordInfo", StartTime = "2026-03-02T08:00:00",
		EndTime = "2026-03-02T09:00:00", Type = "all" } end,
	left = control("PTZCmd", gb28181.ptz { left = 64, out = 7 }), halt = control("PTZCmd", gb28181.ptz {}),
	guard = control("GuardCmd", "SetGuard"), reset = control("AlarmCmd", "ResetAlarm"),
	boot = control("TeleBoot", "Boot"), live = function(d) view(d, "live", "Play") end,
	playback = function(d) view(d, "playback", "Playback", recorded) end,
	download = function(d) view(d, "download", "Download", recorded .. "\r\na=downloadspeed:4") end,
	pause = play("PAUSE", "PauseTime: now\r\n"), resume = play("PLAY", "Range: npt=now-\r\n"),
	fast = play("PLAY", "Scale: 4.0\r\n"), back = play("PLAY", "Scale: -1.0\r\n"),
	jump = play("PLAY", "Range: npt=25-\r\n"), stop = play("TEARDOWN", "", true),
	bye = function(d)
		local c = gb.last(d)
		if c then c:hangup() end
	end,
	-- Until it asks for the sound that is a call that may be taken back.
	talk = function(d)
		d.talk = { hangup = function(waits) waits.ended = true end }
		gb.enlist(d, d.talk)
		d:notice { CmdType = "Broadcast", SourceID = me, TargetID = channel_of(d) }
	end,
}

local devices = gb.devices { on_up = function(d)
	if d.asked then d:list() end
	if not settings.plan or d.planned then return end
	d.planned = true
	for what, time in settings.plan:gmatch "(%w+)@([%d.]+)" do
		after(time .. "s", function() deeds[what](d) end)
	end
end }

local heard = {
	Catalog = function(d, t)
		if d:listed(t) then print("+ SumNum " .. #d.cameras) end
	end,
	-- Some say it outside of the call.
	MediaStatus = function(d, t)
		local c = gb.last(d, function(c) return c.recorded and c.channel == t.DeviceID end)
		if c then c:hangup() end
	end,
	Alarm = function(d, t)
		if t.root == "Notify" then d:answer(t, { DeviceID = t.DeviceID, Result = "OK" }) end
	end,
}

function on_request(m)
	if m.method == "REGISTER" then return devices:register(m) end
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	local d, t = devices:heard(m)
	if d and heard[t.CmdType] then heard[t.CmdType](d, t) end
end

-- 9.12: the loudspeaker that was told of it asks for the sound.
function on_call(c)
	local d, o = devices:get(c.invite), gb.offer(c.invite.body)
	if not d or not d.talk or d.talk.ended then return c:reject(403) end
	if not o then return c:reject(488) end
	d.talk.ended = true
	gb.enlist(d, c)
	local own = gb.sdp { audio = true, port = 26000, way = "sendonly", y = o.y, f = "v/////a/1/8/1" }
	c:answer { body = own }
	function c.on_ack() c:stream { own = own, theirs = c.invite.body, source = o.y } end
end

-- The loudspeaker is not there, or will not play.
function heard.Broadcast(d, t)
	if t.Result == "ERROR" and d.talk then d.talk:hangup() end
end
