-- Six more messages as handouts print them, each with an error.
lab {
	title = "More messages as handouts print them",
	topology = "handout.gv",
	duration = "15s",
}

local mallory, bob, server = node "mallory", node "bob", node "server"

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

-- 1, 2: the ACK for the 200, and the BYE.
local function call()
	mallory:send { to = bob, raw = lines {
		"INVITE sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmore1",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=8dxced11ab",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: call-3",
		"CSeq: 7 INVITE",
		"Contact: <sip:mallory@192.0.2.66>",
		"Content-Length: 0",
	} }
	sleep "1200ms"
	note "1: the ACK"
	mallory:send { to = bob, raw = lines {
		"ACK sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmore2",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=8dxced11ab",
		"To: <sip:bob@192.0.2.2>;tag=" .. tag,
		"Call-ID: call-3",
		"CSeq: 8 ACK",
		"Content-Length: 0",
	} }
	sleep "2s"
	note "2: the BYE"
	mallory:send { to = bob, raw = lines {
		"BYE sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmore3",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=8dxced11ab",
		"To: <sip:bob@192.0.2.2>;tag=" .. tag,
		"Call-ID: call-3",
		"CSeq: 1 BYE",
		"Content-Length: 0",
	} }
end

-- 3: two texts over one TCP connection.
local function tell()
	note "3: the MESSAGE"
	mallory:send { to = bob, transport = "tcp", raw = lines({
		"MESSAGE sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/TCP 192.0.2.66:5060;branch=z9hG4bKmore4",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=1aa",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: message-2",
		"CSeq: 1 MESSAGE",
		"Content-Type: text/plain",
		"Content-Length: 22",
	}, "Lunch at one?\r\nOr later?\r\n") }
	sleep "500ms"
	mallory:send { to = bob, transport = "tcp", raw = lines({
		"MESSAGE sip:bob@192.0.2.2 SIP/2.0",
		"Via: SIP/2.0/TCP 192.0.2.66:5060;branch=z9hG4bKmore5",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=1ab",
		"To: <sip:bob@192.0.2.2>",
		"Call-ID: message-3",
		"CSeq: 1 MESSAGE",
		"Content-Type: text/plain",
		"Content-Length: 15",
	}, "I am at home.\r\n") }
end

-- 4: to Bob, through the server.
local function ask()
	note "4: the OPTIONS"
	mallory:send { to = server, raw = lines {
		"OPTIONS sip:bob@example.com SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmore6",
		"Max-Forwards: 0",
		"From: <sip:mallory@192.0.2.66>;tag=1ac",
		"To: <sip:bob@example.com>",
		"Call-ID: options-3",
		"CSeq: 1 OPTIONS",
		"Content-Length: 0",
	} }
end

-- 5: remove all of Bob's bindings.
local function forget()
	note "5: the REGISTER"
	mallory:send { to = server, raw = lines {
		"REGISTER sip:example.com SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmore7",
		"Max-Forwards: 70",
		"From: <sip:bob@example.com>;tag=1ad",
		"To: <sip:bob@example.com>",
		"Call-ID: register-2",
		"CSeq: 1 REGISTER",
		"Contact: *",
		"Expires: 3600",
		"Content-Length: 0",
	} }
end

-- 6: Mallory subscribes to Bob's presence.
local function watch()
	note "6: the SUBSCRIBE"
	mallory:send { to = server, raw = lines {
		"SUBSCRIBE sip:bob@example.com SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKmore8",
		"Max-Forwards: 70",
		"From: <sip:mallory@192.0.2.66>;tag=1ae",
		"To: <sip:bob@example.com>",
		"Call-ID: subscribe-1",
		"CSeq: 1 SUBSCRIBE",
		"Contact: <sip:mallory@192.0.2.66>",
		"Expires: 600",
		"Content-Length: 0",
	} }
end

script(function()
	sleep "1s"
	call()
	sleep "1s"
	tell()
	sleep "2s"
	ask()
	sleep "1s"
	forget()
	sleep "1s"
	watch()
end)
