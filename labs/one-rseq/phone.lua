-- A phone that calls Bob twice.  It confirms reliable provisional responses
-- (RFC 3262), talks for three seconds, and hangs up; it gives up after 36 s.
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
	.. "t=0 0\r\nm=audio 40000 RTP/AVP 0\r\n"
local calls = {}

-- Of that call, within the dialog that ANSWER is of.
local function request(call, method, answer, t)
	if method ~= "ACK" then call.cseq = call.cseq + 1 end
	t.method, t.cseq, t.call_id = method, t.cseq or call.cseq, call.id
	t.from = "<sip:alice@example.com>;tag=a1"
	t.to = answer and answer:get "To" or "<sip:bob@example.com>"
	t.uri = answer and answer:address("Contact").uri or "sip:bob@example.com"
	if not answer then t.routes = { "<sip:192.0.2.10;lr>" } end
	return send(t)
end

local function invite(id)
	calls[id] = { id = id, cseq = 0, rseq = {} }
	local number = request(calls[id], "INVITE", nil, { body = sdp,
		type = "application/sdp", headers = { Supported = "100rel" } })
	after("36s", id, function() cancel(number) end)
end

-- RFC 3262 4: only the response with the next number is confirmed.
local function prack(call, answer)
	local dialog, number = call.id, tonumber(answer:get "RSeq")
	local last = call.rseq[dialog]
	if last and number ~= last + 1 then return end
	call.rseq[dialog] = number
	request(call, "PRACK", answer, { headers = { RAck = number .. " 1 INVITE" } })
end

function on_start()
	after("1s", function() invite "first@192.0.2.1" end)
	after("12s", function() invite "second@192.0.2.1" end)
end

function on_reply(m, answer)
	local call = calls[m:get "Call-ID"]
	if m.method ~= "INVITE" then return end
	if answer.status < 200 then
		if answer:get "RSeq" then prack(call, answer) end
	elseif answer.status < 300 then
		request(call, "ACK", answer, { cseq = 1 })
		after("3s", call.id, function() request(call, "BYE", answer, {}) end)
	end
end
