-- The tasks of rfc3665-3.6; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=2s..4s:1s", "seed=1..999:1" }

task {
	choice = {
		{ "It forwards it to the proxy in Chicago, in her place.", zh = "代她把它转发给芝加哥的代理服务器。", rule = "redirect-302",
			why = { "That would be a proxy. The second INVITE has only one Via: it comes from Alice's phone.",
				zh = "那是代理服务器的做法。第二个 INVITE 只有一个 Via：它来自 Alice 的话机。" } },
		{ "It answers with another address, at which Alice's phone asks.", right = true, rule = "redirect-302",
			zh = "给出另一个地址，由 Alice 的话机去那里询问。" },
		{ "It answers 302: by that Bob's phone learns that Alice is calling.", zh = "返回 302：由此 Bob 的话机得知 Alice 在呼叫。", rule = "redirect-302",
			why = { "It sends only to the node that has sent the request.", zh = "除了询问者，它不向任何人发送消息。" } },
		{ "It stays in the path, so that it can redirect the BYE as well.", zh = "它留在路径上，以便也能重定向 BYE。", rule = "redirect-302",
			why = { "After the ACK it receives nothing of the call.", zh = "ACK 之后它再也收不到这个呼叫的消息。" } },
	},
	points = 2,
	records = function(t) return { t:first "status=302 kind=send", t:last "method=INVITE src=alice kind=send" } end,
}

task {
	number = function(t) return t:count "node=redirect kind=send proto=sip" end,
	rule = "ict-ack",
	wrong = {
		{ 2, rule = "ict-ack", why = { "A 302 to an INVITE has an ACK, like every final response to it.", zh = "INVITE 的 302 也有 ACK，每个最终响应都有。" } },
		{ 4, why = { "It sends no 100: its final response is sent at once.", zh = "它不发 100：最终响应立即就来。" } },
	},
	why = { "Count the messages with the node redirect at either end: request, response, and what acknowledges the response.",
		zh = "数任一端为节点 redirect 的发送：请求、响应，以及确认该响应的消息。" },
	records = function(t) return t:all "node=redirect kind=send" end,
	ahead = true,
	hint = { "It answers with `302@redirect` at once, so by RFC 3261 17.2.1 it needs no 100; what her phone must send by 17.1.1.3 counts as well.",
		zh = "它立即用 `302@redirect` 作出最终响应，所以按 RFC 3261 17.2.1 不需要 100；17.1.1.3 要求她的话机做的也要算。" },
	others = {
		{ number = function(t) return tonumber(t:first("method=INVITE dst=bob kind=send"):header("CSeq"):match "%d+") end, rule = "redirect-follow", ahead = true,
			ask = { "Before you look at the run: what will be the CSeq number of the INVITE that reaches Bob?\n\n    rung show rfc3665-3.6 -m method=INVITE", zh = "先不看运行：到达 Bob 的 INVITE 的 CSeq 会是几？\n\n    rung show rfc3665-3.6 -m method=INVITE" },
			wrong = { { 1, why = { "A redirected phone makes a new request, with the next number.", zh = "被转往别处的一方发出新的请求，编号加一。" } }, { 3, why = { "A proxy does not count.", zh = "代理服务器不计数。" } } },
			why = { "How many INVITEs has Alice's phone sent for this call?", zh = "为这次呼叫，Alice 的话机发出过几个 INVITE？" },
			hint = { "Compare `INVITE@alice` with `INVITE@alice#2`.", zh = "比较 `INVITE@alice` 与 `INVITE@alice#2`。" },
			records = function(t) return t:all "method=INVITE src=alice kind=send" end },
		{ number = function(t) return t:count "status=100 kind=send" end, rule = "proxy-100", unit = { "responses", zh = "个响应" }, ahead = true,
			ask = { "Before you look at the run: how many 100s will be sent?\n\n    rung show rfc3665-3.6 status=100", zh = "先不看运行：一共会发送多少个 100？\n\n    rung show rfc3665-3.6 status=100" },
			wrong = { { 2, why = { "One of the two servers sends a final response at once.", zh = "两台服务器中有一台立即给出最终响应。" } }, { 0, why = { "One of the two servers must forward the INVITE.", zh = "两台服务器中有一台要继续询问。" } }, { 3, why = { "Bob's phone rings at once.", zh = "Bob 的话机立即振铃。" } } },
			why = { "A proxy that forwards an INVITE sends one; a server that answers at once need not.", zh = "转发 INVITE 的一方要告知；立即响应的一方不必。" },
			hint = { "Which of the two servers that get an INVITE, `method=INVITE node=redirect,proxy3 kind=recv`, can't send a final response at once (RFC 3261 17.2.1)?",
				zh = "收到 INVITE 的两台服务器（`method=INVITE node=redirect,proxy3 kind=recv`）中，哪一台不能立即说出最终的（RFC 3261 17.2.1）？" },
			records = function(t) return t:all "status=100 kind=send" end },
	},
}

task {
	text = function(t)
		return t:last("method=INVITE src=alice kind=send").text:match "^INVITE (%S+)"
	end,
	points = 2,
	rule = "redirect-follow",
	wrong = {
		{ "sip:bob@biloxi.example.com", why = { "That is still in To: the original callee. The Request-URI says where it goes.",
			zh = "那仍在 To 里：呼叫原本找的人。请求 URI 说明它往哪里去。" } },
		{ "sip:bob@203.0.113.2:5060", why = { "That is the Request-URI after the proxy in Chicago, which has asked its location service.",
			zh = "经过芝加哥的代理服务器查询位置服务器之后才是这样。" } },
	},
	why = { "Read the first line of the second INVITE: it is the Contact from the redirect server.",
		zh = "读第二个 INVITE 的首行：它就是重定向服务器写在 Contact 中的内容。" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
	hint = { "The first line of `INVITE@alice#2` has it; where is it in `302@redirect`?", zh = "它在 `INVITE@alice#2` 的首行；来自 `302@redirect` 的哪里？" },
	others = {
		{ text = function(t) return t:first("method=ACK src=alice dst=proxy3 kind=send").text:match "^ACK (%S+)" end, rule = "dialog-request",
			ask = { "What is the Request-URI of the ACK for the 200, when Alice's phone sends it?\n\n    rung show rfc3665-3.6 -m method=ACK src=alice", zh = "对 200 的 ACK 离开 Alice 的话机时，请求 URI 是什么？\n\n    rung show rfc3665-3.6 -m method=ACK src=alice" },
			wrong = { { { "sip:bob@chicago.example.com", "sip:bob@biloxi.example.com" }, why = { "That was in her INVITEs. Within a dialog requests go to the Contact of the peer.", zh = "她的 INVITE 是这样。对话内的请求发往对方的 Contact。" } } },
			why = { "Read the Contact of Bob's 200: it is the remote target of her dialog.", zh = "读 Bob 的 200 的 Contact：它是她的对话的远端目标。" },
			hint = { "`-m method=ACK src=alice from=2s` has it in its first line.", zh = "它在 `-m method=ACK src=alice from=2s` 的首行。" },
			records = function(t) return t:first "method=ACK src=alice dst=proxy3 kind=send" end },
		{ text = function(t) return t:last("method=INVITE src=alice kind=send"):header("To"):match "<(.-)>" end, rule = "redirect-follow",
			ask = { "Compare the two INVITEs of Alice's phone. Which URI is in the To of the second?\n\n    rung show rfc3665-3.6 -m method=INVITE src=alice", zh = "比较 Alice 的话机的两个 INVITE。第二个的 To 中是哪个 URI？\n\n    rung show rfc3665-3.6 -m method=INVITE src=alice" },
			wrong = { { "sip:bob@chicago.example.com", why = { "That is where it is sent. Is it another call?", zh = "它发往那里。它是另一个呼叫吗？" } }, { { "sip:bob@203.0.113.2:5060", "sip:bob@203.0.113.2" }, why = { "That is the URI after the proxy in Chicago, and in the Request-URI.", zh = "那是经过芝加哥的代理服务器之后的请求 URI。" } } },
			why = { "To names the original callee, wherever the request goes: compare it with the first INVITE's.", zh = "To 说明呼叫原本找的人，不管发往哪里：与第一个 INVITE 的比较。" },
			hint = { "Compare the To of `INVITE@alice` with that of `INVITE@alice#2`.", zh = "把 `INVITE@alice` 和 `INVITE@alice#2` 的 To 并排。" },
			records = function(t) return t:all "method=INVITE src=alice kind=send" end },
	},
}

task {
	draw = "text=rtpmap kind=send",
	points = 2,
	rule = "invite-ack",
	hint = { "`INVITE@alice` has no body: RFC 3261 13.2.1 says which message makes the offer then, and which one can still answer it. Each takes two hops.",
		zh = "`INVITE@alice` 没有消息体：这时由哪条消息提议、哪条还能应答，见 RFC 3261 13.2.1。各走两跳。" },
	others = {
		{ draw = "method=ACK kind=send", rule = "invite-ack",
			ask = { "Draw all ACKs of the run, one line for each hop. Which of them can carry Alice's answer?\n\n    rung show rfc3665-3.6 -m method=ACK kind=send", zh = "画出运行中的所有 ACK，每一跳一行。其中哪些可以携带 Alice 的应答？\n\n    rung show rfc3665-3.6 -m method=ACK kind=send" },
			hint = { "Her phone acknowledges each of `status=302,200 cseq=INVITE dst=alice kind=recv`: by RFC 3261 17.1.1.3 the one on its hop, by 13.2.2.4 the other as far as Bob's phone.",
				zh = "她的话机确认 `status=302,200 cseq=INVITE dst=alice kind=recv` 的每一个：一个按 RFC 3261 17.1.1.3 在那一跳上，另一个按 13.2.2.4 直到 Bob 的话机。" } },
		{ draw = "method=INVITE kind=send", rule = "redirect-follow",
			ask = { "Draw all INVITEs of the run, one line for each hop. Which of them contains an offer?\n\n    rung show rfc3665-3.6 -m method=INVITE kind=send", zh = "画出运行中的所有 INVITE，每一跳一行。其中哪个携带提议？\n\n    rung show rfc3665-3.6 -m method=INVITE kind=send" },
			hint = { "RFC 3261 8.3 says what a redirect server never does with an INVITE. The Contact of `302@redirect` is the next target; the topmost Via of `INVITE@proxy3` shows which node then forwards the INVITE.",
				zh = "重定向服务器从不对 INVITE 做什么，见 RFC 3261 8.3。她的话机接着问谁，看 `302@redirect` 的 Contact；随后由谁再转发，看 `INVITE@proxy3` 最上面的 Via。" } },
	},
}

task {
	goal = {
		{ "the redirect server redirects Alice's phone", zh = "重定向服务器让 Alice 的话机转往别处",
			function(t)
				local r = t:first "status=302 src=redirect kind=send"
				return r ~= nil, r
			end },
		{ "the INVITE that reaches Bob has an offer", zh = "到达 Bob 的 INVITE 带提议",
			function(t)
				local r = t:first "method=INVITE dst=bob kind=send"
				return r ~= nil and r:header "Content-Type" ~= nil, r
			end, rule = "invite-send",
			why = { "alice:invite without sdp = false has one.", zh = "alice:invite 不写 sdp = false 就带提议。" } },
		{ "the ACK that reaches Bob has none", zh = "到达 Bob 的 ACK 不带",
			function(t)
				local r = t:first "method=ACK dst=bob kind=send"
				return r ~= nil and r:header "Content-Type" == nil, r
			end, rule = "invite-ack" },
	},
	points = 3,
}
