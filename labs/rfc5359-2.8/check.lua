-- The tasks of rfc5359-2.8; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "b2.answer=1000ms..3000ms:500ms", "lan--b2.delay=5ms..45ms:10ms" }

local function busy(t)
	return t:first "kind=send src=b1 status=486"
end

local function ack(t)
	return t:first "kind=send dst=b1 method=ACK"
end

task {
	find = { node = "proxy", rule = "ict-ack", record = ack },
	points = 2,
	why = { "Which transaction has received the 486? It acknowledges a final response that is no 2xx itself.",
		zh = "哪个事务收到了 486？非 2xx 的最终响应由它自己确认。" },
	records = ack,
	hint = { "The topmost Via of `486@b1` has the branch of one client transaction: is it that of `INVITE@alice` or of `INVITE@proxy`? RFC 3261, 17.1.1.3.", zh = "`486@b1` 最上面的 Via 是一个客户端事务的 branch：是 `INVITE@alice` 的，还是 `INVITE@proxy` 的？见 RFC 3261 第 17.1.1.3 节。" },
	others = {
		{ find = { record = function(t) return { t:first "kind=route node=proxy how=service", t:first "kind=send dst=b2 method=INVITE" } end },
			ask = { "Where is it decided to try Bob's other phone? Find the record: `record=…`.\n\n    rung show rfc5359-2.8 kind=route",
				zh = "在哪里决定尝试 Bob 的另一部话机？找出这条记录：`record=…`。\n\n    rung show rfc5359-2.8 kind=route" },
			why = { "Each routing decision has its own record; one of them comes neither from the location service nor from a URI alone.", zh = "每次选择路径都有自己的记录；其中一条既不凭位置服务器，也不只凭 URI。" },
			rule = "service-busy",
			hint = { "It is after `486@b1` and before the second INVITE: `kind=route node=proxy`.", zh = "它在 `486@b1` 之后、第二个 INVITE 之前：`kind=route node=proxy`。" } },
		{ find = { record = function(t) return (function(r) return { r, r:arrival() } end)(t:first "kind=send status=181") end },
			ask = { "Where is Alice's phone told that her call is forwarded? Find the record: `record=…`.\n\n    rung show rfc5359-2.8 dst=alice",
				zh = "在哪里告诉 Alice 她的呼叫转往别处？找出这条记录：`record=…`。\n\n    rung show rfc5359-2.8 dst=alice" },
			why = { "Nothing rings yet at that time; one of the provisional responses to Alice's phone says so.", zh = "那一刻还没有振铃；发给 Alice 的话机的一个临时响应说明此事。" },
			rule = "proxy-181",
			hint = { "The section is one of RFC 3261, 21.1; `src=proxy dst=alice to=1.1s` has a few messages to choose from.", zh = "章节属于 RFC 3261 第 21.1 节；`src=proxy dst=alice to=1.1s` 有几条消息可选。" } },
	},
}

task {
	choice = {
		{ "both of Bob's phones are registered: the proxy tries the next one",
			zh = "Bob 的两部话机都已注册：代理服务器尝试下一部",
			why = { "Only the first one is; look at the bindings.", zh = "只有第一部注册了；请看绑定。" }, rule = "proxy-by-location" },
		{ "Bob has told his proxy that it goes there if that phone is busy",
			zh = "Bob 告诉过代理服务器，这部话机忙时就转到那里",
			right = true, rule = "service-busy" },
		{ "the 486 says so, in the Contact that it has",
			zh = "486 这样说，写在它的 Contact 中",
			why = { "It has none that leads elsewhere: a 302 would.", zh = "其中没有指向别处的 Contact：302 才会有。" }, rule = "redirect-302" },
		{ "Alice's phone asks for it when it has received the 181",
			zh = "Alice 的话机收到 181 之后提出请求",
			why = { "It has sent one INVITE and is informed; it is not asked.", zh = "它只发了一个 INVITE，被告知，而不是被询问。" }, rule = "proxy-181" },
	},
	points = 2,
	records = function(t) return t:first "kind=send dst=b2 method=INVITE" end,
}

task {
	choice = {
		{ "it is confirmed by the 200: there is one INVITE and so one dialog",
			zh = "由 200 确认：一个 INVITE 就只有一个对话",
			why = { "The 200 has the tag of the other phone. One INVITE may have several dialogs.",
				zh = "200 的 tag 是另一部话机的。一个 INVITE 可以有多个对话。" }, rule = "dialog-uac" },
		{ "Alice's phone ends it with a BYE as soon as it has the 200",
			zh = "Alice 的话机一收到 200 就用 BYE 结束它",
			why = { "Count the BYEs: there is one, in the other dialog.", zh = "数一数 BYE：只有一个，在另一个对话中。" }, rule = "dialog-early-over" },
		{ "it stays early, and ends some time after the 200",
			zh = "它停留在早期状态，200 之后过一会儿被遗忘",
			right = true, rule = "dialog-early-over" },
		{ "there is none: a proxy can't have a dialog",
			zh = "没有对话：代理服务器不能有对话",
			why = { "Alice's phone sees a response with a tag, and creates a dialog from it.",
				zh = "Alice 的话机看到带 tag 的响应，就由它建立对话。" }, rule = "proxy-181" },
	},
	points = 2,
	records = function(t) return t:first "kind=dialog node=alice" end,
	ahead = true,
}

local function rings(t)
	return t:first "kind=recv dst=alice status=180"
end

task {
	time = function(t) return rings(t).time - busy(t).time end,
	wrong = {
		{ function(t) return t:first("kind=send src=b2 status=180").time - busy(t).time end,
			why = { "At that time the other phone begins to ring; Alice's must still be told.", zh = "那时另一部话机开始振铃；还要告知 Alice。" } },
		{ function(t) return t:first("kind=recv dst=alice status=181").time - busy(t).time end, rule = "proxy-181",
			why = { "That is the 181.", zh = "那是 181 的时间。" } },
	},
	why = { "Count from the transmission of the 486 by the first phone to the arrival of the 180 at Alice's.",
		zh = "从第一部话机发送 486 算起，到 180 到达 Alice 的话机为止。" },
	records = function(t) return { busy(t), rings(t) } end,
	hint = { "`486@b1` returns, an INVITE is sent, and two 180s follow: the last arrival is at Alice's phone, `status=180 dst=alice`.", zh = "`486@b1` 返回，INVITE 发出，再来两个 180：最后的到达在 Alice 那里，`status=180 dst=alice`。" },
}

task {
	goal = {
		{ "the first phone answers 600", zh = "第一部话机返回 600",
			function(t) return t:count "kind=send src=b1 status=600" > 0, t:first "kind=send src=b1 status=600" end },
		{ "no other phone is tried", zh = "没有询问别的话机",
			function(t) return t:count "kind=send dst=b2 method=INVITE" == 0, t:first "kind=send dst=b2 method=INVITE" end, rule = "proxy-6xx" },
		{ "Alice's phone gets 600", zh = "Alice 收到 600",
			function(t) return t:count "kind=recv dst=alice status=600" > 0, t:first "kind=recv dst=alice status=600" end, rule = "proxy-best-6xx" },
	},
	points = 2,
}
