-- Six messages as handouts print them, each with an error, sent to nodes that should accept them. Mallory's
-- phone does nothing by itself here.
lab {
	title = "Messages as handouts print them",
	topology = "handout.gv",
	duration = "30s",
}

local mallory, bob, carol = node "mallory", node "bob", node "carol"
local server = node "server"

-- The lines as a message; a body follows after the empty line.
local function lines(head, body)
	return table.concat(head, "\r\n") .. "\r\n\r\n" .. (body or "")
end

-- Bob's tag, from his 200 to Mallory's INVITE, which is only read.
local tag = ""
fault {
	status = 200, cseq = "INVITE", src = "bob", first = true,
	rewrite = function(text)
		tag = text:match "\nTo:[^\r\n]*;tag=([^;\r\n]+)" or ""
		return text
	end,
}

local offer = "v=0\r\no=mallory 1 1 IN IP4 192.0.2.66\r\ns=-\r\n" ..
	"c=IN IP4 192.0.2.66\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"

local function invite(branch, id, to, addr)
	return lines({
		"INVITE sip:" .. to .. "@" .. addr .. " SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=" .. branch,
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=9fxced76sl",
		"To: <sip:" .. to .. "@" .. addr .. ">",
		"Call-ID: " .. id,
		"CSeq: 1 INVITE",
		"Contact: <sip:mallory@192.0.2.66>",
		"Content-Type: application/sdp",
		"Content-Length: " .. #offer,
	}, offer)
end

-- 1, 2: the ACK for the 200, and the BYE.
local function call()
	mallory:send { to = bob, raw = invite("z9hG4bKnashds7", "call-1", "bob", "192.0.2.2") }
	sleep "1200ms"
	note "1: the ACK"
	mallory:send { to = bob, raw = lines {
		"ACK sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKnashds7",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=9fxced76sl",
		"To: <sip:bob@192.0.2.2>;tag=" .. tag,
		"Call-ID: call-1",
		"CSeq: 1 ACK",
		"Content-Length: 0",
	} }
	sleep "2s"
	note "2: the BYE"
	mallory:send { to = bob, raw = lines {
		"BYE sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKnashds8",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=9fxced76sl",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: call-1",
		"CSeq: 2 BYE",
		"Content-Length: 0",
	} }
end

-- 3: the CANCEL of an INVITE that nobody answers.
local function give_up()
	mallory:send { to = carol, raw = invite("z9hG4bKtu7kl", "call-2", "carol", "192.0.2.4") }
	sleep "1s"
	note "3: the CANCEL"
	mallory:send { to = carol, raw = lines {
		"CANCEL sip:carol@192.0.2.4 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKtu7km",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=9fxced76sl",
		"To: <sip:carol@192.0.2.4>",
		"Call-ID: call-2",
		"CSeq: 1 CANCEL",
		"Content-Length: 0",
	} }
end

-- 4: a text of two lines.
local function tell()
	note "4: the MESSAGE"
	mallory:send { to = bob, raw = lines({
		"MESSAGE sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmsg1",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=4bw2",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: message-1",
		"CSeq: 1 MESSAGE",
		"Content-Type: text/plain",
		"Content-Length: 24",
	}, "Lunch at one?\r\nI am hungry\r\n") }
end

-- 5: Mallory wants to be reachable as mallory@example.com.
local function register()
	note "5: the REGISTER"
	mallory:send { to = server, raw = lines {
		"REGISTER sip:example.com SIP/2.0",
		"Max-Forwards: 70",
		"From: <sip:mallory@example.com>;tag=a73kszlfl",
		"To: <sip:registrar@example.com>",
		"Contact: <sip:mallory@192.0.2.66>;expires=3600",
		"Content-Length: 0",
	} }
end

-- 6: she is available, and the server may tell others so.
local presence = [[
<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:mallory@example.com">
<tuple id="t1"><status><basic>open</basic></status></tuple>
</presence>
]]

local function publish()
	note "6: the PUBLISH"
	mallory:send { to = server, raw = lines({
		"PUBLISH sip:mallory@example.com SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKpub1",
		"Max-Forwards: 70",
		"From: <sip:mallory@example.com>;tag=1234wxyz",
		"To: <sip:mallory@example.com>",
		"Call-ID: publish-1",
		"CSeq: 1 PUBLISH",
		"Expires: 3600",
		"Min-Expires: 3600",
		"Content-Type: application/pidf+xml",
		"Content-Length: " .. #presence,
	}, presence) }
end

script(function()
	sleep "1s"
	call()
	sleep "2s"
	give_up()
	sleep "2s"
	tell()
	sleep "1s"
	register()
	sleep "1s"
	publish()
end)
