-- The tasks of rfc5407-3.1.3; their texts are in README.md.
lesson { minutes = 20, level = 3 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

task {
	choice = {
		{ "both end everything: all three of the phones stop ringing",
			zh = "两者都结束一切：三部话机都停止振铃",
			why = { "A BYE goes along one dialog, to one phone.", zh = "BYE 沿一个对话到达一部话机。" },
			rule = "bye-early" },
		{ "the BYE ends one early dialog, the CANCEL the whole INVITE",
			zh = "BYE 结束一个早期对话，CANCEL 结束整个 INVITE",
			right = true, rule = "bye-early" },
		{ "the BYE nothing, since nobody has answered; the CANCEL all",
			zh = "BYE 什么也不结束，因为还没有人接听；CANCEL 结束全部",
			why = { "A caller may send a BYE before there is an answer.", zh = "主叫可以在接听之前发送 BYE。" } },
		{ "the BYE ends all three, the CANCEL only the first phone",
			zh = "BYE 结束全部，CANCEL 只结束第一部话机上的",
			why = { "It is the other way round: a proxy sends a CANCEL on each branch.",
				zh = "正相反：代理服务器把 CANCEL 发往每个分支。" }, rule = "proxy-cancel" },
	},
	points = 2,
}

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

local function answer(t)
	return t:first "kind=recv dst=alice status=200 cseq=INVITE"
end

task {
	text = function(t) return state_at(t, "kind=dialog node=alice", answer(t)) end,
	wrong = {
		{ "early", rule = "dialog-bye",
			why = { "It was, until the BYE was sent.", zh = "发送 BYE 之前是这样。" } },
		{ "moratorium", rule = "dialog-established",
			why = { "So is Bob's. For Alice, her dialog has ended; a 200 does not bring it back.",
				zh = "Bob 的对话是这样。Alice 的对她来说已结束，200 不会使它复活。" } },
		{ "confirmed",
			why = { "A 200 does not confirm a dialog that a BYE has ended.",
				zh = "已用 BYE 放弃的对话，不会因 200 而得到确认。" }, rule = "dialog-bye" },
		{ "terminated", rule = "dialog-bye",
			why = { "Only after the BYE's transaction has ended: until then the phone keeps the dialog.",
				zh = "BYE 的事务结束之后才是；在此之前话机还记得这个对话。" } },
	},
	rule = "dialog-mortal",
	why = { "Take the last record of kind dialog at Alice's phone before the 200 arrives: the state after the arrow.",
		zh = "取 200 到达之前 Alice 的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = answer,
	ahead = true,
	hint = { "`kind=dialog node=alice to=2.05s` ends before the 200 arrives: RFC 5407, 2 says what a BYE does to a dialog at once, and what only later.",
		zh = "`kind=dialog node=alice to=2.05s` 在 200 到来之前为止：BYE 立即使对话变成什么、过后又变成什么，见 RFC 5407 第 2 节。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=dialog node=bob", t:first "kind=recv dst=bob method=BYE") end,
			ask = { "Before you look at the run: in which state will Bob's dialog be when the BYE arrives (RFC 5407, section 2)?\n\n    rung show rfc5407-3.1.3 kind=dialog node=bob",
				zh = "先不看运行：BYE 到达时，Bob 的对话会处于什么状态（RFC 5407 第 2 节）？\n\n    rung show rfc5407-3.1.3 kind=dialog node=bob" },
			ahead = true,
			wrong = {
				{ "early", why = { "It was, until he answered.", zh = "他接听之前是这样。" } },
				{ "confirmed", why = { "For that state his phone needs the ACK, which arrives after the BYE.", zh = "要这样，他的话机需要 ACK，而 ACK 在 BYE 之后才到。" } },
				{ "mortal", rule = "dialog-bye", why = { "That is its state after the BYE.", zh = "从那时起才是这样。" } },
			},
			rule = "dialog-established",
			why = { "Take the last record of kind dialog at Bob's phone before the BYE arrives: the state after the arrow.",
				zh = "取 BYE 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
			hint = { "`200@bob` has been sent, and no ACK has arrived: RFC 5407, 2 has a state for that. `kind=dialog node=bob to=2.05s` ends before the BYE arrives.",
				zh = "`200@bob` 已发出，ACK 还没有来：RFC 5407 第 2 节有这个状态。`kind=dialog node=bob to=2.05s` 在 BYE 到达之前为止。" },
			records = function(t) return t:first "kind=recv dst=bob method=BYE" end,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=alice machine=ICT", answer(t)) end,
			ask = { "Before you look at the run: the BYE has ended Alice's dialog. In which state is the client transaction of her INVITE when the 200 arrives?\n\n    rung show rfc5407-3.1.3 kind=fsm node=alice machine=ICT",
				zh = "先不看运行：BYE 已结束 Alice 的对话。200 到达时，她的 INVITE 的客户端事务还会处于什么状态？\n\n    rung show rfc5407-3.1.3 kind=fsm node=alice machine=ICT" },
			ahead = true,
			wrong = {
				{ "accepted", why = { "That is its state after the 200.", zh = "200 到达之后才是这样。" } },
				{ "terminated", why = { "A BYE is another transaction, and does not end the one of the INVITE.", zh = "BYE 是另一个事务，不结束 INVITE 的事务。" } },
				{ "completed", why = { "That is for a rejection.", zh = "那是被拒绝之后的状态。" } },
				{ "calling", why = { "That was its state until the 180 arrived.", zh = "180 到达之前是这样。" } },
			},
			rule = "ict-1xx",
			why = { "Take the last record of the machine ICT at Alice's phone before the 200: the state after the arrow.",
				zh = "取 200 到达之前 Alice 的话机的 ICT 状态机的最后一条记录：箭头之后的状态。" },
			hint = { "`180@bob` is the last response that this transaction has received, RFC 3261, figure 5; the BYE, `machine=NICT node=alice`, is a separate transaction.",
				zh = "这个事务最后听到的是 `180@bob`，见 RFC 3261 图 5；BYE 是它旁边的另一个事务：`machine=NICT node=alice`。" },
			records = answer,
		},
	},
}

task {
	choice = {
		{ "Bob's phone would ring again, as for a new INVITE",
			zh = "Bob 的话机会再次振铃，像收到新的 INVITE 一样",
			why = { "It has answered; only a new INVITE makes it ring.", zh = "它已接听；只有新的 INVITE 才使它振铃。" } },
		{ "nothing: with Alice's BYE the call is over for Bob's phone, too",
			zh = "没有影响：Alice 发出 BYE，Bob 的话机就结束呼叫",
			why = { "Bob's phone does not know about a BYE that was lost.", zh = "BYE 丢失，Bob 的话机就一无所知。" } },
		{ "Bob's phone would send its 200 until Alice answers, for ever",
			zh = "Bob 的话机会一直重传 200，永不停止", rule = "invite-no-ack",
			why = { "Retransmission ends after 64*T1.", zh = "重传在 64*T1 之后停止。" } },
		{ "Bob's phone would send it for 32 s and then hang up",
			zh = "Bob 的话机会重传 200，32 s 之后挂断",
			right = true, rule = "invite-no-ack" },
	},
	points = 2,
}

task {
	find = {
		node = "bob",
		rule = "ack-mortal",
		record = function(t)
			local drop = t:first "kind=drop method=ACK"
			return { drop, drop.cause, drop.of }
		end,
	},
	points = 2,
	why = { "A message that has no use has a record of kind drop at the node where it arrives; `rung explain` with its number names the rule.",
		zh = "无人需要的消息，在它到达的节点有一条 drop 记录；用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "The record itself says at which node it is. For the rule, see in which state the dialog is when the message arrives: `kind=dialog from=2.05s to=2.3s`.",
		zh = "这条记录本身说明它在哪个节点。至于规则，看消息到来时那里的对话变成了什么：`kind=dialog from=2.05s to=2.3s`。" },
	records = function(t) return t:first "kind=drop" end,
	others = {
		{
			draw = "from=1.7s",
			ask = { "Draw everything that is sent from the 200 on: one line for each arrow, such as `alice -> bob CANCEL`. Which of the messages has no use any more?\n\n    rung show rfc5407-3.1.3 kind=send,drop from=1.7s",
				zh = "画出从 200 开始发送的所有消息：每行一个箭头，例如 `alice -> bob CANCEL`。其中哪条消息已没有人需要？\n\n    rung show rfc5407-3.1.3 kind=send,drop from=1.7s" },
			rule = "ack-mortal",
			hint = { "`src=alice kind=send from=1.7s` has what she sends, `src=bob kind=send from=1.7s` what he sends: they cross on the line, so order them by the time of sending.",
				zh = "`src=alice kind=send from=1.7s` 是她的，`src=bob kind=send from=1.7s` 是他的：它们在线路上交叉，所以按发送的时刻排列。" },
		},
		{
			time = function(t)
				return t:first("kind=recv dst=alice status=200 cseq=BYE").time - t:first("kind=send method=BYE").time
			end,
			ask = { "How long after sending its BYE does Alice's phone receive the answer to it?\n\n    rung show rfc5407-3.1.3 cseq=BYE",
				zh = "Alice 的话机发送 BYE 之后多久得到对它的响应？\n\n    rung show rfc5407-3.1.3 cseq=BYE" },
			wrong = {
				{ function(t) return answer(t).time - t:first("kind=send method=BYE").time end, why = { "A 200 arrives at that time, but look at its CSeq.", zh = "那时到达的是一个 200，但请看它的 CSeq。" } },
			},
			rule = "bye-recv",
			why = { "Take two records at Alice's phone: it sends the BYE, and it receives the 200 whose CSeq says BYE.",
				zh = "看 Alice 的话机的两条记录：它发送 BYE，以及 CSeq 为 BYE 的 200 到达。" },
			hint = { "Count from `BYE@alice` to the arrival of `200@bob#2`: check in its CSeq whether it is the right one.",
				zh = "从 `BYE@alice` 到 `200@bob#2` 到达：看它的 CSeq，确认是不是要找的那个。" },
			records = function(t) return t:first "kind=recv dst=alice status=200 cseq=BYE" end,
		},
	},
}

task {
	goal = {
		{ "a BYE of Alice's is lost", zh = "Alice 的一个 BYE 丢失",
			function(t) return t:count "kind=drop method=BYE src=alice" > 0, t:first "kind=drop method=BYE" end },
		{ "Bob's phone takes the call for established", zh = "Bob 的话机认为呼叫已建立",
			function(t)
				return t:first "kind=call node=bob state=confirmed"
			end, rule = "invite-acked",
			why = { "It needs the ACK for that.", zh = "为此它需要 ACK。" } },
		{ "the retransmitted BYE ends it", zh = "再次到来的 BYE 结束它",
			function(t)
				local again = t:last "kind=recv dst=bob method=BYE"
				local last = t:last "kind=call node=bob"
				return again ~= nil and last ~= nil and last.state == "terminated", again
			end, rule = "nict-timer-e" },
	},
	points = 3,
}
