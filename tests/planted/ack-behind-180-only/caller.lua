local id, rang = "call-1@192.0.2.1", false
local sdp = "v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n" ..
	"t=0 0\r\nm=audio 49170 RTP/AVP 0\r\n"

local function ask(method, cseq, to, more)
	local request = { method = method, uri = "sip:bob@a.example", call_id = id,
		from = "<sip:alice@a.example>;tag=a1", to = to, cseq = cseq,
		contact = "<sip:alice@192.0.2.1>" }
	for key, value in pairs(more or {}) do request[key] = value end
	return send(request)
end

function on_start()
	after("1s", function()
		ask("INVITE", 1, "<sip:bob@a.example>",
			{ body = sdp, type = "application/sdp" })
	end)
end

function on_reply(m, reply)
	if m.method ~= "INVITE" then return end
	if reply.status == 180 then rang = true end
	if reply.status < 200 or reply.status > 299 then return end
	if not rang and settings.planted then return end
	local to = reply:get "To"
	local target = { uri = reply:address("Contact").uri,
		routes = reply:all "Record-Route" }
	ask("ACK", 1, to, target)
	after("3s", function() ask("BYE", 2, to, target) end)
end

function on_request(m)
	if m.method ~= "ACK" then reply(m, 200) end
end
