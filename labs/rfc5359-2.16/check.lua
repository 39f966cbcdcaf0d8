-- The tasks of rfc5359-2.16; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice--router.delay=5ms..45ms:10ms" }

local function look(t)
	return t:first "kind=send dst=bill method=NOTIFY"
end

local function taking(t)
	return t:first "kind=send src=bill method=INVITE"
end

local function has(t)
	return t:first "kind=call node=bill state=confirmed"
end

local function asked(t)
	return t:first "kind=send src=bill method=SUBSCRIBE"
end

task {
	draw = "kind=send src=alice,bob dst=alice,bob from=3s",
	ahead = true,
	rule = "cancel-487",
	hint = { "At Bob's phone nobody has answered, so the INVITE is still pending there, RFC 3261, 9.1: `src=bob dst=alice from=3s kind=send` is what his phone sends for that.", zh = "Bob 那里无人接听，所以 INVITE 还没有结束，RFC 3261 第 9.1 节：`src=bob dst=alice from=3s kind=send` 是他的话机对此所说的。" },
	others = {
		{ draw = "kind=send node=bill",
			ask = { "Before you look at the run: draw all messages between Bill's phone and the other two, one line each: `bill -> bob SUBSCRIBE`.\n\n    rung show rfc5359-2.16 node=bill kind=send",
				zh = "先不看运行：画出 Bill 的话机与另外两部话机之间将有的所有消息，每条一行，如 `bill -> bob SUBSCRIBE`。\n\n    rung show rfc5359-2.16 node=bill kind=send" },
			ahead = true,
			rule = "replaces-accept",
			hint = { "First a subscription that fetches the state once, RFC 6665, 4.4.3, then a call that replaces another, RFC 3891, 3, and that Alice ends: `node=bill cseq=SUBSCRIBE,NOTIFY` is the first half.", zh = "先是只看一次，RFC 6665 第 4.4.3 节，然后是取代另一个呼叫（RFC 3891 第 3 节）、由 Alice 结束的呼叫：`node=bill cseq=SUBSCRIBE,NOTIFY` 是前一半。" } },
		{ time = function(t) return has(t).time - asked(t).time end,
			ask = { "Before you look at the run: how long after Bill's phone has subscribed will it have the call, if you know the delays of the lines?\n\n    rung show rfc5359-2.16 node=bill",
				zh = "先不看运行：若知道各线路的时延，Bill 的话机询问之后多久将得到呼叫？\n\n    rung show rfc5359-2.16 node=bill" },
			ahead = true,
			wrong = {
				{ function(t) return taking(t).time - asked(t).time end, why = { "At that time his phone knows the call, and sends to Alice's.", zh = "那时他的话机得知是哪个呼叫，并询问 Alice 的话机。" } },
				{ function(t) return t:first("kind=send src=alice status=200 cseq=INVITE").time - asked(t).time end, why = { "At that time Alice's phone answers.", zh = "那时 Alice 的话机接听。" } },
			},
			why = { "Take two records at Bill's phone: the transmission of its first request, the SUBSCRIBE, and the arrival of the 200 to its INVITE.", zh = "看 Bill 的话机的两条记录：它发送第一个请求 SUBSCRIBE，以及对它的 INVITE 的 200 到达。" },
			records = function(t) return { asked(t), has(t) } end,
			hint = { "There are two round trips, to Bob and to Alice: from `SUBSCRIBE@bill` to the arrival of `200@alice`.", zh = "两次往返，到 Bob 和到 Alice：从 `SUBSCRIBE@bill` 到 `200@alice` 的到达。" } },
	},
}

task {
	text = { "target", "remote target", "target uri", "remote/target" },
	wrong = {
		{ "identity", rule = "replaces-send",
			why = { "That says who it is; a call goes to the address of the phone.", zh = "它说明是谁；呼叫要发往话机所在的地址。" } },
		{ "call-id", why = { "That becomes part of the Replaces.", zh = "它成为 Replaces 的一部分。" }, rule = "replaces-send" },
		{ "entity", why = { "That is Bob, whose dialogs these are.", zh = "那是 Bob，这些对话是他的。" } },
		{ "dialog", why = { "That is the whole element; name the part of it that contains the URI.", zh = "那是整体；请指出 URI 在其中的哪一部分。" } },
	},
	why = { "Compare the Request-URI of Bill's INVITE with the NOTIFY's body and find the element with the same URI.",
		zh = "把 Bill 的 INVITE 的请求 URI 与 NOTIFY 的消息体对照，找出含有同一 URI 的元素。" },
	records = function(t) return { look(t), taking(t) } end,
	hint = { "RFC 4235, 4.1.6 describes the peer by two elements; one of them is in the first line of `INVITE@bill`.", zh = "RFC 4235 第 4.1.6 节用两个元素描述对方；其中一个出现在 `INVITE@bill` 的第一行。" },
	others = {
		{ text = function(t) return look(t).text:match("([a-z]+%-tag)=\"" .. taking(t):header("Replaces"):match "to%-tag=([^;]+)" .. "\"") end,
			ask = { "Which attribute of the element `dialog` in the NOTIFY has the value that becomes the `to-tag` of Bill's Replaces?",
				zh = "NOTIFY 的 `dialog` 元素中，哪个属性的值成为 Bill 的 Replaces 的 `to-tag`？" },
			wrong = {
				{ "local-tag", why = { "That is the tag of Bob's phone itself.", zh = "那是 Bob 的话机自己的 tag。" } },
				{ "call-id", why = { "That is the first value of the Replaces.", zh = "那是 Replaces 的第一个值。" } },
			},
			why = { "Compare the value of `to-tag` in the INVITE with the attributes of the dialog in the NOTIFY: one is equal.", zh = "把 INVITE 中 `to-tag` 的值与 NOTIFY 里对话的属性比较：其中一个相同。" },
			rule = "replaces-send",
			records = function(t) return { look(t), taking(t) } end,
			hint = { "RFC 3891, 3: `to-tag` is the own tag of the receiver of `INVITE@bill`. RFC 4235, 4.1.1 names the tags from the view of the sender of `NOTIFY@bob`.", zh = "RFC 3891 第 3 节：`to-tag` 是收到 `INVITE@bill` 的一方自己的 tag。RFC 4235 第 4.1.1 节按写出 `NOTIFY@bob` 的一方来称呼各 tag。" } },
		{ text = function(t) return look(t).text:match "<state[^>]*>(%a+)</state>" end,
			ask = { "Which state does the dialog have according to the NOTIFY to Bill's phone? Write the word of the body.",
				zh = "NOTIFY 告诉 Bill 的话机，对话处于什么状态？写出消息体中的词。" },
			wrong = {
				{ "confirmed", why = { "Nobody has answered yet.", zh = "还没有人接听。" } },
				{ "terminated", why = { "That is the subscription: it is over at once.", zh = "那是订阅：它立即结束。" } },
				{ "full", why = { "That says that the document is complete.", zh = "那说明文档没有省略内容。" } },
			},
			why = { "Read the element `state` in the body of the NOTIFY.", zh = "读 NOTIFY 消息体中的 `state` 元素。" },
			records = function(t) return { look(t) } end,
			hint = { "It rings and is not answered: RFC 4235, 3.7.1 has the words, `NOTIFY@bob` one of them.", zh = "它在振铃而没有接听：RFC 4235 第 3.7.1 节列出这些词，`NOTIFY@bob` 有其中一个。" } },
	},
}

task {
	choice = {
		{ "200: the Call-ID is sufficient",
			zh = "200：有 Call-ID 就够了",
			why = { "Call-ID and both tags must match.", zh = "Call-ID 和两个 tag 都必须匹配。" }, rule = "replaces-none" },
		{ "404: there is no such user",
			zh = "404：没有这个用户",
			why = { "The user Alice exists; the dialog does not.", zh = "有 Alice；没有的是对话。" }, rule = "replaces-none" },
		{ "481: she has no such dialog",
			zh = "481：她没有这样的对话",
			right = true, rule = "replaces-none" },
		{ "486: she is in another call",
			zh = "486：她在另一个呼叫中",
			why = { "That is the result of early-only, if the dialog exists and is answered.", zh = "那是对话存在但已被接听时 early-only 的结果。" }, rule = "replaces-early" },
	},
	points = 2,
	records = taking,
}

task {
	choice = {
		{ "so that Bill can take the call only before Bob's phone has rung",
			zh = "使 Bill 只能在 Bob 的话机振铃之前代接",
			why = { "Without ringing there is no early dialog to name.", zh = "不振铃就没有可以指明的早期对话。" }, rule = "replaces-early" },
		{ "if Bob has answered meanwhile the call stays with him",
			zh = "如果其间 Bob 已接听，呼叫就留给他",
			right = true, rule = "replaces-early" },
		{ "so that Alice's phone sends a CANCEL and no BYE",
			zh = "使 Alice 的话机发送 CANCEL 而不是 BYE",
			why = { "That follows from the dialog's state, with or without it.", zh = "那取决于对话的状态，与它无关。" }, rule = "replaces-bye" },
		{ "so that Bill's phone need not ring as well",
			zh = "使 Bill 的话机不必振铃",
			why = { "Bill is the caller; his phone rings for nobody.", zh = "Bill 是主叫；他的话机不会振铃。" } },
	},
	points = 2,
	records = taking,
}

task {
	goal = {
		{ "Bill's INVITE has early-only", zh = "Bill 的 INVITE 带有 early-only",
			function(t)
				local r = taking(t)
				local value = r ~= nil and r:header "Replaces" or nil
				return value ~= nil and value:find("early-only", 1, true) ~= nil, r
			end },
		{ "Bob answers after the NOTIFY was sent and before that INVITE arrives", zh = "Bob 在 NOTIFY 发出之后、该 INVITE 到达之前接听",
			function(t)
				local ok = t:first "kind=send src=bob dst=alice status=200 cseq=INVITE"
				local invite = taking(t) ~= nil and taking(t):arrival() or nil
				return ok ~= nil and look(t) ~= nil and invite ~= nil and look(t).seq < ok.seq and ok.seq < invite.seq, ok
			end },
		{ "Bill gets 486, and Bob has the call", zh = "Bill 得到 486，呼叫归 Bob",
			function(t)
				local last = t:last "kind=call node=bob state=confirmed"
				return t:count "kind=recv dst=bill status=486" > 0 and last ~= nil, t:first "kind=recv dst=bill status=486"
			end, rule = "replaces-early" },
	},
	points = 3,
	hint = { "Bob's 200 must be between the transmission of `NOTIFY@bob` and the arrival of `INVITE@bill`: read the times of both, and let a `sleep` end between them.",
		zh = "Bob 的 200 要落在 `NOTIFY@bob` 的发送与 `INVITE@bill` 的到达之间：看两者的时刻，让 `sleep` 在其间结束。" },
}
