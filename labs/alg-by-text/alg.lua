-- The ALG of an office: each call of its phones comes to it, and it makes another
-- one.  What leaves the office has the address of the NAT instead of a phone's.
local nat = "203.0.113.7"
local phones = { "10.0.0.2", "10.0.0.20" }

local function hide(sdp)
	for _, phone in ipairs(phones) do
		sdp = sdp:gsub(phone, nat)
	end
	return sdp
end

function on_call(a)
	local b = call {
		uri = a.invite.uri, from = "<sip:office@" .. nat .. ">", late = true,
		contact = "<sip:office@" .. nat .. ":5060>", body = hide(a.invite.body),
		headers = { ["Max-Forwards"] = tonumber(a.invite:get "Max-Forwards") - 1 },
		on_ring = function() a:ring() end,
		on_answer = function(_, answer) a:answer { body = answer.body } end,
	}
	a.on_ack = function() b:ack {} end
	pair(a, b)
end
