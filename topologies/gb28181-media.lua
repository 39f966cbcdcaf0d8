-- A media server of GB/T 28181: it waits for the stream of whoever its platform calls, and is told by the ACK who that
-- is and by which SSRC it sends (9.2, RFC 3725 4.1).  Its settings: address, what it says where it waits; tcp, active
-- or passive.
settings "address=text tcp=active|passive"
local calls, port = {}, 30008

local function wait_for(m)
	local tcp = settings.tcp
	port = port + 2
	local own = "v=0\r\no=" .. self.user .. " 0 0 IN IP4 " .. self.addr .. "\r\ns=Play\r\nc=IN IP4 " ..
		(settings.address or self.addr) .. "\r\nt=0 0\r\nm=video " .. port .. (tcp and " TCP/RTP/AVP" or " RTP/AVP") ..
		" 96\r\na=recvonly\r\na=rtpmap:96 PS/90000\r\n" ..
		(tcp and "a=setup:" .. tcp .. "\r\na=connection:new\r\n" or "")
	calls[m:get "Call-ID"] = own
	reply(m, 200, { body = own, type = "application/sdp" })
end

function on_request(m)
	local call = m:get "Call-ID"
	if m.method == "INVITE" then return wait_for(m) end
	if m.method == "ACK" then
		if not calls[call] or #m.body == 0 then return end
		return stream(call, { own = calls[call], theirs = m.body, answered = true, awaits = m.body:match "y=(%d+)" })
	end
	if m.method ~= "BYE" then return reply(m, 501) end
	stream(call)
	calls[call] = nil
	reply(m, 200)
end
