-- A server that answers each call with an announcement of 40 seconds.  It is
-- behind a NAT: `settings.public` is how the world sees it.
local function is_inside(address)
	return address:match "^10%." ~= nil
end

-- How the sender of a message sees us.
local function seen_by(source)
	return is_inside(source) and self.addr or settings.public
end

local function contact(source)
	return "<sip:server@" .. self.addr .. ":5060>"
end

local function sdp(source)
	return "v=0\r\no=- 1 1 IN IP4 " .. self.addr .. "\r\ns=-\r\nc=IN IP4 "
		.. seen_by(source) .. "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n"
end

-- The NAT keeps its mapping as long as something leaves.
function on_start()
	every(settings.every .. "s", "keep the mapping", function()
		send { method = "OPTIONS", uri = "sip:provider@192.0.2.10" }
	end)
end

function on_call(call)
	call:ring()
	call:after(settings.rings .. "s", "answer", function()
		local source = call.invite.source
		call:answer { body = sdp(source), contact = contact(source) }
	end)
	call:after(40 + settings.rings .. "s", "the end", function() call:hangup() end)
end
