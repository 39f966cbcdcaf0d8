-- A program that is a process of its own, in whatever language (docs/PROGRAMS.md).  It is told of each event by a
-- line of JSON, and what it answers, a list, is done here.  Whatever it is to know of later has a name of its own.
local own = ...
local requests, ids, count = {}, {}, 0       -- those that it was told of, by number; their numbers, by branch
local done = {}                              -- those that it has answered or sent on
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
	requests[id], done[id] = nil, nil
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

-- What DEED says beside whom it is about.
local function rest_of(deed)
	local t = {}
	for key, value in pairs(deed) do t[key] = value end
	t["do"], t.as, t.of, t.id = nil, nil, nil, nil
	return t
end

local tell, tell_message, know -- below: what it is told

-- ---- calls, registrations and subscriptions, which the modules of those names make ----

local things = {} -- by the name that the program gave, or the id of the INVITE that has come

-- The program is told of WORDS, as functions on_WORD of T, of the thing NAME: E is a message or a status.
local function listen(t, name, words)
	for word in words:gmatch "%a+" do
		t["on_" .. word] = function(thing, e, m)
			local status = type(e) == "number" and e or nil
			m = status and m or not status and e or nil
			local id = (word == "request" or word == "change") and know(m) or nil
			if (thing.ended or thing.stopped) and things[name] == thing then things[name] = nil end
			local later = tell_message(word, id, m, function(parts)
				member(parts, "of", name)
				if not m then member(parts, "status", status) end
			end)
			if id and not later and not done[id] then reply(m, word == "change" and 488 or 501) end
		end
	end
	return t
end

-- What DEED is about, which has the function VERB.
local function thing_of(deed, verb)
	local thing = things[deed.of or deed.id]
	own.need(thing and thing[verb], ('{"do": "%s", "of": "as what it was made"}'):format(deed["do"]))
	return thing
end

-- Calls F with that; an INVITE that the program was told of begins a call by it.
local function with_thing(deed, verb, f)
	local m = requests[deed.id]
	if done[deed.id] or deed.of ~= nil or not m or m.method ~= "INVITE" or m:param("To", "tag") then
		return f(thing_of(deed, verb))
	end
	done[deed.id] = true
	require("calls").take(m, function(call)
		things[deed.id] = listen(call, deed.id, "ack cancel bye request change end")
		f(thing_of(deed, verb))
	end)
end

-- What MAKE makes of DEED, which then is called as that says; its events are WORDS.
local function make(deed, make_of, words)
	local thing = make_of(listen(rest_of(deed), deed.as, words))
	if deed.as ~= nil then things[deed.as] = thing end
end

local function send_within(deed, t)
	local method = t.method
	t.method = nil
	t.on_answer = function(answer, status)
		tell_message(answer and "response" or "failure", nil, answer, function(parts)
			member(parts, "of", deed.as or deed.of)
			if not answer then member(parts, "status", status) end
		end)
	end
	thing_of(deed, "send"):send(method, t)
end

local deeds = {}

-- Functions of theirs by name, and the member that is the first argument.
for verb, first in pairs { ring = "", answer = "", ack = "", reject = "status", hangup = "status", watch = "time",
	refresh = "", lost = "status", remove = "", finish = "" } do
	deeds[verb] = function(deed)
		with_thing(deed, verb, function(thing)
			local t = rest_of(deed)
			local value = t[first]
			if first == "" then return thing[verb](thing, t) end
			t[first] = nil
			thing[verb](thing, value, t)
		end)
	end
end

function deeds.call(deed)
	own.need(type(deed.uri) == "string" and deed.reach == nil, '{"do": "call", "uri": "sip:…", "as": "b"}')
	make(deed, call, "ring answer failure ack bye request change end")
end

function deeds.pair(deed)
	local other = things[deed.with]
	own.need(other and other.hangup, '{"do": "pair", "id": 1, "with": "b"}')
	with_thing(deed, "hangup", function(one) pair(one, other) end)
end

function deeds.register(deed) make(deed, register, "registered refreshed lost") end

function deeds.subscribe(deed)
	own.need(type(deed.uri) == "string" and type(deed.event) == "string",
		'{"do": "subscribe", "uri": "sip:…", "event": "presence"}')
	make(deed, subscribe, "notify end")
end

-- Of a call, or of none.
function deeds.stream(deed)
	local t = rest_of(deed)
	t.name, t.from = nil, things[deed.from] or deed.from
	if deed.own == nil then t = nil end
	if deed.of ~= nil or deed.id ~= nil then
		return with_thing(deed, "stream", function(one) one:stream(t, deed.name) end)
	end
	own.need(type(deed.name) == "string", '{"do": "stream", "name": "…", "own": "v=0…", "theirs": "v=0…"}')
	stream(deed.name, t)
end

-- ---- messages, timers and the like ----

function deeds.reply(deed)
	local m = request_of(deed)
	own.need(m and math.type(deed.status), '{"do": "reply", "id": 1, "status": 200}')
	done[deed.id] = true
	reply(m, deed.status, { reason = deed.reason, headers = deed.headers, body = deed.body, type = deed.type,
		contact = deed.contact, tag = deed.tag })
end

function deeds.send(deed)
	local what = rest_of(deed)
	if deed.of ~= nil then return send_within(deed, what) end
	-- RFC 3261 10.2: the To of a REGISTER is the address-of-record, its Request-URI a domain.
	if what.method == "REGISTER" and what.to == nil then
		what.to = what.from or require("requests").mine
	end
	keep((send(what)), deed)
end

function deeds.forward(deed)
	local m = request_of(deed)
	own.need(m, '{"do": "forward", "id": 1, "uri": "sip:…", "record_route": true}')
	done[deed.id] = true
	change(m, deed)
	keep((forward(m, deed.uri, { record_route = deed.record_route })), deed, deed.id)
end

function deeds.cancel(deed)
	own.need(numbers[deed.of], '{"do": "cancel", "of": "as what it was sent"}')
	cancel(numbers[deed.of])
end

local function set_timer(deed, set)
	own.need(type(deed.time) == "string" and type(deed.name) == "string",
		'{"do": "after", "time": "2s", "name": "…"}, or every')
	local function fire()
		tell("timer", function(parts)
			member(parts, "of", deed.of)
			member(parts, "name", deed.name)
		end)
	end
	if deed.of == nil then return set(deed.time, deed.name, fire) end
	local thing = thing_of(deed, deed["do"])
	thing[deed["do"]](thing, deed.time, deed.name, fire)
end
function deeds.after(deed) set_timer(deed, after) end
function deeds.every(deed) set_timer(deed, every) end

function deeds.stop(deed)
	own.need(type(deed.name) == "string", '{"do": "stop", "name": "…"}')
	if deed.of == nil then return stop(deed.name) end
	thing_of(deed, "stop"):stop(deed.name)
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
		own.need(f, '{"do": "reply"}, send, forward, cancel, after, every, stop, note, state or absorb; ' ..
			'of calls and the like: docs/PROGRAMS.md')
		absorbed = f(deed) or absorbed
	end
	return absorbed
end

function tell_message(event, id, m, more)
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

function know(m)
	count = count + 1
	requests[count], ids[branch_of(m)] = m, count
	keep_request(count)
	return count
end

function on_request(m) tell_message("request", know(m), m) end

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
