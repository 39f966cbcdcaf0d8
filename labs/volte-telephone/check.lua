-- The tasks of volte-telephone; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "exchange.pick_up=3000ms..4000ms:250ms", "mgcf--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=5s",
	points = 2,
	hint = { "`kind=route from=900ms to=2s` has the choice of each next hop, with the line of the program that made it; see what the S-CSCF does with a number that ENUM does not have.",
		zh = "`kind=route from=900ms to=2s` 是每次对下一跳的选择，带有作出它的程序行；看 S-CSCF 怎样处理 ENUM 不知道的号码。" },
	others = {
		{
			draw = "status=486",
			ask = { "Draw the path of the 486 of the second call, one line for each hop, such as `mgcf -> bgcf 180`. From what was it made?\n\n    rung show volte-telephone status=486 kind=send",
				zh = "画出第二个呼叫的 486 的路径，每一跳一行，如 `mgcf -> bgcf 180`。它由什么得出？\n\n    rung show volte-telephone status=486 kind=send" },
			rule = "response-place",
			hint = { "`method=INVITE kind=send from=5.5s` is the path of the INVITE: a response takes the Vias back, RFC 3261, 18.2.2, also through nodes without a Record-Route.",
				zh = "`method=INVITE kind=send from=5.5s` 是去程：响应沿 Via 返回，RFC 3261 第 18.2.2 节，没有 Record-Route 的节点也要经过。" },
		},
		{
			draw = "method=ACK kind=send to=6900ms from=3s",
			ask = { "Draw the path of the ACK of the first call, one line for each hop, such as `bgcf -> mgcf INVITE`. Which of the nodes that received the INVITE does not see it?\n\n    rung show volte-telephone method=ACK kind=send",
				zh = "画出第一个呼叫的 ACK 的路径，每一跳一行，如 `bgcf -> mgcf INVITE`。收到过 INVITE 的服务器中，哪一台看不到它？\n\n    rung show volte-telephone method=ACK kind=send" },
			rule = "dialog-route",
			hint = { "Compare `method=ACK kind=send` with `method=INVITE kind=send from=900ms to=5s`.",
				zh = "比较 `method=ACK kind=send` 与 `method=INVITE kind=send from=900ms to=5s`。" },
		},
	},
}

task {
	text = { "2.2.2.2.5.5.5.4.1.3.1.e164.arpa", "2.2.2.2.5.5.5.4.1.3.1.e164.arpa." },
	wrong = {
		{ "13145552222.e164.arpa", why = { "Each digit is a label, and the last one comes first.", zh = "每个数字自成一段，最后一个在最前。" } },
		{ "1.3.1.4.5.5.5.2.2.2.2.e164.arpa", why = { "A DNS name has the most general part at its end.", zh = "DNS 名字的最后才是最大的范围。" } },
		{ { "tel:+13145552222", "+13145552222" }, why = { "That is the number; under which name is it asked for?", zh = "那是号码；查询时用什么名字？" } },
	},
	rule = "enum-lookup",
	why = { "The query that the S-CSCF sends contains it.", zh = "S-CSCF 发出的查询中有这个名字。" },
	records = function(t) return t:first "kind=lookup op=enum" end,
	hint = { "RFC 6116, section 3.2, says how a number becomes a name: `-m method=query src=scscf to=5s`.",
		zh = "RFC 6116 第 3.2 节说明号码怎样变成名称：`-m method=query src=scscf to=5s`。" },
	others = {
		{
			text = { "3.3.3.3.5.5.5.4.1.3.1.e164.arpa", "3.3.3.3.5.5.5.4.1.3.1.e164.arpa." },
			ask = { "Which name does the S-CSCF ask the DNS for in the second call?\n\n    rung show volte-telephone -m method=query src=scscf",
				zh = "第二个呼叫中，S-CSCF 向 DNS 查询哪个名字？\n\n    rung show volte-telephone -m method=query src=scscf" },
			wrong = {
				{ "13145553333.e164.arpa", why = { "Each digit is a label, and the last one comes first.", zh = "每个数字自成一段，最后一个在最前。" } },
				{ "1.3.1.4.5.5.5.3.3.3.3.e164.arpa", why = { "A DNS name has the most general part at its end.", zh = "DNS 名字的最后才是最大的范围。" } },
				{ { "tel:+13145553333", "+13145553333" }, why = { "That is the number; under which name is it asked for?", zh = "那是号码；查询时用什么名字？" } },
			},
			rule = "enum-lookup",
			why = { "There is one label for each digit, as in the query that the S-CSCF sends for the first number.",
				zh = "每个数字一段，就像 S-CSCF 为第一个号码发出的查询那样。" },
			hint = { "The number is +13145553333; RFC 6116, section 3.2, and `-m method=query src=scscf from=5s`.",
				zh = "号码是 +13145553333；看 RFC 6116 第 3.2 节，以及 `-m method=query src=scscf from=5s`。" },
		},
		{
			text = { "2.0.1.0.5.5.5.1.0.2.1.e164.arpa", "2.0.1.0.5.5.5.1.0.2.1.e164.arpa." },
			ask = { "Bob's number is +12015550102. Which name would the S-CSCF ask the DNS for if Alice called that?\n\n    rung show volte-telephone -m method=query src=scscf",
				zh = "Bob 的号码是 +12015550102。如果 Alice 呼叫它，S-CSCF 会向 DNS 查询哪个名字？\n\n    rung show volte-telephone -m method=query src=scscf" },
			wrong = {
				{ "12015550102.e164.arpa", why = { "Each digit is a label, and the last one comes first.", zh = "每个数字自成一段，最后一个在最前。" } },
				{ "1.2.0.1.5.5.5.0.1.0.2.e164.arpa", why = { "A DNS name has the most general part at its end.", zh = "DNS 名字的最后才是最大的范围。" } },
				{ { "tel:+12015550102", "+12015550102" }, why = { "That is the number; under which name is it asked for?", zh = "那是号码；查询时用什么名字？" } },
			},
			rule = "enum-lookup",
			why = { "There is one label for each digit, as in the query that the S-CSCF sends for the first number.",
				zh = "每个数字一段，就像 S-CSCF 为第一个号码发出的查询那样。" },
			hint = { "Change +12015550102 in the same way as the number in `-m method=query src=scscf to=5s`.",
				zh = "对 +12015550102 做与 `-m method=query src=scscf to=5s` 中的号码同样的处理。" },
		},
	},
}

task {
	choice = {
		{ "the I-CSCF", zh = "I-CSCF",
			why = { "It stays out of the path, too, but this call never got there.", zh = "它也不留在路上，但这个呼叫从未到过那里。" } },
		{ "the BGCF", zh = "BGCF", right = true },
		{ "the MGCF", zh = "MGCF",
			why = { "It is the other end of the dialog: the BYE is for it.", zh = "它是对话的另一端：BYE 正是给它的。" } },
		{ "the P-CSCF", zh = "P-CSCF",
			why = { "The phone has no other access to the network.", zh = "话机没有别的路进入网络。" } },
	},
	why = { "It has put no Record-Route into the INVITE, so it is in no Route of the later requests (RFC 3261 16.6).", zh = "它没有在 INVITE 中加入 Record-Route，所以后续请求的 Route 中没有它（RFC 3261 第 16.6 节）。" },
	records = function(t) return t:first "kind=send method=BYE dst=mgcf" end,
}

task {
	number = { 17 },
	wrong = {
		{ 486, why = { "That is what the MGCF makes from it.", zh = "那是 MGCF 由它得出的。" } },
		{ 16, why = { "That is how the first call ends.", zh = "那是第一个呼叫的结束。" } },
	},
	why = { "Look at the REL of the exchange.", zh = "看交换机的 REL。" },
	rule = "gateway-cause",
	records = function(t) return t:last "kind=send method=REL src=exchange" end,
	ahead = true,
	hint = { "Q.850 has a cause for a busy user; `method=REL src=exchange`.",
		zh = "Q.850 对用户忙有一个原因值；看 `method=REL src=exchange`。" },
	others = {
		{
			number = 16,
			ask = { "Before you look at the run: which cause does the REL of the MGCF have in the first call, when Alice hangs up?\n\n    rung show volte-telephone method=REL",
				zh = "先不看运行：第一个呼叫中，Alice 挂断时，MGCF 的 REL 会带哪个原因值？\n\n    rung show volte-telephone method=REL" },
			ahead = true,
			wrong = {
				{ 17, why = { "That belongs to the second call.", zh = "那是第二个呼叫的。" } },
				{ { 200, 31 }, why = { "A BYE has no status; there is a cause for it.", zh = "BYE 没有状态码；有一个对应的原因值。" } },
			},
			why = { "The first REL comes from the MGCF: read its cause.",
				zh = "第一个 REL 来自 MGCF：读它的原因值。" },
			hint = { "By Q.850 this is a normal end: `method=REL src=mgcf`.",
				zh = "Q.850 说没有什么不对：`method=REL src=mgcf`。" },
			records = function(t) return t:first "kind=send method=REL src=mgcf" end,
		},
		{
			number = function(t) return t:count "kind=send src=exchange to=6900ms from=900ms" end,
			ask = { "Before you look at the run: how many ISUP messages does the exchange send in the first call?\n\n    rung show volte-telephone node=exchange kind=send to=6900ms",
				zh = "先不看运行：第一个呼叫中，交换机会发送多少条 ISUP 消息？\n\n    rung show volte-telephone node=exchange kind=send to=6900ms" },
			ahead = true,
			wrong = {
				{ 2, why = { "A release is answered, too.", zh = "释放也要应答。" } },
				{ 5, why = { "That is both sides together.", zh = "那是双方之和。" } },
			},
			why = { "Count what the exchange sends before the second call.",
				zh = "数第二个呼叫之前交换机发送的。" },
			hint = { "`src=mgcf dst=exchange kind=send to=6900ms` is the other side: RFC 3398, 7.2 has the answers to an IAM until the call is set up, Q.764 the answer to a REL.",
				zh = "`src=mgcf dst=exchange kind=send to=6900ms` 是另一侧：IAM 在呼叫建立之前带回什么，见 RFC 3398 第 7.2 节；REL 带回什么，见 Q.764。" },
			records = function(t) return t:all "kind=send src=exchange to=6900ms" end,
		},
	},
}

task {
	choice = {
		{ "since the number has more digits than those of the network", zh = "因为这个号码比网内号码长",
			why = { "All have eleven; Bob's has another area code.", zh = "都是十一位；Bob 的只是另一个地区。" } },
		{ "since the HSS has said that it knows no such user", zh = "因为 HSS 说，没有这样一个用户",
			why = { "It was not asked.", zh = "没有人询问它。" } },
		{ "since the DNS lacks a name for the number", zh = "因为 DNS 缺少这个号码的名字", right = true, rule = "enum-lookup" },
		{ "since tel URIs always go to the telephone network", zh = "因为 tel URI 总是通往电话网",
			why = { "Bob has a tel URI, too, and a phone of this network.", zh = "Bob 也有 tel URI，他的话机却在本网。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=lookup op=enum" end,
}

task {
	goal = {
		{ "the BGCF sends a call of Alice's on", zh = "BGCF 转发 Alice 的一个呼叫",
			function(t) return t:first "kind=send method=INVITE src=bgcf" end },
		{ "the exchange releases it with a cause that becomes 404", zh = "交换机以会变成 404 的原因值释放它",
			function(t)
				return t:first "kind=send src=mgcf status=404"
			end,
			why = { "Call a number that no telephone of the exchange has.", zh = "用交换机上没有话机的号码。" } },
	},
	points = 3,
}
