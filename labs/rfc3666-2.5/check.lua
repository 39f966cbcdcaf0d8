-- The tasks of rfc3666-2.5; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switchb.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "Nobody answers: which message of a full call, as in rfc3666-2.1, is missing here? `machine=circuit node=switchb`.", zh = "无人应答：完整呼叫（如 rfc3666-2.1）中的哪条消息在这里没有位置？`machine=circuit node=switchb`。" },
	others = {
		{ draw = "kind=send node=alice from=5s",
			ask = { "Draw all messages between Alice's phone and Proxy 1 after she hangs up, one line each, such as `alice -> proxy1 CANCEL`.\n\n    rung show rfc3666-2.5 kind=send node=alice from=5s",
				zh = "画出从她挂断起 Alice 的话机与 Proxy 1 之间的消息，每条一行，如 `alice -> proxy1 CANCEL`。\n\n    rung show rfc3666-2.5 kind=send node=alice from=5s" },
			rule = "cancel-recv",
			hint = { "`kind=fsm node=alice from=5.9s machine=ICT,NICT`: two transactions of her phone get their final response there. For which of them does RFC 3261 17.1.1.3 require one more message?", zh = "`kind=fsm node=alice from=5.9s machine=ICT,NICT`：她的话机有两个事务在那里得到最终响应。按 RFC 3261 第 17.1.1.3 节，其中哪一个还要再发一条消息？" } },
		{ draw = "kind=send proto=sip from=5s src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all SIP messages between Proxy 1 and NGW 1 from 5 s on, one line each, such as `proxy1 -> ngw1 CANCEL`.\n\n    rung show rfc3666-2.5 kind=send node=ngw1 proto=sip from=5s",
				zh = "画出 5 s 以后 Proxy 1 与 NGW 1 之间的 SIP 消息，每条一行，如 `proxy1 -> ngw1 CANCEL`。\n\n    rung show rfc3666-2.5 kind=send node=ngw1 proto=sip from=5s" },
			rule = "gateway-cancel",
			hint = { "NGW 1 sends two final responses at the same time: the CSeq of `200@ngw1` and `487@ngw1` shows to which request.", zh = "NGW 1 同时发送两个最终响应：`200@ngw1` 和 `487@ngw1` 的 CSeq 说明各属于什么。" } },
	},
}

task {
	number = { 487 },
	wrong = {
		{ 183, why = { "That one is provisional.", zh = "那是临时响应。" } },
		{ 404, why = { "That would be the status if the exchange had sent a cause.", zh = "交换机说出原因值时才是这样。" } },
	},
	why = { "Look for the message with CSeq INVITE that reaches her phone after she has hung up.", zh = "看她挂断之后话机收到的 CSeq 为 INVITE 的响应。" },
	rule = "gateway-cancel",
	records = function(t) return t:last "kind=recv node=alice cseq=INVITE" end,
	points = 2,
	hint = { "It is the status for a call that is ended before anybody has answered: `dst=alice kind=recv from=6s`, after a 200 to another request.", zh = "结束无人应答的呼叫的一方会收到它：`dst=alice kind=recv from=6s`，在一个属于别的请求的 200 之后。" },
	ahead = true,
	others = {
		{ number = 16,
			ask = { "Before you look at the run: which cause of Q.850 will the gateway write into its REL? Write the number.\n\n    rung show rfc3666-2.5 -m method=REL kind=send",
				zh = "先不看运行：网关将在 REL 中写入哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-2.5 -m method=REL kind=send" },
			ahead = true,
			wrong = {
				{ 1, why = { "That is the cause of the exchange; this REL is not from the exchange.", zh = "交换机会这样说；这个 REL 不是交换机的。" } },
				{ 487, why = { "That is a SIP status.", zh = "那是 SIP 的状态码。" } },
			},
			why = { "Read the cause indicators of the REL that ngw1 sends.", zh = "读 ngw1 发送的 REL 的原因指示。" },
			rule = "gateway-cancel",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "Which side has ended the call? The field is Q.763 3.12 of `REL@ngw1`.", zh = "是谁结束了呼叫？字段是 `REL@ngw1` 的 Q.763 3.12。" } },
		{ number = function(t) return t:count "kind=send proto=sip method=CANCEL" + t:count "kind=send cseq=CANCEL status=200" end,
			ask = { "Before you look at the run: how many messages will have CANCEL in their CSeq, requests and responses together?\n\n    rung show rfc3666-2.5 cseq=CANCEL kind=send",
				zh = "先不看运行：CSeq 中为 CANCEL 的消息将有多少条，请求和响应一起算？\n\n    rung show rfc3666-2.5 cseq=CANCEL kind=send" },
			ahead = true,
			wrong = {
				{ 2, why = { "That is the number of requests; each is answered.", zh = "那是请求；每个都得到响应。" } },
				{ 3, why = { "Proxy 1 answers the one on the first hop as well.", zh = "第一跳也由 Proxy 1 响应。" } },
			},
			why = { "Count the transmissions on each hop between alice and ngw1.", zh = "数 alice 与 ngw1 之间每一跳的发送。" },
			rule = "cancel-recv",
			records = function(t) return t:last "kind=send cseq=CANCEL" end,
			hint = { "`method=CANCEL kind=send` has one for each hop; on each hop the request has its own response (RFC 3261, 9.2).",
				zh = "`method=CANCEL kind=send` 中每一跳一个；每一跳上请求都有自己的响应（RFC 3261 第 9.2 节）。" } },
	},
}

task {
	time = function(t) return t:first("kind=send method=CANCEL src=alice").time - t:first("kind=recv node=alice status=183").time end,
	wrong = {
		{ function(t) return t:first("kind=send method=CANCEL src=alice").time - t:first("kind=send method=INVITE src=alice").time end, why = { "At the beginning of that time there is nothing to hear yet.", zh = "这段时间的开头还没有声音可听。" } },
	},
	why = { "Count from the arrival of the 183 to the transmission of the CANCEL, both at alice.", zh = "从 183 到达到 CANCEL 发出，都在 alice。" },
	rule = "trunk-tone",
	records = function(t) return t:first "kind=recv node=alice status=183" end,
	points = 2,
	hint = { "The time begins with `dst=alice kind=recv status=183`; she hangs up in the first record of `method=CANCEL`.", zh = "`dst=alice kind=recv status=183` 是开始；她在 `method=CANCEL` 的第一条记录中挂断。" },
}

task {
	goal = {
		{ "Alice calls a number that does not exist", zh = "Alice 呼叫没有人的号码",
			function(t)
				return t:first "kind=send method=INVITE src=alice"
			end },
		{ "the exchange sends the cause: REL", zh = "交换机说出原因值：REL",
			function(t)
				return t:first "kind=send method=REL src=switchb"
			end,
			why = { "What does the IAM say about another kind of network?", zh = "IAM 对另一种网络说了什么？" } },
		{ "Alice's phone gets 404", zh = "Alice 的话机收到 404",
			function(t)
				return t:first "kind=recv node=alice status=404"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Its INVITE waits for a final response", right = true,
			zh = "它的 INVITE 还在等最终响应" },
		{ "A gateway accepts no BYE from phones",
			zh = "网关不接受话机发来的 BYE",
			why = { "It does, once the call is answered: see rfc3666-2.1.", zh = "呼叫应答之后就可以：见 rfc3666-2.1。" } },
		{ "The ACM has rejected the INVITE",
			zh = "ACM 已经拒绝了 INVITE",
			why = { "The call is rejected, but no ISUP message answers an INVITE.", zh = "呼叫被拒绝了，但 ISUP 的消息不是对 INVITE 的响应。" } },
		{ "Proxy 1 makes it out of her BYE",
			zh = "Proxy 1 由她的 BYE 得出它",
			why = { "Look at what her phone itself sends.", zh = "看她的话机自己发送什么。" } },
	},
	rule = "cancel-wait",
}
