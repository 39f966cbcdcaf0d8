-- The tasks of rfc3666-3.4; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "kind=send",
	points = 2,
}

task {
	number = { 1 },
	wrong = {
		{ 604, why = { "That is the status of SIP.", zh = "那是 SIP 的状态码。" } },
		{ 21, why = { "603 would be that: call rejected.", zh = "603 才是它：呼叫拒绝。" } },
		{ 31, why = { "That stands for statuses that the table does not have.", zh = "那代表表中没有的状态码。" } },
	},
	why = { "The cause indicators stand in the field of Q.763 3.12.", zh = "原因指示在 Q.763 3.12 的字段中。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
}

task {
	time = function(t) return t:first "kind=recv method=REL".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=REL".time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records of switcha count; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=recv method=REL" end,
	points = 2,
}

task {
	goal = {
		{ "Proxy 1 says 404", zh = "Proxy 1 返回 404",
			function(t)
				return t:first "kind=send src=proxy1 status=404"
			end,
			why = { "Which numbers has its program, and who is registered?", zh = "它的程序有哪些号码，谁已注册？" } },
		{ "the gateway releases the circuit", zh = "网关释放电路",
			function(t)
				return t:first "kind=send method=REL src=ngw1"
			end },
	},
	points = 3,
}

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
			why = { "A telephone knows nothing of SIP, and the REL ends its call.", zh = "电话不知道 SIP，REL 结束它的呼叫。" } },
	},
	rule = "gateway-status",
}
