-- Subscriptions (RFC 6665): those of the program, refreshed before they expire
-- and made anew after a failure; and those of its subscribers, which end in
-- time, or when a NOTIFY is refused.
local own = ...
local sent = require "requests"
local count = 0
local told, telling = {}, {}   -- Call-ID and own tag → subscription: this program is told; it tells

local function new_tag() return string.format("%08x", math.random(0, 2 ^ 31 - 1)) end

local function new_id()
	count = count + 1
	return self.name .. "/" .. count
end

local function turn(s, event)
	if s.state == "terminated" then return end
	s.state = own.turn("subscription", s.id, event)
end

local function tell(s, name, ...)
	if not s[name] then return end
	own.blame(own.line_of(s[name]))
	s[name](s, ...)
end

-- ---- who is told ----

local Subscriber = {}
Subscriber.__index = Subscriber

local function ended(s, again)
	stop(s.timer)
	told[s.key] = nil
	s.active = false
	tell(s, "on_end")
	if again and not s.stopped then
		s.failures = s.failures + 1
		local most = math.min(1800, 30 * 2 ^ math.min(s.failures, 10))
		after(most / 2 + math.random() * most / 2, s.timer, function() s:begin() end)
	end
end

local function ask(s, event, expires)
	s.cseq = s.cseq + 1
	turn(s, event)
	local headers = { Event = s.event, Expires = expires, Accept = s.accept or s.type }
	for name, value in pairs(s.headers or {}) do headers[name] = value end
	local number = send { method = "SUBSCRIBE", uri = s.target, from = s.from, to = s.to, call_id = s.call_id, cseq = s.cseq,
		routes = s.routes, headers = headers, body = type(s.body) == "function" and s.body() or s.body, type = s.type,
		rule = "subscribe-send" }
	sent.await(number, function(_, answer, status)
		own.blame(s.line)
		if answer and status < 200 then return end
		if answer then s.cseq = math.max(s.cseq, sent.cseq_of(answer)) end
		if not answer or status >= 300 then
			if s.state ~= "terminated" then turn(s, answer and "300-699" or "timeout") end
			return ended(s, true)
		end
		local contact, routes, back = answer:address "Contact", answer:all "Record-Route", {}
		for i = #routes, 1, -1 do back[#back + 1] = routes[i] end
		s.to, s.target = answer:get "To", contact and contact.uri or s.target
		s.routes, s.failures = back, 0
		local granted = tonumber(answer:get "Expires") or expires
		if s.stopped or granted == 0 then
			return after("32s", s.timer, function()                -- 4.1.2.2: no last NOTIFY
				turn(s, "Timer N")
				ended(s)
			end)
		end
		after(granted * 0.8, s.timer, function() ask(s, "SUBSCRIBE", s.expires) end)
	end)
end

function Subscriber:begin()
	local tag = new_tag()
	self.id, self.cseq, self.target, self.to, self.routes = new_id(), 0, self.uri, self.whom, nil
	self.call_id, self.from = self.name_of or new_tag() .. new_tag() .. "@" .. self.addr, self.mine .. ";tag=" .. tag
	self.key = self.call_id .. " " .. tag
	told[self.key] = self
	ask(self, "SUBSCRIBE", self.expires)
end

function Subscriber:finish()
	if self.stopped then return end
	self.stopped = true
	stop(self.timer)
	if told[self.key] then ask(self, "unsubscribe", 0) end
end

local module = {}

-- subscribe { uri =, event =, … }: docs/PROGRAMS.md.
function module.subscribe(t)
	own.table_of(t, "uri from to event expires body type accept headers on_notify on_end")
	own.need(type(t.uri) == "string" and type(t.event) == "string",
		'subscribe { uri = "sip:…", event = "presence" }')
	local s = setmetatable({ line = own.here(), uri = t.uri, whom = t.to or "<" .. t.uri .. ">", addr = self.addr,
		mine = t.from or sent.mine, event = t.event, failures = 0,
		expires = own.need_seconds(t.expires, "expires", 3600), body = t.body, type = t.type, accept = t.accept, headers = t.headers,
		on_notify = t.on_notify, on_end = t.on_end }, Subscriber)
	s.timer = "subscribe " .. s.line .. " " .. new_tag()
	s:begin()
	return s
end

local function notified(s, m)
	own.blame(s.line)
	local state = m:get "Subscription-State" or "active"
	local word = state:match "^%a+"
	reply(m, 200)
	turn(s, "NOTIFY " .. (word == "pending" and "pending" or word == "terminated" and "terminated" or "active"))
	s.active = word == "active"
	if #m.body > 0 then tell(s, "on_notify", m) end
	if word == "terminated" then ended(s, not state:find "noresource" and not state:find "rejected") end
end

-- ---- who tells ----

local Notifier = {}
Notifier.__index = Notifier

local function drop(s)
	stop(s.timer)
	if telling[s.key] then
		telling[s.key] = nil
		tell(s, "on_end")
	end
end

function Notifier:notify(t, ending)
	t = own.table_of(t, "body type headers")
	if not telling[self.key] and not ending then return end
	self.last = t
	self.cseq = self.cseq + 1
	local rest = math.max(0, math.floor(self.ends - now() + 0.5))
	local headers = { Event = self.event,
		["Subscription-State"] = ending and "terminated;reason=" .. ending or "active;expires=" .. rest }
	for name, value in pairs(t.headers or {}) do headers[name] = value end
	if not ending then turn(self, self.state == "active" and "NOTIFY active sent" or "state sent") end
	local number = send { method = "NOTIFY", uri = self.target, from = self.from, to = self.to, call_id = self.call_id,
		cseq = self.cseq, routes = self.routes, headers = headers, body = t.body, type = t.body and t.type or nil }
	sent.await(number, function(_, answer, status)
		own.blame(self.line)
		if (answer and status < 300) or not telling[self.key] then return end
		turn(self, answer and "300-699" or "timeout")
		drop(self)
	end)
end

-- The last word: its reason is one of RFC 6665 4.1.3.
function Notifier:finish(reason, t)
	if not telling[self.key] then return end
	turn(self, reason == "timeout" and "timeout sent" or "NOTIFY terminated sent")
	self:notify(t, reason or "noresource")
	drop(self)
end

local function set_end(s, m)
	local expires = tonumber(m:get "Expires" or s.usual or 3600)
	s.ends = now() + expires
	if expires == 0 then return expires end
	after(expires, s.timer, function() s:finish "timeout" end)
	return expires
end

-- Grants it: 200, with BODY of TYPE; then the program notifies.
function Notifier:accept(t)
	t = own.table_of(t, "body type last")
	local headers = { Expires = set_end(self, self.message), Event = self.event }
	reply(self.message, 200, { tag = self.tag, headers = headers, body = t.body, type = t.type, rule = "subscribe-accept" })
	if headers.Expires == 0 then
		self:notify(t.last or self.last, "timeout")
		if self.state ~= "terminated" then turn(self, "NOTIFY terminated sent") end
		drop(self)
	end
	return headers.Expires
end

function Notifier:reject(status, t)
	reply(self.message, status, t)
	turn(self, "300-699")
	drop(self)
end

local function subscribed(m, on_subscribe)
	local tag, contact = new_tag(), m:address "Contact"
	local s = setmetatable({ id = new_id(), line = own.line_of(on_subscribe), call_id = m:get "Call-ID", tag = tag, cseq = 0,
		to = m:get "From", from = m:get "To" .. ";tag=" .. tag, event = m:get "Event", routes = m:all "Record-Route",
		target = contact and contact.uri or m:address("From").uri, message = m, fresh = true }, Notifier)
	s.key, s.timer = s.call_id .. " " .. tag, "notify " .. s.id
	telling[s.key] = s
	turn(s, "SUBSCRIBE received")
	local done, why = pcall(on_subscribe, s, m)
	if done then return true end
	turn(s, "300-699")
	drop(s)
	error(why, 0)
end

local function refreshed(s, m)
	own.blame(s.line)
	s.message, s.fresh = m, false
	turn(s, "SUBSCRIBE received")
	if s.on_refresh then
		tell(s, "on_refresh", m)
	elseif s:accept() > 0 then
		s:notify(s.last)                                     -- RFC 6665 4.2.1.2
	end
	return true
end

sent.listen("on_request", function(m, tag)
	if m.method ~= "SUBSCRIBE" and m.method ~= "NOTIFY" then return false end
	local on_subscribe = own.find "on_subscribe"
	if m.method == "SUBSCRIBE" then
		if not tag then return on_subscribe and subscribed(m, on_subscribe) end
		local s = telling[m:get "Call-ID" .. " " .. tag]
		if s then return refreshed(s, m) end
		if not on_subscribe then return false end
		reply(m, 481)
		return true
	end
	local s = told[m:get "Call-ID" .. " " .. (tag or "")]
	if s then notified(s, m) else reply(m, 481) end            -- RFC 6665 4.1.3
	return true
end)

-- Those who are told of EVENT (any), each in the order of its beginning.
function module.watchers(event)
	local list = {}
	for _, s in pairs(telling) do
		if not event or s.event == event then list[#list + 1] = s end
	end
	table.sort(list, function(a, b) return #a.id == #b.id and a.id < b.id or #a.id < #b.id end)
	return list
end

return module
