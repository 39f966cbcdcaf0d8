-- The tasks of busy; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "The INVITE has an error in its syntax; corrected, it would succeed.", zh = "INVITE 有语法错误；改正之后就会成功。",
			why = { "Only 400 means that. The class says that this server can't fulfil this request as it is.",
				zh = "那只是 400。这一类说明：这台服务器无法按原样满足这个请求。" } },
		{ "It fails here; elsewhere, or later, it may succeed.",
			zh = "在这里失败；在别处或以后可能成功。", right = true },
		{ "None of Bob's phones will take the call, now or later.", zh = "Bob 的任何话机现在和以后都不会接听。",
			why = { "That is what a 600 would say; a 486 is about this phone.", zh = "那是 600 的意思；486 说的是这一部话机。" } },
		{ "The server of Bob's domain has failed; the INVITE itself is fine.", zh = "Bob 的域的服务器出了故障；INVITE 本身没有问题。",
			why = { "That would be a status that begins with 5.", zh = "那会是以 5 开头的状态码。" } },
	},
	records = function(t) return t:get "486@bob" end,
}

task {
	draw = "method=ACK",
	points = 2,
	rule = "ict-ack",
	others = {
		{ draw = "status=486", rule = "proxy-response", ahead = true,
			hint = { "At each node the transaction of `kind=fsm` shows why: `rung explain busy 486@bil`.",
				zh = "每个节点上 `kind=fsm` 的事务说明其后是什么：`rung explain busy 486@bil`。" },
			ask = { "Before you look at the run: draw the path of the 486, one line for each hop, `atl -> alice 486`. Compare it with the ACKs: which of them goes further?\n\n    rung show busy status=486 kind=send\n    rung show busy method=ACK kind=send",
				zh = "先不看运行：画出 486 的路径，每一跳一行，如 `atl -> alice 486`。与 ACK 比较：哪一个走得更远？\n\n    rung show busy status=486 kind=send\n    rung show busy method=ACK kind=send" } },
		{ draw = "method=INVITE", rule = "proxy-forward", ahead = true,
			hint = { "Each proxy decides once where the INVITE goes: `kind=route`. How many proxies are on the path?",
				zh = "每个代理服务器决定一次它去哪里：`kind=route`。路上有几个？" },
			ask = { "Before you look at the run: draw the path of the INVITE, one line for each hop, `alice -> atl INVITE`. Compare it with the ACKs: what do they have in common?\n\n    rung show busy method=INVITE kind=send\n    rung show busy method=ACK kind=send",
				zh = "先不看运行：画出 INVITE 的路径，每一跳一行，如 `alice -> atl INVITE`。与 ACK 比较：它们有什么共同点？\n\n    rung show busy method=INVITE kind=send\n    rung show busy method=ACK kind=send" } },
	},
	ahead = true,
	hint = { "`kind=fsm machine=ICT` shows at which nodes an INVITE has a client transaction; RFC 3261 17.1.1.3 says what each of them must do after a rejection.",
		zh = "`kind=fsm machine=ICT` 显示 INVITE 在哪些节点有客户端事务；它们各自对拒绝要做什么，见 RFC 3261 第 17.1.1.3 节。" },
}

task {
	choice = {
		{ "It knows from the location service that Alice's phone will agree to it.", zh = "它从位置服务器得知 Alice 的话机会同意这样做。",
			why = { "It asks nobody, and the location service does not know that.", zh = "它不问任何人，位置服务器也不知道这种事。" },
			rule = "ict-ack" },
		{ "Each hop has its own transaction, and this ACK belongs to that of bil.",
			zh = "每一跳有自己的事务，这个 ACK 属于 bil 的。", right = true },
		{ "It retransmits the ACK that Alice's phone has sent to atl before.", zh = "它重复 Alice 的话机先前发给 atl 的 ACK。",
			why = { "Alice's phone sends its ACK last, and only to atl.", zh = "Alice 的话机最后才发 ACK，而且只发给 atl。" },
			rule = "ict-ack" },
		{ "Every response is acknowledged at once by the node that receives it.", zh = "每个响应都立即确认；收到它的一方都这样做。",
			why = { "Neither the 100 nor the 200 to a REGISTER is acknowledged.", zh = "100 和对 REGISTER 的 200 都没有被确认。" },
			rule = "ict-ack" },
	},
	rule = "ict-ack",
	records = function(t) return t:get "ACK@bil" end,
}

task {
	time = function(t)
		return t:first("kind=timer node=bob name=G").length / 1e9
	end,
	rule = "ist-timer-g",
	wrong = {
		{ 32, why = { "That is Timer H: at that time Bob's phone stops waiting for the ACK.",
			zh = "那是定时器 H：到那时 Bob 的话机不再等待 ACK。" } },
		{ 5, why = { "That is Timer I: for that time, further copies of the ACK are absorbed.",
			zh = "那是定时器 I：在这段时间内吸收 ACK 的副本。" } },
	},
	why = { "The timer for the retransmission of a rejection is set when the 486 is sent: read its length. How does it follow from T1?",
		zh = "重复发送拒绝的定时器在发送 486 时启动：读它的时长。它与 T1 是什么关系？" },
	records = function(t) return t:first "kind=timer node=bob name=G" end,
	hint = { "RFC 3261 17.2.1 has three timers for a rejection; of `node=bob kind=timer op=set` only those set after `486@bob` count.",
		zh = "RFC 3261 第 17.2.1 节为拒绝规定了三个定时器；`node=bob kind=timer op=set` 中只看 `486@bob` 之后启动的。" },
	others = {
		{
			time = function(t) return t:first("kind=timer node=bob name=H").length / 1e9 end,
			rule = "ist-timer-h",
			wrong = {
				{ 0.5, why = { "That is how long it waits until it sends the 486 again.", zh = "那是它再次发送 486 之前的等待时间。" } },
				{ 5, why = { "That is Timer I, which begins when the ACK has arrived.", zh = "那是定时器 I，在 ACK 到达之后才启动。" } },
			},
			why = { "The timer that ends the wait for the ACK is set when the 486 is sent: read its length. How does it follow from T1?",
				zh = "结束等待 ACK 的定时器在发送 486 时启动：读它的时长。它与 T1 是什么关系？" },
			hint = { "RFC 3261 17.2.1 says what ends the state Completed if no ACK arrives: `node=bob kind=timer op=set from=1s` has the length of each timer.",
				zh = "没有 ACK 时由什么结束 Completed 状态，见 RFC 3261 第 17.2.1 节：各自的时长见 `node=bob kind=timer op=set from=1s`。" },
			ask = { "If no ACK ever reached Bob's phone: how long after its first 486 would it give up? Look at the timers that it sets.",
				zh = "假如始终没有 ACK 到达 Bob 的话机：它在第一个 486 之后多久放弃？看看它设置的定时器。" },
		},
	},
}

task {
	goal = {
		{ "the first ACK from bil to Bob's phone is lost", zh = "从 bil 到 Bob 的话机的第一个 ACK 丢失",
			function(t)
				local ack = t:first "method=ACK kind=send src=bil dst=bob"
				return ack ~= nil and ack:arrival() == nil, ack
			end },
		{ "Bob's phone sends its 486 again", zh = "Bob 的话机再次发送 486",
			function(t) return t:count "status=486 kind=send src=bob" == 2 end, rule = "ist-timer-g" },
		{ "the second ACK arrives", zh = "第二个 ACK 到达",
			function(t)
				local ack = t:first "method=ACK kind=recv node=bob"
				return ack ~= nil, ack
			end },
		{ "Alice's phone receives only one 486", zh = "Alice 的话机只收到一个 486",
			function(t) return t:count "status=486 kind=recv node=alice" == 1 end },
	},
	points = 3,
}
