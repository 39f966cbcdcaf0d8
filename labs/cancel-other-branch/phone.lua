-- A phone that calls Bob and, if he does not answer, hangs up.  There are no
-- transactions below it, so branches, ACKs and CANCELs are its own.
local me, bob, id = "sip:alice@example.com", "sip:bob@example.com", "call-1@192.0.2.1"
local cseq, branch, tag, over = 0, nil, nil, false
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
	.. "t=0 0\r\nm=audio 40000 RTP/AVP 0\r\n"

local function request(method, t)
	t.method, t.uri, t.cseq, t.call_id = method, bob, cseq, id
	t.from, t.to = "<" .. me .. ">;tag=a1", t.to or "<" .. bob .. ">"
	t.routes = { "<sip:192.0.2.10;lr>" }
	return send(t)
end

local function invite(credentials)
	cseq = cseq + 1
	local _, sent = request("INVITE", { body = sdp, type = "application/sdp",
		headers = { ["Proxy-Authorization"] = credentials } })
	branch = branch or sent:param("Via", "branch")
end

local function hang_up()
	if over then return end
	over = true
	request("CANCEL", { branch = branch })
	print "The phone shows: call ended."
end

local function credentials(challenge)
	local text = 'Digest username="alice", realm="' .. challenge:match 'realm="([^"]+)"'
		.. '", nonce="' .. challenge:match 'nonce="([^"]+)"' .. '", uri="' .. bob
		.. '", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="c1", response="'
	return text .. digest.response(text .. '"', "INVITE", "wonderland") .. '"'
end

function on_start()
	after("1s", invite)
	after(1 + tonumber(settings.patience) .. "s", hang_up)
end

function on_response(m)
	if m.method ~= "INVITE" or m.status < 200 or m.status < 300 and over then return end
	request("ACK", { to = m:get "To", branch = m.status >= 300 and m:param("Via", "branch") or nil })
	if m.status == 407 and cseq == 1 then invite(credentials(m:get "Proxy-Authenticate")) end
end

function on_request(m)
	if m.method == "BYE" then reply(m, 200) end
end
