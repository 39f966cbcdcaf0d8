-- The tasks of rfc3666-3.4; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "The gateway, which has sent the INVITE", right = true,
			zh = "网关，INVITE 是它发送的" },
		{ "Switch A, by its RLC",
			zh = "Switch A，用它的 RLC",
			why = { "The RLC answers the REL, on the circuit.", zh = "RLC 在电路上回应 REL。" } },
		{ "Nobody: only a 2xx has an ACK",
			zh = "没有谁：只有 2xx 才有 ACK",
			why = { "Each final response to an INVITE has one.", zh = "对 INVITE 的每个最终响应都有 ACK。" } },
		{ "Alice's telephone, over Switch A and the gateway",
			zh = "Alice 的电话，经由 Switch A 和网关",
			why = { "A telephone does not know SIP, and the REL ends its call.", zh = "电话不知道 SIP，REL 结束它的呼叫。" } },
	},
	rule = "gateway-status",
	ahead = true,
}

task {
	draw = "kind=send",
	points = 2,
	hint = { "Proxy 1 asks no other node whether the number exists; the gateway is on both sides: `src=ngw1 kind=send` is its part.",
		zh = "Proxy 1 不用问别人就知道有没有这个号码；网关要与两侧打交道：`src=ngw1 kind=send` 是它的部分。" },
	others = {
		{ draw = "kind=send proto=sip",
			ask = { "Draw only the SIP ladder, one line for each message, such as `ngw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-3.4 kind=send proto=sip",
				zh = "只画 SIP 的消息流程图，每条消息一行，如 `ngw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-3.4 kind=send proto=sip" },
			rule = "ict-final",
			hint = { "It is a transaction of an INVITE with a rejection: RFC 3261, figure 5 in 17.1.1.2; `machine=ICT node=ngw1`.", zh = "一个被拒绝的 INVITE 事务：RFC 3261 第 17.1.1.2 节图 5；`machine=ICT node=ngw1`。" } },
		{ draw = "kind=send proto=isup",
			ask = { "Draw only the ladder of the telephone network, one line for each ISUP message, such as `switcha -> ngw1 IAM`.\n\n    rung show rfc3666-3.4 kind=send proto=isup",
				zh = "只画电话网的消息流程图，每条 ISUP 消息一行，如 `switcha -> ngw1 IAM`。\n\n    rung show rfc3666-3.4 kind=send proto=isup" },
			rule = "gateway-status",
			hint = { "The circuit is seized, and released before anybody was reached: `machine=circuit node=switcha`.", zh = "电路被占用，又在找到任何人之前归还：`machine=circuit node=switcha`。" } },
	},
}

task {
	number = { 1 },
	wrong = {
		{ 604, why = { "That is the SIP status.", zh = "那是 SIP 的状态码。" } },
		{ 21, why = { "603 would be that: call rejected.", zh = "603 才是它：呼叫拒绝。" } },
		{ 31, why = { "That is for statuses that are not in the table.", zh = "那代表表中没有的状态码。" } },
	},
	why = { "The cause indicators are in the field of Q.763 3.12.", zh = "原因指示在 Q.763 3.12 的字段中。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
	hint = { "RFC 3398, 8.2.6.1 has the table for statuses; `REL@ngw1` has the result.", zh = "状态码的表在 RFC 3398 第 8.2.6.1 节；结果在 `REL@ngw1` 中。" },
	others = {
		{ text = { "U", "user", "user (U)" },
			ask = { "Which side sends the cause, by the location in the REL? Write the abbreviation.\n\n    rung show rfc3666-3.4 -m method=REL kind=send",
				zh = "按 REL 中的位置字段，原因值是谁说的？写出缩写。\n\n    rung show rfc3666-3.4 -m method=REL kind=send" },
			wrong = {
				{ { "RLN", "network", "LN" }, why = { "A network would say it for a 4xx or a 5xx.", zh = "4xx 或 5xx 才由网络说出。" } },
			},
			why = { "The location is next to the cause, in the same parameter.", zh = "位置与原因值在同一个参数中。" },
			rule = "gateway-status",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "For whom is a status that begins with 6? Compare with the second line of Q.763 3.12 in `REL@ngw1`.", zh = "以 6 开头的状态码代表谁？与 `REL@ngw1` 中 Q.763 3.12 的第二行对照。" } },
		{ number = function(t) return t:count "kind=send proto=sip" end,
			ask = { "How many SIP messages are sent in this run, requests and responses together?\n\n    rung show rfc3666-3.4 proto=sip kind=send",
				zh = "这次运行中一共发送多少条 SIP 消息，请求和响应一起算？\n\n    rung show rfc3666-3.4 proto=sip kind=send" },
			wrong = {
				{ 3, why = { "The rejection is acknowledged, and Proxy 1 sends another response before it rejects.", zh = "拒绝要得到确认，而且 Proxy 1 在拒绝之前也说话。" } },
				{ 7, why = { "Three of those are of ISUP.", zh = "其中三条是 ISUP。" } },
			},
			why = { "Count the transmissions of ngw1 and proxy1 that are not ISUP.", zh = "数 ngw1 和 proxy1 的不属于 ISUP 的发送。" },
			rule = "ict-ack",
			records = function(t) return t:last "kind=send proto=sip" end,
			hint = { "All of them are on one hop: `src=proxy1 kind=send` answers an INVITE, once provisionally and once finally; what must the gateway send for that (RFC 3261, 17.1.1.3)?",
				zh = "它们都在同一跳上：`src=proxy1 kind=send` 响应一个 INVITE，先是临时的，后是最终的；网关对此应当怎样（RFC 3261 第 17.1.1.3 节）？" } },
	},
}

task {
	time = function(t) return t:first "kind=recv method=REL".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=REL".time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of switcha; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=recv method=REL" end,
	points = 2,
	hint = { "Both are at Switch A: `IAM@switcha`, and what reaches it, `dst=switcha kind=recv`.", zh = "都在 Switch A：`IAM@switcha`，以及到达它的 `dst=switcha kind=recv`。" },
}

task {
	goal = {
		{ "Proxy 1 answers 404", zh = "Proxy 1 返回 404",
			function(t)
				return t:first "kind=send src=proxy1 status=404"
			end,
			why = { "Which numbers are in its program, and who is registered?", zh = "它的程序有哪些号码，谁已注册？" } },
		{ "the gateway releases the circuit", zh = "网关释放电路",
			function(t)
				return t:first "kind=send method=REL src=ngw1"
			end },
	},
	points = 3,
}
