-- A phone that calls Bob at 12 s, offers Opus under a number of its own, and
-- talks for five seconds.  There is no fault in it.
local function sdp()
	return "v=0\r\no=- 1 1 IN IP4 " .. self.addr .. "\r\ns=-\r\nc=IN IP4 " .. self.addr
		.. "\r\nt=0 0\r\nm=audio 40000 RTP/AVP " .. settings.opus .. "\r\na=rtpmap:"
		.. settings.opus .. " opus/48000/2\r\n"
end

function on_start()
	after("12s", function()
		call {
			uri = "sip:bob@192.0.2.2", body = sdp(), on_answer = function(c, answer)
				c:stream { own = sdp(), theirs = answer.body, answered = true }
				c:after("5s", "enough", function() c:hangup() end)
			end,
		}
	end)
end
