-- A PBX in Shanghai (21) with a trunk that is registered: one REGISTER stands
-- for all of its numbers.  Extension 101 is +86 21 5550 0101.
local pilot, stem, area = "+862155500100", "+862155500", "21"
local phones = { ["101"] = "203.0.113.101", ["102"] = "203.0.113.102", ["103"] = "203.0.113.103" }
local emergency = { ["110"] = true, ["119"] = true, ["120"] = true }
settings "limit=number! codec=number!"
local limit = tonumber(settings.limit) -- calls at a time
local codec = tonumber(settings.codec) -- as RTP numbers it

-- What a phone dials as the provider wants it: + and the country code.
local function normal(dialled)
	local n = dialled:gsub("[%-%.%(%) ]", "")
	if n:match "^%+" then return n end
	if n:match "^00" then return "+" .. n:sub(3) end
	if n:match "^0" then return "+86" .. n:sub(2) end
	if #n == 8 then return "+86" .. area .. n end
end

-- ---- the registration ----

-- A Contact with an rinstance of its own: who it is, not only where.
function on_start()
	store.starts = (store.starts or 0) + 1
	register { uri = "sip:trunks.sp.example", from = "<sip:" .. pilot .. "@trunks.sp.example>", expires = 60,
		call_id = "trunk" .. store.starts .. "@203.0.113.10",
		contact = ("<sip:%s@203.0.113.10;rinstance=%04x>"):format(pilot, 0xf81d + store.starts) }
end

-- ---- calls on the trunk ----

-- Call-ID → true: a call whose BYE never comes holds its line for three hours.
local held = expiring(function(call) state("terminated", call, "expired") end)

local function take(m)
	local call = m:get "Call-ID"
	held:put(call, true, 10800)
	state("held", call)
end

local function release(m)
	local call = m:get "Call-ID"
	if not held:get(call) then return end
	held:remove(call)
	state("terminated", call)
end

local function is_full()
	local n = 0
	for _ in held:each() do n = n + 1 end
	return n >= limit
end

-- Does its offer have the codec of the trunk?
local function fits(m)
	local formats = m.body:match "m=audio %d+ %S+([%d ]*)"
	return not formats or (formats .. " "):find(" " .. codec .. " ", 1, true)
end

local function outward(m, dialled)
	if emergency[dialled] then -- never counted, never refused
		m:add("Priority", "emergency")
		m:add("P-Asserted-Identity", "<sip:" .. pilot .. "@sp.example>")
		return forward(m, "sip:" .. dialled .. "@sp.example", { record_route = true })
	end
	local number = normal(dialled)
	if not number then return reply(m, 484) end
	if not fits(m) then
		return reply(m, 488, { headers = { Warning = '305 pbxa "PCMA alone on the trunk"' } })
	end
	if is_full() then
		return reply(m, 503, { reason = "All Lines Taken", headers = { Reason = "Q.850;cause=34" } })
	end
	take(m)
	m:add("P-Asserted-Identity", "<sip:" .. stem .. m:address("From").user .. "@sp.example>")
	return forward(m, "sip:" .. number .. "@sp.example;user=phone", { record_route = true })
end

-- The Request-URI is the Contact that was registered; whom the call is for the
-- provider says in P-Called-Party-ID.  101 takes what is for the company.
local function inward(m)
	local called = m:address "P-Called-Party-ID" or m:address "To"
	local number = normal(called.user) or ""
	local extension = number == pilot and "101" or number:match("^%" .. stem .. "(%d%d%d)$")
	if not phones[extension] then return reply(m, 404) end
	if is_full() then return reply(m, 486) end
	take(m)
	return forward(m, "sip:" .. extension .. "@" .. phones[extension], { record_route = true })
end

function on_request(m)
	if m.method == "OPTIONS" then return reply(m, 200) end
	if m:param("To", "tag") or m.method == "ACK" then
		if m.method == "BYE" then release(m) end
		return forward(m)
	end
	if m.method ~= "INVITE" then return reply(m, 405) end
	local dialled = m.uri:match "^tel:([^;]+)"
	if dialled then return outward(m, dialled) end
	local to = uri(m.uri)
	if to.params.rinstance then return inward(m) end
	if phones[to.user] then return forward(m, "sip:" .. to.user .. "@" .. phones[to.user]) end
	return outward(m, to.user)
end

function on_reply(m, answer)
	if m.method == "INVITE" and answer.status >= 300 then release(m) end
end

function on_failure(m) release(m) end
