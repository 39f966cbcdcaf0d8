-- The tasks of rfc3666-3.6; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "Compare with rfc3666-3.5: there is one more message on the circuit, and the release comes from the other side. `proto=isup src=switcha`.", zh = "与 rfc3666-3.5 比较：电路上多一条消息，释放来自另一侧。`proto=isup src=switcha`。" },
	others = {
		{ draw = "kind=send proto=sip node=bob",
			ask = { "Draw all messages between Proxy 1 and Bob's phone, one line each, such as `proxy1 -> bob INVITE`.\n\n    rung show rfc3666-3.6 kind=send node=bob",
				zh = "画出 Proxy 1 与 Bob 的话机之间的消息，每条一行，如 `proxy1 -> bob INVITE`。\n\n    rung show rfc3666-3.6 kind=send node=bob" },
			rule = "invite-everywhere",
			hint = { "The tone does not affect Bob's phone: a rejection by 600 ends like any other, RFC 3261, 17.1.1.3. `dst=bob kind=recv` shows what it gets.", zh = "信号音与 Bob 的话机无关：600 的拒绝与其他拒绝同样结束，见 RFC 3261 第 17.1.1.3 节。它收到的是 `dst=bob kind=recv`。" } },
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all messages between NGW 1 and Proxy 1, one line each, such as `ngw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-3.6 kind=send node=ngw1 proto=sip",
				zh = "画出 NGW 1 与 Proxy 1 之间的消息，每条一行，如 `ngw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-3.6 kind=send node=ngw1 proto=sip" },
			rule = "gateway-status",
			hint = { "`src=ngw1 proto=sip kind=send` has the gateway's own part, which ends long before the circuit is idle; which responses are between, one from the hop itself and one forwarded?", zh = "`src=ngw1 proto=sip kind=send` 是网关自己的部分，远在电路空闲之前就已结束；其间有哪些响应，哪个是这一跳自己的，哪个是转发的？" } },
	},
}

task {
	number = { 16 },
	wrong = {
		{ 17, why = { "That is the cause in rfc3666-3.5, where the gateway releases.", zh = "rfc3666-3.5 中是这样，那里由网关释放。" } },
		{ 600, why = { "That is the SIP status.", zh = "那是 SIP 的状态码。" } },
	},
	why = { "Read the cause indicators of the only REL.", zh = "读唯一的 REL 的原因指示。" },
	rule = "trunk-release",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
	hint = { "The cause is from the side that releases: `REL@switcha` is sent when a person has had enough.", zh = "原因值属于释放的一方：有人听够了才发送 `REL@switcha`。" },
	ahead = true,
	others = {
		{ text = function(t) return t:last("kind=send").src end,
			ask = { "Before you look at the run: which node will send the last message of all? Write its name in the topology.\n\n    rung show rfc3666-3.6 kind=send from=5s",
				zh = "先不看运行：最后一条消息将由哪个节点发送？写出它在拓扑中的名称。\n\n    rung show rfc3666-3.6 kind=send from=5s" },
			ahead = true,
			wrong = {
				{ "switcha", why = { "What it sends is answered once more.", zh = "它发送的还要得到一次回应。" } },
				{ "bob", why = { "His part was over when he had rejected the call.", zh = "他拒绝之后就与此无关了。" } },
			},
			why = { "Go to the end of the ladder: which node answers the REL?", zh = "看消息流程图的结尾：谁回应 REL？" },
			rule = "trunk-free",
			records = function(t) return t:last "kind=send" end,
			hint = { "`machine=circuit from=5s` shows when each end of the circuit is idle: what does the later of the two still wait for, and from where?", zh = "`machine=circuit from=5s` 显示电路两端何时空闲：较晚的一端还在等哪条消息，它来自哪里？" } },
		{ number = function(t) return t:count "kind=send method=ACK" end,
			ask = { "Before you look at the run: how many ACKs will be sent, by all nodes?\n\n    rung show rfc3666-3.6 method=ACK kind=send",
				zh = "先不看运行：一共将发送多少个 ACK，无论由谁发送？\n\n    rung show rfc3666-3.6 method=ACK kind=send" },
			ahead = true,
			wrong = {
				{ 0, why = { "A tone on the circuit changes nothing in SIP.", zh = "电路上的信号音不改变 SIP。" } },
				{ 1, why = { "There are two SIP hops.", zh = "SIP 有两跳。" } },
			},
			why = { "Count the transmissions of proxy1 and ngw1.", zh = "数 proxy1 和 ngw1 的发送。" },
			rule = "ict-ack",
			records = function(t) return t:last "kind=send method=ACK" end,
			hint = { "For SIP the call is rejected like any other, with or without a tone: compare `cseq=ACK kind=recv` with `status=600 kind=send`.", zh = "对 SIP 来说呼叫和别的一样被拒绝，不论有无信号音：`cseq=ACK kind=recv` 与 `status=600 kind=send` 对照。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv method=RLC").time - t:first("kind=recv node=ngw1 status=600").time end,
	wrong = {
		{ 0, why = { "With the 600 the SIP call is over, but not the circuit.", zh = "600 结束 SIP 的呼叫，但不结束电路。" } },
		{ function(t) return t:first("kind=recv method=RLC").time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Count from the arrival of the 600 at ngw1 to that of the RLC at switcha.", zh = "从 600 到达 ngw1 到 RLC 到达 switcha。" },
	rule = "trunk-free",
	records = function(t) return t:first "kind=recv method=RLC" end,
	points = 2,
	hint = { "It is in use until the RLC has reached Switch A; the time begins with the arrival of `600@proxy1`.", zh = "占用到 RLC 到达 Switch A 为止；另一端是 `600@proxy1` 的到达。" },
}

task {
	goal = {
		{ "Bob's phone answers 600", zh = "Bob 的话机返回 600",
			function(t)
				return t:first "kind=send src=bob status=600"
			end },
		{ "the gateway sends the cause: REL", zh = "网关说出原因值：REL",
			function(t)
				return t:first "kind=send method=REL src=ngw1"
			end,
			why = { "What does the IAM say about interworking?", zh = "IAM 对互通说了什么？" } },
		{ "and sends no ACM", zh = "并且不发送 ACM",
			function(t)
				return t:count "kind=send method=ACM" == 0, t:first "kind=send method=REL"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "From the status: a 486 would have been a REL",
			zh = "由状态码：486 就会成为 REL",
			why = { "Each rejection would be reported in this way here.", zh = "在这里每种拒绝都这样告知。" } },
		{ "From the IAM: its forward call indicators say it", right = true,
			zh = "由 IAM：其中的前向呼叫指示说明了" },
		{ "From the number: national ones get tones, others causes",
			zh = "由号码：国内号码用信号音，其他用原因值",
			why = { "In rfc3666-3.5 the same telephone calls the same number.", zh = "rfc3666-3.5 中是同一部电话呼叫同一号码。" } },
		{ "From the REL, in which the exchange asks for the tone",
			zh = "由 REL：交换机在其中要求信号音",
			why = { "Look at the times: the tone ends with the REL.", zh = "看时刻：REL 结束信号音。" } },
	},
	rule = "trunk-tone",
}
