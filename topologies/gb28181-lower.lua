-- A platform between its devices and an upper one (9.2, 9.5, cascade 级联): to the upper one it is a device with its own
-- ID, to its devices a platform; in between it is a media server, too.  Its settings: server and domain of the upper
-- platform, interval.
settings "server=text! domain=text! interval=number cameras=number stubborn=text"
local me, sn, ports, calls, by_call, devices, channels, asked = self.user, 0, 30008, 0, {}, {}, {}, {}
local upper = "sip:" .. settings.server .. "@" .. settings.domain
local as_device = "<sip:" .. me .. "@" .. settings.domain .. ">"
local as_server = "<sip:" .. me .. "@" .. self.domain .. ">"

local function tell(uri, from, t)
	if not t.SN then
		sn = sn + 1
		t.SN = sn
	end
	return send { method = "MESSAGE", uri = uri, from = from, to = "<" .. uri .. ">", type = "Application/MANSCDP+xml",
		body = gb28181.write(t) }
end

local function up(t)
	t.DeviceID = t.DeviceID or me
	return tell(upper, as_device, t)
end

local function down(d, t)
	return tell("sip:" .. d.id .. "@" .. d.at, as_server, t)
end

-- ---- to the upper platform: a device ----

local function register()
	send { method = "REGISTER", uri = upper, from = as_device, to = as_device, headers = { Expires = 3600 } }
end

local function keep_alive()
	up { root = "Notify", CmdType = "Keepalive", Status = "OK" }
	after((settings.interval or 60) .. "s", keep_alive)
end

on_start = register

-- What is below, and itself behind it; each in a message, since the next may follow a 200 alone.
local pages = {}

local function catalogue(query)
	local items = {}
	for _, d in ipairs(devices) do
		for _, item in ipairs(d.cameras) do items[#items + 1] = item end
	end
	items[#items + 1] = { DeviceID = me, Name = "下级平台", Manufacturer = "Acme", Model = "P1", CivilCode = me:sub(1, 6),
		Address = "East", RegisterWay = 1, Secrecy = 0, Status = "ON" }
	local function page(i)
		if not items[i] then return end
		pages[up { root = "Response", CmdType = "Catalog", SN = query.SN, SumNum = #items, DeviceList = { items[i] } }] =
			function() page(i + 1) end
	end
	page(1)
end

-- A query or a command for one of the channels goes down with a number of this platform's own; its answer goes up with
-- the number that it was asked by.
local function pass_down(t)
	local d = channels[t.DeviceID]
	if not d then return end
	local before = t.SN
	t.SN = nil
	down(d, t)
	asked[t.SN] = before
end

local function pass_up(t)
	t.SN = asked[t.SN]
	if t.SN then up(t) end
end

-- ---- to its devices: a platform ----

local function admit(m)
	local id = m:address("From").user
	local d = devices[id]
	local expires = m:get "Expires"
	reply(m, 200, { headers = { Expires = expires }, contact = m:get "Contact" .. ";expires=" .. expires })
	if not d then
		d = { id = id, cameras = {} }
		devices[id] = d
		devices[#devices + 1] = d
	end
	-- Over TCP the connection is the way back.
	d.at = m.source .. (m.transport ~= "UDP" and ";transport=" .. m.transport or "")
	after("500ms", function()
		d.cameras = {}
		down(d, { root = "Query", CmdType = "Catalog", DeviceID = id })
	end)
end

local function heard(m)
	local t, why = gb28181.read(m.body)
	if not t then return reply(m, 400, { reason = why }) end
	reply(m, 200)
	local d = devices[m:address("From").user]
	if not d then
		if t.CmdType == "Catalog" and t.DeviceID == me then return catalogue(t) end
		return pass_down(t)
	end
	if t.CmdType == "Catalog" then
		for _, item in ipairs(t.DeviceList or {}) do
			d.cameras[#d.cameras + 1] = item
			channels[item.DeviceID] = d
		end
	elseif t.CmdType == "MediaStatus" then
		up(t)
	elseif t.root == "Response" then
		pass_up(t)
	end
end

-- ---- a view: the upper platform's call, and one of its own (9.2) ----

local function sdp(s, t, way, y, offer)
	local setup = offer and offer:match "a=setup:(%a+)"
	ports = ports + 2
	return "v=0\r\no=" .. me .. " 0 0 IN IP4 " .. self.addr .. "\r\ns=" .. s .. "\r\nc=IN IP4 " .. self.addr .. "\r\n" ..
		t .. "\r\nm=video " .. ports .. (setup and " TCP/" or " ") .. "RTP/AVP 96\r\na=" .. way ..
		"\r\na=rtpmap:96 PS/90000\r\n" .. (setup and "a=setup:" .. (setup == "active" and "passive" or "active") ..
		"\r\na=connection:new\r\n" or "") .. "y=" .. y .. "\r\nf=\r\n"
end

local function view(m)
	local channel = uri(m.uri).user
	local d = channels[channel]
	if not d then return reply(m, 404) end
	calls = calls + 1
	local s, t = m.body:match "s=(%a+)", m.body:match "t=%d+ %d+"
	local y = (s == "Play" and "0" or "1") .. me:sub(4, 8) .. string.format("%04d", calls)
	local c = { id = "view-" .. calls .. "@" .. self.addr, above = m, y = y, offer = sdp(s, t, "recvonly", y),
		to = "<sip:" .. channel .. "@" .. self.domain .. ">", from = as_server .. ";tag=v" .. calls, s = s, t = t }
	by_call[c.id], by_call[m:get "Call-ID"] = c, c
	reply(m, 100)
	send { method = "INVITE", uri = "sip:" .. channel .. "@" .. d.at, from = c.from, to = c.to, call_id = c.id, cseq = 1,
		type = "application/sdp", body = c.offer, headers = { Subject = channel .. ":" .. y .. "," .. me .. ":0" } }
end

-- The device has answered: its stream comes here, and goes on when the upper platform's ACK is there.
local function answered(c, answer)
	c.to, c.target = answer:get "To", answer:address("Contact").uri
	send { method = "ACK", uri = c.target, from = c.from, to = c.to, call_id = c.id, cseq = 1 }
	stream(c.id, { own = c.offer, theirs = answer.body, answered = true, awaits = answer.body:match "y=(%d+)" })
	c.answer = sdp(c.s, c.t, "sendonly", c.y, c.above.body)
	reply(c.above, 200, { body = c.answer, type = "application/sdp" })
	-- RFC 4145 4: whoever waits is there when its answer is.
	if not c.answer:find "setup:passive" then return end
	stream("up " .. c.id, { own = c.answer:gsub("a=sendonly", "a=inactive"), theirs = c.above.body, source = c.y })
end

local function ended(m)
	local c = by_call[m:get "Call-ID"]
	if not c then return reply(m, 481) end
	reply(m, 200)
	stream(c.id)
	stream("up " .. c.id)
	send { method = "BYE", uri = c.target, from = c.from, to = c.to, call_id = c.id, cseq = 2 }
end

function on_request(m)
	if m.method == "REGISTER" then return admit(m) end
	if m.method == "MESSAGE" then return heard(m) end
	if m.method == "INVITE" then return view(m) end
	if m.method == "BYE" then return ended(m) end
	local c = by_call[m:get "Call-ID"]
	if m.method ~= "ACK" then return reply(m, 501) end
	if c then stream("up " .. c.id, { own = c.answer, theirs = c.above.body, source = c.y }) end
end

local function refused(m, status)
	local c = by_call[m:get "Call-ID"]
	if m.method == "INVITE" and c then reply(c.above, status) end
	-- Not before a minute has passed, and not all at once.
	if m.method == "REGISTER" or status == 403 then after(60 + math.random(10) .. "s", register) end
end

function on_reply(m, answer, number)
	if answer.status < 200 then return end
	if answer.status >= 300 then return refused(m, answer.status) end
	if m.method == "REGISTER" then return keep_alive() end
	if m.method == "INVITE" then return answered(by_call[m:get "Call-ID"], answer) end
	if pages[number] then pages[number]() end
end

on_failure = refused
