-- The tasks of rfc5407-3.2.1; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

-- In which state the last of those records before record AT has left it.
local function state_at(t, filter, at)
	local state
	for _, r in ipairs(t:all(filter)) do
		if r.seq < at.seq then
			state = r.to
		end
	end
	return state
end

local function bye_number(t, who)
	return tonumber(t:first({ kind = "send", src = who, method = "BYE" }).cseq:match "%d+")
end

task {
	number = function(t) return bye_number(t, "bob") end,
	wrong = {
		{ function(t) return bye_number(t, "alice") end, rule = "dialog-request",
			why = { "Alice's count begins with her INVITE; Bob has sent no request before.",
				zh = "Alice 的编号从她的 INVITE 开始；Bob 此前没有发送过请求。" } },
		{ function(t) return bye_number(t, "alice") + 1 end, rule = "dialog-request",
			why = { "The two sides of a dialog count separately.", zh = "对话的双方各自编号。" } },
	},
	rule = "dialog-request",
	why = { "Read CSeq in Bob's BYE: how many requests has his phone sent in this dialog before?",
		zh = "读 Bob 的 BYE 的 CSeq：他的话机在这个对话中此前发送过几个请求？" },
	records = function(t) return t:all "kind=send method=BYE" end,
	ahead = true,
	hint = { "RFC 3261, section 12.2.1.1: each side counts its own requests. See `src=bob kind=send`.",
		zh = "RFC 3261 第 12.2.1.1 节：各方为自己的请求编号。看 `src=bob kind=send`。" },
	others = {
		{
			time = function(t)
				return t:last("kind=call node=bob").time - t:first("kind=send src=bob method=BYE").time
			end,
			ask = { "Before you look at the run: how long after his own BYE is the call of Bob's phone over? Think about which message ends it.\n\n    rung show rfc5407-3.2.1 kind=call node=bob",
				zh = "先不看运行：Bob 的话机发送自己的 BYE 之后多久，它的呼叫会结束？想一想是谁的消息结束了它。\n\n    rung show rfc5407-3.2.1 kind=call node=bob" },
			ahead = true,
			tolerance = "1ms",
			wrong = {
				{ function(t) return t:first("kind=recv dst=bob status=200 cseq=BYE").time - t:first("kind=send src=bob method=BYE").time end, why = { "That is when the answer to his BYE arrives; his call ends sooner.", zh = "那时他的 BYE 得到响应；他的呼叫更早结束。" } },
			},
			rule = "bye-recv",
			why = { "Take two records of Bob's phone: the sending of its BYE, and the last one of kind call.",
				zh = "看 Bob 的话机的两条记录：它的 BYE 的发送，以及最后一条 call 记录。" },
			hint = { "It does not wait for the 200 to its BYE: `kind=call,recv node=bob from=4s`.",
				zh = "它不必等到对自己的 BYE 的 200：`kind=call,recv node=bob from=4s`。" },
			records = function(t) return t:last "kind=call node=bob" end,
		},
		{
			number = function(t) return t:count "kind=send src=alice from=3s" end,
			ask = { "Before you look at the run: how many messages does Alice's phone send from 3 s on, including her BYE?\n\n    rung show rfc5407-3.2.1 src=alice kind=send from=3s",
				zh = "先不看运行：从 3 s 起，包括她的 BYE 在内，Alice 的话机会发送多少条消息？\n\n    rung show rfc5407-3.2.1 src=alice kind=send from=3s" },
			ahead = true,
			wrong = {
				{ 1, why = { "For her the call is over, and she must still answer something in its dialog.", zh = "对她来说对话已结束，但其中仍有需要响应的。" } },
				{ 3, why = { "A BYE has no ACK.", zh = "BYE 没有 ACK。" } },
			},
			rule = "dialog-mortal",
			why = { "Count what Alice's phone sends after 3 s, requests and responses.",
				zh = "数 3 s 之后 Alice 的话机发送的请求和响应。" },
			hint = { "`dst=alice kind=recv from=3s` is what her phone receives: which of that must be answered, although her own BYE is already sent, RFC 5407, 3.2.1?",
				zh = "`dst=alice kind=recv from=3s` 是来到她话机的：她自己的 BYE 虽已发出，其中哪些仍须响应，RFC 5407 第 3.2.1 节？" },
			records = function(t) return t:all "kind=send src=alice from=3s" end,
		},
	},
}

task {
	text = function(t)
		local mine
		for _, r in ipairs(t:all "kind=dialog node=alice") do
			if r.to == "terminated" then
				mine = r.from
			end
		end
		return mine
	end,
	wrong = {
		{ "terminated", rule = "dialog-bye",
			why = { "That is its end; before that, the phone keeps what it knows about the dialog.", zh = "那是结束；在此之前话机仍保留对话的信息。" } },
		{ "confirmed", rule = "dialog-bye",
			why = { "Until the BYE is sent.", zh = "发送 BYE 之前是这样。" } },
		{ "moratorium", rule = "dialog-established",
			why = { "That is between 200 and ACK, at the beginning.", zh = "那是开始时 200 与 ACK 之间的状态。" } },
		{ "terminating", why = { "That is what the call calls it; the dialog has a word from RFC 5407.",
				zh = "这是呼叫的状态；对话的状态用 RFC 5407 的词。" } },
	},
	rule = "dialog-mortal",
	why = { "Read the dialog records at either phone: the state before the arrow to terminated.",
		zh = "读任一话机的 dialog 记录：通向 terminated 的箭头之前的状态。" },
	records = function(t) return t:first "kind=send src=alice method=BYE" end,
	hint = { "Both phones have it from `method=BYE kind=send` on; the word is from RFC 5407, section 2.",
		zh = "两部话机都从 `method=BYE kind=send` 起处于它；这个词出自 RFC 5407 第 2 节。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=dialog node=bob", t:first "kind=recv dst=bob method=ACK") end,
			ask = { "In which state is Bob's dialog between his 200 to the INVITE and the ACK (RFC 5407, section 2)?\n\n    rung show rfc5407-3.2.1 kind=dialog node=bob",
				zh = "在他对 INVITE 的 200 与 ACK 之间，Bob 的对话处于什么状态（RFC 5407 第 2 节）？\n\n    rung show rfc5407-3.2.1 kind=dialog node=bob" },
			wrong = {
				{ "early", why = { "That was its state while his phone rang.", zh = "他的话机振铃时是这样。" } },
				{ "confirmed", why = { "That is its state after the ACK.", zh = "收到 ACK 之后才是。" } },
				{ "accepted", why = { "That is a state of the transaction.", zh = "那是事务的状态。" } },
			},
			rule = "dialog-established",
			why = { "Take the last record of kind dialog at Bob's phone before the first ACK arrives: the state after the arrow.",
				zh = "取第一个 ACK 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
			hint = { "`kind=dialog node=bob to=2.15s` ends before the ACK arrives: which event of RFC 5407, 2 has brought the dialog into its last state?",
				zh = "`kind=dialog node=bob to=2.15s` 在 ACK 到达之前为止：按 RFC 5407 第 2 节，哪个事件使对话进入最后的状态？" },
			records = function(t) return t:first "kind=recv dst=bob method=ACK" end,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=bob machine=IST", t:first "kind=send src=bob method=BYE") end,
			ask = { "The two have talked for two seconds. In which state is the INVITE server transaction of Bob's phone when it sends its BYE?\n\n    rung show rfc5407-3.2.1 kind=fsm node=bob machine=IST",
				zh = "双方已通话两秒。Bob 的话机发送 BYE 时，它的 INVITE 服务器事务处于什么状态？\n\n    rung show rfc5407-3.2.1 kind=fsm node=bob machine=IST" },
			wrong = {
				{ "terminated", why = { "That is only 32 s after the 200.", zh = "200 之后 32 s 才是。" } },
				{ "confirmed", why = { "That is after the ACK for a rejection; here the dialog has this word.", zh = "那是收到对拒绝的 ACK 之后；这里有这个词的是对话。" } },
				{ "completed", why = { "That is for a rejection.", zh = "那是拒绝之后的状态。" } },
			},
			rule = "ist-accepted",
			why = { "Take the last record of the machine IST at Bob's phone before his BYE.",
				zh = "取 Bob 的 BYE 之前他的话机的 IST 状态机的最后一条记录。" },
			hint = { "In that state it waits for Timer L, RFC 6026, section 7.1: `node=bob name=L`.",
				zh = "它在那里等待定时器 L，见 RFC 6026 第 7.1 节：`node=bob name=L`。" },
			records = function(t) return t:first "kind=send src=bob status=200 cseq=INVITE" end,
		},
	},
}

task {
	choice = {
		{ "Bob's call would go on, since a 481 rejects his BYE",
			zh = "Bob 的呼叫会继续：481 拒绝了他的 BYE",
			why = { "A phone that has sent a BYE takes the session for over at once, whatever the answer is.",
				zh = "发送 BYE 的一方立即认为会话已结束，与响应无关。" }, rule = "bye-send" },
		{ "Bob's phone would have to send its BYE once more",
			zh = "Bob 的话机必须再次发送它的 BYE",
			why = { "A final response ends the transaction, whatever its status.",
				zh = "任何最终响应都结束事务。" }, rule = "nict-final" },
		{ "no more than the status: both calls are over all the same",
			zh = "只有状态码不同：双方的呼叫都已结束",
			right = true, rule = "dialog-mortal" },
		{ "Alice's own BYE would fail, too, with a 481",
			zh = "Alice 自己的 BYE 也会失败，得到 481",
			why = { "It is another transaction.", zh = "那是另一个事务。" }, rule = "bye-recv" },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=alice status=200" end,
}

task {
	draw = "cseq=BYE",
	points = 2,
	hint = { "`method=BYE kind=send` has the requests; each is answered where it arrives, RFC 3261, 15.1.2, and at that moment: see `method=BYE kind=recv`.",
		zh = "`method=BYE kind=send` 是请求；每个都在它到达之处、到达之时得到响应，RFC 3261 第 15.1.2 节：见 `method=BYE kind=recv`。" },
	others = {
		{
			draw = "cseq=INVITE,ACK",
			ask = { "Draw how the call is set up, including its ACK: one line for each arrow, such as `alice -> bob CANCEL`.\n\n    rung show rfc5407-3.2.1 cseq=INVITE,ACK kind=send",
				zh = "画出呼叫怎样建立，到第一个 ACK 为止：每行一个箭头，例如 `alice -> bob CANCEL`。\n\n    rung show rfc5407-3.2.1 cseq=INVITE,ACK kind=send" },
			hint = { "`src=bob kind=send to=3s` is what Bob's phone answers to the INVITE: which of that is a final response, and who confirms it, RFC 3261, 13.2.2.4?",
				zh = "`src=bob kind=send to=3s` 是 Bob 的话机对 INVITE 所说的：哪个是最终响应，由谁确认，RFC 3261 第 13.2.2.4 节？" },
		},
	},
}

task {
	goal = {
		{ "no BYE from Bob arrives", zh = "Bob 的 BYE 一个也没有到达",
			function(t) return t:count "kind=send src=bob method=BYE" > 0 and t:count "kind=recv src=bob method=BYE" == 0, t:first "kind=drop method=BYE" end },
		{ "his call is over before Timer F fires", zh = "他的呼叫在定时器 F 到期之前已结束",
			function(t)
				local last, fired = t:last "kind=call node=bob", t:last "kind=timer node=bob name=F op=fire"
				return fired ~= nil and last ~= nil and last.state == "terminated" and last.seq < fired.seq, fired
			end, rule = "nict-timer-f",
			why = { "64*T1 is 32 s: is the run that long?", zh = "64*T1 是 32 s：运行时间够长吗？" } },
	},
	points = 3,
}
