-- A P-CSCF (TS 24.229 5.2): the entry of the network that the user is visiting.  It says in which network that is, takes the
-- keys out of a challenge, lets nobody call who has not registered here, and says who is calling.  Who needs help is
-- led to an E-CSCF, where there is one.
settings "scscf=text! ecscf=text"
local visited, own, scscf = self.domain, self.addr, settings.scscf
local users = expiring()  -- where a phone is → { ids = its identities, the first by default, way = its Service-Route }
local number = 0
local function user_of(m) return users:get(m.source) or users:get(m.source:match "^(.*):") end

-- RFC 7315 4.6: one name for the call, made by the first who charges for it.
local function charge(m)
	if not m:get "P-Charging-Vector" then
		number = number + 1
		m:add("P-Charging-Vector", "icid-value=" .. visited .. "-" .. number)
	end
end

-- RFC 3325 5: what a phone says of itself proves nothing.  What it would like to be called counts, if it is its own.
local function assert_identity(m, to, ids)
	local wish = m:address "P-Preferred-Identity"
	local id = wish and ids:find("<" .. wish.uri .. ">", 1, true) and "<" .. wish.uri .. ">" or ids:match "<[^>]*>"
	for _, name in ipairs { "P-Preferred-Identity", "P-Asserted-Identity" } do
		if m:get(name) then to:remove(name) end
	end
	to:add("P-Asserted-Identity", id)
end

-- What charges for a call is no phone's business (5.2.6.4, 5.2.6.3).
local function uncharge(m)
	m:remove "P-Charging-Vector"
	m:remove "P-Charging-Function-Addresses"
end

local function comes_from_home(m) return m.source:match "^[^:]*" == scscf end

-- What no Route leads on: a REGISTER, and calls to a phone.
function on_request(m)
	if m.method == "REGISTER" then
		m:set("P-Visited-Network-ID", visited)
		-- 5.2.2: so that nobody registers him by a way of which the registrar knows nothing.
		m:add("Require", "path")
		-- No security associations are made here.
		local credentials = m:get "Authorization"
		if credentials then
			m:set("Authorization", credentials:gsub(",%s*integrity%-protected=[^,]*", "") .. ', integrity-protected="no"')
		end
		charge(m)
	elseif comes_from_home(m) then
		uncharge(m)
	elseif settings.ecscf and m.uri:find "^urn:service:sos" then
		-- 5.2.10: of anybody, registered or not; what he says of himself is not known to be true.
		local user = user_of(m)
		if user then assert_identity(m, m, user.ids) end
		charge(m)
		return ("<sip:%s;lr>, %s"):format(settings.ecscf, m.uri)
	else
		-- 5.2.6.3: without its Service-Route it would be nobody's call.
		if user_of(m) then return reject(400, "No Service-Route") end
		return reject(403, "Not registered here")
	end
end

-- What a phone sends along its Service-Route (5.2.6.3), and no other way.
function on_pass(m)
	local user = user_of(m)
	if not user then return reject(403, "Not registered here") end
	local way = m:all "Route"
	if way[1]:find(own, 1, true) then table.remove(way, 1) end
	if table.concat(way, ", ") ~= user.way then return reject(400, "Not the Service-Route") end
	assert_identity(m, m, user.ids)
	charge(m)
end

-- For how many seconds a 2xx has registered the phone that has sent M.
local function granted(m, reply)
	local contact = m:address "Contact"
	for _, c in ipairs(contact and reply:all "Contact" or {}) do
		if c:find("<" .. contact.uri .. ">", 1, true) then return tonumber(c:match ";expires=(%d+)") or 0 end
	end
	return 0
end

local function registered(m, reply)
	local seconds, ids = granted(m, reply), reply:get "P-Associated-URI"
	for _, place in ipairs { m.source, m.source:match "^(.*):" } do
		if seconds > 0 and ids then
			users:put(place, { who = m:address "To".uri, ids = table.concat(reply:all "P-Associated-URI", ", "),
				way = table.concat(reply:all "Service-Route", ", ") }, seconds)
		else
			users:remove(place)
		end
	end
	-- 5.2.3: the S-CSCF says when it is over.
	if seconds > 0 then follow(m:address "To".uri) end
end

function on_reply(m, reply)
	if m.method == "REGISTER" then
		if reply.status == 401 then
			-- RFC 3310 has no such parameters: they are for this node alone.
			reply:set("WWW-Authenticate", (reply:get "WWW-Authenticate":gsub(', [ci]k="%x*"', "")))
		elseif reply.status == 200 then
			registered(m, reply)
		end
	end
	if not comes_from_home(m) then
		uncharge(reply)
	elseif reply.status > 100 and reply.status < 300 then
		-- 5.2.6.4: who answers, by the name by which he was called.
		local called = m:get "P-Called-Party-ID"
		if called then assert_identity(reply, reply, called) end
		if m:get "P-Charging-Vector" then reply:set("P-Charging-Vector", m:get "P-Charging-Vector") end
	end
end

-- RFC 3680: a registration has ended, whoever ended it (5.2.3).
function on_notify(m)
	for who, state in m.body:gmatch '<registration aor="([^"]*)"[^>]*state="(%w+)"' do
		if state == "terminated" then
			for place, user in users:each() do
				if user.who == who then users:remove(place) end
			end
			follow(who, false)
		end
	end
end
