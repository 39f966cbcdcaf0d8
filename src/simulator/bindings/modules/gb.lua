-- GB/T 28181: what its devices and platforms share.  Bodies of MANSCDP with their numbers and character set; session
-- descriptions with y= and f=; a registration that keep-alives go with (9.1, 9.6); and who has registered.
local own = ...
local sent = require "requests"
local gb = { TYPE = "Application/MANSCDP+xml", sn = 0 }
local PORTS = 16384      -- a port is used again after half as many streams
local port, taken = 0, {}  -- SSRC → who has it
local node = self

function gb.new() return settings.version == "2022" end
function gb.edition() return gb.new() and "3.0" or nil end

function gb.number()
	gb.sn = gb.sn + 1
	return gb.sn
end

function gb.body(t) return gb28181.write(t, gb.new() and "GB18030" or "GB2312") end

-- 9.10: the time of day in Beijing, without a zone.
function gb.time()
	local t = date(8)
	return string.format("%04d-%02d-%02dT%02d:%02d:%02d", t.year, t.month, t.day, t.hour, t.min, t.sec)
end

-- What M's body says, and its 200; nil: it is refused.
function gb.take(m)
	local t, why = gb28181.read(m.body)
	if t then reply(m, 200) else reply(m, 400, { reason = why }) end
	return t
end

-- ---- descriptions (annex G; 2016: F) ----

-- In braces: user, s, addr, t, port, way, audio, setup, lines, y, f.
function gb.sdp(t)
	local lines = { "v=0", "o=" .. (t.user or node.user) .. " 0 0 IN IP4 " .. node.addr, "s=" .. (t.s or "Play"),
		"c=IN IP4 " .. (t.addr or node.addr), "t=" .. (t.t or "0 0"), (t.audio and "m=audio " or "m=video ") .. t.port ..
		(t.setup and " TCP/" or " ") .. "RTP/AVP " .. (t.audio and "8" or "96"), "a=" .. t.way,
		"a=rtpmap:" .. (t.audio and "8 PCMA/8000" or "96 PS/90000") }
	if t.setup then lines[#lines + 1] = "a=setup:" .. t.setup .. "\r\na=connection:new" end
	lines[#lines + 1] = t.lines
	if t.y then lines[#lines + 1] = "y=" .. t.y end
	if t.f then lines[#lines + 1] = "f=" .. t.f end
	return table.concat(lines, "\r\n") .. "\r\n"
end

-- The offer: s, t, from and to (seconds), setup (of the answerer), speed, y;
-- nil where SDP is no offer.
function gb.offer(sdp)
	local s, from, to = sdp:match "s=(%a+)", sdp:match "t=(%d+) (%d+)"
	local setup = sdp:match "a=setup:(%a+)"
	if not s or not from or not sdp:find "m=%a+ %d" then return end
	return { s = s, t = from .. " " .. to, from = tonumber(from), to = tonumber(to), y = sdp:match "y=(%d+)",
		setup = setup and (setup == "active" and "passive" or "active"),
		speed = tonumber(sdp:match "a=downloadspeed:(%d+)" or 1) }
end

-- No stream of an offer is wanted (RFC 3264 6); it is this node's own description that says so.
function gb.refusal(answer)
	return (answer.body:gsub("m=(%a+) %d+", "m=%1 0"):gsub("o=[^\r]*", "o=" .. node.user .. " 0 0 IN IP4 " .. node.addr, 1))
end

function gb.port(first)
	port = (port + 2) % PORTS
	return first + port
end

-- The SSRC of a stream (annex G): 0 live or 1 recorded, five digits of the domain, four that no other running one has.
-- It is CALL's until that ends, and what outlasts a crash counts on.
function gb.ssrc(s, call)
	local y
	-- A call that is over, with its messages, is not kept for its number.
	for one, whose in pairs(taken) do
		if whose.ended then taken[one] = nil end
	end
	repeat
		store.ssrc = (store.ssrc or 0) % 9999 + 1
		y = string.format("%d%s%04d", s == "Play" and 0 or 1, node.user:sub(4, 8), store.ssrc)
	until not taken[y]
	taken[y] = call
	return y
end

-- ---- calls ----

-- CALL is one of PEER's for as long as it lasts.
function gb.enlist(peer, call)
	local list = peer.calls or {}
	peer.calls = list
	for i = #list, 1, -1 do
		if list[i].ended then table.remove(list, i) end
	end
	list[#list + 1] = call
end

-- Those of PEER end, the last first.
function gb.end_calls(peer)
	local list = peer.calls or {}
	for i = #list, 1, -1 do list[i]:hangup() end
end

-- The last of PEER that runs and of which WHICH, if it is there, is true.
function gb.last(peer, which)
	local list = peer.calls or {}
	for i = #list, 1, -1 do
		if not list[i].ended and (not which or which(list[i])) then return list[i] end
	end
end

-- ---- who is told ----

local Peer = {}
Peer.__index = Peer

-- What peers of one domain have in common, of which there may be thousands: DOMAIN, this node's From there, and ABOUT,
-- the DeviceID of what they are told; else it is theirs.
local function new_side(domain, about)
	return { domain = domain, from = "<sip:" .. node.user .. "@" .. domain .. ">", about = about }
end

-- Who has that ID, and is AT there.
local function new_peer(id, at, side) return setmetatable({ id = id, at = at, side = side }, Peer) end

function Peer:uri() return "sip:" .. self.id .. "@" .. self.at end

function Peer:to() return "<sip:" .. self.id .. "@" .. self.side.domain .. ">" end

-- T in a MESSAGE: f(m, answer, status) hears its answer, and nil if there is none.
function Peer:say(t, f)
	t.SN = t.SN or gb.number()
	if not t.TargetID then t.DeviceID = t.DeviceID or self.side.about or self.id end      -- A.2.5.5
	local number = send { method = "MESSAGE", uri = self.there or self:uri(), from = self.side.from,
		to = self.whom or self:to(), type = gb.TYPE, body = gb.body(t) }
	if f then sent.await(number, f) end
end

function Peer:notice(t, f)
	t.root = "Notify"
	return self:say(t, f)
end

-- The answer to the query Q.
function Peer:answer(q, t, f)
	t.root, t.CmdType, t.SN = "Response", q.CmdType, q.SN
	return self:say(t, f)
end

-- Annex N (2022: M): SIZE items a message, the next when the last has its 200; SumNum is that of all.
function Peer:pages(q, items, size, first)
	first = first or 1
	local these = table.move(items, first, math.min(first + size - 1, #items), 1, {})
	self:answer(q, { SumNum = #items, DeviceList = #these > 0 and these or nil }, function(_, _, status)
		if status == 200 and first + size <= #items then self:pages(q, items, size, first + size) end
	end)
end

-- 9.5: the devices behind it come into its `cameras`; asked for again when for
-- a minute no more has come, and each hour, since the list may change.
function Peer:list()
	self.coming, self.asked, self.line = {}, true, self.line or own.here()
	if not self.cameras or not self.cameras[1] then self.cameras = self.coming end
	self:say { root = "Query", CmdType = "Catalog" }
	self:list_after "60s"
end

function Peer:list_after(time)
	after(time, "catalogue " .. self.id, function()
		own.blame(self.line)
		self.asked = true
		if self.online then self:list() end
	end)
end

-- T, some of what was asked for; true: that is all.
function Peer:listed(t)
	if not self.asked then return end
	for _, item in ipairs(t.DeviceList or {}) do self.coming[#self.coming + 1] = item end
	if #self.coming < (t.SumNum or 0) then return self:list_after "60s" end
	self.cameras, self.asked = self.coming, false
	self:list_after "3600s"
	return true
end

-- ---- a device: it registers, and says that it lives ----

-- The platform SERVER of DOMAIN, with which this node is registered from now on.  Its `calls` end when the
-- registration does.  Settings: interval, losses, spread, stubborn.
function gb.attend(server, domain, on_up, on_lost)
	local line = own.here()
	local p = new_peer(server, domain, new_side(domain, node.user))
	p.there, p.whom = p:uri(), p:to()
	local missed, r = 0, nil
	local function lost(status)
		own.blame(line)
		r:lost(status)
	end
	local function heard(_, answer, status)
		missed = answer and 0 or missed + 1
		if answer and (status < 400 or settings.stubborn) then return end
		-- Who has forgotten it does not know it.
		if answer then return lost(status) end
		if missed < tonumber(settings.losses or 3) or not r.up then return end
		own.blame(line)
		print("the platform is off-line / 平台离线: " .. missed)
		lost(status)
	end
	local function beat()
		own.blame(line)
		p:notice({ CmdType = "Keepalive", Status = "OK" }, heard)
	end
	r = register { uri = p:uri(), from = p.side.from, expires = 3600, least = 60, spread = tonumber(settings.spread),
		headers = { ["X-GB-Ver"] = gb.edition() },
		on_registered = function()
			missed = 0
			every(tonumber(settings.interval or 60), "keep-alive", beat)
			beat()
			if on_up then on_up() end
		end,
		on_lost = function()
			stop "keep-alive"
			gb.end_calls(p)
			if on_lost then on_lost() end
		end }
	p.registration = r
	return p
end

-- ---- a platform: who has registered with it ----

local Devices = {}
Devices.__index = Devices

-- on_up(d): one is there, for the first time or anew; on_gone(d): it is off-line, and its calls have ended.  Settings:
-- password, interval, losses.
function gb.devices(t)
	own.table_of(t, "on_up on_gone")
	t.line, t.by_id, t.heap, t.nonces, t.side = own.here(), {}, {}, expiring(), new_side(node.domain)
	return setmetatable(t, Devices)
end

-- Where M has come from: a NAT on the way may have chosen that port; over TCP the connection is the way back.
local function seen(m)
	local transport = m.transport
	return transport == "UDP" and m.source or m.source .. ";transport=" .. transport
end

local function silence() return tonumber(settings.interval or 60) * tonumber(settings.losses or 3) end

function Devices:gone(d, why)
	d.online = false
	if why then print(d.id .. " is off-line / 离线: " .. why) end
	gb.end_calls(d)
	if self.on_gone then self.on_gone(d) end
end

-- One timer serves them all: who is due first stands first in a heap.
function Devices:put(d, due)
	local heap, i = self.heap, #self.heap + 1
	while i > 1 and heap[i // 2].due > due do heap[i], i = heap[i // 2], i // 2 end
	heap[i], d.due = d, due
	if i == 1 then self:wait() end
end

function Devices:pop()
	local heap, i = self.heap, 1
	local first, last = heap[1], table.remove(heap)
	while first ~= last do
		local j = 2 * i
		if heap[j + 1] and heap[j + 1].due < heap[j].due then j = j + 1 end
		if not heap[j] or heap[j].due >= last.due then
			heap[i] = last
			break
		end
		heap[i], i = heap[j], j
	end
	first.due = nil
	return first
end

function Devices:wait()
	if self.heap[1] then after(math.max(0, self.heap[1].due - now()), "devices", function() self:look() end) end
end

-- Checks the devices that are due: a keep-alive or a refresh would have been
-- missed, had none come since.
function Devices:look()
	own.blame(self.line)
	while self.heap[1] and self.heap[1].due <= now() + 1e-6 do
		local d = self:pop()
		if d.online then self:check(d) end
	end
	self:wait()
end

function Devices:check(d)
	local beats, rest = d.heard + silence() - now(), d.ends - now()
	if beats <= 0 then return self:gone(d, silence() .. " s") end
	if rest <= 0 then return self:gone(d, "Expires") end
	self:put(d, now() + math.min(beats, rest) + 0.001)
end

-- It knows the password; else it is asked for it.
function Devices:proved(m, id)
	local given = m:get "Authorization" or ""
	local c, nonce = digest.read(given), self.nonces:get(id)
	self.nonces:remove(id)
	if c and nonce and c.nonce == nonce and c.username == id and
		c.response == digest.response(given, m.method, settings.password) then return true end
	nonce = string.format("%08x%08x", math.random(0, 2 ^ 31 - 1), math.random(0, 2 ^ 31 - 1))
	self.nonces:put(id, nonce, 60)
	reply(m, 401, { headers = { ["X-GB-Ver"] = gb.edition(), ["WWW-Authenticate"] =
		string.format('Digest realm="%s", nonce="%s", algorithm=MD5', node.domain, nonce) } })
end

-- 9.1: the REGISTER M.
function Devices:register(m)
	local id, call, contact = m:address("From").user, m:get "Call-ID", m:get "Contact"
	local expires = tonumber(m:get "Expires" or 3600)
	if not id or not contact or not expires then return reply(m, 400) end
	if settings.password and not self:proved(m, id) then return end
	reply(m, 200, { contact = contact .. ";expires=" .. expires, headers = { Expires = expires,
		Date = gb.time() .. ".000", ["X-GB-Ver"] = gb.edition() } })
	local d = self.by_id[id]
	if expires == 0 then return d and d.online and self:gone(d) end
	if not d then
		d = new_peer(id, nil, self.side)
		self.by_id[id] = d
	end
	local anew = not d.online or d.boot ~= call
	d.at, d.heard, d.ends, d.boot = seen(m), now(), now() + expires, call
	if not anew then return end
	-- It has begun anew, and knows of no call.
	gb.end_calls(d)
	d.online = true
	if not d.due then self:check(d) end
	if self.on_up then self.on_up(d) end
end

function Devices:get(m) return self.by_id[m:address("From").user] end

-- The device from which M has come, and what that says: it has its 200; nil: it has been refused.
function Devices:heard(m)
	local d = self:get(m)
	if not d or not d.online then return reply(m, 403) and nil end
	local t = gb.take(m)
	if not t then return end
	if m.source ~= d.at then d.at = seen(m) end
	if t.CmdType == "Keepalive" then d.heard = now() end
	return d, t
end

-- A call to CHANNEL of this device, which is found where it was heard last: who is behind a NAT does not know how it is
-- seen from here.
function Peer:call(channel, t)
	local id = channel or self.id
	t.uri, t.to, t.from = "sip:" .. id .. "@" .. self.at, "<sip:" .. id .. "@" .. self.side.domain .. ">", self.side.from
	t.reach = self.heard and function(target)
		local there = "sip:" .. id .. "@" .. self.at
		return uri(target).host == uri(there).host and target or there
	end
	local c = call(t)
	c.channel = id
	gb.enlist(self, c)
	return c
end

return gb
