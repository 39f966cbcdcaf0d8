-- A call, and an attacker who sends the handset messages that nobody should send.
lab {
	title = "Messages that nobody should send",
	topology = "malformed.gv",
	duration = "20s",
}

local mallory, bob, phone = node "mallory", node "bob", node "phone"

-- An OPTIONS to the handset with these lines at its end.
local function options(id, lines)
	mallory:send {
		to = phone,
		raw = table.concat({
			"OPTIONS sip:phone@192.0.2.3 SIP/2.0",
			"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK" .. id,
			"From: <sip:mallory@192.0.2.1>;tag=1",
			"To: <sip:phone@192.0.2.3>",
			"Call-ID: " .. id,
			"Max-Forwards: 70",
			lines,
			"Content-Length: 0\r\n\r\n",
		}, "\r\n"),
	}
end

script(function()
	sleep "1s"
	local call = bob:invite(phone)
	wait(call, "confirmed", "5s")

	sleep "1s"
	note "No CSeq"
	options("one", "Contact: <sip:mallory@192.0.2.1>")
	sleep "1s"
	note "A From without an end"
	options("two", "CSeq: 1 OPTIONS\r\nf: <sip:mallory@192.0.2.1")
	sleep "1s"
	note "1400 parameters"
	options("three", "CSeq: 1 OPTIONS\r\nContact: <sip:mallory@192.0.2.1>" ..
		(";a=b"):rep(1400))

	sleep "6s"
	if call.state == "confirmed" then
		note "Bob hangs up."
		call:bye()
	end
end)
