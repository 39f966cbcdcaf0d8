-- A B2BUA that puts each caller through to Bob.  A call has two legs, and each
-- knows the other one; whose request has come is known by its Call-ID.
local legs = {}

-- What the box sends within the dialog of LEG.
local function request(leg, method)
	if method ~= "ACK" then leg.cseq = leg.cseq + 1 end
	send { method = method, uri = leg.target, from = leg.own, to = leg.peer,
		call_id = leg.id, cseq = leg.cseq }
end

local function connect(m)
	local id = m:get "Call-ID"
	local a = { id = id, cseq = 0, invite = m, peer = m:get "From",
		target = m:address("Contact").uri }
	local b = { id = id, cseq = 1, other = a, target = "sip:bob@192.0.2.2",
		own = "<" .. m:address("From").uri .. ">;tag=box" }
	a.other = b
	legs[a.id] = a
	legs[b.id] = b
	b.number = send { method = "INVITE", uri = b.target, from = b.own, call_id = b.id,
		cseq = b.cseq, body = m.body, type = "application/sdp",
		headers = { ["Max-Forwards"] = tonumber(m:get "Max-Forwards") - 1 } }
end

function on_request(m)
	local leg = legs[m:get "Call-ID"]
	if m.method == "INVITE" and not leg then return connect(m) end
	if m.method == "ACK" then return end
	if m.method ~= "BYE" or not leg then return reply(m, 481) end
	reply(m, 200)
	request(leg.other, "BYE")
end

function on_cancel(m)
	cancel(legs[m:get "Call-ID"].other.number)
end

function on_reply(m, answer)
	local leg = legs[m:get "Call-ID"]
	if m.method ~= "INVITE" or answer.status == 100 then return end
	reply(leg.other.invite, answer.status, { body = answer.body, type = "application/sdp",
		tag = "box" })
	if answer.status // 100 ~= 2 then return end
	leg.peer, leg.target = answer:get "To", answer:address("Contact").uri
	leg.other.own = leg.other.invite:get "To" .. ";tag=box"
	request(leg, "ACK")
end
