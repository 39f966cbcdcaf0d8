-- The tasks of rfc3666-2.7; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switchb.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	number = { 19 },
	wrong = {
		{ 102, why = { "That is for T7, when nobody has reported that the number is complete.", zh = "那是 T7 的，没有人说号码完整的情况。" } },
		{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
		{ 480, why = { "That is the status that Alice's phone gets.", zh = "那是 Alice 的话机收到的。" } },
	},
	why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
	rule = "gateway-t9",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
	hint = { "Q.850 has a cause for a telephone that was alerted and not answered; the field is Q.763 3.12 of `REL@ngw1`.", zh = "Q.850 有一个原因值表示已振铃但无人接听；字段是 `REL@ngw1` 的 Q.763 3.12。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=recv node=alice status=183" end,
			ask = { "Before you look at the run: how many 183s will Alice's phone get until the call is over?\n\n    rung show rfc3666-2.7 status=183 node=alice",
				zh = "先不看运行：到呼叫结束为止，Alice 的话机将收到多少个 183？\n\n    rung show rfc3666-2.7 status=183 node=alice" },
			ahead = true,
			wrong = {
				{ 1, why = { "It is sent again while the telephone rings.", zh = "电话振铃期间会再次发送。" } },
				{ 4, why = { "That is the number of transmissions on both hops.", zh = "那是两跳发送的总数。" } },
			},
			why = { "Count the arrivals of that status at alice.", zh = "数这个状态码到达 alice 的次数。" },
			rule = "invite-1xx-again",
			records = function(t) return t:last "kind=recv node=alice status=183" end,
			hint = { "`name=T9 op=set` shows how long the telephone may ring; by RFC 3261, 13.3.1.1 a provisional response that lasts is sent again each minute.",
				zh = "`name=T9 op=set` 说明电话可以振铃多久；按 RFC 3261 第 13.3.1.1 节，持续的临时响应每分钟再发一次。" } },
		{ number = function(t) return t:count "kind=recv node=proxy1 src=ngw1 cseq=INVITE" end,
			ask = { "Before you look at the run: how many responses to its INVITE will Proxy 1 get from NGW 1, of any status?\n\n    rung show rfc3666-2.7 src=ngw1 proto=sip kind=send",
				zh = "先不看运行：Proxy 1 将从 NGW 1 收到多少个对它的 INVITE 的响应，无论状态码？\n\n    rung show rfc3666-2.7 src=ngw1 proto=sip kind=send" },
			ahead = true,
			wrong = {
				{ 3, why = { "One of them is sent twice.", zh = "其中一个发送了两次。" } },
				{ 2, why = { "The 100 counts, and so does a response that is sent again.", zh = "100 要算，重复的也要算。" } },
			},
			why = { "Count the arrivals at proxy1 that come from ngw1.", zh = "数从 ngw1 到达 proxy1 的消息。" },
			rule = "ist-request",
			records = function(t) return t:last "kind=recv node=proxy1 src=ngw1" end,
			hint = { "Everything above 100 is forwarded to Alice's phone, `status=183,480 src=proxy1 dst=alice kind=send`; what else does NGW 1 send, only to Proxy 1 (RFC 3261, 17.2.1)?",
				zh = "大于 100 的都继续传到 Alice 的话机，`status=183,480 src=proxy1 dst=alice kind=send`；NGW 1 另外只对 Proxy 1 说什么（RFC 3261 第 17.2.1 节）？" } },
	},
}

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "T9 ends what began with the ACM: `kind=timer name=T9`, then `machine=circuit node=ngw1`.", zh = "T9 结束由 ACM 开始的等待：`kind=timer name=T9`，再看 `machine=circuit node=ngw1`。" },
	others = {
		{ draw = "kind=send proto=sip node=alice",
			ask = { "Draw all messages between Alice's phone and Proxy 1 in the whole run, one line each, such as `alice -> proxy1 INVITE`.\n\n    rung show rfc3666-2.7 kind=send node=alice",
				zh = "画出整个运行中 Alice 的话机与 Proxy 1 之间的消息，每条一行，如 `alice -> proxy1 INVITE`。\n\n    rung show rfc3666-2.7 kind=send node=alice" },
			rule = "gateway-t9",
			hint = { "One of the responses comes a second time after a minute: `node=alice from=60s`.", zh = "其中一个响应一分钟后再次到来：`node=alice from=60s`。" } },
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all SIP messages between Proxy 1 and NGW 1 in the whole run, one line each, such as `proxy1 -> ngw1 INVITE`.\n\n    rung show rfc3666-2.7 kind=send node=ngw1 proto=sip",
				zh = "画出整个运行中 Proxy 1 与 NGW 1 之间的 SIP 消息，每条一行，如 `proxy1 -> ngw1 INVITE`。\n\n    rung show rfc3666-2.7 kind=send node=ngw1 proto=sip" },
			rule = "gateway-t9",
			hint = { "The gateway sends before and after T9; the proxy itself sends two messages: `src=proxy1 dst=ngw1`.", zh = "T9 之前和之后网关都说话；代理服务器自己说两次：`src=proxy1 dst=ngw1`。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv node=alice status=480").time - t:first("kind=send method=INVITE src=alice").time end,
	tolerance = 0.001,
	wrong = {
		{ 90, why = { "That is only T9; it does not begin with her INVITE.", zh = "那只是 T9；它不从她的 INVITE 开始。" } },
		{ function(t) return t:first("kind=recv node=alice status=480").time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of alice: the transmission of her INVITE and the arrival of the final response. Subtract.", zh = "alice 的两条记录：发送 INVITE 和收到最终响应，时刻相减。" },
	rule = "gateway-t9",
	records = function(t) return t:first "kind=recv node=alice status=480" end,
	points = 2,
	hint = { "T9 runs from the ACM on (`name=T9 op=set`), and there are a few links before and after it.", zh = "T9 从 ACM 起运行（`name=T9 op=set`），其前后还有几段链路。" },
}

task {
	goal = {
		{ "the telephone rings", zh = "电话振铃",
			function(t)
				return t:first "kind=send method=ACM src=switchb"
			end },
		{ "the exchange gives up, not the gateway", zh = "放弃的是交换机，不是网关",
			function(t)
				return t:first "kind=send method=REL src=switchb"
			end,
			why = { "It has its own time for that, which here is never.", zh = "它自己有这样的时间，这里是 never。" } },
		{ "Alice's phone still gets 480", zh = "Alice 的话机仍然收到 480",
			function(t)
				return t:first "kind=recv node=alice status=480"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Its Timer C is longer than T9, and the 183 has begun it anew", right = true,
			zh = "它的定时器 C 比 T9 长，而且 183 使它重新开始" },
		{ "A proxy sets no timers for calls",
			zh = "代理服务器不为呼叫设置定时器",
			why = { "It does for each INVITE that it has forwarded: RFC 3261 16.8.", zh = "它为每个转发的 INVITE 设置：RFC 3261 第 16.8 节。" } },
		{ "The 100 of the gateway has stopped its Timer C",
			zh = "网关的 100 使它的定时器 C 停止",
			why = { "A 100 stops Timer A; Timer C keeps running.", zh = "100 使定时器 A 停止；定时器 C 继续。" } },
		{ "It waits for T9 of the gateway, which it knows",
			zh = "它等待网关的 T9，它知道这个定时器",
			why = { "No SIP field tells a proxy about ISUP timers.", zh = "SIP 没有字段把 ISUP 的定时器告诉代理服务器。" } },
	},
	rule = "proxy-timer-c",
}
