-- The tasks of rfc3666-3.9; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "ngw1--switcha.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "It tells Switch A about it by a REL of its own, with cause 31",
			zh = "它用自己的 REL 告诉 Switch A，原因值 31",
			why = { "Look at the messages on the circuit after the RLC.", zh = "看 RLC 之后电路上有什么。" } },
		{ "It acknowledges it; the telephone network hears nothing of it", right = true,
			zh = "它以 ACK 确认；电话网对此一无所知" },
		{ "It forwards it to Switch A, which acknowledges it by its RLC",
			zh = "它转给 Switch A，后者以 RLC 确认",
			why = { "The gateway sends the RLC, and did so long before.", zh = "RLC 是网关的，早已发送。" } },
		{ "It sends the INVITE again, as the caller may have changed his mind",
			zh = "它重发 INVITE，因为主叫可能改变主意",
			why = { "There is no caller any more.", zh = "已经没有它要替谁呼叫的人。" } },
	},
	rule = "gateway-pstn-rel",
	ahead = true,
}

task {
	draw = "kind=send from=5s",
	given = 3,
	points = 2,
	hint = { "First the circuit, then the two SIP hops, each with two responses: RFC 3398, 8.2.7; `cseq=CANCEL from=5s`.", zh = "先是电路，再是 SIP 的两跳，每跳两个响应：RFC 3398 第 8.2.7 节；`cseq=CANCEL from=5s`。" },
	others = {
		{ draw = "kind=send to=5s",
			ask = { "Draw the ladder of everything that is sent until 5 s, SIP and ISUP, one line each, such as `switcha -> ngw1 IAM`.\n\n    rung show rfc3666-3.9 kind=send to=5s",
				zh = "画出到 5 s 为止发送的消息的流程图，SIP 和 ISUP，每条一行，如 `switcha -> ngw1 IAM`。\n\n    rung show rfc3666-3.9 kind=send to=5s" },
			rule = "gateway-18x",
			hint = { "It ends with the ACM; before it a phone rings, RFC 3398, 8.2.3: `to=5s kind=send node=ngw1`.", zh = "以 ACM 结束；之前有人振铃，RFC 3398 第 8.2.3 节：`to=5s kind=send node=ngw1`。" } },
		{ draw = "kind=send node=bob",
			ask = { "Draw all messages between Proxy 1 and Bob's phone in the whole run, one line each, such as `proxy1 -> bob INVITE`.\n\n    rung show rfc3666-3.9 kind=send node=bob",
				zh = "画出整个运行中 Proxy 1 与 Bob 的话机之间的消息，每条一行，如 `proxy1 -> bob INVITE`。\n\n    rung show rfc3666-3.9 kind=send node=bob" },
			rule = "cancel-487",
			hint = { "Three requests reach Bob's phone; two of them have a response: `dst=bob kind=recv`.", zh = "有三个请求到达 Bob 的话机；其中两个有响应：`dst=bob kind=recv`。" } },
	},
}

task {
	text = { "Q.850;cause=16" },
	wrong = {
		{ { "16", "cause=16" }, why = { "The name of the protocol to which the cause belongs is before it.", zh = "前面还写有这是哪个协议的原因值。" } },
		{ { "SIP;cause=487", "487" }, why = { "That is what answers the INVITE.", zh = "那是对 INVITE 的响应。" } },
	},
	why = { "Read the field Reason of the CANCEL that ngw1 sends.", zh = "读 ngw1 发送的 CANCEL 的 Reason 字段。" },
	rule = "reason-cause",
	records = function(t) return t:first "kind=send method=CANCEL src=ngw1" end,
	points = 2,
	hint = { "`CANCEL@ngw1` has the field; RFC 3326 has its format, `REL@switcha` its content.", zh = "`CANCEL@ngw1` 有这个字段；值的结构见 RFC 3326，内容来自 `REL@switcha`。" },
	others = {
		{ number = 16,
			ask = { "Which cause of Q.850 does the REL of Switch A have? Write the number.\n\n    rung show rfc3666-3.9 -m method=REL kind=send",
				zh = "Switch A 的 REL 带哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-3.9 -m method=REL kind=send" },
			wrong = {
				{ 19, why = { "The exchange has not given up; a person has.", zh = "放弃的不是交换机，而是人。" } },
				{ 487, why = { "That is a SIP status.", zh = "那是 SIP 的状态码。" } },
			},
			why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
			rule = "gateway-pstn-rel",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "The gateway copies it from the circuit: Reason of `CANCEL@ngw1` has the same number as the cause indicators of `REL@switcha`, Q.763 3.12.", zh = "网关把它从电路转达到 SIP：`CANCEL@ngw1` 的 Reason 与 `REL@switcha` 的原因指示（Q.763 3.12）是同一个数。" } },
		{ number = function(t) return t:count "kind=send cseq=CANCEL" end,
			ask = { "How many messages have CANCEL in their CSeq, requests and responses together?\n\n    rung show rfc3666-3.9 cseq=CANCEL kind=send",
				zh = "CSeq 中为 CANCEL 的消息有多少条，请求和响应一起算？\n\n    rung show rfc3666-3.9 cseq=CANCEL kind=send" },
			wrong = {
				{ 2, why = { "That is only the number of requests.", zh = "那只是请求。" } },
				{ 6, why = { "The 487s have another CSeq.", zh = "487 的 CSeq 不同。" } },
			},
			why = { "Count the transmissions on both SIP hops.", zh = "数 SIP 两跳的发送。" },
			rule = "cancel-recv",
			records = function(t) return t:last "kind=send cseq=CANCEL" end,
			hint = { "`method=CANCEL kind=send` has only the requests; RFC 3261, 9.2 says which node answers a CANCEL, and that its response keeps its CSeq.", zh = "`method=CANCEL kind=send` 只有请求；由谁响应 CANCEL、响应保留它的 CSeq，见 RFC 3261 第 9.2 节。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv node=bob method=CANCEL").time - t:first("kind=send method=REL").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=switcha method=RLC").time - t:first("kind=send method=REL").time end, why = { "At that time the circuit is idle; Bob's phone is farther away.", zh = "那时电路空闲；Bob 的话机更远。" } },
	},
	why = { "Count from the transmission of the REL at switcha to the arrival of the CANCEL at bob.", zh = "从 switcha 发送 REL 到 CANCEL 到达 bob。" },
	rule = "gateway-pstn-rel",
	records = function(t) return t:first "kind=recv node=bob method=CANCEL" end,
	points = 2,
	hint = { "The REL is sent in `REL@switcha`; three links later Bob's phone gets it in another form, `node=bob method=CANCEL`.", zh = "REL 在 `REL@switcha` 发出；三段链路之后 Bob 的话机以另一种形式收到，`node=bob method=CANCEL`。" },
}

task {
	goal = {
		{ "the telephone has released the call", zh = "电话释放了呼叫",
			function(t)
				return t:first "kind=send method=REL src=switcha"
			end },
		{ "Bob's 200 reaches the gateway after the REL", zh = "Bob 的 200 在 REL 之后到达网关",
			function(t)
				local rel, ok = t:first "kind=recv node=ngw1 method=REL", t:first "kind=recv node=ngw1 status=200 cseq=INVITE"
				return rel ~= nil and ok ~= nil and rel.time < ok.time, ok
			end,
			why = { "He must answer just before the CANCEL reaches his phone.", zh = "他必须在 CANCEL 到达他的话机之前一点接听。" } },
		{ "the gateway ends that call by BYE", zh = "网关以 BYE 结束这个呼叫",
			function(t)
				return t:first "kind=send method=BYE src=ngw1"
			end },
	},
	points = 3,
}
