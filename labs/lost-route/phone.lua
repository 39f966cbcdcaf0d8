-- A phone that calls Bob and hangs up when its user has talked enough.  What has
-- to be remembered of the call is in `dialog`.
local me, bob = "<sip:alice@atlanta.example.com>", "sip:bob@biloxi.example.com"
local dialog = {
	id = "call-1@" .. self.addr, from = me .. ";tag=a1", to = "<" .. bob .. ">",
	target = bob, routes = { "<sip:192.0.2.10;lr>" }, cseq = 1,
}

local function sdp()
	return "v=0\r\no=- 1 1 IN IP4 " .. self.addr .. "\r\ns=-\r\nc=IN IP4 " .. self.addr
		.. "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n"
end

local function request(method, body)
	return send {
		method = method, uri = dialog.target, from = dialog.from, to = dialog.to,
		call_id = dialog.id, cseq = dialog.cseq, routes = dialog.routes,
		body = body, type = body and "application/sdp",
	}
end

local function hang_up()
	dialog.cseq = dialog.cseq + 1
	request "BYE"
end

-- 12.1.2: what the 2xx says of the dialog.
local function remember(answer)
	dialog.to = answer:get "To"
	dialog.target = answer:address("Contact").uri
	dialog.routes = { answer:get "Record-Route" }
end

function on_start()
	after("7s", function() request("INVITE", sdp()) end)
end

function on_reply(m, answer)
	if m.method ~= "INVITE" or answer.status >= 300 or answer.status < 200 then return end
	remember(answer)
	request "ACK"
	after(settings.talk .. "s", hang_up)
end
