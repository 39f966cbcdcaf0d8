-- A phone that calls Bob, hears his announcement, talks for five seconds, and
-- hangs up.  It confirms reliable provisional responses (RFC 3262).
local me, bob = "<sip:alice@192.0.2.1>;tag=a1", "sip:bob@192.0.2.2"
local id, cseq, invite, confirmed = "call-1@192.0.2.1", 0, nil, 0
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
	.. "t=0 0\r\nm=audio 40000 RTP/AVP 0\r\n"

-- Within the dialog that ANSWER is of, if there is one.
local function request(method, answer, t)
	if method ~= "ACK" then cseq = cseq + 1 end
	t = t or {}
	t.method, t.cseq, t.call_id, t.from = method, t.cseq or cseq, id, me
	t.uri = answer and answer:address("Contact").uri or bob
	t.to = answer and answer:get "To" or "<" .. bob .. ">"
	return send(t)
end

-- RAck: the number of the response, and the CSeq of its INVITE.
local function prack(answer)
	local number = tonumber(answer:get "RSeq")
	if number < confirmed then return end
	confirmed = number
	request("PRACK", answer, { headers = { RAck = number .. " " .. answer:get "CSeq" } })
end

function on_start()
	after("1s", function()
		invite = request("INVITE", nil, { body = sdp, type = "application/sdp",
			headers = { Supported = "100rel" } })
	end)
end

function on_reply(m, answer)
	if m.method == "INVITE" and answer.status < 200 and answer:get "RSeq" then
		prack(answer)
	elseif m.method == "INVITE" and answer.status // 100 == 2 then
		request("ACK", answer, { cseq = 1 })
		after("5s", "enough", function() request("BYE", answer) end)
	elseif m.method == "PRACK" and answer.status == 481 then
		print "The phone shows: call lost."
		cancel(invite)
	end
end
