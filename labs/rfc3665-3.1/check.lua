-- The tasks of rfc3665-3.1; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1s..4s:1s", "alice--router.delay=5ms..45ms:10ms", "seed=1..999:1" }

-- When the call at NODE was confirmed.
local function confirmed(t, name)
	return t:first { kind = "call", node = name, state = "confirmed" }
end

-- Client transactions that have a machine.
local function count_transactions(t)
	return t:count "kind=fsm left=none machine=ICT,NICT"
end

task {
	-- The ACK for the 200 is one more by name (RFC 3261 6), without a machine.
	number = function(t)
		local n = count_transactions(t)
		return { n, n + 1 }
	end,
	points = 2,
	rule = "invite-ack",
	wrong = {
		{ 6, why = { "A transaction is a request with all its responses.", zh = "事务是一个请求连同它的所有响应。" } },
		{ 4, why = { "Both ends of a transaction count as one here.", zh = "这里事务的两端合起来算一个。" } },
		{ 1, why = { "The call is a dialog. Within it each request has its own transaction.", zh = "呼叫是一个对话。其中每个请求都有自己的事务。" } },
	},
	why = { "Name each request of the call, and look for the state machines that it has at its two ends: such a pair is one transaction.",
		zh = "列出这次呼叫的每个请求，看它在两端有哪些状态机：每一对算一个。" },
	records = function(t) return t:first "method=ACK kind=send" end,
	ahead = true,
	hint = { "`kind=fsm left=none machine=ICT,NICT` shows which requests have a state machine.", zh = "`kind=fsm left=none machine=ICT,NICT` 显示哪些请求有状态机。" },
	others = {
		{ number = function(t) return t:count("kind=send", function(r) return (r:header "To" or ""):find "tag=" ~= nil end) end, rule = "response-tag", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: in how many of the messages will To have a tag?\n\n    rung show rfc3665-3.1 -m kind=send", zh = "先不看运行：有多少条消息的 To 会带 tag？\n\n    rung show rfc3665-3.1 -m kind=send" },
			wrong = { { 6, why = { "A phone that has not sent anything yet has made no tag.", zh = "还没有发言的一方没有产生 tag。" } }, { 4, why = { "The 180 also has it: with it the early dialog begins.", zh = "振铃的响应也有：早期对话由此开始。" } } },
			why = { "The callee makes it with its first response; from then on it stays.", zh = "被叫在第一个响应中产生它；此后一直保持。" },
			hint = { "Compare To in `INVITE@alice` and in `180@bob`, then in what follows.", zh = "比较 `INVITE@alice` 与 `180@bob` 的 To，再看后面的。" },
			records = function(t) return t:first "status=180 kind=send" end },
		{ number = function(t) return t:count("kind=send", function(r) return (r:header "CSeq" or ""):match "^1 " ~= nil end) end, rule = "dialog-request", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: in how many of the messages will the number in CSeq be 1?\n\n    rung show rfc3665-3.1 -m kind=send", zh = "先不看运行：有多少条消息的 CSeq 的数会是 1？\n\n    rung show rfc3665-3.1 -m kind=send" },
			wrong = { { { 3, 4 }, why = { "Bob's phone counts its own requests, from the beginning.", zh = "Bob 的话机从头给自己的请求计数。" } }, { 5, why = { "An ACK has the number of the INVITE.", zh = "ACK 用 INVITE 的编号。" } } },
			why = { "Each side has sent one request that counts; responses copy its number.", zh = "双方各发送了一个计数的请求；响应重复它的编号。" },
			hint = { "Read CSeq of the requests, `INVITE@alice`, `ACK@alice` and `BYE@bob`: each response has that of its request, RFC 3261 8.2.6.2.",
				zh = "读各个请求 `INVITE@alice`、`ACK@alice` 和 `BYE@bob` 的 CSeq：每个响应与它的请求相同，RFC 3261 8.2.6.2。" },
			records = function(t) return t:all "kind=send" end },
	},
}

task {
	draw = "proto=sip kind=send",
	points = 3,
	hint = { "`src=bob kind=send` is his half: which of these are responses, and which need a response or an acknowledgement (RFC 3261 13.2.2.4, 15.1.2)?",
		zh = "`src=bob kind=send` 是他的一半：哪些是响应，哪些需要响应或确认（RFC 3261 13.2.2.4、15.1.2）？" },
	others = {
		{ draw = "method=INVITE,ACK,BYE kind=send", rule = "invite-ack",
			ask = { "Draw only the requests: one line for each message.\n\n    rung show rfc3665-3.1 kind=send", zh = "只画请求，每条消息一行。\n\n    rung show rfc3665-3.1 kind=send" },
			hint = { "Two of `src=alice kind=send` are requests, and one answers a request of Bob's: see CSeq of `200@alice`.",
				zh = "`src=alice kind=send` 中有两个请求，还有一个响应 Bob 的请求：看 `200@alice` 的 CSeq。" } },
		{ draw = "status=1xx,2xx kind=send", rule = "invite-progress",
			ask = { "Draw only the responses: one line for each message.\n\n    rung show rfc3665-3.1 kind=send", zh = "只画响应，每条消息一行。\n\n    rung show rfc3665-3.1 kind=send" },
			hint = { "`method=INVITE,ACK,BYE kind=send` are the requests: which of them is answered twice, which once, and which never (RFC 3261 17)?",
				zh = "`method=INVITE,ACK,BYE kind=send` 是各个请求：哪个得到两次响应，哪个一次，哪个没有（RFC 3261 17）？" } },
	},
}

task {
	choice = {
		{ "They are different methods; each is counted separately.", zh = "它们是不同的方法，各自分别计数。",
			rule = "dialog-request",
			why = { "If Alice had hung up, her BYE would have CSeq 2, after her INVITE.",
				zh = "若由 Alice 挂断，她的 BYE 接在她的 INVITE 之后，就是 CSeq 2。" } },
		{ "Each side counts the requests that it sends itself.", right = true, zh = "双方各自为自己的请求计数。", rule = "dialog-request" },
		{ "The BYE belongs to another dialog than the INVITE.", zh = "BYE 与 INVITE 属于不同的对话。", rule = "dialog-request",
			why = { "Call-ID and both tags are the same: it is the same dialog.", zh = "Call-ID 和两个 tag 都相同：是同一个对话。" } },
		{ "The branch differs, and CSeq plays no part.", zh = "branch 不同，CSeq 不起作用。", rule = "dialog-cseq",
			why = { "In a dialog a request with a CSeq that is too low is rejected.", zh = "在对话中，比该方上一个序号小的请求会被拒绝。" } },
	},
	points = 2,
	records = function(t) return { t:first "method=INVITE kind=send", t:first "method=BYE kind=send" } end,
}

task {
	time = function(t) return confirmed(t, "bob").time - confirmed(t, "alice").time end,
	points = 2,
	rule = "invite-acked",
	wrong = {
		{ 0, why = { "Alice's phone knows it with the 200. Bob's must wait for the ACK.", zh = "Alice 的话机收到 200 就知道。Bob 的话机要等 ACK。" } },
		{ function(t) return 2 * (confirmed(t, "bob").time - confirmed(t, "alice").time) end,
			why = { "Between the two there is one line delay, not a round trip.", zh = "二者之间是 ACK 的单程时间，而不是往返时间。" } },
	},
	why = { "Subtract the times at which the two phones' records of kind call say confirmed.",
		zh = "两部话机的 call 记录变为 confirmed 的时刻相减。" },
	records = function(t) return { confirmed(t, "alice"), confirmed(t, "bob") } end,
	hint = { "`kind=call state=confirmed` has both times.", zh = "`kind=call state=confirmed` 中有两个时刻。" },
}

task {
	goal = {
		{ "an ACK is lost", zh = "有一个 ACK 丢失",
			function(t)
				local r = t:first "method=ACK kind=drop"
				return r ~= nil, r
			end },
		{ "Bob's phone sends its 200 again", zh = "Bob 的话机再次发送 200",
			function(t)
				local all = t:all "status=200 cseq=INVITE src=bob kind=send"
				return #all >= 2, all[2]
			end, rule = "invite-2xx-again",
			why = { "Wait longer than 500 ms after the answer.", zh = "接听后要等超过 500 ms。" } },
		{ "in the end Bob's phone has received the ACK", zh = "最后 Bob 的话机收到 ACK",
			function(t)
				local r = confirmed(t, "bob")
				return r ~= nil, r
			end, rule = "invite-ack",
			why = { "Lose only the first one.", zh = "只丢第一个。" } },
	},
	points = 3,
}
