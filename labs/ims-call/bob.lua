-- Bob's phone: registers, and rings only when both sides have their bandwidth
-- (RFC 3312 6): 183 with the answer, 180 after the UPDATE.
local me = "<sip:bob@home.example>"
local call -- the INVITE that waits

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
	after("300ms", function()
		send { method = "REGISTER", uri = "sip:home.example", to = me, from = me,
			headers = { Supported = "path", Expires = "600" } }
	end)
end

local function answer(status, headers, body)
	reply(call.m, status, { headers = headers, body = body,
		type = body and "application/sdp" })
end

-- When both sides are ready the phone rings, and is answered.
local function ring()
	if not (call.near and call.far) or call.rings then return end
	call.rings = true
	answer(180, { Require = "100rel", RSeq = "2" })
end

function on_request(m)
	if m.method == "INVITE" then
		call = { m = m }
		answer(183, { Require = "100rel, precondition", RSeq = "1" }, sdp())
	elseif m.method == "PRACK" then
		reply(m, 200)
		if m:get("RAck"):find "^1 " then
			after("200ms", function() call.near = true ring() end)
		else
			after("1s", function() answer(200) end)
		end
	elseif m.method == "UPDATE" then
		call.far = m.body:find "curr:qos local sendrecv" ~= nil
		reply(m, 200, { body = sdp(call.near, true), type = "application/sdp" })
		ring()
	elseif m.method ~= "ACK" then
		reply(m, 200)
	end
end
