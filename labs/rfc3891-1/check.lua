-- The tasks of rfc3891-1; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "router--park.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function taking(t)
	return t:first "kind=send method=INVITE src=phone2"
end

-- The node whose From or To tag is that value, in the call of Bob's with the
-- parking place.
local function maker(t)
	local tag = taking(t):header("Replaces"):match "from%-tag=([^;]+)"
	local answer = t:first "kind=send status=200 src=park cseq=INVITE"
	return answer:header("To"):find(tag, 1, true) and "park" or
	    answer:header("From"):find(tag, 1, true) and "bob" or nil
end

task {
	number = function(t)
		return t:count "kind=dialog node=bob left=none"
	end,
	unit = { "dialogs", zh = "个对话" },
	wrong = {
		{ 4, why = { "The subscription of the REFER shares the dialog of the first call.", zh = "REFER 的订阅使用第一个呼叫的对话。" },
			rule = "refer-send" },
		{ 2, why = { "With phone 1, with the parking server, with phone 2: each has its own Call-ID.",
			zh = "与话机 1、与驻留处、与话机 2：各有自己的 Call-ID。" } },
		{ 1, why = { "A new call replaces the old one; it does not continue its dialog.",
			zh = "新呼叫取代旧呼叫的位置，而不是延续它的对话。" } },
	},
	why = { "Count in the records of kind dialog at Bob's phone how many dialogs begin, including those that have ended.",
		zh = "在 Bob 的话机的 dialog 记录里，数有几个对话开始，已结束的也算。" },
	records = function(t) return t:all "kind=dialog node=bob" end,
	hint = { "There is one for each peer of Bob's; `kind=dialog node=bob left=none` shows where they begin.", zh = "与 Bob 通过话的每个对端一个；`kind=dialog node=bob left=none` 列出开始。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=dialog node=park left=none" end,
			ask = { "Before you look at the run: how many dialogs will the parking server have had in total, including subscriptions?\n\n    rung show rfc3891-1 kind=dialog node=park",
				zh = "先不看运行：驻留处一共将有过多少个对话，包括订阅？\n\n    rung show rfc3891-1 kind=dialog node=park" },
			ahead = true,
			wrong = {
				{ 1, why = { "Phone 2 asks it for its calls.", zh = "有人询问它有哪些呼叫。" } },
				{ 3, why = { "Phone 1 has no dialog with it.", zh = "话机 1 与它无关。" } },
			},
			why = { "Count in the records of kind dialog at the parking server how many begin.", zh = "在驻留处的 dialog 记录里，数有几个开始。" },
			rule = "dialog-notify",
			records = function(t) return t:all "kind=dialog node=park" end,
			hint = { "`kind=dialog node=park left=none` shows where they begin: compare their Call-IDs with that of `INVITE@bob` and of `SUBSCRIBE@phone2`.", zh = "`kind=dialog node=park left=none` 只有开始：把它们的 Call-ID 与 `INVITE@bob` 及 `SUBSCRIBE@phone2` 的比较。" } },
	},
}

task {
	text = maker,
	rule = "replaces-send",
	wrong = {
		{ "bob", why = { "Bob's tag is in the From of his call. But Bob's phone reads the Replaces: to-tag is its own, from-tag the peer's.",
			zh = "在他的呼叫中，From 里的是 Bob 的 tag。但 Replaces 由 Bob 的话机来读：to-tag 是它自己的，from-tag 是对方的。" } },
		{ "phone2", why = { "Phone 2 does not take part in the dialog that it names.", zh = "话机 2 不属于它所指明的对话。" } },
		{ "phone1", why = { "The call of phone 1 is over at 4.1 s.", zh = "话机 1 的呼叫在 4.1 s 已结束。" } },
	},
	why = { "Look for the first message with that tag, and its sender: From has the caller's, To that of the phone that answered.",
		zh = "找最先出现该 tag 的消息，看由谁发送：From 中是主叫的，To 中是响应方的。" },
	records = function(t) return { taking(t), t:first "kind=send status=200 src=park cseq=INVITE" } end,
	hint = { "Look for the value in `200@park` and in `INVITE@bob`: is it in From or in To?", zh = "在 `200@park` 和 `INVITE@bob` 中查找这个值：是 From 还是 To？" },
	others = {
		{ text = "bob",
			ask = { "Replaces has three values. Which node generated the one that is called `to-tag`? Write its name.",
				zh = "Replaces 有三个值。其中 `to-tag` 由哪个节点产生？写出它的名字。" },
			wrong = {
				{ "park", why = { "The parking server answered, and its tag is in To; but the names are from the view of the receiver of the Replaces.", zh = "驻留处应答，它的 tag 在 To 中；但名称按读 Replaces 的一方来定。" } },
				{ "phone2", why = { "Phone 2 does not take part in the dialog that it names.", zh = "话机 2 不属于它所指明的对话。" } },
			},
			why = { "Look for the first message with that tag, and its sender: From has the caller's, To that of the phone that answered.", zh = "找最先出现该 tag 的消息，看由谁发送：From 中是主叫的，To 中是响应方的。" },
			rule = "replaces-send",
			records = function(t) return { taking(t), t:first "kind=send method=INVITE src=bob" } end,
			hint = { "RFC 3891, 3: it is compared with the local tag of the receiver of `INVITE@phone2`.", zh = "RFC 3891 第 3 节：它与收到 `INVITE@phone2` 的一方的本地 tag 比较。" } },
	},
}

task {
	choice = {
		{ "The parking server writes them in the order of From and To, and a REGISTER is the other way round",
			zh = "驻留处按 From 和 To 的顺序书写，而 REGISTER 中的顺序相反",
			why = { "There is no REGISTER here. The names are about sides, not about fields.", zh = "这里没有 REGISTER。这些名称指的是两侧，不是字段。" } },
		{ "Bob has called, and the tag of the caller is the remote one in all documents", zh = "Bob 是主叫，而主叫的 tag 在所有文档中都是 remote",
			why = { "For Bob's phone its own tag is the local one, whoever has called.", zh = "对 Bob 的话机来说自己的 tag 是 local，不论谁是主叫。" },
			rule = "dialog-uac" },
		{ "The NOTIFY describes the dialog as the parking server sees it, Replaces as Bob's phone does",
			zh = "NOTIFY 按驻留处的角度说明对话，Replaces 按 Bob 的话机的角度", right = true },
		{ "It hides who Bob is, as it does in documents that are made with dialogs=state", zh = "这样隐藏 Bob 的身份，如同用 dialogs=state 生成的文档",
			why = { "With dialogs=state there would be no tags at all.", zh = "若是 dialogs=state，就根本没有 tag。" } },
	},
	rule = "replaces-send",
	records = function(t) return { t:first "kind=send method=NOTIFY src=park", taking(t) } end,
}

task {
	find = {
		node = "bob",
		rule = { "replaces-bye", "replaces-accept" },
		record = function(t)
			local bye = t:first "kind=send method=BYE src=bob dst=park"
			return { bye, bye:arrival() }
		end,
	},
	points = 2,
	rule = "replaces-bye",
	why = { "The parking server does not notice the new call; the phone that replaces the old call ends it.",
		zh = "驻留处对新呼叫一无所知；取代旧呼叫的一方结束旧呼叫。" },
	records = function(t) return t:first "kind=send method=BYE src=bob dst=park" end,
	hint = { "A BYE is sent after the ACK of phone 2; by which node, and by which section of RFC 3891? `from=8.1s method=BYE`.", zh = "话机 2 的 ACK 之后发出一个 BYE；由谁发送，依据 RFC 3891 的哪一节？`from=8.1s method=BYE`。" },
	others = {
		{ find = { node = "phone1", rule = "transfer-done", record = function(t) return (function(r) return { r, r:arrival() } end)(t:first "kind=send method=BYE src=phone1") end },
			ask = { "Which node ends the call between phone 1 and Bob? Find the node, the rule and the record: `node=… rule=… record=…`.\n\n    rung show rfc3891-1 from=4s to=5s kind=send",
				zh = "话机 1 与 Bob 的呼叫由谁结束？找出节点、规则和记录：`node=… rule=… record=…`。\n\n    rung show rfc3891-1 from=4s to=5s kind=send" },
			why = { "A NOTIFY has reported that Bob has reached his target; the sender of the REFER no longer needs the call.", zh = "NOTIFY 说明 Bob 已到该去的地方；提出请求的一方不再需要这个呼叫。" },
			rule = "transfer-done",
			records = function(t) return t:first "kind=send method=BYE src=phone1" end,
			hint = { "RFC 5589, 6 says what follows a successful transfer: `method=NOTIFY,BYE to=5s`.", zh = "RFC 5589 第 6 节说明转接成功之后做什么：`method=NOTIFY,BYE to=5s`。" } },
	},
}

task {
	figure = {
		{ "the NOTIFY of the parking place", "method=NOTIFY src=park", zh = "驻留处的 NOTIFY" },
		{ "phone 2's INVITE to Bob", "method=INVITE src=phone2", zh = "话机 2 给 Bob 的 INVITE" },
		{ "the BYE to the parking place", "method=BYE src=bob dst=park", zh = "给驻留处的 BYE" },
	},
	points = 2,
}

task {
	goal = {
		{ "Bob is at the parking server", zh = "Bob 在驻留处",
			function(t) return t:first "kind=send src=park status=200 cseq=INVITE" ~= nil, t:first "kind=send src=park status=200 cseq=INVITE" end },
		{ "phone 2 asks for his call, and gets 403", zh = "话机 2 要求他的呼叫，收到 403",
			function(t) return t:first "kind=send src=bob dst=phone2 status=403" ~= nil, t:first "kind=send src=bob dst=phone2 status=403" end,
			rule = "replaces-denied" },
		{ "at the end Bob is still at the parking server", zh = "最后 Bob 仍在驻留处",
			function(t)
				return t:count "kind=send method=BYE src=park" == 0 and t:count "kind=send method=BYE dst=park" == 0
			end },
	},
	points = 2,
	hint = { "docs/TOPOLOGY.md lists the attributes of a `ua`: one of them says whether another call may replace its own. The response to phone 2 is in `src=bob dst=phone2 from=8s`.", zh = "docs/TOPOLOGY.md 列出 `ua` 的属性：其中一个说明别的呼叫可否取代它的呼叫。话机 2 收到什么，看 `src=bob dst=phone2 from=8s`。" },
}
