-- A program that is a process of its own, in whatever language (docs/PROGRAMS.md).  It is told of each event by a
-- line of JSON, and what it answers, a list, is done here.  Whatever it is to know of later has a name of its own.
local own = ...
local requests, ids, count = {}, {}, 0       -- those that it was told of, by number; their numbers, by branch
local names, numbers, forwarded = {}, {}, {} -- of what it has sent: name by number and back; of which request
local KEPT = 1000                            -- of each so many are known, the last

local function branch_of(m) return tostring(m:param("Via", "branch")) .. " " .. tostring(m.source) end

-- A function that keeps a value, and FORGETs the one that is KEPT back.
local function keeper(forget)
	local last, list = 0, {}
	return function(value)
		last = last + 1
		list[last] = value
		if list[last - KEPT] ~= nil then
			forget(list[last - KEPT])
			list[last - KEPT] = nil
		end
	end
end
local keep_request = keeper(function(id)
	ids[branch_of(requests[id])] = nil
	requests[id] = nil
end)
local keep_sent = keeper(function(number)
	local name = names[number]
	if name ~= nil and numbers[name] == number then numbers[name] = nil end
	names[number], forwarded[number] = nil, nil
end)

-- "key": value, … of values that are not nil; a value is a text, a number, true
-- or false.
local function member(parts, key, value)
	if value == nil then return end
	if type(value) == "string" then value = own.quote(value)
	elseif math.type(value) == "float" then value = ("%.9f"):format(value)
	else value = tostring(value) end
	parts[#parts + 1] = own.quote(key) .. ":" .. value
end

-- ---- what it may have done ----

local function request_of(deed) return requests[deed.id] end

-- What was sent by NUMBER is called as DEED says, and is of request ID, if of one.
local function keep(number, deed, id)
	keep_sent(number)
	forwarded[number] = id
	if deed.as ~= nil then names[number], numbers[deed.as] = deed.as, number end
end

local function change(m, deed)
	for name, value in pairs(deed.set or {}) do m:set(name, value) end
	for name, value in pairs(deed.add or {}) do m:add(name, value) end
	for _, name in ipairs(deed.remove or {}) do m:remove(name) end
end

local deeds = {}

function deeds.reply(deed)
	local m = request_of(deed)
	own.need(m and math.type(deed.status), '{"do": "reply", "id": 1, "status": 200}')
	reply(m, deed.status, { reason = deed.reason, headers = deed.headers, body = deed.body, type = deed.type,
		contact = deed.contact, tag = deed.tag })
end

function deeds.send(deed)
	local what = {}
	for key, value in pairs(deed) do
		if key ~= "do" and key ~= "as" then what[key] = value end
	end
	-- RFC 3261 10.2: the To of a REGISTER is the address-of-record, its Request-URI a domain.
	if what.method == "REGISTER" and what.to == nil then
		what.to = what.from or ("sip:%s@%s"):format(self.user, self.domain ~= "" and self.domain or self.addr)
	end
	keep((send(what)), deed)
end

function deeds.forward(deed)
	local m = request_of(deed)
	own.need(m, '{"do": "forward", "id": 1, "uri": "sip:…", "record_route": true}')
	change(m, deed)
	keep((forward(m, deed.uri, { record_route = deed.record_route })), deed, deed.id)
end

function deeds.cancel(deed)
	own.need(numbers[deed.of], '{"do": "cancel", "of": "as what it was sent"}')
	cancel(numbers[deed.of])
end

local tell

local function set_timer(set, deed)
	own.need(type(deed.time) == "string" and type(deed.name) == "string",
		'{"do": "after", "time": "2s", "name": "…"}, or every')
	set(deed.time, deed.name, function() tell("timer", function(parts) member(parts, "name", deed.name) end) end)
end
function deeds.after(deed) set_timer(after, deed) end
function deeds.every(deed) set_timer(every, deed) end

function deeds.stop(deed)
	own.need(type(deed.name) == "string", '{"do": "stop", "name": "…"}')
	stop(deed.name)
end

function deeds.note(deed)
	own.need(type(deed.text) == "string", '{"do": "note", "text": "…", "rule": "rfc3261-10.3"}')
	note { deed.text, rule = deed.rule }
end

function deeds.state(deed)
	own.need(type(deed.state) == "string", '{"do": "state", "state": "ringing", "of": "…", "event": "…"}')
	state(deed.state, deed.of, deed.event)
end

-- A response goes no further.
function deeds.absorb() return true end

-- ---- what it is told ----

-- Tells EVENT, with what MORE adds to its members, and of message M, if any; true: it has absorbed it.
function tell(event, more, m)
	local parts, absorbed = {}, false
	member(parts, "event", event)
	member(parts, "now", now())
	more(parts)
	local answer, line = own.ask("{" .. table.concat(parts, ",") .. (m and own.tell(m) or "") .. "}")
	for _, deed in ipairs(answer) do
		own.blame(line)
		local f = type(deed) == "table" and deeds[deed["do"]]
		own.need(f, '{"do": "reply"}, send, forward, cancel, after, every, stop, note, state or absorb')
		absorbed = f(deed) or absorbed
	end
	return absorbed
end

local function tell_message(event, id, m, more)
	return tell(event, function(parts)
		member(parts, "id", id)
		if more then more(parts) end
	end, m)
end

function on_start()
	tell("start", function(parts)
		for _, key in ipairs { "name", "addr", "domain", "user" } do member(parts, key, self[key]) end
	end)
end

function on_request(m)
	count = count + 1
	requests[count], ids[branch_of(m)] = m, count
	keep_request(count)
	tell_message("request", count, m)
end

function on_reply(_, m, number)
	local absorbed = tell_message("response", forwarded[number], m, function(parts)
		member(parts, "of", names[number])
	end)
	if absorbed then return false end
end

function on_failure(_, status, number)
	local absorbed = tell_message("failure", forwarded[number], nil, function(parts)
		member(parts, "of", names[number])
		member(parts, "status", status)
	end)
	if absorbed then return false end
end

function on_cancel(m) tell_message("cancel", ids[branch_of(m)], nil) end
function on_unacked(m) tell_message("unacked", ids[branch_of(m)], nil) end

return true
