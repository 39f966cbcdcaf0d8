-- A phone that takes each call, and whose user once presses hold.  While a change
-- of its own is pending, it rejects one of the other side (RFC 3261 14.2).
local version, pending = 0, false

local function sdp(direction)
	version = version + 1
	return "v=0\r\no=- 1 " .. version .. " IN IP4 " .. self.addr .. "\r\ns=-\r\nc=IN IP4 "
		.. self.addr .. "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\na=" .. direction .. "\r\n"
end

local function answer_to(offer)
	return offer:find "a=sendonly" and "recvonly" or offer:find "a=inactive" and "inactive"
		or "sendrecv"
end

local function hold(call)
	pending = true
	call:send("INVITE", {
		body = sdp "sendonly", type = "application/sdp",
		on_answer = function(_, status)
			if status == 200 then pending = false end
			print("The phone shows: hold " .. (status == 200 and "on." or "failed."))
		end,
	})
end

function on_call(call)
	call:ring()
	call:after("1s", "answer", function() call:answer { body = sdp "sendrecv" } end)
	call:after(settings.hold .. "s", "hold", function() hold(call) end)
	call.on_change = function(_, m)
		if pending then return reply(m, 491) end
		reply(m, 200, { body = sdp(answer_to(m.body)), type = "application/sdp" })
	end
end
