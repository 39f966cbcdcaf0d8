-- The tasks of pstn-gateway; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "exchange.rings_out=6s..12s:1s", "ngw1--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	number = { 404 },
	wrong = {
		{ 486, why = { "That is what the first call got: somebody is there, and busy.", zh = "那是第一次呼叫得到的：有人，但是忙。" } },
		{ 484, why = { "That is of a number that is too short.", zh = "那是号码太短的情况。" } },
		{ 1, why = { "That is the cause; a status was asked for.", zh = "那是原因值；问的是状态码。" } },
	},
	why = { "It is the second call of the script: look at its final response.", zh = "是脚本中的第二次呼叫：看它的最终响应。" },
	rule = "gateway-cause",
	records = function(t) return t:first "kind=recv node=alice status=404" end,
	points = 2,
}

task {
	number = { 19 },
	wrong = {
		{ 18, why = { "That would be without ringing: nobody responds at all.", zh = "那是没有振铃、毫无响应的情况。" } },
		{ 480, why = { "That is what a gateway makes of it.", zh = "那是网关由它得出的。" } },
		{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
	},
	why = { "Of the three RELs of the exchange it is the last one.", zh = "是交换机三个 REL 中的最后一个。" },
	rule = "exchange-refuse",
	records = function(t) return t:last "kind=send method=REL src=exchange" end,
	points = 2,
}

task {
	time = function(t) return t:last("kind=send method=REL src=exchange").time - t:last("kind=send method=ACM src=exchange").time end,
	wrong = {
		{ 90, why = { "That is T9 of the gateway; the exchange has given up before.", zh = "那是网关的 T9；交换机在那之前已放弃。" } },
		{ 20, why = { "That is T7, which the ACM has stopped.", zh = "那是 T7，ACM 已使它停止。" } },
	},
	why = { "Subtract the times of the two sends of the exchange.", zh = "交换机两次发送的时刻相减。" },
	rule = "gateway-t9",
	records = function(t) return t:last "kind=send method=REL src=exchange" end,
	points = 2,
}

task {
	choice = {
		{ "the exchange has blocked all circuits before: BLO", zh = "交换机此前闭塞了所有电路：BLO", right = true, rule = "trunk-block" },
		{ "the exchange refuses the call by a REL, cause 34", zh = "交换机以 REL 拒绝呼叫，原因值 34",
			why = { "The gateway has sent no IAM for it to refuse.", zh = "网关没有发送可供拒绝的 IAM。" } },
		{ "the gateway has lost its link to the exchange", zh = "网关失去了通往交换机的链路",
			why = { "What it was told before has come, and was answered.", zh = "此前告诉它的消息已到达，并得到回应。" } },
		{ "the proxy finds no gateway that has a circuit", zh = "代理服务器找不到有电路的网关",
			why = { "It has sent the INVITE on; a proxy knows no circuits.", zh = "它转发了 INVITE；代理服务器不知道电路。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=BLO" end,
}

task {
	goal = {
		{ "the exchange releases a call", zh = "交换机释放一个呼叫",
			function(t)
				return t:first "kind=send method=REL src=exchange"
			end },
		{ "Alice's phone hears 410", zh = "Alice 的话机收到 410",
			function(t)
				return t:first "kind=recv node=alice status=410"
			end,
			why = { "docs/ISUP.md tells where the list of causes is; the number has changed.", zh = "docs/zh/ISUP.md 说明原因值表在哪里；号码改了。" } },
	},
	points = 3,
}
