-- The tasks of rfc3515-4.2; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "alice--router.delay=5ms..40ms:5ms", "carol.answer=500ms..2000ms:500ms", "seed=1..999:1" }

local function body(r)
	return r.text:match "\r\n\r\n(.*)" or ""
end

local function cseq(r)
	return r and tonumber(r:header("CSeq"):match "%d+")
end

local function refers(t)
	return t:all "kind=send method=REFER"
end

-- The steps of subscriptions at Bob's phone that reach STATE.
local function steps(t, state)
	return t:all("kind=fsm node=bob machine=subscription into=" .. state)
end

task {
	number = function(t) return cseq(refers(t)[2]) end,
	wrong = {
		{ function(t) return cseq(t:last "kind=send method=NOTIFY") end,
			why = { "That is the CSeq of the last NOTIFY itself, which Alice's phone counts.",
				zh = "那是最后一个 NOTIFY 自己的 CSeq，由 Alice 的话机计数。" } },
		{ function(t) return cseq(refers(t)[1]) end,
			why = { "That would be the first REFER, which was over at 4.1 s.", zh = "那是第一个 REFER，它在 4.1 s 已结束。" } },
	},
	why = { "The number in Event is from the request that has created the subscription: look at CSeq of the REFERs.",
		zh = "Event 里的编号来自建立订阅的那个请求：看各个 REFER 的 CSeq。" },
	records = function(t) return { refers(t)[2], t:last "kind=send method=NOTIFY" } end,
	ahead = true,
	hint = { "It is after refer;id= and is a number of `REFER@bob#2`.", zh = "它在 refer;id= 之后，是 `REFER@bob#2` 的一个编号。" },
	others = {
		{ number = function(t) return t:count "kind=send method=NOTIFY" end, rule = "notify-final", unit = { "NOTIFYs", zh = "个 NOTIFY" }, ahead = true,
			ask = { "Before you look at the run: how many NOTIFYs will Alice's phone send for both REFERs together?\n\n    rung show rfc3515-4.2 method=REFER,NOTIFY", zh = "先不看运行：对两个 REFER，Alice 的话机一共会发送多少个 NOTIFY？\n\n    rung show rfc3515-4.2 method=REFER,NOTIFY" },
			wrong = { { 2, why = { "Each begins with a NOTIFY at once, before the outcome is known.", zh = "每个都立即以一个 NOTIFY 开始，那时结果还不知道。" } }, { { 5, 6 }, why = { "Nothing is reported between the first and the last.", zh = "在第一个与最后一个之间没有通知。" } } },
			why = { "A subscription begins with one and ends with one.", zh = "订阅以一个开始，以一个结束。" },
			hint = { "`method=NOTIFY kind=send to=6.5s` shows those of the first REFER; RFC 3515 2.4.4 describes their beginning and end. How many does the second have?",
				zh = "`method=NOTIFY kind=send to=6.5s` 是第一个 REFER 的，其开始和结束见 RFC 3515 2.4.4。第二个 REFER 的会多些或少些吗？" },
			records = function(t) return t:all "kind=send method=NOTIFY" end },
		{ number = function(t) return cseq(t:last "kind=send method=NOTIFY") end, rule = "dialog-request", ahead = true,
			ask = { "Before you look at the run: Alice's INVITE to Bob has CSeq 1. What will be the CSeq number of her phone's last NOTIFY?\n\n    rung show rfc3515-4.2 -m method=NOTIFY", zh = "先不看运行：Alice 呼叫 Bob 的 INVITE 的 CSeq 是 1。她的话机的最后一个 NOTIFY 的 CSeq 会是几？\n\n    rung show rfc3515-4.2 -m method=NOTIFY" },
			wrong = { { 4, why = { "The INVITE of this dialog counts as well.", zh = "这个对话的 INVITE 也要计数。" } }, { 2, why = { "That is the first NOTIFY's.", zh = "那是第一个 NOTIFY 的。" } }, { 3, why = { "That is the second NOTIFY's.", zh = "那是第二个 NOTIFY 的。" } } },
			why = { "Alice's phone counts its requests in this dialog: the INVITE, then its NOTIFYs; its calls to Carol are other dialogs.", zh = "Alice 的话机在这个对话中给自己的请求计数：INVITE，然后是各个 NOTIFY；给 Carol 的呼叫是另外的对话。" },
			hint = { "Read CSeq in `NOTIFY@alice`, and continue counting.", zh = "读 `NOTIFY@alice` 的 CSeq，再往下数。" },
			records = function(t) return t:last "kind=send method=NOTIFY" end },
	},
}

task {
	draw = "cseq=REFER,NOTIFY to=6.5s",
	rule = "refer-accept",
	hint = { "`src=bob cseq=REFER,NOTIFY kind=send to=6.5s` is Bob's half: each of these is a request, or answers one from Alice's phone.",
		zh = "`src=bob cseq=REFER,NOTIFY kind=send to=6.5s` 是 Bob 的一半：每条或是询问，或是响应 Alice 的。" },
	others = {
		{ draw = "cseq=INVITE,ACK node=carol to=6.5s", rule = "ict-ack",
			ask = { "Draw all messages between Alice and Carol at the first try: one line for each message.\n\n    rung show rfc3515-4.2 node=carol kind=send to=6.5s", zh = "画出第一次尝试中 Alice 与 Carol 之间的消息，每条一行。\n\n    rung show rfc3515-4.2 node=carol kind=send to=6.5s" },
			hint = { "Her phone sends only one message, `src=carol kind=send to=6.5s`: what does it answer, and what must follow by RFC 3261 17.1.1.3?",
				zh = "她的话机只发送一条消息，`src=carol kind=send to=6.5s`：它响应的是什么，按 RFC 3261 17.1.1.3，之后还要什么？" } },
		{ draw = "node=carol kind=send from=6.5s", rule = "refer-invite",
			ask = { "Draw all messages between Alice and Carol from the second try on: one line for each message.\n\n    rung show rfc3515-4.2 node=carol kind=send from=6.5s", zh = "画出从第二次尝试起 Alice 与 Carol 之间的消息，每条一行。\n\n    rung show rfc3515-4.2 node=carol kind=send from=6.5s" },
			hint = { "`src=carol kind=send from=6.5s` is what Carol's phone sends: she answers now, and hangs up. What has Alice's phone sent before, between and after these?",
				zh = "`src=carol kind=send from=6.5s` 是 Carol 的话机发送的：现在她有空，并自己挂断。Alice 的话机在这些之前、之间和之后说了什么？" } },
	},
}

task {
	choice = {
		{ "the session of Alice and Bob, which no BYE has ended", zh = "Alice 与 Bob 的会话，还没有 BYE 结束它", right = true },
		{ "the first subscription, whose 180 s are not over", zh = "第一个订阅，它的 180 s 还没有到",
			why = { "Its last NOTIFY says terminated; the granted time does not count any more.",
				zh = "它的最后一个 NOTIFY 写明 terminated；准许的时长不再有意义。" }, rule = "notify-final" },
		{ "nothing has to: a dialog lasts until its Timer ends", zh = "什么都不需要：对话持续到它的定时器到期",
			why = { "Dialogs have no timer. They end with their last usage.",
				zh = "对话没有定时器。它随最后一种用法结束。" } },
		{ "the second REFER makes a new dialog, with the same tags", zh = "第二个 REFER 建立新的对话，tag 相同",
			why = { "It has a To tag: it is a request within the existing dialog.", zh = "它有 To tag：是已有对话内的请求。" },
			rule = "form-to-tag" },
	},
	rule = "usage-bye",
	records = function(t) return t:all "kind=dialog node=bob" end,
	hint = { "RFC 5057 says when a dialog with several usages ends: did any of these exist before the first REFER? `kind=call node=bob to=6s` shows its state then.",
		zh = "有几种用法（usage）的对话何时结束，见 RFC 5057：第一个 REFER 之前已有其中一种吗？`kind=call node=bob to=6s` 显示它那时的状态。" },
}

task {
	time = function(t) return steps(t, "terminated")[1].time - refers(t)[1].time end,
	tolerance = 0.001,
	wrong = {
		{ 180, why = { "That is the granted time; it ends when there is nothing more to report.", zh = "这是最长的时长；没有可通知的消息时就结束了。" } },
		{ function(t) return t:all("kind=send method=NOTIFY")[2].time - refers(t)[1].time end,
			why = { "At that time Alice's phone sends the last NOTIFY; Bob's phone does not have it yet.",
				zh = "那时 Alice 的话机发出最后一个 NOTIFY；Bob 的话机还没有收到。" } },
		{ function(t) return refers(t)[2].time - refers(t)[1].time end,
			why = { "Between the two there is no subscription.", zh = "两个 REFER 之间有一段时间没有订阅。" } },
		{ function(t) return t:all("kind=send method=NOTIFY")[1]:arrival().time - refers(t)[1].time end,
			why = { "With the first NOTIFY it becomes active.", zh = "第一个 NOTIFY 使它变为 active。" } },
	},
	rule = "notify-final",
	why = { "Count from the transmission of the first REFER to the first record at Bob's phone in which a subscription is terminated.",
		zh = "从第一个 REFER 的发送算起，到 Bob 的话机上第一条订阅终止的记录为止。" },
	records = function(t) return steps(t, "terminated")[1] end,
	hint = { "From `REFER@bob` to the first of `machine=subscription node=bob into=terminated`: what has arrived directly before that?",
		zh = "从 `REFER@bob` 到 `machine=subscription node=bob into=terminated` 的第一条：在那之前刚到的是什么？" },
}

task {
	goal = {
		{ "Bob's phone sends two REFERs in one dialog", zh = "Bob 的话机在同一对话中发送两个 REFER",
			function(t)
				local r = refers(t)
				return #r == 2 and r[1]:header "Call-ID" == r[2]:header "Call-ID", r[2]
			end },
		{ "Carol is busy both times, and Bob's phone is told so twice", zh = "Carol 两次都忙，Bob 两次得知",
			function(t)
				local n, last = 0, nil
				for _, r in ipairs(t:all "kind=recv dst=bob method=NOTIFY") do
					if body(r.of):find "^SIP/2.0 486" then
						n, last = n + 1, r
					end
				end
				return n == 2, last
			end, rule = "notify-final" },
		{ "then Bob's phone ends the call with Alice", zh = "然后 Bob 的话机结束与 Alice 的呼叫",
			function(t)
				local bye, told = t:first "kind=send method=BYE src=bob", t:last "kind=recv dst=bob method=NOTIFY"
				return bye ~= nil and told ~= nil and bye.time > told.time, bye
			end, rule = "transfer-failed",
			why = { "A transfer that fails leaves the call as it was: somebody has to hang up.",
				zh = "转接失败不改变呼叫：必须有人挂断。" } },
	},
	points = 3,
}
