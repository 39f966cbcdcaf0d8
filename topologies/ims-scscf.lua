-- An S-CSCF (TS 24.229 5.4.3): calls that its users make, and calls to them, go
-- by way of an application server where a filter criterion fits; what comes
-- back from there goes on.  Addresses are those of ims.gv.
local icscf, own, server = "192.0.2.11", "192.0.2.12", "192.0.2.14"

-- Initial filter criteria, in the order of their priority (TS 29.228 annex B).
local criteria = {
	{ case = "orig", method = "INVITE", header = "Subject", fits = "urgent" },
	{ case = "term", method = "INVITE", uri = "^sip:bob@" },
}

local function fits(m, case)
	for _, c in ipairs(criteria) do
		local value = c.header and m:get(c.header) or ""
		if c.case == case and c.method == m.method and
		    (not c.header or value:find(c.fits)) and
		    (not c.uri or m.uri:find(c.uri)) then
			return true
		end
	end
end

-- Its own Route says what a request is: "orig" stands in the Service-Route of
-- its users, "odi-" in what it has asked the server about (the original dialog
-- identifier); all else is for one of its users.
function on_request(m)
	local route = m:address "Route"
	local mark = route and route.user or ""
	local case = mark:match "orig$" or "term"
	if m.method == "REGISTER" or m.method == "SUBSCRIBE" then return end
	if not mark:find "^odi%-" and fits(m, case) then
		return ("<sip:%s;lr>, <sip:odi-%s@%s;lr>, %s"):format(
			server, case, own, m.uri)
	end
	-- 5.4.3.2: whom the user calls is found as by anybody, at the entry.
	if case == "orig" then return ("<sip:%s;lr>, %s"):format(icscf, m.uri) end
	-- RFC 7315 4.2: by which name he is called; of his Contact he can't tell.
	if m.method == "INVITE" then m:set("P-Called-Party-ID", "<" .. m.uri .. ">") end
end
