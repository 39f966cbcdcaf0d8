-- A phone that takes each call, and speaks Opus or PCMU, whichever of them the
-- offer has.  PCMU always has the number 0; Opus has none of its own (RFC 3551).
local formats = {
	{ name = "opus/48000/2", number = "96" },
	{ name = "PCMU/8000", number = "0" },
}

local function media(port, format)
	return "m=audio " .. port .. " RTP/AVP " .. format.number .. "\r\na=rtpmap:"
		.. format.number .. " " .. format.name .. "\r\n"
end

-- The first of our formats that the offer has.
local function choose(offer)
	for _, format in ipairs(formats) do
		for number, name in offer:gmatch "a=rtpmap:(%d+) (%S+)" do
			if name:lower() == format.name:lower() then return format end
		end
	end
end

local function answer(format)
	return "v=0\r\no=- 1 1 IN IP4 " .. self.addr .. "\r\ns=-\r\nc=IN IP4 " .. self.addr
		.. "\r\nt=0 0\r\n" .. media(40000, format)
end

-- To whom we send, and in which format.
local function sending(offer, format)
	local head, port = offer:match "^(.-)m=audio (%d+)"
	return head .. media(port, format)
end

function on_call(call)
	local offer = call.invite.body
	local format = choose(offer)
	if not format then return call:reject(488) end
	call:ring()
	call:after("1s", "answer", function()
		call:answer { body = answer(format) }
		call:stream { own = answer(format), theirs = sending(offer, format) }
	end)
end
