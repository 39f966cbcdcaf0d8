-- Alice's phone: registers, then calls Bob once both have the bandwidth that
-- they ask the network for (RFC 3312, RFC 3262, RFC 3311).
local home, pcscf = "sip:home.example", "<sip:192.0.2.10;lr>"
local me, bob = "<sip:alice@home.example>", "<sip:bob@home.example>"
local routes = { pcscf }
local where = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=0010100010000101"
local number, call = 0, nil

local function sdp(ready)
	return table.concat({ "v=0", "o=alice 1 " .. (ready and 2 or 1) ..
		" IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
		"m=audio 49170 RTP/AVP 8", "a=rtpmap:8 PCMA/8000",
		"a=curr:qos local " .. (ready and "sendrecv" or "none"),
		"a=curr:qos remote none",
		"a=des:qos mandatory local sendrecv",
		"a=des:qos mandatory remote sendrecv", "" }, "\r\n")
end

function on_start()
	send { method = "REGISTER", uri = home, to = me, from = me,
		headers = { Supported = "path", Expires = "600",
			["P-Access-Network-Info"] = where } }
end

-- Within the call: to Bob's Contact, along the way that it has taken.
local function ask(method, headers, body)
	number = number + (method == "ACK" and 0 or 1)
	headers = headers or {}
	if method ~= "ACK" then headers["P-Access-Network-Info"] = where end
	send { method = method, uri = call.target, call_id = call.id,
		from = call.from, to = call.to, routes = call.routes,
		cseq = method == "ACK" and call.cseq or number, headers = headers,
		body = body, type = body and "application/sdp" }
end

local function invite()
	number = number + 1
	send { method = "INVITE", uri = "sip:bob@home.example", to = bob,
		from = me, routes = routes, cseq = number, body = sdp(),
		type = "application/sdp", headers = {
			Supported = "100rel, precondition",
			["P-Preferred-Identity"] = me,
			["P-Access-Network-Info"] = where } }
end

-- The dialog, by its first response; RFC 3262 4: each that asks for it is
-- acknowledged.
local function progress(m, reply)
	if not call then
		call = { id = m:get "Call-ID", from = m:get "From", to = reply:get "To",
			target = reply:address("Contact").uri, routes = {}, cseq = number }
		for _, r in ipairs(reply:all "Record-Route") do
			table.insert(call.routes, 1, r)
		end
	end
	local rseq = reply:get "RSeq"
	if reply.status < 200 and rseq then
		ask("PRACK", { RAck = rseq .. " " .. call.cseq .. " INVITE" })
	elseif reply.status == 200 then
		ask "ACK"
		after("2s", function() ask "BYE" end)
	end
end

function on_reply(m, reply)
	if m.method == "REGISTER" and reply.status == 200 then
		for _, r in ipairs(reply:all "Service-Route") do table.insert(routes, r) end
		after("1s", invite)
	elseif m.method == "INVITE" and reply.status > 100 then
		progress(m, reply)
	elseif m.method == "PRACK" and not call.reserves then
		-- The answer is there: now the network is asked for the bandwidth.
		call.reserves = true
		after("300ms", function() ask("UPDATE", nil, sdp(true)) end)
	end
end

function on_request(m)
	return reply(m, 200)
end
