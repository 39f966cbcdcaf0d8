-- The tasks of rfc3666-2.7; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switchb.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = { 19 },
	wrong = {
		{ 102, why = { "That is T7's, when nobody has said that the number is complete.", zh = "那是 T7 的，没有人说号码完整的情况。" } },
		{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
		{ 480, why = { "That is what Alice's phone hears.", zh = "那是 Alice 的话机收到的。" } },
	},
	why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
	rule = "gateway-t9",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv node=alice status=480").time - t:first("kind=send method=INVITE src=alice").time end,
	tolerance = 0.001,
	wrong = {
		{ 90, why = { "That is T9 alone; it does not begin with her INVITE.", zh = "那只是 T9；它不从她的 INVITE 开始。" } },
		{ function(t) return t:first("kind=recv node=alice status=480").time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records of alice: the send of her INVITE and the arrival of the final response. Subtract.", zh = "alice 的两条记录：发送 INVITE 和收到最终响应，时刻相减。" },
	rule = "gateway-t9",
	records = function(t) return t:first "kind=recv node=alice status=480" end,
	points = 2,
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
			why = { "It has a time of its own for that, which here is never.", zh = "它自己有这样的时间，这里是 never。" } },
		{ "Alice's phone hears 480 all the same", zh = "Alice 的话机仍然收到 480",
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
			why = { "It does for each INVITE that it has sent on: RFC 3261 16.8.", zh = "它为每个转发的 INVITE 设置：RFC 3261 第 16.8 节。" } },
		{ "The 100 of the gateway has stopped its Timer C",
			zh = "网关的 100 使它的定时器 C 停止",
			why = { "A 100 stops Timer A; Timer C goes on.", zh = "100 使定时器 A 停止；定时器 C 继续。" } },
		{ "It waits for T9 of the gateway, which it knows",
			zh = "它等待网关的 T9，它知道这个定时器",
			why = { "No field of SIP tells a proxy of timers of ISUP.", zh = "SIP 没有字段把 ISUP 的定时器告诉代理服务器。" } },
	},
	rule = "proxy-timer-c",
}
