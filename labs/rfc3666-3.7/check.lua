-- The tasks of rfc3666-3.7; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send method=INVITE dst=bob" end,
	wrong = {
		{ 7, why = { "The seventh would be sent after 31.5 s; by then it is over.", zh = "第七次要到 31.5 s 之后；那时已经结束。" } },
		{ 5, why = { "That is the number of retransmissions.", zh = "那是重传的次数。" } },
	},
	why = { "Count the transmissions of proxy1 to bob.", zh = "数 proxy1 发给 bob 的次数。" },
	rule = "ict-timer-a",
	records = function(t) return t:last "kind=send method=INVITE dst=bob" end,
	points = 2,
	hint = { "Timer A doubles each time (RFC 3261, 17.1.1.2): `kind=timer name=A node=proxy1 op=fire`.", zh = "定时器 A 每次加倍（RFC 3261 第 17.1.1.2 节）：`kind=timer name=A node=proxy1 op=fire`。" },
	ahead = true,
	others = {
		{ time = function(t) return t:last("kind=send method=INVITE dst=bob").time - t:first("kind=send method=INVITE dst=bob").time end,
			ask = { "Before you look at the run: how long after its first INVITE to Bob's phone will Proxy 1 send the last one?\n\n    rung show rfc3666-3.7 method=INVITE dst=bob kind=send",
				zh = "先不看运行：Proxy 1 第一次向 Bob 的话机发送 INVITE 之后，过多久发送最后一次？\n\n    rung show rfc3666-3.7 method=INVITE dst=bob kind=send" },
			ahead = true,
			wrong = {
				{ 8, why = { "That is only the wait before the last one.", zh = "那只是最后一次之前的等待。" } },
				{ 31.5, why = { "That would be the time if Timer B ended it.", zh = "由定时器 B 结束时才是这样。" } },
			},
			why = { "Take two transmissions of proxy1 to bob, the first and the last. Subtract.", zh = "proxy1 发给 bob 的第一次和最后一次，时刻相减。" },
			rule = "ict-timer-a",
			records = function(t) return t:last "kind=send method=INVITE dst=bob" end,
			hint = { "Add the waits 0.5 s, 1 s and so on (RFC 3261, 17.1.1.2) below 20 s; then look at `INVITE@proxy1` and its retransmissions.", zh = "把 0.5 s、1 s 等等待时间（RFC 3261 第 17.1.1.2 节）相加，不超过 20 s；再看 `INVITE@proxy1` 及其重传。" } },
		{ number = function(t) return t:count "kind=recv dst=ngw1 proto=sip" end,
			ask = { "Before you look at the run: how many SIP messages will reach the gateway in the 25 s?\n\n    rung show rfc3666-3.7 dst=ngw1 proto=sip",
				zh = "先不看运行：25 s 之内将有多少条 SIP 消息到达网关？\n\n    rung show rfc3666-3.7 dst=ngw1 proto=sip" },
			ahead = true,
			wrong = {
				{ 1, why = { "The gateway sends a second request in the end, and that is answered.", zh = "网关最后还发送第二个请求，它得到响应。" } },
				{ 0, why = { "Bob's phone is dead, but Proxy 1 is not.", zh = "Bob 的话机失效，但 Proxy 1 没有。" } },
			},
			why = { "Count the arrivals at ngw1 that are not ISUP.", zh = "数到达 ngw1 的不属于 ISUP 的消息。" },
			records = function(t) return t:last "kind=recv dst=ngw1 proto=sip" end,
			hint = { "Proxy 1 only sends its own responses: `src=ngw1 proto=sip kind=send` has the requests of the gateway. How does it answer each of these?", zh = "Proxy 1 只为自己说话：`src=ngw1 proto=sip kind=send` 是网关向它发出的。它怎样回应其中的每一条？" } },
	},
}

task {
	draw = "kind=send from=20s",
	points = 2,
	rule = "cancel-wait",
	hint = { "`kind=timer name=T7 op=fire` causes it. Whether the gateway may cancel its INVITE, RFC 3261, 9.1, depends on `src=proxy1 dst=ngw1 to=2s`.", zh = "由 `kind=timer name=T7 op=fire` 开始。网关能否取消它的 INVITE（RFC 3261 第 9.1 节），取决于 `src=proxy1 dst=ngw1 to=2s`。" },
	others = {
		{ number = 102,
			ask = { "Which cause does the REL of the exchange have?\n\n    rung show rfc3666-3.7 -m method=REL kind=send",
				zh = "交换机的 REL 中原因值是多少？\n\n    rung show rfc3666-3.7 -m method=REL kind=send" },
			wrong = {
				{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
				{ 19, why = { "That would be T9, after the telephone was alerted.", zh = "那是 T9，已经振过铃的情况。" } },
				{ 18, why = { "No node has reported that a user does not respond; a timer has fired.", zh = "没有人说用户没有响应；是定时器到期了。" } },
			},
			why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
			rule = "gateway-t7",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "It is neither a user's nor a network's rejection: Q.763 3.12 in `REL@switcha`, which a timer has caused.", zh = "它既不是用户也不是网络的拒绝：`REL@switcha` 的 Q.763 3.12，由定时器引起。" } },
		{ text = function(t) return t:first("kind=send method=CANCEL src=ngw1"):header "Reason" end,
			ask = { "What is the value of Reason in the CANCEL of the gateway?\n\n    rung show rfc3666-3.7 -m method=CANCEL src=ngw1",
				zh = "网关的 CANCEL 中 Reason 的值是什么？\n\n    rung show rfc3666-3.7 -m method=CANCEL src=ngw1" },
			wrong = {
				{ { "102", "cause=102" }, why = { "The name of the protocol to which the cause belongs is before it.", zh = "前面还写有这是哪个协议的原因值。" } },
				{ "Q.850;cause=102", why = { "Read on: it also says which side has sent it.", zh = "往下读：它还说明是谁说的。" } },
			},
			why = { "Read the field Reason of the CANCEL that ngw1 sends.", zh = "读 ngw1 发送的 CANCEL 的 Reason 字段。" },
			rule = "reason-cause",
			records = function(t) return t:first "kind=send method=CANCEL src=ngw1" end,
			hint = { "RFC 3326, 2 has the grammar of that field in `CANCEL@ngw1`: a protocol and parameters; the value is all of that, up to the end of its line.", zh = "RFC 3326 第 2 节是 `CANCEL@ngw1` 中该字段的语法：先是协议，再是参数；值要写到行末。" } },
	},
}

task {
	time = function(t) return t:first "kind=recv method=RLC".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=RLC".time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of switcha; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "trunk-free",
	records = function(t) return t:first "kind=recv method=RLC" end,
	points = 2,
	hint = { "T7 of `node=switcha kind=timer`, then the REL there and the RLC that returns.", zh = "`node=switcha kind=timer` 的 T7，然后是 REL 过去和 RLC 回来。" },
}

task {
	goal = {
		{ "the gateway sends an ACM", zh = "网关发送 ACM",
			function(t)
				return t:first "kind=send method=ACM src=ngw1"
			end },
		{ "no T7 has fired", zh = "没有 T7 到期",
			function(t)
				return t:count "kind=timer name=T7 op=fire" == 0, t:first "kind=timer name=T7"
			end,
			why = { "T11 must be shorter than T7.", zh = "T11 必须比 T7 短。" } },
		{ "the run lasts 25 s", zh = "运行持续 25 s",
			function(t)
				return t.duration >= 25
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "T7 is shorter than its Timer A",
			zh = "T7 比它的定时器 A 短",
			why = { "Timer A begins with half a second, T7 is 20 s.", zh = "定时器 A 从半秒开始，T7 是 20 s。" } },
		{ "A gateway does not retransmit what came from a telephone",
			zh = "网关不重传来自电话的消息",
			why = { "It does, if there is no response: see rfc3666-3.8.", zh = "没有响应时它会重传：见 rfc3666-3.8。" } },
		{ "Proxy 1 has answered it with 100", right = true,
			zh = "Proxy 1 已经以 100 响应" },
		{ "The INVITE goes by UDP, where nothing is retransmitted",
			zh = "INVITE 由 UDP 传送，UDP 上不重传",
			why = { "Especially over UDP, SIP retransmits: nothing else repairs a loss.", zh = "正是在 UDP 上才重传：没有别的办法弥补丢失。" } },
	},
	rule = "ict-1xx",
}
