-- A phone that registers.  Its user types the password; if the registrar rejects
-- it, the phone asks the registrar again a few seconds later.
local bob, server = "sip:bob@example.com", "sip:example.com"
local password, cseq, kept = settings.typed, 0, nil

local function register(credentials)
	cseq = cseq + 1
	send {
		method = "REGISTER", uri = server, to = bob, cseq = cseq,
		from = "<" .. bob .. ">;tag=d1",
		call_id = "phone@" .. self.addr, headers = { Authorization = credentials },
		contact = "<sip:bob@" .. self.addr .. ":5060>;expires=60",
	}
end

-- What proves, for that challenge, that the phone knows the password.
local function credentials(challenge)
	local text = 'Digest username="bob", realm="' .. challenge:match 'realm="([^"]+)"'
		.. '", nonce="' .. challenge:match 'nonce="([^"]+)"' .. '", uri="' .. server
		.. '", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="c1", response="'
	return text .. digest.response(text .. '"', "REGISTER", password) .. '"'
end

function on_start()
	after("1s", register)
	after(settings.corrected .. "s", function()
		password = settings.right
		print "Bob has corrected the password."
	end)
end

function on_reply(m, answer)
	if answer.status == 200 then
		print "The phone shows: registered."
		return after("40s", register)
	end
	if answer.status ~= 401 then return end
	if m:get "Authorization" then
		print "The phone shows: wrong password."
		return after("8s", register)
	end
	kept = kept or credentials(answer:get "WWW-Authenticate")
	register(kept)
end
