-- An agent: it is asked, told and called, and passes calls to two phones.
local phones = { "sip:bob@192.0.2.3", "sip:carol@192.0.2.4" }
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\n" ..
	"c=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"

local function take_call(m)
	state(m).target = m:address("Contact").uri
	reply(m, 180)
	after("2s", function()
		reply(m, 200, { type = "application/sdp", body = sdp })
	end)
end

function on_request(m)
	if m.method == "OPTIONS" then
		reply(m, 200, { headers = { Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE" } })
	elseif m.method == "MESSAGE" then
		print "Somebody tells me something."
		reply(m, 200)
	elseif m.method == "INVITE" and uri(m.uri).user == "both" then
		for _, phone in ipairs(phones) do forward(m, phone) end
	elseif m.method == "INVITE" then
		take_call(m)
	elseif m.method == "ACK" then
		print "The call is there."
	elseif m.method == "BYE" then
		reply(m, 200)
	else
		reply(m, 501)
	end
end

function on_cancel(m)
	reply(m, 487)
end
