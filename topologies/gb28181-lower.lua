-- A platform between its devices and an upper one (9.2, 9.5, cascade 级联): to the upper one it is a device with its own
-- ID, to its devices a platform; in between it is a media server, too.  Its settings: server and domain of the upper
-- platform, interval and losses on both sides.
settings "server=text! domain=text! interval=number losses=number cameras=number stubborn=text"
local gb = require "gb"
local me, channels, known, asked, upper = self.user, {}, {}, expiring(), nil

-- What is below, and itself behind it; each in a message, since the next may follow a 200 alone.
local function catalogue(query)
	local items = {}
	for _, d in ipairs(known) do
		for _, item in ipairs(d.cameras) do
			item.Status = d.online and "ON" or "OFF"
			items[#items + 1] = item
		end
	end
	items[#items + 1] = { DeviceID = me, Name = "下级平台", Manufacturer = "Acme", Model = "P1", Owner = "0",
		CivilCode = me:sub(1, 6), Address = "East", RegisterWay = 1, Secrecy = 0, Status = "ON" }
	upper:pages(query, items, 1)
end

-- What FROM asks, commands or tells goes TO the other side with a number of this platform's own; its answer goes back
-- with the number that it was asked by.
local function pass(t, from, to)
	local before = t.root == "Response" and asked:get(t.SN)
	if before and before.to == from then
		t.SN = before.number
		before.from:say(t)
	elseif t.root ~= "Response" then
		local number = gb.number()
		asked:put(number, { number = t.SN, from = from, to = to }, 60)
		t.SN = number
		to:say(t)
	end
end

-- What is answered for itself, and for a device that is not there; the norm answers no other commands of DeviceControl
-- (9.3).
local function answer(t, id)
	local own, status, recorded = id == me, t.CmdType == "DeviceStatus", t.CmdType == "RecordInfo"
	if t.CmdType == "DeviceControl" and not (t.GuardCmd or t.RecordCmd or t.AlarmCmd) then return end
	if recorded or t.CmdType == "Catalog" then
		return upper:answer(t, { DeviceID = id, Name = recorded and "?" or nil, SumNum = 0 })
	end
	upper:answer(t, { DeviceID = id, Result = own and t.root == "Query" and "OK" or "ERROR",
		Online = status and (own and "ONLINE" or "OFFLINE") or nil, Status = status and (own and "OK" or "ERROR") or nil })
end

local devices = gb.devices { on_up = function(d)
	if not d.cameras then known[#known + 1] = d end
	d.cameras = d.cameras or {}
	after("500ms", "look " .. d.id, function() d:list() end)
end }

function on_start()
	upper = gb.attend(settings.server, settings.domain)
end

local function from_below(d, t)
	if t.CmdType ~= "Catalog" then return t.CmdType ~= "Keepalive" and pass(t, d, upper) end
	for _, item in ipairs(t.DeviceList or {}) do channels[item.DeviceID] = d end
	d:listed(t)
end

function on_request(m)
	if m.method == "REGISTER" then return devices:register(m) end
	if m.method ~= "MESSAGE" then return reply(m, 501) end
	if m:address("From").user ~= upper.id then
		local d, t = devices:heard(m)
		return d and from_below(d, t)
	end
	local t = gb.take(m)
	if not t then return end
	if t.CmdType == "Catalog" and t.DeviceID == me then return catalogue(t) end
	local id = t.TargetID or t.DeviceID or me                  -- 9.12: a Broadcast has the former
	local d = channels[id] or devices.by_id[id]
	if t.root == "Response" or d and d.online then return pass(t, upper, d) end
	answer(t, id)
end

-- ---- a view: the upper platform's call, and one of its own (9.2); a device's call for the sound of who speaks (9.12),
-- and one of its own to the upper platform ----

-- What goes on to who has called: what comes of the other side.
local function flow(above, way)
	above:stream { own = above.own:gsub("a=sendonly", "a=" .. way), theirs = above.invite.body, source = above.y,
		from = above.other }
end

-- How a recording is played the device decides, whose stream stops and goes on.
local function control(above, m, camera)
	local r = m.method == "INFO" and gb28181.control(m.body)
	if not r or not camera.acked then return reply(m, r and 481 or 501) end
	camera:send("INFO", { body = m.body, type = "Application/MANSRTSP", on_answer = function(answer, status)
		reply(m, status, answer and #answer.body > 0 and { body = answer.body, type = "Application/MANSRTSP" } or nil)
		if status == 200 then flow(above, r.method == "PLAY" and "sendonly" or "inactive") end
	end })
end

-- The recording is over: the upper platform hears it within its call, with a number of this one's.
local function over(m, above)
	local t = m.method == "MESSAGE" and gb.take(m)
	if not t then return m.method ~= "MESSAGE" and reply(m, 501) end
	t.SN = gb.number()
	flow(above, "inactive")
	above:send("MESSAGE", { type = gb.TYPE, body = gb.body(t) })
end

function on_call(above)
	local o, channel, listens = gb.offer(above.invite.body), uri(above.invite.uri).user, devices:get(above.invite)
	local d = channels[channel]
	if not o or not d and not listens then return above:reject(not o and 488 or 404) end
	if not (d or listens).online or not d and not upper.registration.up then return above:reject(480) end
	above:ring { status = 100 }
	above.y = not d and o.y or gb.ssrc(o.s, above)
	local y = d and above.y or gb.ssrc(o.s, above)
	local own = gb.sdp { s = o.s, t = o.t, port = gb.port(30008), way = "recvonly", y = y, f = "", audio = not d,
		lines = o.s == "Download" and "a=downloadspeed:" .. o.speed or nil }
	gb.enlist(d and upper or listens, above)
	local camera = (d or upper):call(channel, { body = own, headers = { Subject = channel .. ":" .. y .. "," .. me .. ":0" },
		on_request = function(_, m) over(m, above) end,
		on_answer = function(c, answer)
			c:stream { own = own, theirs = answer.body, answered = true, awaits = answer.body:match "y=(%d+)" }
			c:watch "60s"
			above.own = gb.sdp { s = o.s, t = o.t, port = gb.port(30008), way = "sendonly", setup = o.setup, y = above.y, f = "",
				audio = not d, lines = answer.body:match "a=filesize:%d+" }
			above:answer { body = above.own }
			-- RFC 4145 4: whoever waits is there when its answer is.
			if o.setup == "passive" then flow(above, "inactive") end
		end })
	function above.on_ack() flow(above, "sendonly") end
	function above.on_request(_, m) control(above, m, camera) end
	pair(above, camera)
	above:watch "60s"
end
