-- A P-CSCF (TS 24.229 5.2): the entry of the network in which the user is.  It says in which network that is, takes the
-- keys out of a challenge, lets nobody call who has not registered here, and says who is calling.
local visited, scscf = "visited.example", "192.0.2.12"
local users = {}  -- where a phone is → its identities, the first by default
local number = 0
local function user_of(m) return users[m.source] or users[m.source:match "^(.*):"] end

-- RFC 7315 4.6: one name for the call, made by the first who charges for it.
local function charge(m)
	if not m:get "P-Charging-Vector" then
		number = number + 1
		m:add("P-Charging-Vector", "icid-value=" .. visited .. "-" .. number)
	end
end

-- What no Route leads on: a REGISTER, and calls to a phone.
function on_request(m)
	if m.method == "REGISTER" then
		m:set("P-Visited-Network-ID", visited)
		charge(m)
	elseif m.source:match "^[^:]*" ~= scscf then
		-- 5.2.6.3: without its Service-Route it would be nobody's call.
		if user_of(m) then return reject(400, "No Service-Route") end
		return reject(403, "Not registered here")
	end
end

-- What a phone sends along its Service-Route (5.2.6.3).
function on_pass(m)
	local own = user_of(m)
	if not own then return reject(403, "Not registered here") end
	if m:get "P-Preferred-Identity" then m:remove "P-Preferred-Identity" end
	if m:get "P-Asserted-Identity" then m:remove "P-Asserted-Identity" end
	m:add("P-Asserted-Identity", own)
	charge(m)
end

function on_reply(m, reply)
	if m.method ~= "REGISTER" then return end
	if reply.status == 401 then
		-- RFC 3310 has no such parameters: they are for this node alone.
		reply:set("WWW-Authenticate", (reply:get "WWW-Authenticate":gsub(', [ci]k="%x*"', "")))
	elseif reply.status == 200 then
		local own = reply:get "P-Associated-URI"
		users[m.source], users[m.source:match "^(.*):"] = own, own
	end
end
