-- The tasks of rfc3665-3.2; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "bob.answer=1s..4s:1s", "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

local function cseq(r)
	return tonumber((r:header("CSeq"):match "%d+"))
end

task {
	choice = {
		{ "Bob's phone: it is the called side of the INVITE", zh = "Bob 的话机：它是 INVITE 的被叫方", rule = "proxy-ack",
			why = { "An ACK comes from the side that has sent the INVITE; Bob's phone has not even heard of this one.",
				zh = "ACK 由发出 INVITE 的一方发送；这个 INVITE Bob 的话机根本没有听说过。" } },
		{ "the call of Alice's phone, with a new branch, as for a 200", zh = "Alice 话机的呼叫，像对 200 那样用新的 branch", rule = "ict-ack",
			why = { "That is how a 2xx is acknowledged. Compare the branches: this ACK has the INVITE's.",
				zh = "那是确认 2xx 的方式。比较 branch：这个 ACK 用的是 INVITE 的。" } },
		{ "nobody: only a 200 to an INVITE is acknowledged at all", zh = "没有人：只有对 INVITE 的 200 才被确认", rule = "ict-ack",
			why = { "Every final response to an INVITE has its ACK; without it proxy1 would repeat the 407.",
				zh = "INVITE 的每个最终响应都有 ACK；没有它，proxy1 会重传 407。" } },
		{ "the INVITE transaction of Alice's phone, to proxy1 alone", right = true, rule = "ict-ack",
			zh = "Alice 话机的 INVITE 事务，只发给 proxy1" },
	},
	points = 2,
	records = function(t) return t:first "method=ACK kind=send" end,
}

task {
	draw = "method=INVITE,ACK kind=send",
	points = 4,
	hint = { { "The first INVITE gets no further than proxy1.", zh = "第一个 INVITE 只到 proxy1。" },
		{ "Both proxies have recorded their route, so the ACK for the 200 passes both.",
			zh = "两台代理服务器都记录了路由，所以对 200 的 ACK 经过它们两台。" } },
}

task {
	number = function(t) return cseq(t:first "method=INVITE dst=bob kind=send") end,
	rule = "auth-answer-proxy",
	wrong = {
		{ 1, why = { "That was the INVITE that proxy1 did not let through. The one with credentials is another request.",
			zh = "那是 proxy1 没有放行的 INVITE。带凭据的是另一个请求。" } },
		{ 3, why = { "Proxies do not count: only who makes the request sets its CSeq.", zh = "代理服务器不计数：CSeq 只由产生请求的一方设定。" } },
	},
	why = { "Read CSeq in the INVITE that arrives at Bob's phone: which of Alice's attempts is it?",
		zh = "读到达 Bob 的话机的 INVITE 的 CSeq：它是 Alice 的第几次尝试？" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
}

task {
	number = function(t) return t:count "status=100 kind=send" end,
	points = 2,
	rule = "proxy-100",
	wrong = {
		{ 1, why = { "A 100 goes no further than one hop: each proxy sends one of its own.", zh = "100 只走一跳：每台代理服务器发自己的。" } },
		{ 3, why = { "The first INVITE is answered at once with 407: no 100 is needed, and none is sent.",
			zh = "第一个 INVITE 立即得到 407：不需要 100，也没有发送。" } },
	},
	why = { "Count the sends with status 100, one for each proxy that has to ask further and does not refuse.",
		zh = "数状态码为 100 的发送：每个继续转发而不拒绝的代理服务器一个。" },
	records = function(t) return t:all "status=100 kind=send" end,
}

task {
	choice = {
		{ "A BYE is asked for a password in no network at all.", zh = "在任何网络中都不会对 BYE 要求密码。", rule = "auth-407",
			why = { "A BYE may be challenged as most requests may; only ACK and CANCEL may not.",
				zh = "BYE 和大多数请求一样可以被质询；只有 ACK 和 CANCEL 不可以。" } },
		{ "He proved who he is when he registered, to both proxies.", zh = "他注册时已向两台代理服务器证明过自己。", rule = "auth-407",
			why = { "He registered with proxy2, which asks for no password; proxy1 knows nothing of that.",
				zh = "他在 proxy2 注册，而 proxy2 不要密码；proxy1 对此一无所知。" } },
		{ "Whom it asks is its own decision: here who begins a call.", right = true,
			zh = "问谁由它自己决定：这里只问发起呼叫的人。", rule = "auth-407" },
		{ "Alice's credentials hold for the whole dialog.", zh = "Alice 的凭据对整个对话有效。", rule = "auth-ahead",
			why = { "Credentials prove who sends one request. Hers say nothing about Bob.",
				zh = "凭据证明的是某一个请求由谁发出。她的凭据与 Bob 无关。" } },
	},
	points = 2,
	records = function(t) return t:first "method=BYE dst=proxy1 kind=send" end,
}
