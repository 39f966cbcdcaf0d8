-- Calls of a program: INVITE (RFC 3261 13), CANCEL (9), BYE (15).  A call is an object that knows its dialog and its
-- state; what has to come at its end comes by itself: the CANCEL or the BYE, the end of its streams and timers, and the
-- end of the call that it is paired with.
local own = ...
local sent = require "requests"
local calls = {}           -- Call-ID and own tag → call
local invites = {}         -- Call-ID and From tag of an INVITE that waits for its answer → call
local begun = {}           -- Call-ID and From tag → call that such an INVITE has begun, until it is over
local named = {}           -- id → call that is not over
local count = 0
local Call = {}
Call.__index = Call

local function new_tag() return string.format("%08x", math.random(0, 2 ^ 31 - 1)) end

-- Which status says that the other side knows nothing of the dialog (12.2.1.2).
local GONE = { [408] = true, [481] = true }

-- A call: what T has for it, and its names.
local function new_call(t, line)
	count = count + 1
	t.id, t.line, t.cseq, t.timers, t.streams = self.name .. "/" .. count, line, t.cseq or 0, {}, {}
	named[t.id] = t
	return setmetatable(t, Call)
end

function Call:turn(event, status)
	if self.state == "terminated" then return end
	self.state = own.turn("call", self.id, event, self.peer, status)
end

-- One of its functions is called; where that fails, so does the call.
function Call:tell(name, ...)
	if not self[name] then return end
	own.blame(own.line_of(self[name]))
	local done, why = pcall(self[name], self, ...)
	if done then return end
	pcall(self.hangup, self, 500)                        -- what it says of that is not why
	error(why, 0)
end

-- ---- its end ----

local function forget(call)
	if call.key then calls[call.key] = nil end
end

-- Nothing of it flows or waits any more, nor has its other half anybody to talk to.
function Call:over(status)
	if self.ended then return end
	self.ended, named[self.id] = true, nil
	for _, name in ipairs(self.timers) do stop(name) end
	for _, name in ipairs(self.streams) do stream(name) end
	if self.waits then invites[self.waits] = nil end
	if self.begun then begun[self.begun] = nil end
	local other = self.other
	self.other = nil
	if other then
		other.other = nil
		other:hangup(status)
	end
	self:tell("on_end", status)
end

function Call:bye()
	self:turn "BYE"
	local done = pcall(self.send, self, "BYE", { rule = "bye-send", on_answer = function(answer, status)
		self:turn(not answer and "timeout" or status < 300 and "2xx" or "300-699")
		forget(self)
	end })
	if not done then
		self:turn "not sent"
		forget(self)
	end
	self:over()
end

-- What the ACK of a call says that ends before the program has sent it: the body, or f(answer) that is one; nothing where
-- the INVITE had the offer.
function Call:refusal_of()
	local f = not self.offered and self.refusal
	return type(f) == "function" and self.ok and #self.ok.body > 0 and f(self.ok) or type(f) == "string" and f or nil
end

-- 13.2.2.4: its 2xx is acknowledged, also where the call ends before the program has sent that ACK.
function Call:settle()
	if self.caller and self.answered and not self.acked then self:ack { body = self:refusal_of() } end
end

-- It ends, whatever state it is in: by a refusal with STATUS (480), CANCEL or BYE, as soon as each may be sent.
function Call:hangup(status)
	own.need(getmetatable(self) == Call, "call:hangup(status)")
	if self.ended or self.hanging then return end
	if not self.caller and not self.answered then return self:reject(status or 480) end
	self.hanging = true
	if self.caller and not self.answered then
		self:turn(self.state == "calling" and "cancel" or "CANCEL")
		pcall(cancel, self.number)
		return self:over(status)
	end
	self:settle()
	if self.acked then return self:bye() end
	self:over(status)                                   -- 15: a BYE waits for the ACK
end

-- ---- within its dialog ----

-- Where what it sends goes: to the other side's target, or where `reach` finds that.
function Call:reached() return self.reach and self.reach(self.target) or self.target end

function Call:send(method, t)
	own.need(type(self) == "table" and type(method) == "string", 'call:send("INFO", { body = … })')
	t = own.table_of(t, "body type headers contact rule on_answer")
	self.cseq = self.cseq + 1
	local headers = {}
	for name, value in pairs(self.within or {}) do headers[name] = value end
	for name, value in pairs(t.headers or {}) do headers[name] = value end
	local number = send { method = method, uri = self:reached(), from = self.from, to = self.to, call_id = self.call_id,
		cseq = self.cseq, routes = self.routes, body = t.body, type = t.type, headers = headers, contact = t.contact,
		rule = t.rule }
	local invite, told = method == "INVITE", false
	local await = invite and sent.await_invite or sent.await
	await(number, function(_, answer, status)
		if answer then self.cseq = math.max(self.cseq, sent.cseq_of(answer)) end
		if invite and answer and status >= 200 and status < 300 then self:changed(answer) end
		if told then return end
		told = status >= 200
		if t.on_answer and (not answer or status >= 200) then t.on_answer(answer, status) end
		if GONE[status] and method ~= "BYE" then self:hangup() end
	end)
	return number
end

local function send_ack(call, cseq, t)
	send { method = "ACK", uri = call:reached(), from = call.from, to = call.to, call_id = call.call_id, cseq = cseq,
		routes = call.routes, body = t.body, type = t.body and (t.type or "application/sdp") or nil }
end

-- The ACK for its 2xx; of a call that is `late` the program sends it.
function Call:ack(t)
	own.need(getmetatable(self) == Call, "call:ack { body = … }")
	t = own.table_of(t or self.last_ack, "body type")
	self.acked, self.last_ack = true, t
	send_ack(self, self.invite_cseq, t)
end

-- A 2xx of its re-INVITE, which may refresh its target (12.2.1.2): each has its ACK (14.1).
function Call:changed(answer)
	local contact = answer:address "Contact"
	self.target = contact and contact.uri or self.target
	send_ack(self, sent.cseq_of(answer), {})
end

local within = {
	ACK = function(call, m)
		local cseq = sent.cseq_of(m)
		if call.acked == cseq then return end                -- repeated
		local first = not call.acked
		call.acked = cseq
		if not first then return call:tell("on_ack", m) end
		call:turn "ACK"
		if call.hanging then return call:bye() end
		call:tell("on_ack", m)
	end,
	BYE = function(call, m)
		call:settle()
		reply(m, 200, { rule = "bye-recv" })
		call:turn "BYE received"
		forget(call)
		call:tell("on_bye", m)
		call:over()
	end,
	OPTIONS = function(_, m) reply(m, 200) end,                     -- 11
}

function Call:take(m)
	own.blame(self.line)
	if m.method ~= "ACK" then
		local cseq = sent.cseq_of(m)
		if self.heard and cseq < self.heard then return reply(m, 500) end      -- 12.2.2
		self.heard = cseq
	end
	if within[m.method] then return within[m.method](self, m) end
	local f = (m.method == "INVITE" or m.method == "UPDATE") and "on_change" or "on_request"
	if self[f] then return self:tell(f, m) end
	reply(m, f == "on_change" and 488 or 501)
end

-- ---- what belongs to it ----

local function keep_timer(call, name)
	name = call.id .. " " .. name
	if not call.timers[name] then
		call.timers[name] = true
		call.timers[#call.timers + 1] = name
	end
	return name
end

function Call:after(time, name, f)
	own.need(type(name) == "string" and type(f) == "function", 'call:after("2s", "name", function() … end)')
	if self.ended then return end
	return after(time, keep_timer(self, name), f)
end

function Call:every(time, name, f)
	own.need(type(name) == "string" and type(f) == "function", 'call:every("2s", "name", function() … end)')
	if self.ended then return end
	return every(time, keep_timer(self, name), f)
end

function Call:stop(name) stop(self.id .. " " .. name) end

-- It asks the other side every so often whether that still knows the call, and ends if not (11, 12.2.1.2).
function Call:watch(time)
	if self.ended then return end
	own.watch(time, keep_timer(self, "watch"), function()
		if self.state == "confirmed" then self:send "OPTIONS" end
	end)
end

-- What flows in it (docs/roles/script.md, stream); NAME tells several apart.  It may be `from` another call.
function Call:stream(t, name)
	if self.ended then return end
	if type(t) == "table" and getmetatable(t.from) == Call then t.from = t.from.id end
	name = name and self.id .. " " .. name or self.id
	for _, one in ipairs(self.streams) do
		if one == name then return stream(name, t) end
	end
	self.streams[#self.streams + 1] = name
	stream(name, t)
end

-- ---- the called side ----

local function name_of(m) return m:get "Call-ID" .. " " .. (m:param("From", "tag") or "") end

-- 8.2.2.2: an INVITE has come by another way, too.
local function merged(m)
	if not begun[name_of(m)] then return false end
	reply(m, 482, { rule = "uas-merged" })
	return true
end

local function incoming(m, on_call)
	local name = name_of(m)
	local from, to = m:get "From", m:get "To"
	local call = new_call({ invite = m, call_id = m:get "Call-ID", to = from, routes = m:all "Record-Route",
		peer = m:address("From").uri, tag = new_tag(), heard = sent.cseq_of(m) }, own.line_of(on_call))
	local contact = m:address "Contact"
	call.target = contact and contact.uri or call.peer
	call.from = to .. ";tag=" .. call.tag
	call.key = call.call_id .. " " .. call.tag
	call.waits, call.begun = name, name
	calls[call.key], invites[name], begun[name] = call, call, call
	call:turn "INVITE received"
	own.blame(call.line)
	local done, why = pcall(on_call, call)
	if done then return true end
	call:turn("300-699 sent", 500)
	forget(call)
	call:over(500)
	error(why, 0)
end

function Call:ring(t)
	own.need(getmetatable(self) == Call, "call:ring()")
	t = own.table_of(t, "status headers body type")
	if self.ended then return end
	own.need_waiting(self.waits, "ring")
	local status = t.status or 180
	reply(self.invite, status, { tag = self.tag, headers = t.headers, body = t.body, type = t.type,
		rule = status > 100 and "invite-progress" or "ist-100" })
	if status > 100 then self:turn(status == 183 and "183 sent" or "1xx sent", status) end
end

function Call:answer(t)
	own.need(getmetatable(self) == Call, "call:answer { body = … }")
	t = own.table_of(t, "body type headers contact")
	if self.ended then return end
	own.need_waiting(self.waits, "answer")
	invites[self.waits], self.waits, self.answered = nil, nil, true
	reply(self.invite, 200, { tag = self.tag, headers = t.headers, contact = t.contact, body = t.body,
		type = t.body and (t.type or "application/sdp") or nil, rule = "invite-accept" })
	self:turn("2xx sent", 200)
end

function Call:reject(status, t)
	own.need(getmetatable(self) == Call and math.type(status) == "integer", "call:reject(486)")
	t = own.table_of(t, "reason headers")
	if self.ended then return end
	own.need_waiting(self.waits, "reject")
	reply(self.invite, status, { tag = self.tag, reason = t.reason, headers = t.headers, rule = "invite-reject" })
	self:turn("300-699 sent", status)
	forget(self)
	self:over(status)
end

-- ---- the calling side ----

local function dialog_of(call, answer)
	local contact = answer:address "Contact"
	local routes, back = answer:all "Record-Route", {}
	for i = #routes, 1, -1 do back[#back + 1] = routes[i] end
	call.to, call.routes, call.invite_cseq = answer:get "To", back, sent.cseq_of(answer)
	call.target = contact and contact.uri or call.target
	call.cseq = math.max(call.cseq, call.invite_cseq)
end

-- 13.2.2.4: another branch of a fork has answered, too.
local function let_go(call, answer)
	local other = { from = call.from, call_id = call.call_id, cseq = call.cseq, target = call.uri, ok = answer,
		refusal = call.refusal, offered = call.offered, reach = call.reach, ended = true }
	dialog_of(other, answer)
	setmetatable(other, Call)
	other:ack { body = other:refusal_of() }
	other:send("BYE", { rule = "bye-send" })
end

local function answered(call, answer)
	local tag = answer:param("To", "tag")
	if call.answered then
		if tag ~= call.remote then return let_go(call, answer) end
		return call.acked and call:ack()
	end
	call.answered, call.remote, call.ok = true, tag, answer
	dialog_of(call, answer)
	call.key = call.call_id .. " " .. call.tag
	calls[call.key] = call
	if call.hanging then
		call:settle()
		call.state = "confirmed"
		return call:send("BYE", { rule = "bye-send", on_answer = function(_, status)
			call:turn(status < 300 and "2xx" or "300-699")
			forget(call)
		end })
	end
	call:turn("2xx", answer.status)
	if not call.late then call:ack() end
	call:tell("on_answer", answer)
end

local function heard(call, answer, status)
	own.blame(call.line)
	if answer and status == 100 then
		if call.state == "calling" then call:turn("100", 100) end
	elseif answer and status < 200 then
		if not call.hanging then
			-- 12.1: requests of the early dialog have their place, too.
			if not call.remote and answer:param("To", "tag") then dialog_of(call, answer) end
			call:turn("1xx", status)
			call:tell("on_ring", answer)
		end
	elseif answer and status < 300 then
		return answered(call, answer)
	else
		call:turn(answer and "300-699" or "timeout", status)
		if not call.hanging then call:tell("on_failure", status, answer) end
		call:over(status)
	end
end

-- take(m, f): the INVITE M, which the program has kept until now, begins a call, of which F is told.
local module = { take = incoming }

-- call { uri =, to =, … }: docs/PROGRAMS.md.
function module.call(t)
	own.table_of(t, "uri from to call_id contact body type headers within routes late refusal reach on_ring on_answer " ..
		"on_failure on_bye on_end on_request on_change on_ack rule")
	own.need(type(t.uri) == "string", 'call { uri = "sip:…" }')
	local tag = new_tag()
	local from = (t.from or sent.mine) .. ";tag=" .. tag
	local call = new_call({ caller = true, tag = tag, from = from, uri = t.uri, target = t.uri, peer = t.uri, cseq = 1,
		call_id = t.call_id or new_tag() .. new_tag() .. "@" .. self.addr, late = t.late, refusal = t.refusal, reach = t.reach,
		offered = t.body ~= nil, within = t.within }, own.here())
	for key, value in pairs(t) do
		if key:match "^on_" then call[key] = value end
	end
	call.number = send { method = "INVITE", uri = t.uri, from = from, to = t.to or "<" .. t.uri .. ">", call_id = call.call_id,
		cseq = 1, contact = t.contact, routes = t.routes, body = t.body, headers = t.headers,
		type = t.body and (t.type or "application/sdp") or nil, rule = t.rule or "invite-send" }
	call:turn "INVITE sent"
	sent.await_invite(call.number, function(_, answer, status) heard(call, answer, status) end)
	return call
end

-- Two calls are one: when either ends, so does the other.
function module.pair(one, other)
	own.need(getmetatable(one) == Call and getmetatable(other) == Call, "pair(call, call)")
	one.other, other.other = other, one
end

-- ---- what comes ----

local in_dialogs = { ACK = true, BYE = true, INVITE = true, UPDATE = true, INFO = true, PRACK = true, REFER = true,
	OPTIONS = true }

sent.listen("on_request", function(m, tag)
	local on_call = own.find "on_call"
	if not tag then return m.method == "INVITE" and (merged(m) or on_call and incoming(m, on_call)) end
	local call = calls[m:get "Call-ID" .. " " .. tag]
	if call then
		call:take(m)
		return true
	end
	if not on_call or not in_dialogs[m.method] then return false end
	if m.method ~= "ACK" then reply(m, 481) end                -- 12.2.2
	return true
end)

sent.listen("on_cancel", function(m)
	local call = invites[name_of(m)]
	if not call then return false end
	own.blame(call.line)
	call:turn "CANCEL received"
	forget(call)
	call:tell "on_cancel"
	call:over(487)
	return true
end)

-- A user gives it up (bye, cancel).
sent.listen("on_hangup", function(id)
	local call = named[id]
	if not call then return false end
	own.blame(call.line)
	call:hangup()
	return true
end)

-- 13.3.1.4: who has not acknowledged its 2xx is not there.
sent.listen("on_unacked", function(ok)
	local call = calls[ok:get "Call-ID" .. " " .. (ok:param("To", "tag") or "")]
	if not call or call.acked then return call ~= nil end
	own.blame(call.line)
	call.acked = true
	call:turn "no ACK"
	call:bye()
	return true
end)

return module
