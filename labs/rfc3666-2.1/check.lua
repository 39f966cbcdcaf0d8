-- The tasks of rfc3666-2.1; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "switchb.pick_up=1s..4s:1s", "ngw1--switchb.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = function(t) return t:first("kind=send src=ngw1 status=183").status end,
	wrong = {
		{ 180, why = { "That is made of an ACM that says subscriber free and no more.", zh = "那是由只说“用户空闲”的 ACM 得出的。" } },
		{ 100, why = { "That was sent before the ACM came.", zh = "那是在 ACM 到来之前发送的。" } },
	},
	why = { "Look for what ngw1 sends to proxy1 after the ACM has come.", zh = "看 ACM 到来之后 ngw1 向 proxy1 发送什么。" },
	rule = "gateway-acm",
	records = function(t) return t:first "kind=send src=ngw1 status=183" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv node=alice status=200").time - t:first("kind=send src=alice method=INVITE").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=alice status=200").time end, why = { "That is the time of the run; she called later than at 0.", zh = "那是运行的时刻；她并不是在 0 时呼叫的。" } },
		{ function(t) return t:first("kind=recv node=alice status=183").time - t:first("kind=send src=alice method=INVITE").time end, why = { "Then she hears the first sound; nobody has answered yet.", zh = "那时她听到第一个声音；还没有人接听。" } },
	},
	why = { "Take the send of her INVITE and the arrival of the 200, and subtract.", zh = "取她发送 INVITE 和收到 200 的时刻，相减。" },
	rule = "gateway-answer",
	records = function(t) return t:first "kind=recv node=alice status=200" end,
	points = 2,
}

task {
	goal = {
		{ "the exchange answers by CON", zh = "交换机以 CON 应答",
			function(t)
				return t:first "kind=send method=CON src=switchb"
			end },
		{ "the gateway rings nobody", zh = "网关不说振铃",
			function(t)
				return t:count "kind=send src=ngw1 status=180,181,183" == 0, t:first "kind=send method=CON"
			end,
			why = { "An ACM or a CPG becomes an 18x.", zh = "ACM 或 CPG 会变成 18x。" } },
		{ "Alice's call is answered", zh = "Alice 的呼叫被应答",
			function(t)
				return t:first "kind=recv node=alice status=200 cseq=INVITE"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Alice's phone, as it does at a 180",
			zh = "Alice 的话机，和收到 180 时一样",
			why = { "A phone makes its tone at a 180; here it gets a 183 with SDP.", zh = "话机在收到 180 时产生回铃音；这里它收到的是带 SDP 的 183。" } },
		{ "Switch B; NGW 1 passes it on as RTP", right = true,
			zh = "Switch B；NGW 1 以 RTP 转送" },
		{ "Proxy 1, until the 200 has come",
			zh = "Proxy 1，直到 200 到来",
			why = { "A proxy has no part in media.", zh = "代理服务器不参与媒体。" } },
		{ "NGW 1, which makes a tone of its own from the ACM",
			zh = "NGW 1，它根据 ACM 自己产生回铃音",
			why = { "It makes no sound here: what comes on the circuit goes on as RTP.", zh = "它在这里不产生声音：电路上来的声音以 RTP 转送。" } },
	},
	rule = "gateway-acm",
}
