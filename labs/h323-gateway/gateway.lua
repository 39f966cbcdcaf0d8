-- A gateway between H.323 and SIP.  Q.931 and H.245 messages are texts here: a
-- name, then fields.  The calls of SIP are rung's (call): their CANCEL, ACK and BYE come by themselves.
local calls = {}

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

-- No sound is wanted any more (RFC 3264 6): the call is over before the terminal has said where it listens.
local function refusal(a) return (a.body:gsub("m=(%a+) %d+", "m=%1 0"):gsub("o=%C*", "o=- 1 1 IN IP4 192.0.2.8", 1)) end

local function setup(c, fields)
	local fast = fields:match "fastStart=[^/]+/(%S+)"
	local who = fields:match "destinationAddress=(%S+)"
	tell("CallProceeding", c)
	c.sip = call { uri = "sip:" .. who .. "@" .. (who == "bob" and "192.0.2.2" or "192.0.2.1"),
		from = "<sip:terminal@192.0.2.8>", body = fast and describe(fast) or nil, late = not fast, refusal = refusal,
		on_ring = function(_, answer) tell(answer.status == 183 and "Progress" or "Alerting", c) end,
		on_answer = function(sip, answer)
			sip:stop "T301"
			c.media = address_of(answer.body)
			tell("Connect", c, fast and " fastStart=g711Ulaw64k/" .. c.media or " h245Address=192.0.2.8:1720")
			-- Without a channel there is no ACK, for which Alice waits.
			if not fast then sip:after("10s", "H.245", function() sip:hangup() end) end
		end,
		on_end = function(_, status)
			calls[c.ref] = nil
			if c.over then return end
			tell("ReleaseComplete", c, " reason=" .. (status and (reasons[status] or "undefinedReason") or "normalDropping"))
		end }
	-- Q.931: whoever rings is not waited for any longer.
	c.sip:after("180s", "T301", function() c.sip:hangup(408) end)
	c.sip:watch "60s"
end

function on_message(m)
	local name, ref, fields = m.body:match "^(%S+) callReference=(%d+)(.*)$"
	local c = calls[ref]
	if name == "Setup" and not c then
		calls[ref] = { ref = ref }
		setup(calls[ref], fields)
	elseif not c then
		return
	elseif name == "TerminalCapabilitySet" then
		tell("TerminalCapabilitySetAck", c, " sequenceNumber=1")
		tell("TerminalCapabilitySet", c, " sequenceNumber=1 capabilityTable=g711Ulaw64k")
		tell("MasterSlaveDetermination", c, " terminalType=60")
	elseif name == "MasterSlaveDeterminationAck" then
		tell("OpenLogicalChannel", c, " forwardLogicalChannelNumber=1 dataType=g711Ulaw64k")
	elseif name == "OpenLogicalChannel" then
		tell("OpenLogicalChannelAck", c, " forwardLogicalChannelNumber=1 mediaChannel=" .. c.media)
	elseif name == "OpenLogicalChannelAck" then
		c.sip:stop "H.245"
		c.sip:ack { body = describe(fields:match "mediaChannel=(%S+)") }
	elseif name == "ReleaseComplete" then
		c.over = true
		c.sip:hangup()
	end
end
