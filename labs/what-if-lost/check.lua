-- The tasks of what-if-lost; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "bob.answer=2000ms..6000ms:500ms", "alice--px.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- The 200 to the INVITE, as Alice's phone gets it.
local function answer(t)
	return t:first "kind=recv status=200 cseq=INVITE dst=alice"
end

local function count(t, filter)
	return t:count("kind=send " .. filter)
end

task {
	choice = {
		{ "Nothing: a 180 only says that it rings, and the 200 comes all the same.",
			zh = "什么也没有：180 只表示正在振铃，200 照样会来。",
			why = { "The 200 would arrive; but see what Alice does when she hears no ringing.",
				zh = "200 本来会来；但请看 Alice 听不到振铃时会怎么做。" } },
		{ "A retransmission: px sees that its 180 was lost, and sends it once more.",
			zh = "一次重传：px 发现它的 180 丢失了，于是再发一次。",
			why = { "It does not learn of that: a 180 has no answer. It is sent again when the INVITE arrives again.",
				zh = "没有人告诉它：180 没有响应。INVITE 重来时，180 才会再发。" }, rule = "ist-1xx" },
		{ "The call: Alice hears no ringing, and cancels it before the 200.",
			zh = "这次呼叫：Alice 听不到振铃，在 200 到来之前撤回。", right = true },
		{ "A retransmission: Timer A of Alice's phone fires and sends the INVITE again.",
			zh = "一次重传：Alice 话机的定时器 A 到期，再次发送 INVITE。",
			why = { "That timer does not run any more: the 100 of px has stopped it.",
				zh = "那个定时器已不再运行：px 的 100 使它停止了。" }, rule = "ict-1xx" },
	},
	records = function(t) return t:first "kind=send status=180 dst=alice" end,
	hint = { "Which message has Alice's phone received before? See `dst=alice to=1.1s`, and what the script does when she hears no ringing.",
		zh = "Alice 的话机此前收到了哪条消息？看 `dst=alice to=1.1s`，以及她听不到振铃时脚本会做什么。" },
	ahead = true,
}

task {
	choice = {
		{ "The ACK is lost on its last way, from the proxy px to Bob's phone.",
			zh = "ACK 在最后一段丢失：从代理服务器 px 到 Bob 的话机。",
			why = { "Bob's phone retransmits its 200 until an ACK arrives; for each 200 one is sent.",
				zh = "Bob 的话机重传 200，直到收到 ACK；每个 200 都会引出一个 ACK。" }, rule = "invite-2xx-again" },
		{ "The BYE is lost on its first way, from Bob's phone to the proxy px.",
			zh = "BYE 在第一段丢失：从 Bob 的话机到代理服务器 px。",
			why = { "It is a request, and its client transaction has a timer for that.",
				zh = "它是请求，它的客户端事务有定时器管这件事。" }, rule = "nict-timer-e" },
		{ "The 200 to the BYE is lost on its way back, from Alice's phone to px.",
			zh = "对 BYE 的 200 在返回途中丢失：从 Alice 的话机到 px。",
			why = { "Then the BYE arrives once more, and Alice's phone answers the same once more.",
				zh = "那样 BYE 会再来一次，Alice 的话机也会把同一个响应再发一次。" }, rule = "nict-timer-e" },
		{ "Bob's phone crashes while the two talk, and is not started again.",
			zh = "双方通话时 Bob 的话机死机，并且没有再启动。", right = true },
	},
	records = function(t) return t:first "kind=recv method=ACK dst=bob" end,
	hint = { "RFC 3261, 15: what ends a call? The two broken runs of `rung search what-if-lost --only=drop,crash --node=bob` each say which fault they have, and which node then waits for what.",
		zh = "RFC 3261 第 15 节：呼叫由什么结束？`rung search what-if-lost --only=drop,crash --node=bob` 中 broken 的两次运行都说明是什么故障，以及此后谁在等什么。" },
}

task {
	time = function(t) return answer(t).time + 0.5 end,
	rule = "invite-2xx-again",
	wrong = {
		{ function(t) return answer(t).time end,
			why = { "That is when it arrives if nothing is lost.", zh = "那是没有丢失时它到达的时刻。" } },
		{ 0.5, why = { "That is how much later it arrives; the question is about the time of the run.",
			zh = "那是它晚到多少；题目要的是运行的时刻。" } },
		{ function(t) return answer(t).time + 1 end,
			why = { "The first interval of that timer is T1; only the next one is twice that.",
				zh = "该定时器的第一个间隔是 T1；下一个才加倍。" } },
	},
	why = { "See when the 200 reaches Alice's phone in the run as it is, and add what its loss costs: that is next to the arrow.",
		zh = "先看不丢失时 200 何时到达 Alice 的话机，再加上丢失它的代价：就写在箭头旁边。" },
	records = answer,
	hint = { "The first interval of `node=bob name=2xx` is the time until the 200 is sent again: `status=200 cseq=INVITE dst=alice` says when it arrives otherwise.",
		zh = "`node=bob name=2xx` 的第一个间隔就是 200 再次发送之前的时间：`status=200 cseq=INVITE dst=alice` 说明不丢失时它何时到达。" },
}

task {
	number = function(t) return count(t, "status=200 cseq=INVITE") + count(t, "method=ACK") end,
	unit = { "messages", zh = "条消息" },
	rule = "invite-2xx-again",
	wrong = {
		{ function(t) return count(t, "status=200 cseq=INVITE") end,
			why = { "These are the 200s. An ACK is not retransmitted by a timer: which message causes it to be sent again?",
				zh = "这些是 200。没有谁会主动重发 ACK：是谁使它再发一次？" } },
		{ function(t) return count(t, "status=200") + count(t, "method=ACK") end,
			why = { "The responses to the BYE are among them: look at the timer next to their arrows.",
				zh = "其中包括对 BYE 的响应：请看它们箭头旁的定时器。" } },
		{ 1, why = { "Bob's phone sends one such message; its timer also repairs what is lost after it.",
			zh = "Bob 的话机只发出一条这样的消息；但它也补救之后丢失的消息。" } },
	},
	why = { "Each arrow has the timer that repairs its loss. Bob's phone has the one with which it sends its 200 to the INVITE again: count the arrows that have it.",
		zh = "每个箭头旁都写着补救它的定时器。Bob 的话机用来重发对 INVITE 的 200 的是哪一个？数一数带有它的箭头。" },
	records = function(t) return t:all "kind=send method=ACK" end,
	hint = { "RFC 3261, section 13.3.1.4: `node=bob name=2xx` starts with the 200 and is stopped by the message that confirms it. How many hops does each of the two take? If it is lost on any of them, the timer still runs.",
		zh = "RFC 3261 第 13.3.1.4 节：`node=bob name=2xx` 随 200 设置，由确认它的消息停止。两者各走几跳？在任一跳上丢失，定时器都继续运行。" },
	others = {
		{
			number = function(t) return count(t, "method=INVITE") + count(t, "status=180 src=bob") end,
			ask = { "For how many of the 13 messages does Timer A, of Alice's phone or of px, repair the loss?\n\n    rung search what-if-lost --only=drop -l --width=120",
				zh = "13 条消息中，有几条丢失时是由定时器 A 补救的（Alice 的话机的或 px 的）？\n\n    rung search what-if-lost --only=drop -l --width=120" },
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ function(t) return count(t, "method=INVITE") end, why = { "These are the INVITEs. What causes a lost response that stops the timer to be sent again?", zh = "这些是 INVITE。使定时器停止的响应丢失了，靠什么再来？" } },
				{ 4, why = { "A 100 had stopped it on the other hop.", zh = "在另一跳上，100 已使它停止。" } },
			},
			rule = "ict-timer-a",
			why = { "Each arrow has the timer that repairs its loss: count the arrows that have this one.",
				zh = "每个箭头旁都写着补救它的定时器：数一数带有它的箭头。" },
			hint = { "`kind=timer name=A op=stop` says what stops the two timers, RFC 3261, section 17.1.1.2: if that is lost and no other response has arrived before, the timer still runs.",
				zh = "`kind=timer name=A op=stop` 说明两个定时器由什么停止，RFC 3261 第 17.1.1.2 节：如果它丢失，而之前没有别的响应到达，定时器就还在运行。" },
			records = function(t) return t:all "kind=send method=INVITE" end,
		},
		{
			number = function(t) return count(t, "status=100") + count(t, "status=180 src=px") end,
			ask = { "For how many of the 13 messages does no timer repair the loss, because it costs nothing, or because it costs the call?\n\n    rung search what-if-lost --only=drop -l --width=120",
				zh = "13 条消息中，有几条丢失时没有定时器补救，因为没有代价，或者因为失去了呼叫？\n\n    rung search what-if-lost --only=drop -l --width=120" },
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ 1, why = { "There is a grey arrow and a brown one.", zh = "有一个灰色箭头，还有一个棕色箭头。" } },
				{ 3, why = { "The other 180 is repaired: px has received no response yet.", zh = "另一个 180 得到补救：px 还什么也没收到。" } },
				{ 0, why = { "Not every loss is repaired by a timer.", zh = "并非全部都由定时器补救。" } },
			},
			rule = "ict-1xx",
			why = { "Count the arrows without a timer next to them.",
				zh = "数旁边没有定时器的箭头。" },
			hint = { "Only a 2xx is retransmitted by its sender itself, no other response. Which of `kind=send status=1xx` would not be sent again for a retransmitted request, since Timer A is stopped on its hop by then?",
				zh = "除了 2xx，没有响应由发送方自己重传。`kind=send status=1xx` 中哪些不会由重传的请求再次带来，因为那一跳的定时器 A 已经停止？" },
			records = function(t) return t:all "kind=send status=1xx" end,
		},
	},
}

task {
	draw = "kind=send status=1xx",
	points = 2,
	rule = "ist-1xx",
	hint = { "RFC 3261, 16.7, step 5 and 17.2.1: which provisional response is forwarded, and which belongs to each hop alone? `node=bob status=1xx kind=send` is what Bob's phone sends.",
		zh = "RFC 3261 第 16.7 节第 5 步和第 17.2.1 节：哪个临时响应要转发，哪个只属于一跳？`node=bob status=1xx kind=send` 是 Bob 的部分。" },
	others = {
		{
			draw = "cseq=BYE",
			ask = { "Draw the messages whose loss is repaired by Timer E, one line for each arrow, such as `px -> alice 100`.\n\n    rung search what-if-lost --only=drop -l --width=120",
				zh = "画出丢失时由定时器 E 补救的消息，每个箭头一行，如 `px -> alice 100`。\n\n    rung search what-if-lost --only=drop -l --width=120" },
			rule = "nict-timer-e",
			hint = { "`name=E op=set` says with which request each hop starts Timer E, RFC 3261, section 17.1.2.2: which message must come back on that hop to stop it?",
				zh = "`name=E op=set` 说明每一跳随哪个请求设置定时器 E，RFC 3261 第 17.1.2.2 节：那一跳上必须返回什么，定时器才停？" },
		},
		{
			draw = "method=INVITE,ACK",
			ask = { "Draw the INVITEs and the ACKs of the call, one line for each arrow, such as `px -> alice 100`. Which of them has no timer of its own?\n\n    rung show what-if-lost method=INVITE,ACK kind=send",
				zh = "画出呼叫的 INVITE 和 ACK，每个箭头一行，如 `px -> alice 100`。其中哪些没有自己的定时器？\n\n    rung show what-if-lost method=INVITE,ACK kind=send" },
			rule = "invite-2xx-again",
			hint = { "`name=A op=set` has the hops on which Timer A watches over an INVITE; its 200 is acknowledged over the same hops, RFC 3261, 13.2.2.4.",
				zh = "`name=A op=set` 是 INVITE 由定时器 A 保护的各跳；它的 200 经同样的各跳得到确认，RFC 3261 第 13.2.2.4 节。" },
		},
	},
}

task {
	goal = {
		{ "one message is lost, and no other", zh = "只有一条消息丢失",
			function(t) return t:count "kind=drop" == 1, t:first "kind=drop" end,
			why = { "The fault takes only the first message: first = true, and the two ends of one hop.",
				zh = "故障只针对第一条消息：first = true，并写明一跳的两端。" } },
		{ "Alice cancels her call", zh = "Alice 撤回她的呼叫",
			function(t)
				local cancel = t:first "kind=recv method=CANCEL dst=bob"
				return cancel ~= nil, cancel
			end,
			why = { "She does so only when she hears no ringing for one and a half seconds.",
				zh = "只有当她一秒半听不到振铃时才会这样做。" } },
		{ "no 200 to the INVITE was ever sent", zh = "从未发出对 INVITE 的 200",
			function(t) return t:count "kind=send status=200 cseq=INVITE" == 0 end },
	},
	points = 2,
	hint = { "The arrow marked `!` in `rung search what-if-lost --only=drop -l --width=120` says what is lost on which hop; `--act` is not needed, only the three words of `fault` that say that.", zh = "`rung search what-if-lost --only=drop -l --width=120` 中标有 `!` 的箭头说明哪一跳上丢了什么；不需要 `--act`，只要改 `fault` 中说明这一点的三个词。" },
}
