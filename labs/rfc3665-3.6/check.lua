-- The tasks of rfc3665-3.6; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=2s..4s:1s", "seed=1..999:1" }

task {
	choice = {
		{ "It passes it on to the proxy in Chicago, in her place.", zh = "代她把它转发给芝加哥的代理服务器。", rule = "redirect-302",
			why = { "That would be a proxy. The second INVITE has one Via only: it comes from Alice's phone.",
				zh = "那是代理服务器的做法。第二个 INVITE 只有一个 Via：它来自 Alice 的话机。" } },
		{ "It answers with another address; Alice's phone asks there.", right = true, rule = "redirect-302",
			zh = "给出另一个地址；由 Alice 的话机去那里询问。" },
		{ "It answers 302 and tells Bob's phone that Alice is calling.", zh = "返回 302，并告诉 Bob 的话机 Alice 在呼叫。", rule = "redirect-302",
			why = { "It sends nothing to anybody but who has asked.", zh = "除了询问者，它不向任何人发送消息。" } },
		{ "It stays in the path, so that it can redirect the BYE as well.", zh = "它留在路径上，以便也能重定向 BYE。", rule = "redirect-302",
			why = { "After the ACK it hears nothing of the call.", zh = "ACK 之后它再也收不到这个呼叫的消息。" } },
	},
	points = 2,
	records = function(t) return { t:first "status=302 kind=send", t:last "method=INVITE src=alice kind=send" } end,
}

task {
	number = function(t) return t:count "node=redirect kind=send proto=sip" end,
	rule = "ict-ack",
	wrong = {
		{ 2, rule = "ict-ack", why = { "A 302 to an INVITE has an ACK, as every final response to it.", zh = "INVITE 的 302 也有 ACK，每个最终响应都有。" } },
		{ 4, why = { "It sends no 100: its final response comes at once.", zh = "它不发 100：最终响应立即就来。" } },
	},
	why = { "Count the sends with the node redirect at either end: request, response, and what confirms the response.",
		zh = "数任一端为节点 redirect 的发送：请求、响应，以及确认该响应的消息。" },
	records = function(t) return t:all "node=redirect kind=send" end,
}

task {
	text = function(t)
		return t:last("method=INVITE src=alice kind=send").text:match "^INVITE (%S+)"
	end,
	points = 2,
	rule = "redirect-follow",
	wrong = {
		{ "sip:bob@biloxi.example.com", why = { "That still stands in To: whom the call was for. The Request-URI says where it goes.",
			zh = "那仍在 To 里：呼叫原本找的人。请求 URI 说明它往哪里去。" } },
		{ "sip:bob@203.0.113.2:5060", why = { "So it is behind the proxy in Chicago, which has asked its location service.",
			zh = "经过芝加哥的代理服务器查询位置服务器之后才是这样。" } },
	},
	why = { "Read the first line of the second INVITE: it is what the redirect server put into Contact.",
		zh = "读第二个 INVITE 的首行：它就是重定向服务器写在 Contact 中的内容。" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
}

task {
	text = "ACK",
	points = 2,
	rule = "invite-ack",
	wrong = {
		{ "200", why = { "The 200 has Bob's offer. Each offer needs an answer by the other side.", zh = "200 带的是 Bob 的提议。每个提议都要由对方应答。" } },
		{ "INVITE", why = { "Her INVITE has no body: Content-Length 0.", zh = "她的 INVITE 没有消息体：Content-Length 0。" } },
		{ "PRACK", why = { "Nothing here was sent reliably before the 200.", zh = "这里在 200 之前没有可靠地发送过什么。" } },
	},
	why = { "Look which message of Alice's after the 200 has a body.",
		zh = "看 200 之后 Alice 的哪条消息有消息体。" },
	hint = { "After the 200 only one message of the INVITE is left.", zh = "200 之后，INVITE 只剩下一条消息。" },
	records = function(t) return t:first "method=ACK src=alice dst=proxy3 kind=send" end,
}

task {
	goal = {
		{ "the redirect server sends Alice's phone elsewhere", zh = "重定向服务器让 Alice 的话机转往别处",
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
