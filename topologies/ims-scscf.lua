-- An S-CSCF (TS 24.229 5.4.3): calls that its users make, and calls to them, go
-- by way of an application server where a filter criterion fits; what comes
-- back from there goes on.  Numbers that ENUM does not know are the telephone
-- network's, by way of a BGCF, where there is one.
settings "icscf=text! server=text bgcf=text"
local icscf, own, server = settings.icscf, self.addr, settings.server
local network = self.domain

-- Initial filter criteria, in the order of their priority (TS 29.228 annex B).
-- `handling` is what becomes of a call when the server is down: it goes on
-- without it ("continued", as where nothing is said), or ends ("terminated").
local criteria = {
	{ case = "orig", method = "INVITE", header = "Subject", fits = "urgent" },
	{ case = "term", method = "INVITE", uri = "^sip:bob@", handling = "continued" },
}

local function fitting(m, case)
	for _, c in ipairs(server and criteria or {}) do
		local value = c.header and m:get(c.header) or ""
		if c.case == case and c.method == m.method and
		    (not c.header or value:find(c.fits)) and
		    (not c.uri or m.uri:find(c.uri)) then
			return c
		end
	end
end

-- Its own Route says what a request is: "orig" stands in the Service-Route of
-- its users, "odi-" in what it has asked the server about (the original dialog
-- identifier); all else is for one of its users.
local function mark_of(m)
	local route = m:address "Route"
	local mark = route and route.user or ""
	return mark, mark:match "orig$" or "term"
end

-- Where it goes when no server is asked, or none any more.
local function on(m, case)
	-- 5.4.3.2: whom the user calls is found as by anybody, at the entry; what a
	-- number is ENUM says, to this proxy itself.
	if case == "orig" and settings.bgcf and m.uri:find "^tel:" then return end
	if case == "orig" then return ("<sip:%s;lr>, %s"):format(icscf, m.uri) end
	-- 5.4.1.2.2: one REGISTER has bound all of his names to where he is, under the first of them.
	local name = (registered(m.uri) or ""):match "<(sip:[^>]*)>"
	return name and name ~= m.uri and ("<sip:term@%s;lr>, %s"):format(own, name) or nil
end

-- What the user's own network adds to a call of his: his number beside his
-- name, and who is to be charged (RFC 7315 4.6, 5.6).
local function complete(m, ids)
	local who, number = m:get "P-Asserted-Identity", ids:match "<tel:[^>]*>"
	if number and not who:find "tel:" then m:set("P-Asserted-Identity", who .. ", " .. number) end
	local vector = m:get "P-Charging-Vector"
	if vector then m:set("P-Charging-Vector", vector .. ";orig-ioi=" .. network) end
end

-- TS 23.380: a user of its own that it does not know, may be since it has begun anew: his phone registers again.
local function restore(m)
	return reject(504, nil, { type = "application/3gpp-ims+xml", headers = { ["P-Asserted-Identity"] = m:get "Route" },
		body = [[<?xml version="1.0" encoding="UTF-8"?>
<ims-3gpp version="1"><alternative-service><type>restoration</type><reason>S-CSCF has begun anew</reason><action>initial-registration</action></alternative-service></ims-3gpp>
]] })
end

function on_request(m)
	local mark, case = mark_of(m)
	if m.method == "REGISTER" then return end
	if mark == "orig" then
		-- 5.4.3.2: nobody else is served.
		local who = m:address "P-Asserted-Identity"
		local ids = who and registered(who.uri)
		if not who then return reject(403, "Nobody of this network") end
		if not ids then return restore(m) end
		if m.method == "SUBSCRIBE" then return end
		complete(m, ids)
	elseif m.method == "SUBSCRIBE" then
		return
	end
	-- 5.4.3.3: whom it does not have, may be since it has begun anew, is not there.
	if case == "term" and not registered(m.uri) then
		unregistered(m.uri)
		return reject(480, "Not registered here")
	end
	-- RFC 7315 4.2: by which name he is called; of his Contact he can't tell.
	if case == "term" and m.method == "INVITE" and not m:get "P-Called-Party-ID" then
		m:set("P-Called-Party-ID", "<" .. m.uri .. ">")
	end
	if not mark:find "^odi%-" and fitting(m, case) then
		-- A server that is down costs four seconds (5.4.3.2).
		return within("4s", ("<sip:%s;lr>, <sip:odi-%s@%s;lr>, %s"):format(
			server, case, own, m.uri))
	end
	return on(m, case)
end

-- The server is not there; what else it says is a service's answer.  Whose
-- number nobody here knows may be in the telephone network.
function on_failure(m, status, target)
	local mark, case = mark_of(m)
	if case == "orig" and settings.bgcf and status == 404 and target:find "^tel:" then
		return ("<sip:%s;lr>, %s"):format(settings.bgcf, m.uri)
	end
	local c = not mark:find "^odi%-" and fitting(m, case)
	if c and (status == 408 or status >= 500 and status < 600) and c.handling ~= "terminated" then
		return on(m, case) or ("<sip:odi-%s@%s;lr>, %s"):format(case, own, m.uri)
	end
end

-- Who was called is of this network, too (RFC 7315 5.6).
function on_reply(m, reply)
	local _, case = mark_of(m)
	local vector = reply:get "P-Charging-Vector"
	if case == "term" and vector and not vector:find "term%-ioi" and reply.status > 100 then
		reply:set("P-Charging-Vector", vector .. ";term-ioi=" .. network)
	end
end
