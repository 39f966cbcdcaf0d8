-- A device of GB/T 28181: a camera, or a recorder with several.  It registers and keeps itself alive, says what it
-- has, sends what it is asked for; it begins within spread seconds.  Wrong of it: stubborn, cut, ssrc, sends, setup.
settings("server=text interval=number losses=number cameras=number page=number version=2016|2022 spread=number " ..
	"stubborn=text cut=number ssrc=text sends=text setup=active|passive")
local me, server = self.user, settings.server or "33010600002000000001"
local platform, mine = "sip:" .. server .. "@" .. self.domain, "<sip:" .. me .. "@" .. self.domain .. ">"
local sn, lost, registered, beats, calls, here, pages, acks, port = 0, 0, false, {}, {}, {}, {}, {}, 15058

local function new() return settings.version == "2022" end

-- The answer to Q, or, without one, a notice; its number.
local function say(t, q)
	sn = sn + (q and 0 or 1)
	t.root, t.CmdType, t.SN = q and "Response" or "Notify", q and q.CmdType or t.CmdType, q and q.SN or sn
	t.DeviceID = t.DeviceID or me
	local body = gb28181.write(t, new() and "GB18030" or "GB2312")
	if settings.cut then body = body:gsub("\xB6\xAB\xC3\xC5 " .. settings.cut .. "<", "\xB6\xAB\xC3<") end
	return send { method = "MESSAGE", uri = platform, from = mine, to = "<" .. platform .. ">",
		type = "Application/MANSCDP+xml", body = body }
end

-- 9.1: a registration, and another one after a failure, not before a minute has passed.
local function register()
	send { method = "REGISTER", uri = platform, from = mine, to = mine,
		headers = { Expires = 3600, ["X-GB-Ver"] = new() and "3.0" or nil } }
end

local function again()
	registered = false
	after(60 + math.random(10) .. "s", register)
end

-- 9.6: a keep-alive every so often; who has lost so many takes the platform for off-line.
local function keep_alive()
	if not registered then return end
	beats[say { CmdType = "Keepalive", Status = "OK" }] = true
	after((settings.interval or 60) .. "s", keep_alive)
end

function on_start()
	for i = 1, tonumber(settings.cameras or 1) do
		here[i] = { DeviceID = me:sub(1, 10) .. "131000" .. string.format("%04d", i), Name = "东门 " .. i,
			Manufacturer = "Acme", Model = "K1", CivilCode = me:sub(1, 6), Address = "East", Parental = 0,
			ParentID = me, RegisterWay = 1, Secrecy = 0, Status = "ON", Owner = not new() and "0" or nil }
	end
	if not settings.spread then return register() end
	after(math.random(0, tonumber(settings.spread) * 1000) .. "ms", register)
end

function on_reply(m, answer, number)
	local status = answer.status
	if status < 200 then return end
	if m.method == "REGISTER" then
		if status ~= 200 then return again() end
		after(math.floor(tonumber(answer:get "Expires" or 3600) * 0.8) .. "s", register)
		lost = 0
		if registered then return end
		registered = true
		keep_alive()
	elseif beats[number] then
		beats[number], lost = nil, 0
		-- Who has forgotten it does not know it.
		if status >= 400 and not settings.stubborn then again() end
	elseif pages[number] then
		local go_on = pages[number]
		pages[number] = nil
		if status == 200 then go_on() end
	elseif m.method == "INVITE" and status == 200 then
		acks[m:get "Call-ID"](m, answer)
	end
end

function on_failure(m, status, number)
	if m.method == "REGISTER" then return again() end
	if not beats[number] then return end
	beats[number], lost = nil, lost + 1
	if lost < tonumber(settings.losses or 3) then return end
	print("the platform is off-line / 平台离线: " .. lost)
	again()
end

-- Annex N (2022: M): as many a message as it likes, the next when the last has its 200; SumNum is that of all.
local function list(query, first)
	local items, size = {}, tonumber(settings.page or 1)
	for i = first, math.min(first + size - 1, #here) do items[#items + 1] = here[i] end
	pages[say({ SumNum = #here, DeviceList = items }, query)] = function()
		if first + size <= #here then list(query, first + size) end
	end
end

local asked = {
	Catalog = function(q) list(q, 1) end,
	DeviceInfo = function(q)
		say({ DeviceName = self.name, Result = "OK", Manufacturer = "Acme", Model = "K1", Firmware = "2.1",
			Channel = #here }, q)
	end,
	DeviceStatus = function(q) say({ Result = "OK", Online = "ONLINE", Status = "OK" }, q) end,
	RecordInfo = function(q)
		say({ DeviceID = q.DeviceID, Name = "东门", SumNum = 1, RecordList = { { DeviceID = q.DeviceID,
			Name = "东门", StartTime = q.StartTime, EndTime = q.EndTime, Secrecy = 0, Type = "time" } } }, q)
	end,
	-- 9.12.1: who is to speak is called, for its sound.
	Broadcast = function(q)
		say({ DeviceID = q.TargetID, Result = "OK" }, q)
		local id, to = "voice-" .. q.SN .. "@" .. self.addr, "<sip:" .. q.SourceID .. "@" .. self.domain .. ">"
		local own = "v=0\r\no=" .. me .. " 0 0 IN IP4 " .. self.addr .. "\r\ns=Play\r\nc=IN IP4 " .. self.addr ..
			"\r\nt=0 0\r\nm=audio 25000 RTP/AVP 8\r\na=recvonly\r\na=rtpmap:8 PCMA/8000\r\ny=0106009001\r\n" ..
			"f=v/////a/1/8/1\r\n"
		acks[id] = function(m, answer)
			send { method = "ACK", uri = answer:address("Contact").uri, from = m:get "From", to = answer:get "To",
				call_id = id, cseq = 1 }
			calls[id] = { name = id }
			stream(id, { own = own, theirs = answer.body, answered = true })
		end
		send { method = "INVITE", uri = "sip:" .. q.SourceID .. "@" .. self.domain, from = mine, to = to, call_id = id,
			cseq = 1, type = "application/sdp", body = own,
			headers = { Subject = q.SourceID .. ":0106009001," .. q.TargetID .. ":0" } }
	end,
	DeviceControl = function(q)
		for what, speed in pairs(q.PTZCmd and gb28181.ptz(q.PTZCmd) or {}) do print("+ PTZCmd " .. what .. " " .. speed) end
		if q.GuardCmd or q.RecordCmd or q.AlarmCmd then say({ DeviceID = q.DeviceID, Result = "OK" }, q) end
		if q.TeleBoot then register() end
	end,
}

-- What it sends from now on: until the end of a recording, which is told.
local function flow(c)
	stream(c.name, { own = c.own, theirs = c.theirs, source = c.source })
	if c.due then stop(c.due) end
	c.since, c.due = now(), nil
	if not c.left or c.paused then return end
	c.due = after(string.format("%.3fs", c.left / c.scale), function()
		c.due, c.left = nil, nil
		say { CmdType = "MediaStatus", NotifyType = 121 }
	end)
end

local function invited(m)
	local offer = m.body
	port = port + 2
	local proto, setup = offer:match "m=%a+ %d+ (%S+)", offer:match "a=setup:(%a+)"
	local from, to = offer:match "t=(%d+) (%d+)"
	local y = settings.ssrc or offer:match "y=(%d+)"
	local c = { name = m:get "Call-ID", theirs = offer, source = settings.sends or y, scale = 1,
		left = from and tonumber(to) > 0 and tonumber(to) - tonumber(from) or nil }
	if c.left then c.scale = tonumber(offer:match "a=downloadspeed:(%d+)" or 1) end
	if setup then setup = "a=setup:" .. (settings.setup or (setup == "active" and "passive" or "active")) ..
		"\r\na=connection:new\r\n" end
	c.own = "v=0\r\no=" .. uri(m.uri).user .. " 0 0 IN IP4 " .. self.addr .. "\r\ns=" .. offer:match "s=(%a+)" ..
		"\r\nc=IN IP4 " .. self.addr .. "\r\nt=" .. (from or 0) .. " " .. (to or 0) .. "\r\nm=video " .. port .. " " ..
		proto .. " 96\r\na=sendonly\r\na=rtpmap:96 PS/90000\r\n" .. (setup or "") ..
		(offer:find "s=Download" and "a=filesize:" .. c.left * 512000 .. "\r\n" or "") ..
		(y and "y=" .. y .. "\r\n" or "") .. "f=\r\n"
	calls[c.name] = c
	reply(m, 200, { body = c.own, type = "application/sdp" })
	-- RFC 4145 4: whoever waits is there when its answer is.
	if not c.own:find "setup:passive" then return end
	stream(c.name, { own = c.own:gsub("a=sendonly", "a=inactive"), theirs = offer, source = c.source })
end

-- 9.8, annex B: how a recording is played.
local function controlled(m, c)
	local r = gb28181.control(m.body)
	if not r or not c then return reply(m, r and 481 or 400) end
	reply(m, 200, { type = "Application/MANSRTSP", body = "RTSP/1.0 200 OK\r\nCSeq: " .. r.CSeq .. "\r\n" })
	c.left = c.left and not c.paused and c.left - (now() - c.since) * c.scale or c.left
	c.paused = r.method == "PAUSE"
	c.scale = tonumber(r.Scale or 1)
	c.left = r.Range and c.whole or c.left
	c.own = c.own:gsub("a=%a+\r", c.paused and "a=inactive\r" or "a=sendonly\r", 1)
	flow(c)
end

local requests = {
	INVITE = invited,
	ACK = function(m)
		local c = calls[m:get "Call-ID"]
		if c then flow(c) end
	end,
	BYE = function(m)
		local c = calls[m:get "Call-ID"]
		if not c then return reply(m, 481) end
		if c.due then stop(c.due) end
		stream(c.name)
		calls[c.name] = nil
		reply(m, 200)
	end,
	INFO = function(m) controlled(m, calls[m:get "Call-ID"]) end,
	MESSAGE = function(m)
		local q, why = gb28181.read(m.body)
		if not q then return reply(m, 400, { reason = why }) end
		reply(m, 200)
		if asked[q.CmdType] then asked[q.CmdType](q) end
	end,
}

function on_request(m)
	if not requests[m.method] then return reply(m, 501) end
	requests[m.method](m)
end
