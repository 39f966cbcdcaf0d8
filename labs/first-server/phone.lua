-- A phone that stays registered.  `servers` is what its resolver has made of the
-- SRV records of example.com, in the order in which they are tried (RFC 2782).
local servers = { "192.0.2.11", "192.0.2.12" }
local turn, cseq = 1, 0

local function register()
	cseq = cseq + 1
	send {
		method = "REGISTER", uri = "sip:example.com", cseq = cseq,
		from = "<sip:alice@example.com>;tag=a1", to = "sip:alice@example.com",
		call_id = "phone@" .. self.addr, routes = { "<sip:" .. servers[turn] .. ";lr>" },
		contact = "<sip:alice@" .. self.addr .. ":5060>;expires=60",
	}
end

-- It begins with the server whose priority value is the lowest.
local function begin()
	turn = 1
	register()
end

local function next_server()
	turn = turn % #servers + 1
	print("The phone shows: no server. Next: " .. servers[turn])
	after("2s", begin)
end

function on_start()
	after("1s", begin)
end

function on_reply(m, answer)
	if answer.status == 503 then return next_server() end
	if answer.status == 200 then after("40s", begin) end
end

-- A REGISTER got no response, or could not be sent.
function on_failure()
	next_server()
end

function on_call(call)
	call:ring()
	call:after("1s", "answer", function() call:answer { body = call.invite.body } end)
end
