-- The tasks of rfc3666-2.1; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "switchb.pick_up=1s..4s:1s", "ngw1--switchb.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "Alice's phone, as it does at a 180",
			zh = "Alice 的话机，和收到 180 时一样",
			why = { "A phone generates its tone at a 180; here it gets a 183 with SDP.", zh = "话机在收到 180 时产生回铃音；这里它收到的是带 SDP 的 183。" } },
		{ "Switch B; NGW 1 passes it on as RTP", right = true,
			zh = "Switch B；NGW 1 以 RTP 转送" },
		{ "Proxy 1, until the 200 has come",
			zh = "Proxy 1，直到 200 到来",
			why = { "A proxy does not handle media.", zh = "代理服务器不参与媒体。" } },
		{ "NGW 1, which makes a tone of its own from the ACM",
			zh = "NGW 1，它根据 ACM 自己产生回铃音",
			why = { "It generates no sound here: it sends the sound of the circuit on as RTP.", zh = "它在这里不产生声音：电路上来的声音以 RTP 转送。" } },
	},
	rule = "gateway-acm",
	ahead = true,
}

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "Two of them report who answers and who hangs up: see the pane Machines of ngw1, or `machine=circuit node=ngw1`.", zh = "其中两条说明有人接听和有人挂断：看 ngw1 的状态机面板，或 `machine=circuit node=ngw1`。" },
	others = {
		{ draw = "kind=send node=alice cseq=INVITE,ACK",
			ask = { "Draw all messages between Alice's phone and Proxy 1 until the call is set up, from her INVITE to her ACK, such as `alice -> proxy1 INVITE`.\n\n    rung show rfc3666-2.1 node=alice kind=send cseq=INVITE,ACK",
				zh = "画出呼叫建立之前 Alice 的话机与 Proxy 1 之间的消息：从她的 INVITE 到她的 ACK，如 `alice -> proxy1 INVITE`。\n\n    rung show rfc3666-2.1 node=alice kind=send cseq=INVITE,ACK" },
			rule = "gateway-acm",
			hint = { "Proxy 1 sends one response itself, then forwards two of the gateway: the Server and Via fields of `src=proxy1 dst=alice` show which is which.", zh = "Proxy 1 先为自己说一次，再替网关说两次：`src=proxy1 dst=alice` 的 Server 和 Via 字段可以区分。" } },
		{ draw = "kind=send cseq=BYE",
			ask = { "Draw how SIP ends the call: each BYE and each response to it, one line each, such as `alice -> proxy1 BYE`.\n\n    rung show rfc3666-2.1 kind=send cseq=BYE",
				zh = "画出 SIP 怎样结束呼叫：每个 BYE 和对它的每个响应，每条一行，如 `alice -> proxy1 BYE`。\n\n    rung show rfc3666-2.1 kind=send cseq=BYE" },
			rule = "dialog-route",
			hint = { "The route was recorded, so Proxy 1 is in the path again: RFC 3261, 12.2.1.1; compare `BYE@alice` with `BYE@proxy1`.", zh = "路由已被记录，所以 Proxy 1 仍在路径上：RFC 3261 第 12.2.1.1 节；比较 `BYE@alice` 与 `BYE@proxy1`。" } },
	},
}

task {
	number = function(t) return t:first("kind=send src=ngw1 status=183").status end,
	wrong = {
		{ 180, why = { "That is for an ACM that only says subscriber free.", zh = "那是由只说“用户空闲”的 ACM 得出的。" } },
		{ 100, why = { "That was sent before the ACM arrived.", zh = "那是在 ACM 到来之前发送的。" } },
	},
	why = { "Look for what ngw1 sends to proxy1 after the ACM has arrived.", zh = "看 ACM 到来之后 ngw1 向 proxy1 发送什么。" },
	rule = "gateway-acm",
	records = function(t) return t:first "kind=send src=ngw1 status=183" end,
	points = 2,
	hint = { "The first response of `src=ngw1` after it; its reason is the optional backward call indicators, Q.763 3.37.", zh = "`src=ngw1` 在 ACM 之后的第一个响应；可选后向呼叫指示（Q.763 3.37）是其原因。" },
	others = {
		{ number = 16,
			ask = { "Which cause of Q.850 does the gateway write into its REL? Write the number.\n\n    rung show rfc3666-2.1 -m method=REL kind=send",
				zh = "网关在 REL 中写入哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-2.1 -m method=REL kind=send" },
			wrong = {
				{ 17, why = { "The telephone was not busy: somebody answered.", zh = "电话不忙：有人接听了。" } },
				{ 31, why = { "That is for events without their own cause; hanging up has one.", zh = "那代表没有自己原因值的情况；挂断有自己的。" } },
			},
			why = { "Read the cause indicators of the REL that ngw1 sends.", zh = "读 ngw1 发送的 REL 的原因指示。" },
			rule = "gateway-bye",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "`REL@ngw1` has the field of Q.763 3.12; the BYE before it gives the reason.", zh = "`REL@ngw1` 有 Q.763 3.12 的字段；它之前的 BYE 说明为何挂断。" } },
		{ number = function(t) return tonumber(t:first("kind=fsm machine=circuit node=ngw1").id:match "(%d+)$") end,
			ask = { "Which circuit does NGW 1 use for the call? Write its number, as the IAM has it.\n\n    rung show rfc3666-2.1 -m method=IAM kind=send",
				zh = "NGW 1 为这个呼叫占用哪条电路？写出 IAM 中的编号。\n\n    rung show rfc3666-2.1 -m method=IAM kind=send" },
			wrong = {
				{ 1, why = { "That is one of Switch A's; those of Switch B begin with 5.", zh = "那是 Switch A 的电路；Switch B 的从 5 开始。" } },
				{ 523, why = { "That is the point code of NGW 1.", zh = "那是 NGW 1 的信令点编码。" } },
			},
			why = { "The IAM has it before its type: the circuit identification code.", zh = "IAM 在类型之前写有它：电路识别码。" },
			rule = "trunk-seize",
			records = function(t) return t:first "kind=send method=IAM" end,
			hint = { "The trunk to Switch B is 5 to 8. The field is Q.763 1.2, in `IAM@ngw1`.", zh = "通往 Switch B 的中继是 5 到 8。字段是 Q.763 1.2，在 `IAM@ngw1` 中。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv node=alice status=200").time - t:first("kind=send src=alice method=INVITE").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=alice status=200").time end, why = { "That is the time since the start of the run; she called later than at 0.", zh = "那是运行的时刻；她并不是在 0 时呼叫的。" } },
		{ function(t) return t:first("kind=recv node=alice status=183").time - t:first("kind=send src=alice method=INVITE").time end, why = { "At that time she hears the first sound; nobody has answered yet.", zh = "那时她听到第一个声音；还没有人接听。" } },
	},
	why = { "Take the transmission of her INVITE and the arrival of the 200, and subtract.", zh = "取她发送 INVITE 和收到 200 的时刻，相减。" },
	rule = "gateway-answer",
	records = function(t) return t:first "kind=recv node=alice status=200" end,
	points = 2,
	hint = { "Take `INVITE@alice` and the arrival of `200@proxy1` after it; between them somebody must walk to the telephone.", zh = "取 `INVITE@alice` 和它之后 `200@proxy1` 的到达；其间有人要走到电话旁。" },
}

task {
	goal = {
		{ "the exchange answers by CON", zh = "交换机以 CON 应答",
			function(t)
				return t:first "kind=send method=CON src=switchb"
			end },
		{ "the gateway sends no ringing", zh = "网关不说振铃",
			function(t)
				return t:count "kind=send src=ngw1 status=180,181,183" == 0, t:first "kind=send method=CON"
			end,
			why = { "An ACM or a CPG is mapped to an 18x.", zh = "ACM 或 CPG 会变成 18x。" } },
		{ "Alice's call is answered", zh = "Alice 的呼叫被应答",
			function(t)
				return t:first "kind=recv node=alice status=200 cseq=INVITE"
			end },
	},
	points = 3,
}
