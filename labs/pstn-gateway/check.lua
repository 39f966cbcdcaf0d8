-- The tasks of pstn-gateway; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "ngw1--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	number = { 404 },
	wrong = {
		{ 486, why = { "That is what the first call got: the user exists, and is busy.", zh = "那是第一次呼叫得到的：有人，但是忙。" } },
		{ 484, why = { "That is for a number that is too short.", zh = "那是号码太短的情况。" } },
		{ 1, why = { "That is the cause; the question asks for the status.", zh = "那是原因值；问的是状态码。" } },
	},
	why = { "It is the second call of the script: look at its final response.", zh = "是脚本中的第二次呼叫：看它的最终响应。" },
	rule = "gateway-cause",
	records = function(t) return t:first "kind=recv node=alice status=404" end,
	points = 2,
	ahead = true,
	hint = { "The exchange gives a cause, `-m method=REL src=exchange from=4s to=5s`; RFC 3398 7.2.4.1 has the status for each.",
		zh = "交换机给出一个原因值，`-m method=REL src=exchange from=4s to=5s`；每个原因值对应的状态码见 RFC 3398 7.2.4.1。" },
	others = {
		{ number = 486, rule = "gateway-cause", ahead = true,
			ask = { "Before you look at the run: which status will Alice's phone get for the telephone that is busy?\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx", zh = "先不看运行：对正忙的电话，Alice 的话机会收到哪个状态码？\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx" },
			wrong = { { 17, why = { "That is the cause; the question asks for the status.", zh = "那是原因值；问的是状态码。" } }, { 404, why = { "That is what the second call gets.", zh = "那是第二次呼叫得到的。" } }, { 600, why = { "The gateway knows only about this one telephone.", zh = "网关只知道这一部电话。" } } },
			why = { "It is the first call of the script: look at its final response.", zh = "是脚本中的第一次呼叫：看它的最终响应。" },
			hint = { "The report of the exchange is in `-m method=REL src=exchange to=3s`; look that cause up in the table of RFC 3398 7.2.4.1.",
				zh = "交换机怎样说明它，见 `-m method=REL src=exchange to=3s`；在 RFC 3398 7.2.4.1 的表中查这个原因值。" },
			records = function(t) return t:first "kind=recv node=alice status=4xx" end },
		{ number = 480, rule = "gateway-cause", ahead = true,
			ask = { "Before you look at the run: which status will Alice's phone get for the telephone that rings and is not answered?\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx", zh = "先不看运行：对振铃而无人接听的电话，Alice 的话机会收到哪个状态码？\n\n    rung show pstn-gateway node=alice kind=recv status=4xx,5xx" },
			wrong = { { 19, why = { "That is the cause; the question asks for the status.", zh = "那是原因值；问的是状态码。" } }, { 408, why = { "That is for a telephone that has not rung.", zh = "那是没有振铃的情况。" } }, { 487, why = { "Nobody has cancelled the call.", zh = "没有人取消呼叫。" } } },
			why = { "It is the third call of the script: look at its final response.", zh = "是脚本中的第三次呼叫：看它的最终响应。" },
			hint = { "The exchange gives up, not the gateway: `-m method=REL src=exchange from=7s to=20s` has its cause, and RFC 3398 7.2.4.1 says what it is mapped to.",
				zh = "放弃的是交换机，不是网关：`-m method=REL src=exchange from=7s to=20s` 有它的原因值；它变成什么，见 RFC 3398 7.2.4.1。" },
			records = function(t) return t:first "kind=recv node=alice status=480" end },
	},
}

task {
	number = { 19 },
	wrong = {
		{ 18, why = { "That would be without ringing: no user responds at all.", zh = "那是没有振铃、毫无响应的情况。" } },
		{ 480, why = { "That is the status to which the gateway maps it.", zh = "那是网关由它得出的。" } },
		{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
	},
	why = { "Of the three RELs of the exchange it is the last one.", zh = "是交换机三个 REL 中的最后一个。" },
	rule = "exchange-refuse",
	records = function(t) return t:last "kind=send method=REL src=exchange" end,
	points = 2,
	hint = { "The third call begins at 6.9 s: `-m method=REL src=exchange from=7s to=20s kind=send`, and compare it with the Reason at the end of `node=alice kind=recv from=7s to=20s`.",
		zh = "第三次呼叫从 6.9 s 开始：看 `-m method=REL src=exchange from=7s to=20s kind=send`，并与 `node=alice kind=recv from=7s to=20s` 最后一条的 Reason 比较。" },
	others = {
		{ number = 17, rule = "exchange-refuse",
			ask = { "The first telephone is busy. Which cause has the REL of the exchange then?\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange", zh = "第一部电话正忙。这时交换机的 REL 带的是哪个原因值？\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange" },
			wrong = { { 486, why = { "That is the status to which the gateway maps it.", zh = "那是网关由它得出的。" } }, { 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } }, { 34, why = { "That is for circuits, not for a telephone.", zh = "那说的是电路，不是电话。" } } },
			why = { "Of the three RELs of the exchange it is the first one.", zh = "是交换机三个 REL 中的第一个。" },
			hint = { "`-m method=REL src=exchange to=3s kind=send` is only that of the first call; Q.850 has the meanings of the causes.",
				zh = "`-m method=REL src=exchange to=3s kind=send` 只有第一次呼叫的；各原因值的含义见 Q.850。" },
			records = function(t) return t:first "kind=send method=REL src=exchange" end },
		{ number = 1, rule = "exchange-refuse",
			ask = { "The second number does not exist. Which cause has the REL of the exchange then?\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange", zh = "第二个号码没有人使用。这时交换机的 REL 带的是哪个原因值？\n\n    rung show pstn-gateway -m method=REL kind=send src=exchange" },
			wrong = { { 404, why = { "That is the status to which the gateway maps it.", zh = "那是网关由它得出的。" } }, { 17, why = { "That is for a telephone that exists.", zh = "那说的是一部存在的电话。" } }, { 28, why = { "Its format was right.", zh = "号码的格式是对的。" } } },
			why = { "Of the three RELs of the exchange it is the second one.", zh = "是交换机三个 REL 中的第二个。" },
			hint = { "Choose `-m method=REL src=exchange from=4s to=5s`.", zh = "用 `-m method=REL src=exchange from=4s to=5s`。" },
			records = function(t) return t:all "kind=send method=REL src=exchange"[2] end },
	},
}

task {
	draw = "proto=isup kind=send from=6.9s to=20s",
	points = 2,
	rule = "gateway-t9",
	hint = { "`src=exchange dst=ngw1 kind=send from=6.9s to=20s` is one half: what has the gateway sent before it, and what must it send after it by Q.764 2.3?",
		zh = "`src=exchange dst=ngw1 kind=send from=6.9s to=20s` 是其中一半：在它之前网关说了什么，按 Q.764 2.3，在它之后还要什么？" },
	others = {
		{ draw = "proto=isup kind=send to=3s", rule = "exchange-refuse",
			ask = { "Draw the ISUP messages of the first call, to the telephone that is busy: one line for each.\n\n    rung show pstn-gateway proto=isup kind=send to=3s", zh = "画出第一次呼叫（电话正忙）的 ISUP 消息，每条一行。\n\n    rung show pstn-gateway proto=isup kind=send to=3s" },
			hint = { "`src=ngw1 dst=exchange kind=send to=3s` is the gateway's half. A busy telephone does not ring: what does the exchange send between these two, Q.764 2.3?",
				zh = "`src=ngw1 dst=exchange kind=send to=3s` 是网关的一半。忙的话机不振铃：在这两条之间交换机说什么，见 Q.764 2.3？" } },
		{ draw = "proto=isup kind=send from=20s", rule = "trunk-block",
			ask = { "Draw the ISUP messages by which all circuits are blocked before the last call: one line for each.\n\n    rung show pstn-gateway proto=isup kind=send from=20s", zh = "画出最后一次呼叫之前闭塞所有电路的 ISUP 消息，每条一行。\n\n    rung show pstn-gateway proto=isup kind=send from=20s" },
			hint = { "`src=exchange dst=ngw1 kind=send from=20s` is one half of it: each circuit is blocked separately, and each such message is acknowledged, Q.764 2.8.",
				zh = "`src=exchange dst=ngw1 kind=send from=20s` 是其中一半：每条电路各自闭塞，每条这样的消息都要证实，Q.764 2.8。" } },
	},
}

task {
	choice = {
		{ "a BLO of the exchange has blocked all circuits before", zh = "交换机此前以 BLO 闭塞了所有电路", right = true, rule = "trunk-block" },
		{ "the exchange rejects the call by a REL: cause 34", zh = "交换机以 REL 拒绝呼叫：原因值 34",
			why = { "The gateway has sent no IAM that it could reject.", zh = "网关没有发送可供拒绝的 IAM。" } },
		{ "the gateway has lost its link to the exchange", zh = "网关失去了通往交换机的链路",
			why = { "The earlier messages have arrived, and were answered.", zh = "此前告诉它的消息已到达，并得到回应。" } },
		{ "the proxy finds no gateway that has a circuit", zh = "代理服务器找不到有电路的网关",
			why = { "It has forwarded the INVITE; a proxy does not know about circuits.", zh = "它转发了 INVITE；代理服务器不知道电路。" } },
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
		{ "Alice's phone gets 410", zh = "Alice 的话机收到 410",
			function(t)
				return t:first "kind=recv node=alice status=410"
			end,
			why = { "docs/roles/switch.md says where the list of causes is; the number has changed.", zh = "docs/zh/ROLES.md 说明原因值表在哪里；号码改了。" } },
	},
	points = 3,
}
