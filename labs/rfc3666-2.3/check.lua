-- The tasks of rfc3666-2.3; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "switchb.pick_up=1s..4s:1s", "proxy1--ngw1.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "The 503: it is no final response, and the call goes on",
			zh = "收到 503：它不是最终响应，呼叫继续进行",
			why = { "Every response of 200 or more is final: that branch is over.", zh = "200 及以上都是最终响应：那条分支已结束。" } },
		{ "Nothing: NGW 1 has sent it to NGW 2, which takes over",
			zh = "不会：NGW 1 把它发给 NGW 2，由后者接管",
			why = { "Look at what the two send: there is no message between them.", zh = "看两者发送的消息：它们之间没有消息。" } },
		{ "Nothing: Proxy 1 keeps it while a place is left to try", right = true,
			zh = "不会：只要还有地方可试，Proxy 1 就留着它" },
		{ "The 503: but her phone goes on waiting for the other one",
			zh = "收到 503：但她的话机继续等待另一个",
			why = { "Look for it among the messages that reach her phone.", zh = "在她的话机收到的消息中找找看。" } },
	},
	rule = "proxy-final",
	ahead = true,
}

task {
	draw = "kind=send from=1s to=1.9s",
	given = 3,
	points = 2,
	hint = { "Proxy 1 has two client transactions, one after the other: `machine=ICT node=proxy1`; there are two ISUP messages.", zh = "Proxy 1 有两个先后的客户端事务：`machine=ICT node=proxy1`；ISUP 的消息有两条。" },
	others = {
		{ draw = "kind=send method=ACK",
			ask = { "Draw the ACKs of the whole run, one line each, such as `alice -> proxy1 ACK`. Which of them does not come from Alice's phone?\n\n    rung show rfc3666-2.3 -m kind=send method=ACK",
				zh = "画出整个运行中的 ACK，每个一行，如 `alice -> proxy1 ACK`。其中哪个与 Alice 的话机无关？\n\n    rung show rfc3666-2.3 -m kind=send method=ACK" },
			rule = "ict-ack",
			hint = { "There are two kinds: the ACK for a rejection ends at the hop, the one for a 200 goes through. RFC 3261, 17.1.1.3 and 13.2.2.4; `status=503,200 cseq=INVITE`.", zh = "有两种：对拒绝的止于那一跳，对 200 的一直传到头。RFC 3261 第 17.1.1.3 和 13.2.2.4 节；`status=503,200 cseq=INVITE`。" } },
		{ draw = "kind=send cseq=BYE",
			ask = { "Draw how SIP ends the call: each BYE and each response to it, one line each, such as `alice -> proxy1 BYE`.\n\n    rung show rfc3666-2.3 kind=send cseq=BYE",
				zh = "画出 SIP 怎样结束呼叫：每个 BYE 和对它的每个响应，每条一行，如 `alice -> proxy1 BYE`。\n\n    rung show rfc3666-2.3 kind=send cseq=BYE" },
			rule = "gateway-bye",
			hint = { "Only one of the gateways has a dialog with Alice's phone: whose Contact is in `200@proxy1`?", zh = "只有一个网关与 Alice 的话机有对话：`200@proxy1` 中是谁的 Contact？" } },
	},
}

task {
	number = { 34 },
	wrong = {
		{ 503, why = { "That is the status; the question asks for a cause of Q.850.", zh = "那是状态码；问的是 Q.850 原因值。" } },
		{ 17, why = { "No telephone is busy: the call did not get that far.", zh = "没有电话在忙：连问都没有问。" } },
	},
	why = { "The gateway writes it into a Reason.", zh = "网关把它写进 Reason。" },
	rule = "reason-cause",
	records = function(t) return t:first "kind=send src=ngw1 status=503" end,
	points = 2,
	hint = { "Read the Reason field of `503@ngw1`, as in RFC 3326: a protocol, then its number.", zh = "`503@ngw1` 的 Reason 字段，按 RFC 3326：先是协议，再是它的编号。" },
	others = {
		{ number = function(t) return t:count "kind=send method=INVITE" end,
			ask = { "How many INVITEs are sent in this run, by all nodes?\n\n    rung show rfc3666-2.3 method=INVITE kind=send",
				zh = "这次运行中一共发送了多少个 INVITE，无论由谁发送？\n\n    rung show rfc3666-2.3 method=INVITE kind=send" },
			wrong = {
				{ 2, why = { "Alice's phone must send the first one to Proxy 1.", zh = "还要有人把第一个发给 Proxy 1。" } },
				{ 4, why = { "NGW 1 does not forward what it has rejected.", zh = "NGW 1 拒绝的，它不转发。" } },
			},
			why = { "Count the transmissions of all nodes.", zh = "数所有节点的发送。" },
			rule = "proxy-forward",
			records = function(t) return t:last "kind=send method=INVITE" end,
			hint = { "Nothing is lost here, so each client transaction has one: `machine=ICT left=none` shows where one begins.",
				zh = "这里什么也没有丢失，所以每个客户端事务一个：`machine=ICT left=none` 显示它们在哪里开始。" } },
		{ number = function(t) return t:count "kind=recv dst=proxy1 cseq=INVITE status=2xx,5xx" end,
			ask = { "How many final responses to its INVITEs does Proxy 1 get from the two gateways together?\n\n    rung show rfc3666-2.3 dst=proxy1 cseq=INVITE kind=send",
				zh = "Proxy 1 从两个网关一共收到多少个对它的 INVITE 的最终响应？\n\n    rung show rfc3666-2.3 dst=proxy1 cseq=INVITE kind=send" },
			wrong = {
				{ 1, why = { "Every response of 200 or more ends a branch, even a rejection.", zh = "200 及以上都结束一条分支，拒绝也是。" } },
				{ 5, why = { "The provisional ones are not final.", zh = "临时响应不是最终响应。" } },
			},
			why = { "Look at what ngw1 and ngw2 send to proxy1 with CSeq INVITE, and leave out what is below 200.", zh = "看 ngw1 和 ngw2 发给 proxy1 的 CSeq 为 INVITE 的消息，不算 200 以下的。" },
			rule = "proxy-final",
			records = function(t) return t:all "kind=recv dst=proxy1 cseq=INVITE status=2xx,5xx" end,
			hint = { "Each branch ends with one, RFC 3261, 16.7: `src=ngw1,ngw2 dst=proxy1 cseq=INVITE`.", zh = "每条分支以一个结束，RFC 3261 第 16.7 节：`src=ngw1,ngw2 dst=proxy1 cseq=INVITE`。" } },
	},
}

task {
	time = function(t) return t:first("kind=send method=INVITE dst=ngw2").time - t:first("kind=send method=INVITE dst=ngw1").time end,
	wrong = {
		{ function(t) return t:first("kind=recv method=INVITE node=ngw1").time - t:first("kind=send method=INVITE dst=ngw1").time end, why = { "At that time NGW 1 has it; its rejection must return first.", zh = "那时它才到 NGW 1；拒绝还要传回来。" } },
	},
	why = { "Take two transmissions of proxy1: its INVITE to each of the two gateways. Subtract.", zh = "proxy1 的两次发送：发给两个网关的 INVITE，时刻相减。" },
	rule = "proxy-forward",
	records = function(t) return t:first "kind=send method=INVITE dst=ngw2" end,
	points = 2,
	hint = { "Between the two transmissions there is only the round trip to NGW 1: `node=ngw1 from=1s proto=sip`.", zh = "两次发送之间只有去 NGW 1 和返回的路程：`node=ngw1 from=1s proto=sip`。" },
}

task {
	goal = {
		{ "NGW 1 has no circuit", zh = "NGW 1 没有电路",
			function(t)
				return t:first "kind=send src=ngw1 status=503"
			end },
		{ "nor does NGW 2", zh = "NGW 2 也没有",
			function(t)
				return t:first "kind=send src=ngw2 status=503"
			end,
			why = { "Its circuits are 3 and 4.", zh = "它的电路是 3 和 4。" } },
		{ "Alice's phone gets 500", zh = "Alice 的话机收到 500",
			function(t)
				return t:first "kind=recv node=alice status=500"
			end },
	},
	points = 3,
}
