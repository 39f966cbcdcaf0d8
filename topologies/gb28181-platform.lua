-- A platform of GB/T 28181: devices register with it and are watched over, and when one is there for the first time it
-- does what its plan says, each so many seconds later.  media: the URI of its media server; ssrc: what that takes.
settings "password=text interval=number losses=number media=text ssrc=offer version=2016|2022 plan=Catalog|DeviceInfo|\z
	DeviceStatus|RecordInfo|left|halt|guard|reset|boot|live|playback|download|pause|resume|fast|bye|talk@number,…"
local me, domain, mine = self.user, self.domain, "<sip:" .. self.user .. "@" .. self.domain .. ">"
local devices, calls, nonces, sn, number = {}, {}, {}, 16, 0
local function new() return settings.version == "2022" end
local function seen(m) return m.source .. (m.transport ~= "UDP" and ";transport=" .. m.transport or "") end
local function channel_of(d) return d.cameras and d.cameras[1] and d.cameras[1].DeviceID or d.id end

local function say(d, t, number)
	sn = sn + 1
	t.SN, t.DeviceID = number or sn, t.DeviceID or d.id
	send { method = "MESSAGE", uri = "sip:" .. d.id .. "@" .. d.at, from = mine,
		to = "<sip:" .. d.id .. "@" .. domain .. ">", type = "Application/MANSCDP+xml", body = gb28181.write(t, new() and "GB18030" or "GB2312") }
end

-- Live view, playback, download: 9.2, 9.8, 9.9.
local function ack(c, body)
	c.acked, c.body = true, body
	send { method = "ACK", uri = c.target, from = c.from, to = c.to, call_id = c.id, cseq = 1, body = body,
		type = body and "application/sdp" or nil }
end

local function call(name, uri, to, body, subject)
	number = number + 1
	local c = { name = name, uri = uri, id = name .. "-" .. number .. "@" .. self.addr, cseq = 1,
		from = mine .. ";tag=p" .. number }
	calls[c.id] = c
	send { method = "INVITE", uri = uri, from = c.from, to = "<" .. to .. ">", call_id = c.id, cseq = 1, body = body,
		type = body and "application/sdp" or nil, headers = { Subject = subject } }
	return c
end

local function within(c, method, body)
	c.cseq = c.cseq + 1
	send { method = method, uri = c.target, from = c.from, to = c.to, call_id = c.id, cseq = c.cseq, body = body,
		type = body and "Application/MANSRTSP" or nil }
end

-- The media server waits where it says; the camera is told; the media server is told who it is.  Digits of the SSRC:
-- 0 live or 1 recorded, five of the domain, four of its own.
local function view(d, s, first, lines)
	local channel, kind = channel_of(d), s == "Play" and 0 or 1
	local media = call("media", settings.media, settings.media)
	media.answered = function(sdp)
		local y = string.format("%d%s%04d", kind, me:sub(4, 8), number)
		media.no = sdp:gsub("m=video %d+", "m=video 0")
		local offer = sdp:gsub("s=%a+", "s=" .. s, 1):gsub("t=0 0", lines or "t=0 0", 1) ..
			"y=" .. y .. "\r\nf=v/2/6/25/1/4096a/1/8/1\r\n"
		local c = call(first, "sip:" .. channel .. "@" .. d.at, "sip:" .. channel .. "@" .. domain, offer,
			channel .. ":" .. y .. "," .. me .. ":0")
		c.media = media
		c.answered = function(answer)
			d.call = c
			if settings.ssrc == "offer" then answer = answer:gsub("y=%d+", "y=" .. y) end
			ack(media, answer)
			ack(c)
		end
	end
end

-- What a plan may have.
local function query(what) return function(d) say(d, { root = "Query", CmdType = what }) end end

local function control(t)
	t.root, t.CmdType = "Control", "DeviceControl"
	return function(d)
		t.DeviceID = channel_of(d)
		say(d, t)
	end
end

local function play(lines)
	return function(d)
		d.cseq = (d.cseq or 0) + 1
		if d.call then within(d.call, "INFO", (lines:gsub("#", d.cseq))) end
	end
end

local recorded = "t=1772409600 1772409630"
local deeds = {
	Catalog = function(d)
		d.cameras = {}
		say(d, { root = "Query", CmdType = "Catalog" })
	end,
	DeviceInfo = query "DeviceInfo", DeviceStatus = query "DeviceStatus",
	RecordInfo = function(d) say(d, { root = "Query", CmdType = "RecordInfo", StartTime = "2026-03-02T08:00:00",
		EndTime = "2026-03-02T09:00:00", Type = "all" }) end,
	left = control { PTZCmd = gb28181.ptz { left = 64, out = 7 } }, halt = control { PTZCmd = gb28181.ptz {} },
	guard = control { GuardCmd = "SetGuard" }, reset = control { AlarmCmd = "ResetAlarm" },
	boot = control { TeleBoot = "Boot" }, live = function(d) view(d, "Play", "live") end,
	playback = function(d) view(d, "Playback", "playback", recorded) end,
	download = function(d) view(d, "Download", "download", recorded .. "\r\na=downloadspeed:4") end,
	pause = play "PAUSE RTSP/1.0\r\nCSeq: #\r\nPauseTime: now\r\n",
	resume = play "PLAY RTSP/1.0\r\nCSeq: #\r\nRange: npt=now-\r\n",
	fast = play "PLAY RTSP/1.0\r\nCSeq: #\r\nScale: 4.0\r\n",
	bye = function(d)
		if not d.call then return end
		within(d.call, "BYE")
		if d.call.media then within(d.call.media, "BYE") else stream(d.call.id) end
		d.call = nil
	end,
	talk = function(d) say(d, { root = "Notify", CmdType = "Broadcast", SourceID = me, TargetID = d.id }) end,
}

-- 9.12: the loudspeaker that was told of it asks for the sound.
local function speak(m)
	local id = m:get "Call-ID"
	local c = { id = id, target = m:address("Contact").uri, to = m:get "From", from = m:get "To" .. ";tag=v1", cseq = 0,
		theirs = m.body, own = "v=0\r\no=" .. me .. " 0 0 IN IP4 " .. self.addr .. "\r\ns=Play\r\nc=IN IP4 " ..
		self.addr .. "\r\nt=0 0\r\nm=audio 26000 RTP/AVP 8\r\na=sendonly\r\na=rtpmap:8 PCMA/8000\r\n" ..
		"y=" .. m.body:match "y=(%d+)" .. "\r\nf=v/////a/1/8/1\r\n" }
	calls[id], devices[m:address("From").user].call = c, c
	reply(m, 200, { body = c.own, type = "application/sdp", tag = "v1" })
end

-- Registrations and keep-alives: 9.1, 9.6.
local function watch(d)
	local silence = tonumber(settings.interval or 60) * tonumber(settings.losses or 3)
	local rest = d.heard + silence - now()
	d.online = rest > 0
	if rest > 0 then return after(string.format("%.3fs", rest + 0.001), function() watch(d) end) end
	print(d.id .. " is off-line / 离线: " .. silence .. " s")
end

local function register(m)
	local id, given = m:address("From").user, m:get "Authorization" or ""
	local c = digest.read(given)
	local headers = { ["X-GB-Ver"] = new() and "3.0" or nil }
	if settings.password and not (c and c.nonce == nonces[id] and c.username == id and
		c.response == digest.response(given, m.method, settings.password)) then
		nonces[id] = string.format("%08x%08x", math.random(0, 2 ^ 31 - 1), math.random(0, 2 ^ 31 - 1))
		headers["WWW-Authenticate"] = string.format('Digest realm="%s", nonce="%s", algorithm=MD5', domain, nonces[id])
		return reply(m, 401, { headers = headers })
	end
	local t, d, first = date(), devices[id], devices[id] == nil
	headers.Expires = m:get "Expires"
	headers.Date = string.format("%04d-%02d-%02dT%02d:%02d:%06.3f", t.year, t.month, t.day, t.hour, t.min, t.sec)
	reply(m, 200, { headers = headers, contact = m:get "Contact" .. ";expires=" .. headers.Expires })
	d, nonces[id] = d or { id = id }, nil
	devices[id] = headers.Expires ~= "0" and d or nil
	d.at, d.heard = seen(m), now()
	if not d.online then watch(d) end
	for what, time in (first and settings.plan or ""):gmatch "(%w+)@([%d.]+)" do
		after(time .. "s", function() deeds[what](d) end)
	end
end

local heard = {
	Catalog = function(d, t)
		for _, item in ipairs(d.cameras and t.DeviceList or {}) do d.cameras[#d.cameras + 1] = item end
		if d.cameras and #d.cameras >= (t.SumNum or 0) then print("+ SumNum " .. #d.cameras) end
	end,
	MediaStatus = deeds.bye,
	Alarm = function(d, t) if t.root == "Notify" then say(d, { root = "Response", CmdType = "Alarm",
		DeviceID = t.DeviceID, Result = "OK" }, t.SN) end end,
}

local function told(m)
	local d, t, why = devices[m:address("From").user], gb28181.read(m.body)
	if not d or not d.online then return reply(m, 403) end
	if not t then return reply(m, 400, { reason = why }) end
	reply(m, 200)
	-- 4: a NAT on the way may have chosen another port; over TCP the connection is the way back.
	d.at, d.heard = seen(m), t.CmdType == "Keepalive" and now() or d.heard
	if heard[t.CmdType] then heard[t.CmdType](d, t) end
end

function on_request(m)
	if m.method == "REGISTER" then return register(m) end
	if m.method == "MESSAGE" then return told(m) end
	if m.method == "INVITE" then return speak(m) end
	if m.method == "ACK" then
		local c = calls[m:get "Call-ID"]
		return c and stream(c.id, { own = c.own, theirs = c.theirs, source = c.own:match "y=(%d+)" })
	end
	reply(m, m.method == "BYE" and 200 or 501)
end

-- Nobody answers, or with a no: the media server, too, is let go.
function on_failure(m, status)
	local c = m.method == "INVITE" and calls[m:get "Call-ID"]
	if not c or not c.media then return end
	print("- " .. c.name .. ": " .. status)
	ack(c.media, c.media.no)
	within(c.media, "BYE")
end

function on_reply(m, answer)
	local c = m.method == "INVITE" and calls[m:get "Call-ID"]
	if not c or answer.status < 200 then return end
	if answer.status >= 300 then return on_failure(m, answer.status) end
	if c.to then return c.acked and ack(c, c.body) end
	-- Who is behind a NAT does not know how it is seen from here.
	local contact = answer:address "Contact"
	c.to, c.target = answer:get "To", answer.source:find(contact.host, 1, true) and contact.uri or
		"sip:" .. contact.user .. "@" .. answer.source
	c.answered(answer.body)
end
