-- The proxy answers 408 when no 200 has come within three seconds, but takes
-- nothing back, and sends the 200 on when it comes (RFC 3261 16.7, 16.8: a
-- CANCEL first, and the 408 is what comes of that).
lab { title = "A 408, and then a 200", topology = "network.gv", duration = "120s" }

local planted = true
local alice, bob, px = node "alice", node "bob", node "px"
local invite

fault { method = "INVITE", src = "alice", rewrite = function(text)
	invite = invite or text
	return text
end }
-- A response to the INVITE of which nothing else is known.
local function refusal(line)
	local fields = { line }
	for _, name in ipairs { "Via", "From", "To", "Call%-ID", "CSeq" } do
		local field = invite:match("\r\n(" .. name .. ": [^\r]*)")
		fields[#fields + 1] = name == "To" and field .. ";tag=px" or field
	end
	fields[#fields + 1] = "Content-Length: 0\r\n\r\n"
	return table.concat(fields, "\r\n")
end

script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@a.example"
	if planted and not wait(call, "confirmed", "3s") and invite then
		px:send { raw = refusal "SIP/2.0 408 Request Timeout", to = alice }
	end
	if wait(call, "confirmed") then
		sleep "2s"
		call:bye()
	end
end)
