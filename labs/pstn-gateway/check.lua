-- The tasks of pstn-gateway; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "ngw1--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

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
	ahead = true,
	hint = { "`node=alice kind=recv from=4s to=5s` is the second call.", zh = "第二次呼叫在 `node=alice kind=recv from=4s to=5s` 中。" },
	others = {
		{ number = 486, rule = "gateway-cause", ahead = true,
			ask = { "Before you look at the run: which status will Alice's phone hear for the telephone that is busy?\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx", zh = "先不看运行：对正忙的电话，Alice 的话机会收到哪个状态码？\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx" },
			wrong = { { 17, why = { "That is the cause; a status was asked for.", zh = "那是原因值；问的是状态码。" } }, { 404, why = { "That is what the second call gets.", zh = "那是第二次呼叫得到的。" } }, { 600, why = { "The gateway knows of this one telephone only.", zh = "网关只知道这一部电话。" } } },
			why = { "It is the first call of the script: look at its final response.", zh = "是脚本中的第一次呼叫：看它的最终响应。" },
			hint = { "`node=alice kind=recv to=2s` has the first call.", zh = "第一次呼叫在 `node=alice kind=recv to=2s` 中。" },
			records = function(t) return t:first "kind=recv node=alice status=4xx" end },
		{ number = 480, rule = "gateway-cause", ahead = true,
			ask = { "Before you look at the run: which status will Alice's phone hear for the telephone that rings in vain?\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx", zh = "先不看运行：对振铃而无人接听的电话，Alice 的话机会收到哪个状态码？\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx" },
			wrong = { { 19, why = { "That is the cause; a status was asked for.", zh = "那是原因值；问的是状态码。" } }, { 408, why = { "That is for a telephone that has not rung.", zh = "那是没有振铃的情况。" } }, { 487, why = { "Nobody has cancelled the call.", zh = "没有人取消呼叫。" } } },
			why = { "It is the third call of the script: look at its final response.", zh = "是脚本中的第三次呼叫：看它的最终响应。" },
			hint = { "`node=alice kind=recv from=7s to=20s` is the third call.", zh = "第三次呼叫在 `node=alice kind=recv from=7s to=20s` 中。" },
			records = function(t) return t:first "kind=recv node=alice status=480" end },
	},
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
	hint = { "The last record of `method=REL src=exchange` has it, as does Reason in the gateway's response.", zh = "`method=REL src=exchange` 的最后一条有它，网关的响应的 Reason 中也有。" },
	others = {
		{ number = 17, rule = "exchange-refuse",
			ask = { "The first telephone is busy. Which cause has the REL of the exchange then?\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange", zh = "第一部电话正忙。这时交换机的 REL 带的是哪个原因值？\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange" },
			wrong = { { 486, why = { "That is what the gateway makes of it.", zh = "那是网关由它得出的。" } }, { 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } }, { 34, why = { "That is of circuits, not of a telephone.", zh = "那说的是电路，不是电话。" } } },
			why = { "Of the three RELs of the exchange it is the first one.", zh = "是交换机三个 REL 中的第一个。" },
			hint = { "Read the first of `-m method=REL src=exchange kind=send`.", zh = "读 `-m method=REL src=exchange kind=send` 的第一个。" },
			records = function(t) return t:first "kind=send method=REL src=exchange" end },
		{ number = 1, rule = "exchange-refuse",
			ask = { "The second number is nobody's. Which cause has the REL of the exchange then?\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange", zh = "第二个号码没有人使用。这时交换机的 REL 带的是哪个原因值？\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange" },
			wrong = { { 404, why = { "That is what the gateway makes of it.", zh = "那是网关由它得出的。" } }, { 17, why = { "That is of a telephone that is there.", zh = "那说的是一部存在的电话。" } }, { 28, why = { "Its form was right.", zh = "号码的格式是对的。" } } },
			why = { "Of the three RELs of the exchange it is the second one.", zh = "是交换机三个 REL 中的第二个。" },
			hint = { "Choose `-m method=REL src=exchange from=4s to=5s`.", zh = "用 `-m method=REL src=exchange from=4s to=5s`。" },
			records = function(t) return t:all "kind=send method=REL src=exchange"[2] end },
	},
}

task {
	draw = "proto=isup kind=send from=6.9s to=20s",
	points = 2,
	rule = "gateway-t9",
	hint = { "`proto=isup kind=send from=6.9s to=20s` is the third call; the last line of it answers the one before.", zh = "`proto=isup kind=send from=6.9s to=20s` 是第三次呼叫；最后一行是对前一行的回应。" },
	others = {
		{ draw = "proto=isup kind=send to=3s", rule = "exchange-refuse",
			ask = { "Draw the messages of ISUP of the first call, to the telephone that is busy: a line for each.\n\n    rung show pstn-gateway proto=isup kind=send to=3s", zh = "画出第一次呼叫（电话正忙）的 ISUP 消息，每条一行。\n\n    rung show pstn-gateway proto=isup kind=send to=3s" },
			hint = { "`proto=isup kind=send to=3s`: nothing rings, and each side says one thing more.", zh = "`proto=isup kind=send to=3s`：没有振铃，双方各再说一句。" } },
		{ draw = "proto=isup kind=send from=20s", rule = "trunk-block",
			ask = { "Draw the messages of ISUP by which all circuits are blocked before the last call: a line for each.\n\n    rung show pstn-gateway proto=isup kind=send from=20s", zh = "画出最后一次呼叫之前闭塞所有电路的 ISUP 消息，每条一行。\n\n    rung show pstn-gateway proto=isup kind=send from=20s" },
			hint = { "There are four circuits: `proto=isup kind=send from=20s`.", zh = "有四条电路：`proto=isup kind=send from=20s`。" } },
	},
}

task {
	choice = {
		{ "a BLO of the exchange has blocked all circuits before", zh = "交换机此前以 BLO 闭塞了所有电路", right = true, rule = "trunk-block" },
		{ "the exchange refuses the call by a REL: cause 34", zh = "交换机以 REL 拒绝呼叫：原因值 34",
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
