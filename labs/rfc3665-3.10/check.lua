-- The tasks of rfc3665-3.10; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "method=INVITE kind=send" end,
	unit = { "INVITEs", zh = "个 INVITE" },
	points = 2,
	rule = "ict-timer-a",
	ahead = true,
	wrong = {
		{ 7, why = { "That is the number for Bob's phone. The others are sent before it, on two hops.", zh = "这是发给 Bob 的话机的次数。在它之前，两跳上还有别的。" } },
		{ 3, why = { "That is the number of hops; over UDP the INVITE on the last one is retransmitted until a response arrives.", zh = "有这么多跳；UDP 下，最后一个一直重传，直到有响应回来。" } },
		{ { 20, 21 }, why = { "A client that has received a 100 retransmits nothing.", zh = "收到 100 的一方不再重传。" } },
	},
	why = { "Count hop by hop: on two of them a 100 returns at once, on the third nothing.", zh = "逐跳来数：其中两跳立即有 100 回来，第三跳什么也没有。" },
	hint = { "Where a 100 returns, `status=100 kind=recv`, one INVITE is enough; on the hop without one each record of `name=A op=fire` is one more than the first.",
		zh = "有 100 返回之处（`status=100 kind=recv`），一个 INVITE 就够了；没有 100 的那一跳上，`name=A op=fire` 的每条记录在第一个之外再加一个。" },
	records = function(t) return t:all "method=INVITE src=proxy2 dst=bob kind=send" end,
	others = {
		{ number = function(t) return t:count "method=INVITE src=proxy1 kind=send" end, rule = "ict-1xx", unit = { "times", zh = "次" }, ahead = true,
			ask = { "Before you look at the run: how often will proxy1 send the INVITE?\n\n    rung show rfc3665-3.10 method=INVITE kind=send", zh = "先不看运行：proxy1 会发送多少次 INVITE？\n\n    rung show rfc3665-3.10 method=INVITE kind=send" },
			wrong = { { 7, why = { "That is the number for the proxy that gets no response.", zh = "那是收不到响应的代理服务器的次数。" } }, { 2, why = { "Its next hop has answered in time.", zh = "它的下一跳及时响应了。" } } },
			why = { "What does proxy1 get from its next hop, and when?", zh = "proxy1 从下一跳收到什么，何时？" },
			hint = { "`dst=proxy1 kind=recv to=2s` shows what it gets from its next hop, and when; RFC 3261 17.1.1.2 says how that affects Timer A.",
				zh = "`dst=proxy1 kind=recv to=2s` 说明下一跳何时回给它什么；这对定时器 A 有何作用，见 RFC 3261 17.1.1.2。" },
			records = function(t) return t:all "method=INVITE src=proxy1 kind=send" end },
		{ number = function(t) return t:count "status=100 kind=send" end, rule = "proxy-100", unit = { "responses", zh = "个响应" }, ahead = true,
			ask = { "Before you look at the run: how many 100s will be sent?\n\n    rung show rfc3665-3.10 status=100", zh = "先不看运行：一共会发送多少个 100？\n\n    rung show rfc3665-3.10 status=100" },
			wrong = { { 3, why = { "One of the three hops is silent.", zh = "三跳中有一跳没有响应。" } }, { 1, why = { "A 100 goes only one hop.", zh = "100 只走一跳。" } } },
			why = { "Each proxy that has received the INVITE sends one, only to its neighbour.", zh = "收到 INVITE 的每个代理服务器发一个，只发给邻居。" },
			hint = { "`INVITE@alice`, `INVITE@proxy1` and `INVITE@proxy2` are one for each hop: which of the receivers can't send a final response at once, and sends a provisional one (RFC 3261 17.2.1)?",
				zh = "`INVITE@alice`、`INVITE@proxy1` 和 `INVITE@proxy2` 各属一跳：各自的另一端，谁不能立即说出最终的，而又有所回应（RFC 3261 17.2.1）？" },
			records = function(t) return t:all "status=100 kind=send" end },
	},
}

task {
	choice = {
		{ "nothing: retransmitting is the task of the proxies", zh = "没有什么：重传是代理服务器的事", rule = "ict-timer-a",
			why = { "Every client transaction retransmits, even a phone's. Timer A was set here, and stopped.",
				zh = "每个客户端事务都会重传，话机的也是。这里定时器 A 曾启动，然后停止。" } },
		{ "the 100 that Bob's phone sends at once", zh = "Bob 的话机立即发出的 100", rule = "proxy-100",
			why = { "Bob's phone sends nothing at all. A 100 comes from the next hop.", zh = "Bob 的话机什么也没说。100 来自下一跳。" } },
		{ "the 100 that proxy1 sends at once", right = true, zh = "proxy1 立即发出的 100", rule = "ict-1xx" },
		{ "the ACK that proxy1 sends at once", zh = "proxy1 立即发出的 ACK", rule = "ict-1xx",
			why = { "ACK is a request from the caller. What confirms a request is a response.", zh = "ACK 是主叫的请求。确认请求的是响应。" } },
	},
	points = 2,
	records = function(t) return t:first "status=100 dst=alice kind=send" end,
}

task {
	choice = {
		{ "proxy2, because its Timer B has fired", right = true, zh = "proxy2，因为它的定时器 B 到期了", rule = "proxy-unanswered" },
		{ "Bob's phone, when it had restarted", zh = "Bob 的话机，在它恢复之后", rule = "proxy-unanswered",
			why = { "It stays down to the end; every INVITE to it was lost.", zh = "它始终停机；发给它的每个 INVITE 都丢失了。" } },
		{ "proxy1, because it had waited too long", zh = "proxy1，因为它等得太久", rule = "proxy-final",
			why = { "proxy1 has received a 100 and forwards what arrives. Follow the causes.", zh = "proxy1 收到过 100，只转发收到的响应。请沿着因果链追溯。" } },
		{ "Alice's phone, for want of any answer", zh = "Alice 的话机，因为没有收到响应", rule = "uac-timeout-408",
			why = { "It would treat silence as 408; but it has received a 480 from proxy1.", zh = "它会把沉默当作 408；但它从 proxy1 收到了 480。" } },
	},
	points = 2,
	records = function(t) return t:first "status=480 kind=send" end,
}

task {
	draw = "kind=send from=32.7s",
	rule = "proxy-unanswered",
	hint = { "It begins after `name=B op=fire`: a rejection returns over one hop after the other, and on each it is acknowledged, RFC 3261 17.1.1.3.",
		zh = "从 `name=B op=fire` 之后开始：拒绝一跳一跳地返回，每一跳上都要确认，RFC 3261 17.1.1.3。" },
	others = {
		{ draw = "kind=send node=alice from=0.5s", rule = "ict-1xx",
			ask = { "Draw what Alice's phone sends and receives: one line for each message.\n\n    rung show rfc3665-3.10 node=alice kind=send", zh = "画出 Alice 的话机发送和收到的消息，每条一行。\n\n    rung show rfc3665-3.10 node=alice kind=send" },
			hint = { "`dst=alice kind=recv` is what it receives: which response has proxy1 sent by itself at once, and which one must her phone acknowledge (RFC 3261 17.1.1.3)?",
				zh = "`dst=alice kind=recv` 是它收到的：哪个是 proxy1 自己立即说的？对哪一个她的话机还须再发一条消息（RFC 3261 第 17.1.1.3 节）？" } },
		{ draw = "kind=send node=proxy1 from=0.5s to=3s", rule = "proxy-100",
			ask = { "Draw all messages that proxy1 sends or receives in the first three seconds: one line for each.\n\n    rung show rfc3665-3.10 node=proxy1 kind=send to=3s", zh = "画出前三秒经过 proxy1 的消息：它发送或收到的每条一行。\n\n    rung show rfc3665-3.10 node=proxy1 kind=send to=3s" },
			hint = { "`src=proxy1 kind=send to=3s` is one half: it answers the node before it, and sends to the next, which answers as well (RFC 3261 17.2.1).",
				zh = "`src=proxy1 kind=send to=3s` 是其中一半：它响应前一个邻居，再问后一个，后者也响应（RFC 3261 17.2.1）。" } },
	},
}

task {
	goal = {
		{ "some INVITEs to Bob's phone are lost, for it is down", zh = "有些发给 Bob 话机的 INVITE 因停机而丢失",
			function(t)
				local r = t:first "method=INVITE dst=bob kind=drop"
				return r ~= nil, r
			end },
		{ "later it receives one", zh = "之后它收到一个",
			function(t)
				local r = t:first "method=INVITE node=bob kind=recv"
				return r ~= nil and t:count "method=INVITE dst=bob kind=drop" > 0, r
			end, rule = "ict-timer-a",
			why = { "It must be up again before 32.5 s, when the last one is sent.", zh = "它必须在发送最后一个的 32.5 s 之前恢复。" } },
		{ "Bob answers the call", zh = "Bob 接听",
			function(t)
				return t:first "kind=call node=bob state=confirmed"
			end },
	},
	points = 3,
}
