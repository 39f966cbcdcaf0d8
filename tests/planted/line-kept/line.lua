-- One call at a time (a line), told as state.
settings "kept=number!"
local held

local function release(m)
	local call = m:get "Call-ID"
	if held ~= call then return end
	held = nil
	state("terminated", call)
end

function on_request(m)
	if m:param("To", "tag") or m.method == "ACK" then
		if m.method == "BYE" then release(m) end
		return forward(m)
	end
	if m.method ~= "INVITE" then return reply(m, 405) end
	if held then return reply(m, 503) end
	held = m:get "Call-ID"
	state("held", held)
	forward(m, "sip:bob@192.0.2.3", { record_route = true })
end

function on_reply(m, answer)
	if m.method == "INVITE" and answer.status >= 300 then release(m) end
end

function on_failure(m)
	if tonumber(settings.kept) == 0 then release(m) end
end
