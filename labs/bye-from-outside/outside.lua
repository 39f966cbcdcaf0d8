-- Mallory takes part in no call.  She asks Bob's phone which calls it has; the
-- NOTIFY names the Call-ID and both tags, and that is all a BYE needs.  Her
-- sound needs less: the port at which phones of this make begin.
local bob, port = "sip:bob@192.0.2.2", 49170
local id, mine, theirs

local function sdp(addr, at)
	return "v=0\r\no=- 1 1 IN IP4 " .. addr .. "\r\ns=-\r\nc=IN IP4 " .. addr
		.. "\r\nt=0 0\r\nm=audio " .. at .. " RTP/AVP 0\r\n"
end

local function hang_up()
	send {
		method = "BYE", uri = bob, cseq = 1000, call_id = id or "guess@192.0.2.1",
		from = "<sip:alice@example.com>;tag=" .. (theirs or "guess1"),
		to = "<sip:bob@example.com>;tag=" .. (mine or "guess2"),
	}
end

function on_start()
	local bye = tonumber(settings.bye)
	after("1s", function()
		subscribe { uri = bob, event = "dialog", expires = 120, on_notify = function(s, m)
			if not m.body:find("confirmed", 1, true) or id then return end
			id = m.body:match 'call%-id="([^"]+)"'
			mine = m.body:match 'local%-tag="([^"]+)"'
			theirs = m.body:match 'remote%-tag="([^"]+)"'
		end }
	end)
	after((bye - 3) .. "s", function()
		stream("noise", { own = sdp(self.addr, 40000), theirs = sdp("192.0.2.2", port) })
	end)
	after(bye .. "s", hang_up)
	after((bye + 1) .. "s", function() stream "noise" end)
end

function on_reply(m, answer)
	if m.method == "BYE" then print("Bob's phone says " .. answer.status .. ".") end
end
