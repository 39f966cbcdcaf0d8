-- A registration (RFC 3261 10.2): refreshed before it expires, made anew after a failure, at the pace of RFC 5626 4.5,
-- and when the program finds that it was forgotten.  One timer serves it, so that nothing is ever done twice.
local own = ...
local sent = require "requests"
local BASE, MOST = 30, 1800   -- RFC 5626 4.5: seconds
local count = 0
local Registration = {}
Registration.__index = Registration

function Registration:turn(event, status)
	self.state = own.turn("registration", self.id, event, nil, status)
end

function Registration:tell(name, ...)
	if not self[name] then return end
	own.blame(own.line_of(self[name]))
	self[name](self, ...)
end

-- The next one: half to all of 60 s, 120 s, … half an hour, and not before `least`.
function Registration:wait()
	self.failures = self.failures + 1
	local most = math.min(MOST, BASE * 2 ^ math.min(self.failures, 10))
	local wait = math.max(most / 2, self.least)
	wait = wait + math.random() * math.max(most - wait, self.least / 6)
	after(wait, self.timer, function() self:begin "Timer recovery" end)
end

function Registration:failed(event, status)
	local was = self.up
	self:turn(event, status)
	self.up, self.asked = false, nil
	self:wait()
	if was then self:tell("on_lost", status) end
end

function Registration:taken(answer)
	local contact = answer:address "Contact"
	local granted = tonumber(contact and contact.params and contact.params.expires or answer:get "Expires" or self.expires)
	local was = self.up
	if self.removing then
		self.up, self.asked = false, nil
		return self:turn "2xx"
	end
	if not granted or granted <= 0 then
		self:turn "2xx not bound"
		self.up, self.asked = false, nil
		return self:wait()
	end
	self:turn "2xx"
	self.up, self.asked, self.failures = true, nil, 0
	after(granted * 0.8, self.timer, function() self:begin "Timer refresh" end)
	if was then self:tell("on_refreshed", answer) else self:tell("on_registered", answer) end
end

function Registration:heard(answer, status)
	own.blame(self.line)
	if not answer then return self:failed("timeout", status) end
	self.cseq = math.max(self.cseq, sent.cseq_of(answer))
	if status < 200 then return end
	if status < 300 then return self:taken(answer) end
	local least = status == 423 and tonumber(answer:get "Min-Expires")
	if least and least > self.expires then
		self.expires = least
		return self:begin "423"
	end
	self:failed("300-699", status)
end

function Registration:begin(event)
	stop(self.timer)
	self:turn(event)
	self.cseq = self.cseq + 1
	local headers = { Expires = self.removing and 0 or self.expires }
	for name, value in pairs(self.headers or {}) do headers[name] = value end
	local done, number = pcall(send, { method = "REGISTER", uri = self.uri, from = self.from, to = self.to,
		contact = self.contact, call_id = self.call_id, cseq = self.cseq, headers = headers, rule = "register-send" })
	if not done and self.cseq == 1 then error(number, 0) end -- it can't be meant so
	if not done then return self:failed("not sent") end
	self.asked = number
	-- What was asked before counts no more.
	sent.await(number, function(_, answer, status)
		if self.asked == number then self:heard(answer, status) end
	end)
end

-- Now, whatever is waited for.
function Registration:refresh()
	if not self.asked then self:begin "register" end
end

-- The registrar does not know it any more: anew, after a while.
function Registration:lost(status)
	if not self.up or self.asked then return end
	self:failed("forgotten", status)
end

function Registration:remove()
	if self.removing then return end
	self.removing, self.asked = true, nil
	self:begin "unregister"
end

local module = {}

-- register { uri =, … }: docs/PROGRAMS.md.
function module.register(t)
	own.table_of(t, "uri from to contact expires headers least spread call_id on_registered on_refreshed on_lost")
	own.need(tonumber(t.least or 0) and tonumber(t.spread or 0), 'register { uri = "sip:…", least = 60, spread = 30 }')
	count = count + 1
	local r = setmetatable({ id = count == 1 and self.name or self.name .. "/" .. count, line = own.here(), cseq = 0,
		failures = 0, up = false, uri = t.uri or "sip:" .. sent.home, from = t.from or sent.mine,
		to = t.to or t.from or sent.mine, contact = t.contact, expires = own.need_seconds(t.expires, "expires", 3600),
		headers = t.headers, least = tonumber(t.least or 0),
		call_id = t.call_id, on_registered = t.on_registered, on_refreshed = t.on_refreshed, on_lost = t.on_lost },
		Registration)
	r.timer = "register " .. r.id
	r.call_id = r.call_id or string.format("%08x%08x@%s", math.random(0, 2 ^ 31 - 1), math.random(0, 2 ^ 31 - 1), self.addr)
	if t.spread then
		after(math.random() * t.spread, r.timer, function() r:begin "register" end)
	else
		r:begin "register"
	end
	return r
end

return module
