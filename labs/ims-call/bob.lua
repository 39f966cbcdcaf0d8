-- Bob's phone: registers, and rings only when both sides have their bandwidth
-- (RFC 3312 6): 183 with the answer, 180 after the UPDATE.
local me = "<sip:bob@home.example>"

local function sdp(near, far)
	return table.concat({ "v=0", "o=bob 1 " .. (far and 2 or 1) ..
		" IN IP4 192.0.2.2", "s=-", "c=IN IP4 192.0.2.2", "t=0 0",
		"m=audio 49170 RTP/AVP 8", "a=rtpmap:8 PCMA/8000",
		"a=curr:qos local " .. (near and "sendrecv" or "none"),
		"a=curr:qos remote " .. (far and "sendrecv" or "none"),
		"a=des:qos mandatory local sendrecv",
		"a=des:qos mandatory remote sendrecv",
		far and "" or "a=conf:qos remote sendrecv\r\n" }, "\r\n")
end

function on_start()
	-- Not in the same moment as Alice's, so that the two can be told apart.
	after("300ms", "register", function()
		register { uri = "sip:home.example", to = me, from = me, expires = 600,
			headers = { Supported = "path" } }
	end)
end

-- When both sides are ready the phone rings, and is answered.
local function ring(c)
	if not (c.near and c.far) or c.rings then return end
	c.rings = true
	c:ring { headers = { Require = "100rel", RSeq = "2" } }
end

local function acknowledged(c, m)
	reply(m, m.method == "PRACK" and 200 or 501)
	if m.method ~= "PRACK" then return end
	if m:get("RAck"):find "^1 " then
		c:after("200ms", "bandwidth", function() c.near = true ring(c) end)
	else
		c:after("1s", "answer", function() c:answer() end)
	end
end

local function changed(c, m)
	c.far = m.body:find "curr:qos local sendrecv" ~= nil
	reply(m, 200, { body = sdp(c.near, true), type = "application/sdp" })
	ring(c)
end

function on_call(c)
	c.on_request, c.on_change = acknowledged, changed
	c:ring { status = 183, body = sdp(), type = "application/sdp",
		headers = { Require = "100rel, precondition", RSeq = "1" } }
end
