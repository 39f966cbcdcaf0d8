-- The tasks of rfc3666-3.2; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "One message replaces two others here: RFC 3398, 8.2.4; `machine=circuit node=switcha`.", zh = "这里一条消息代替另外两条：RFC 3398 第 8.2.4 节；`machine=circuit node=switcha`。" },
	others = {
		{ draw = "kind=send proto=sip node=bob",
			ask = { "Draw all messages between Proxy 1 and Bob's phone in the whole call, one line each, such as `proxy1 -> bob INVITE`.\n\n    rung show rfc3666-3.2 kind=send node=bob",
				zh = "画出整个呼叫中 Proxy 1 与 Bob 的话机之间的消息，每条一行，如 `proxy1 -> bob INVITE`。\n\n    rung show rfc3666-3.2 kind=send node=bob" },
			rule = "gateway-iam",
			hint = { "Nothing rings: what does `bob` send first? `src=bob kind=send` has everything that it sends.", zh = "没有振铃：`bob` 先说什么？`src=bob kind=send` 有它的全部发送。" } },
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all messages between NGW 1 and Proxy 1 in the whole call, one line each, such as `ngw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-3.2 kind=send node=ngw1 proto=sip",
				zh = "画出整个呼叫中 NGW 1 与 Proxy 1 之间的消息，每条一行，如 `ngw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-3.2 kind=send node=ngw1 proto=sip" },
			rule = "gateway-2xx",
			hint = { "There are two transactions and an ACK: `node=ngw1 kind=fsm` has the state machines of the gateway.", zh = "两个事务和一个 ACK：`node=ngw1 kind=fsm` 有网关的状态机。" } },
	},
}

task {
	number = function(t) return t:count "kind=recv dst=ngw1 cseq=INVITE" end,
	wrong = {
		{ 3, why = { "That is the number in rfc3666-3.1, where the phone rings first.", zh = "rfc3666-3.1 中是这样，那里话机先振铃。" } },
		{ 1, why = { "Proxy 1 also sends one itself.", zh = "Proxy 1 自己也说了一些。" } },
	},
	why = { "Count what reaches ngw1 with CSeq INVITE, provisional or final.", zh = "数到达 ngw1 的 CSeq 为 INVITE 的响应，无论临时还是最终。" },
	rule = "gateway-2xx",
	records = function(t) return t:last "kind=recv dst=ngw1 cseq=INVITE" end,
	points = 2,
	hint = { "Which node sends a response before the phone answers, and is it the phone? `dst=ngw1 cseq=INVITE kind=recv`.", zh = "话机接听之前谁要发送响应，那是话机的吗？`dst=ngw1 cseq=INVITE kind=recv`。" },
	ahead = true,
	others = {
		{ number = 16,
			ask = { "Before you look at the run: which cause of Q.850 will the REL have? Write the number.\n\n    rung show rfc3666-3.2 -m method=REL kind=send",
				zh = "先不看运行：REL 将带哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-3.2 -m method=REL kind=send" },
			ahead = true,
			wrong = {
				{ 19, why = { "Somebody, or a machine, has answered.", zh = "呼叫已被接听。" } },
				{ 31, why = { "That is for events without their own cause.", zh = "那代表没有自己原因值的情况。" } },
			},
			why = { "Read the cause indicators of the REL that switcha sends.", zh = "读 switcha 发送的 REL 的原因指示。" },
			rule = "trunk-release",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "A user releases an answered call: Q.763 3.12 of `REL@switcha`.", zh = "已应答的呼叫由用户释放：`REL@switcha` 的 Q.763 3.12。" } },
		{ number = function(t) return tonumber(t:first("kind=send method=INVITE dst=bob"):header "Max-Forwards") end,
			ask = { "Before you look at the run: with which Max-Forwards will the INVITE reach Bob's phone, if the gateway writes 70?\n\n    rung show rfc3666-3.2 -m method=INVITE kind=send",
				zh = "先不看运行：如果网关写 70，INVITE 到达 Bob 的话机时 Max-Forwards 将是多少？\n\n    rung show rfc3666-3.2 -m method=INVITE kind=send" },
			ahead = true,
			wrong = {
				{ 70, why = { "That is the value at the gateway.", zh = "它离开网关时是这样。" } },
				{ 68, why = { "Only one node in the path forwards it; the gateway makes it.", zh = "途中只有一个节点转发它；网关是生成它的。" } },
			},
			why = { "Read the field in the INVITE that proxy1 sends.", zh = "读 proxy1 发送的 INVITE 中的这个字段。" },
			rule = "proxy-forward",
			records = function(t) return t:first "kind=send method=INVITE dst=bob" end,
			hint = { "Each node that forwards changes it once, RFC 3261, 16.6: how many are there before `dst=bob`?", zh = "每个转发的节点改变它一次，RFC 3261 第 16.6 节：`dst=bob` 之前有几个？" } },
	},
}

task {
	time = function(t) return t:first("kind=recv dst=switcha proto=isup").time - t:first("kind=send method=IAM").time end,
	wrong = {
		{ function(t) return t:first("kind=recv dst=switcha proto=isup").time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of switcha: its first transmission, and the first arrival. Subtract.", zh = "switcha 的两条记录：第一次发送和第一次收到，时刻相减。" },
	rule = "gateway-2xx",
	records = function(t) return t:first "kind=recv dst=switcha proto=isup" end,
	points = 2,
	hint = { "The first message that returns on the circuit is `CON@ngw1`; its arrival counts, not its transmission.", zh = "电路上最先返回的是 `CON@ngw1`；取它的到达，而不是发送。" },
}

task {
	goal = {
		{ "Bob's phone does not ring", zh = "Bob 的话机不振铃",
			function(t)
				return t:count "kind=send src=bob status=180" == 0, t:first "kind=send src=bob status=200"
			end },
		{ "the gateway still reports that the number is complete", zh = "网关仍然说明号码完整",
			function(t)
				return t:first "kind=send method=ACM src=ngw1"
			end,
			why = { "Bob's phone answers 20 ms after the INVITE of the gateway; T11 can be shorter.", zh = "网关发送 INVITE 之后 20 ms，Bob 的 200 就到；T11 可以更短。" } },
		{ "and the answer is an ANM", zh = "而应答是 ANM",
			function(t)
				return t:first "kind=send method=ANM src=ngw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "The first words of Bob",
			zh = "Bob 说的头几个字",
			why = { "He is heard from the answer on, as in any call.", zh = "从应答起就能听到他，和任何呼叫一样。" } },
		{ "The dial tone of a free line",
			zh = "说明线路空闲的拨号音",
			why = { "That comes from Switch A, before the first digit.", zh = "那由 Switch A 在第一位数字之前给出。" } },
		{ "A ringing tone before Bob speaks", right = true,
			zh = "Bob 接听前的回铃音" },
		{ "The announcement that he is being called",
			zh = "说明正在呼叫的录音通知",
			why = { "No node plays one, here or when a phone rings.", zh = "无论这里还是话机振铃时都没有人播放。" } },
	},
	rule = "gateway-2xx",
}
