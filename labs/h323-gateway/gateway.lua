-- A gateway between H.323 and SIP.  Q.931 and H.245 messages are texts here: a
-- name, then fields.
local calls, by_number = {}, {}

-- What a refusal of SIP is in a ReleaseComplete.
local reasons = {
	[404] = "unreachableDestination", [410] = "unreachableDestination", [408] = "adaptiveBusy", [480] = "adaptiveBusy",
	[486] = "inConference", [484] = "badFormatAddress", [401] = "securityDenied", [407] = "securityDenied",
	[403] = "noPermission", [502] = "gatewayResource",
}

local function tell(name, c, fields)
	send { protocol = "h323", to = "terminal", body = name .. " callReference=" .. c.ref .. (fields or "") }
end

-- The session that RTP at ADDRESS, "192.0.2.7:5004", is.
local function describe(address)
	local host, port = address:match "^(.*):(%d+)$"
	return "v=0\r\no=- 1 1 IN IP4 " .. host .. "\r\ns=-\r\nc=IN IP4 " .. host ..
		"\r\nt=0 0\r\nm=audio " .. port .. " RTP/AVP 0\r\n"
end

local function address_of(sdp)
	local host, port = sdp:match "c=IN IP4 (%S+)", sdp:match "m=audio (%d+)"
	return host and port and host .. ":" .. port
end

-- A request within the dialog that c.answer, the 200, has made.
local function within(c, method, cseq, body)
	send { method = method, uri = c.answer.contact, from = c.answer.from, to = c.answer.to, call_id = c.answer.call_id,
		cseq = cseq, body = body, type = body and "application/sdp" or nil }
end

local function setup(c, fields)
	local fast = fields:match "fastStart=[^/]+/(%S+)"
	local who = fields:match "destinationAddress=(%S+)"
	c.fast = fast ~= nil
	tell("CallProceeding", c)
	c.number = send { method = "INVITE", uri = "sip:" .. who .. "@" .. (who == "bob" and "192.0.2.2" or "192.0.2.1"),
		from = "<sip:terminal@192.0.2.8>", cseq = "1", body = fast and describe(fast) or nil,
		type = fast and "application/sdp" or nil }
	by_number[c.number] = c
end

local function hang_up(c)
	if c.answer and not c.over then
		within(c, "BYE", "2")
	elseif c.number and not c.over then
		cancel(c.number)
	end
	c.over = true
end

function on_message(m)
	local name, ref, fields = m.body:match "^(%S+) callReference=(%d+)(.*)$"
	if not name then return end
	local c = calls[ref] or { ref = ref }
	calls[ref] = c
	if name == "Setup" then
		setup(c, fields)
	elseif name == "TerminalCapabilitySet" then
		tell("TerminalCapabilitySetAck", c, " sequenceNumber=1")
		tell("TerminalCapabilitySet", c, " sequenceNumber=1 capabilityTable=g711Ulaw64k")
		tell("MasterSlaveDetermination", c, " terminalType=60")
	elseif name == "MasterSlaveDeterminationAck" then
		tell("OpenLogicalChannel", c, " forwardLogicalChannelNumber=1 dataType=g711Ulaw64k")
	elseif name == "OpenLogicalChannel" then
		tell("OpenLogicalChannelAck", c, " forwardLogicalChannelNumber=1 mediaChannel=" .. c.media)
	elseif name == "OpenLogicalChannelAck" then
		within(c, "ACK", "1", describe(fields:match "mediaChannel=(%S+)"))
	elseif name == "ReleaseComplete" then
		hang_up(c)
	end
end

function on_reply(request, response, number)
	local c = by_number[number]
	if not c or response.status == 100 then return end
	if response.status < 200 then
		tell(response.status == 183 and "Progress" or "Alerting", c)
	elseif response.status >= 300 then
		c.over = true
		tell("ReleaseComplete", c, " reason=" .. (reasons[response.status] or "undefinedReason"))
	else
		c.media = address_of(response.body)
		c.answer = { contact = response:address("Contact").uri, from = response:get "From", to = response:get "To",
			call_id = response:get "Call-ID" }
		tell("Connect", c, c.fast and " fastStart=g711Ulaw64k/" .. c.media or " h245Address=192.0.2.8:1720")
		if c.fast then within(c, "ACK", "1") end
	end
end

function on_request(m)
	reply(m, m.method == "BYE" and 200 or 501)
	for _, c in pairs(calls) do
		if m.method == "BYE" and c.answer and c.answer.call_id == m:get "Call-ID" then
			c.over = true
			tell("ReleaseComplete", c, " reason=normalDropping")
		end
	end
end
