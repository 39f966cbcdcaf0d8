-- The tasks of transfer; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "carol.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

local function body(r)
	return r.text:match "\r\n\r\n(.*)" or ""
end

local function to_carol(t)
	return t:first "kind=send method=INVITE src=alice dst=carol"
end

-- The sending of the NOTIFY that tells of the outcome.
local function outcome(t)
	return t:last "kind=send method=NOTIFY src=alice"
end

task {
	choice = {
		{ "Carol has answered and talks with Alice from now on", zh = "Carol 已接听，从现在起与 Alice 通话",
			why = { "Alice's phone has not even called her yet: its INVITE comes after the 202.",
				zh = "Alice 的话机还没有呼叫她：INVITE 在 202 之后。" }, rule = "refer-accept" },
		{ "Alice's phone has hung up on Bob, and is free for Carol", zh = "Alice 的话机已挂断与 Bob 的呼叫，可以呼叫 Carol",
			why = { "A REFER ends nothing. The call with Bob lasts until somebody sends a BYE.",
				zh = "REFER 不结束任何呼叫。与 Bob 的呼叫持续到有人发送 BYE。" }, rule = "transfer-done" },
		{ "Carol's phone rings, and Alice's has got the 180", zh = "Carol 的话机在振铃，Alice 的收到了 180",
			why = { "Her 180 is sent to Alice's phone, later, and is not forwarded: there is no proxy in between.",
				zh = "她的 180 后来才到 Alice 的话机，也不会转发：Alice 的话机不是代理服务器。" }, rule = "refer-accept" },
		{ "Alice's phone has taken on what it is told to do",
			zh = "Alice 的话机接受了任务；任务还没有完成", right = true },
	},
	rule = "refer-accept",
	records = function(t) return { t:first "status=202", to_carol(t) } end,
	hint = { "Compare the times of `202@alice` and of `INVITE@alice#2`, the one to Carol: what can the 202 say about her at that time, RFC 3515, 2.4.2?", zh = "比较 `202@alice` 与发给 Carol 的 `INVITE@alice#2` 的时刻：那时 202 对 Carol 能说什么，RFC 3515 第 2.4.2 节？" },
}

task {
	text = { "Referred-By", "Referred-By:" },
	rule = "refer-invite",
	wrong = {
		{ "From", why = { "From is Alice: she is the caller.", zh = "From 是 Alice：呼叫的是她。" } },
		{ "Refer-To", why = { "That is in the REFER, which Carol's phone never receives.",
			zh = "它在 REFER 中，Carol 的话机看不到 REFER。" } },
		{ "Call-ID", why = { "The Call-ID is a new one: that of Alice's call with Bob has no meaning for Carol.",
			zh = "Call-ID 是新的：Alice 与 Bob 的呼叫的 Call-ID 对 Carol 没有意义。" } },
		{ "Contact", why = { "Contact is where Alice's phone is reached.", zh = "Contact 是 Alice 的话机的地址。" } },
	},
	why = { "Look for the field of that INVITE that has Bob's URI in it.",
		zh = "找这个 INVITE 中含有 Bob 的 URI 的字段。" },
	records = to_carol,
	hint = { "Bob's address is in one field of `-m method=INVITE dst=carol`, and in her INVITE to Bob only in To.",
		zh = "`-m method=INVITE dst=carol` 有一个字段含有 Bob 的地址；她给 Bob 的 INVITE 中只有 To 含有它。" },
	others = {
		{
			text = { "Event", "Event:", "o" },
			ask = { "Which header field of a NOTIFY tells Bob's phone that it is about his REFER, and not about a mailbox or somebody's presence?\n\n    rung show transfer -m method=NOTIFY",
				zh = "NOTIFY 的哪个头字段告诉 Bob 的话机，它带来的是 REFER 的消息，而不是信箱或某人呈现的消息？\n\n    rung show transfer -m method=NOTIFY" },
			wrong = {
				{ "Subscription-State", why = { "That says for how long there will be notifications, not about what.", zh = "它说明还会有多久的消息，不说明是什么消息。" } },
				{ "Content-Type", why = { "That says in which format the body is written.", zh = "它说明消息怎样书写。" } },
				{ "Call-ID", why = { "All requests of the call have it.", zh = "这个呼叫的所有请求都有它。" } },
				{ "CSeq", why = { "It contains the method and a number.", zh = "它写有方法并计数。" } },
			},
			rule = "notify-recv",
			why = { "Look for the field of the NOTIFY in which the word refer is the whole value.",
				zh = "找 NOTIFY 中单独写着 refer 的字段。" },
			hint = { "RFC 6665, section 8.2.1, requires it of SUBSCRIBE and NOTIFY alike: `-m method=NOTIFY`.",
				zh = "RFC 6665 第 8.2.1 节要求 SUBSCRIBE 和 NOTIFY 都有它：`-m method=NOTIFY`。" },
			records = outcome,
		},
		{
			text = { "Subscription-State", "Subscription-State:" },
			ask = { "Which header field of the last NOTIFY tells Bob's phone that no other will follow?\n\n    rung show transfer -m method=NOTIFY",
				zh = "最后一个 NOTIFY 的哪个头字段告诉 Bob 的话机，不会再有下一个？\n\n    rung show transfer -m method=NOTIFY" },
			wrong = {
				{ "Event", why = { "That says which event it is, and is the same in both.", zh = "它说明是哪种消息，两个都一样。" } },
				{ "Expires", why = { "There is none in a NOTIFY.", zh = "NOTIFY 中没有它。" } },
				{ "CSeq", why = { "It counts on, and says nothing about an end.", zh = "它只是递增，不说明结束。" } },
			},
			rule = "notify-news",
			why = { "One field says active in the first NOTIFY and something else in the last one.",
				zh = "有一个字段在第一个 NOTIFY 中写着 active，在最后一个中不同。" },
			hint = { "Compare the head of `NOTIFY@alice` with that of `NOTIFY@alice#2`: which field has another word, RFC 6665, section 4.1.3?",
				zh = "比较 `NOTIFY@alice` 与 `NOTIFY@alice#2` 的头部：哪个字段中换了一个词，RFC 6665 第 4.1.3 节？" },
			records = outcome,
		},
	},
}

task {
	time = function(t)
		return outcome(t):arrival().time - t:first("kind=send method=REFER").time
	end,
	rule = "notify-final",
	wrong = {
		{ function(t) return t:first("status=202"):arrival().time - t:first("kind=send method=REFER").time end,
			why = { "At that time it has the 202, which says nothing about Carol.", zh = "那时它收到 202，其中没有 Carol 的消息。" } },
		{ function(t)
				return t:first("kind=send src=carol status=200 cseq=INVITE").time -
				    t:first("kind=send method=REFER").time
			end,
			why = { "At that time Carol answers; the answer must get to Alice's phone, and from there to Bob's.",
				zh = "那时 Carol 接听；消息还要先到 Alice 的话机，再到 Bob 的话机。" } },
		{ function(t) return outcome(t).time - t:first("kind=send method=REFER").time end,
			why = { "At that time the NOTIFY is sent; the way to Bob's phone takes 10 ms.",
				zh = "那时 NOTIFY 刚发出；到 Bob 的话机还要 10 ms。" } },
		{ function(t) return outcome(t):arrival().time end,
			why = { "That is the time since the start of the run; count from the REFER.", zh = "那是运行的时刻；应从 REFER 算起。" } },
	},
	why = { "Count from the sending of the REFER to the arrival of the NOTIFY whose body has the final status.",
		zh = "从 REFER 的发送算起，到消息体含最终状态的 NOTIFY 到达为止。" },
	records = function(t) return outcome(t):arrival() end,
	hint = { "Carol's answer is in the body of `NOTIFY@alice#2`: from `REFER@bob` on, add each way that is needed before that one arrives, and the time that Carol takes.",
		zh = "Carol 的响应写在 `NOTIFY@alice#2` 的消息体中：从 `REFER@bob` 起，把它到达之前要走的每一段路和 Carol 所用的时间加起来。" },
	ahead = true,
}

task {
	find = {
		node = "bob",
		rule = { "notify-recv" },
		record = function(t)
			local answer = t:last "kind=send src=bob status=200 cseq=NOTIFY"
			return { answer, answer:arrival(), outcome(t):arrival() }
		end,
	},
	points = 2,
	rule = "notify-recv",
	why = { "The notifier sends the NOTIFY; the subscriber answers it.",
		zh = "NOTIFY 由通知者发送，由请求通知的一方响应。" },
	records = function(t) return t:last "kind=send src=bob status=200 cseq=NOTIFY" end,
	hint = { "Take the CSeq of `NOTIFY@alice#2`: the node that receives that request answers it; RFC 6665, section 4.1.3, says how soon, and its rule is that of the answer.",
		zh = "取 `NOTIFY@alice#2` 的 CSeq：收到这个请求的一方响应它；多快响应，见 RFC 6665 第 4.1.3 节，规则就是这个响应的规则。" },
	others = {
		{
			draw = "cseq=NOTIFY",
			ask = { "Draw how Bob's phone learns the result of its REFER, and what it answers: one line for each, such as `alice -> bob REFER`.\n\n    rung show transfer cseq=NOTIFY kind=send",
				zh = "画出 Bob 的话机怎样得知他的请求的结果，以及它的响应：每条一行，如 `alice -> bob REFER`。\n\n    rung show transfer cseq=NOTIFY kind=send" },
			rule = "notify-recv",
			hint = { "`method=NOTIFY kind=send` has what Bob's phone is told: each is a request, RFC 6665, 4.1.3, and is answered before the next.",
				zh = "`method=NOTIFY kind=send` 是告知 Bob 话机的：每个都是请求，RFC 6665 第 4.1.3 节，在下一个之前就得到响应。" },
		},
		{
			draw = "node=carol cseq=INVITE,ACK",
			ask = { "Draw how the call to Carol is set up, one line for each message, such as `bob -> carol BYE`. From which phone does her phone receive the INVITE?\n\n    rung show transfer node=carol cseq=INVITE,ACK kind=send",
				zh = "画出对 Carol 的呼叫怎样建立，每条消息一行，如 `bob -> carol BYE`。她的话机从谁那里收到 INVITE？\n\n    rung show transfer node=carol cseq=INVITE,ACK kind=send" },
			rule = "refer-invite",
			hint = { "`src=carol kind=send to=9s` is what Carol's phone sends: to which phone, and what is before and after it, RFC 3515, 2.4.3?",
				zh = "`src=carol kind=send to=9s` 是 Carol 的话机所说的：发给谁，之前和之后各是什么，RFC 3515 第 2.4.3 节？" },
		},
	},
}

task {
	choice = {
		{ "Carol's phone would stop ringing: the BYE ends what the REFER began",
			zh = "Carol 的话机会停止振铃：BYE 结束 REFER 所引起的一切",
			why = { "The BYE ends the session of Alice and Bob. Alice's call to Carol is a dialog of its own.",
				zh = "BYE 结束 Alice 与 Bob 的会话。Alice 给 Carol 的呼叫是另一个对话。" }, rule = "refer-invite" },
		{ "Alice's phone would call Carol all the same, and Bob would be gone",
			zh = "Alice 的话机照样呼叫 Carol，而 Bob 已经离开", right = true },
		{ "nothing would be different: the transfer is complete with the 202", zh = "没有区别：收到 202 时转接已经完成",
			why = { "The 202 says that it has started. Set carol.busy=true and see who talks to whom.",
				zh = "202 表示已经开始。设置 carol.busy=true，看看谁与谁通话。" }, rule = "refer-accept" },
		{ "Alice's phone would have to send the REFER's 200 instead of a NOTIFY", zh = "Alice 的话机就要发送对 REFER 的 200 来代替 NOTIFY",
			why = { "A request has one final response, and the REFER has its 202.",
				zh = "一个请求只有一个最终响应，REFER 已经得到 202。" }, rule = "final-once" },
	},
	rule = "transfer-done",
	records = function(t) return { t:first "method=BYE src=bob", outcome(t) } end,
	hint = { "Compare Call-ID and tags of `BYE@bob` with those of `INVITE@alice#2`: which of the two dialogs does a BYE from Bob end?", zh = "把 `BYE@bob` 的 Call-ID 和 tag 与 `INVITE@alice#2` 的并排：Bob 的 BYE 结束两个对话中的哪一个？" },
}

-- The last re-INVITE of Bob's phone, after the NOTIFY.
local function off_hold(t)
	local told = outcome(t)
	local r = t:last "kind=send method=INVITE src=bob dst=alice"
	return told ~= nil and r ~= nil and r.time > told.time and body(r):find "a=sendonly" == nil, r
end

task {
	goal = {
		{ "Alice's phone accepts the REFER", zh = "Alice 的话机接受 REFER",
			function(t) return t:first "kind=send src=alice status=202" ~= nil, t:first "kind=send src=alice status=202" end },
		{ "Carol's phone is busy: 486", zh = "Carol 的话机忙：486",
			function(t) return t:first "kind=send src=carol status=486" ~= nil, t:first "kind=send src=carol status=486" end },
		{ "the last NOTIFY tells Bob of it", zh = "最后一个 NOTIFY 把它告诉 Bob",
			function(t)
				local r = outcome(t)
				return r ~= nil and body(r):find "^SIP/2.0 486" ~= nil, r
			end, rule = "notify-final" },
		{ "afterwards Bob takes Alice off hold", zh = "之后 Bob 解除对 Alice 的保持", off_hold, rule = "transfer-failed" },
	},
	points = 3,
	hint = { "docs/TOPOLOGY.md has the attribute `busy` of a `ua`, docs/SCENARIO.md `set`, which may be below the line that names the phones. Then read `NOTIFY@alice#2`, and what Bob's phone sends after it.", zh = "`ua` 的属性 `busy` 见 docs/TOPOLOGY.md，`set` 见 docs/SCENARIO.md，它可以写在命名话机的那一行之下。然后看 `NOTIFY@alice#2`，以及 Bob 的话机在它之后发送的。" },
}
