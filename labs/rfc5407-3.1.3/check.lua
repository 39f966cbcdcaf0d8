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
			why = { "A caller may send one before there is an answer.", zh = "主叫可以在接听之前发送 BYE。" } },
		{ "the BYE ends all three, the CANCEL only the first phone",
			zh = "BYE 结束全部，CANCEL 只结束第一部话机上的",
			why = { "The other way round: a proxy sends a CANCEL on to each branch.",
				zh = "正相反：代理服务器把 CANCEL 发往每个分支。" }, rule = "proxy-cancel" },
	},
	points = 2,
}

-- Alice's dialog when record AT came.
local function state_at(t, at)
	local state
	for _, r in ipairs(t:all "kind=dialog node=alice") do
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
	text = function(t) return state_at(t, answer(t)) end,
	wrong = {
		{ "early", rule = "dialog-bye",
			why = { "It was, until the BYE was sent.", zh = "发送 BYE 之前是这样。" } },
		{ "moratorium", rule = "dialog-established",
			why = { "So is Bob's. Alice's has ended for her; a 200 does not revive it.",
				zh = "Bob 的对话是这样。Alice 的对她来说已结束，200 不会使它复活。" } },
		{ "confirmed",
			why = { "A 200 confirms no dialog that was given up by a BYE.",
				zh = "已用 BYE 放弃的对话，不会因 200 而得到确认。" }, rule = "dialog-bye" },
		{ "terminated", rule = "dialog-bye",
			why = { "Not before the BYE's transaction has ended: until then the phone knows the dialog.",
				zh = "BYE 的事务结束之后才是；在此之前话机还记得这个对话。" } },
	},
	rule = "dialog-bye",
	why = { "Take the last record of kind dialog at Alice's phone before the 200 arrives: the state behind the arrow.",
		zh = "取 200 到达之前 Alice 的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = answer,
}

task {
	choice = {
		{ "Bob's phone would ring again, as for a new INVITE",
			zh = "Bob 的话机会再次振铃，像收到新的 INVITE 一样",
			why = { "It has answered; only a new INVITE makes it ring.", zh = "它已接听；只有新的 INVITE 才使它振铃。" } },
		{ "nothing: the call is over with Alice's BYE, wherever that is",
			zh = "没有影响：Alice 发出 BYE，呼叫就结束了",
			why = { "Bob's phone knows nothing of a BYE that was lost.", zh = "BYE 丢失，Bob 的话机就一无所知。" } },
		{ "Bob's phone would send its 200 until Alice answers, for ever",
			zh = "Bob 的话机会一直重传 200，永不停止", rule = "invite-no-ack",
			why = { "Repetition ends after 64*T1.", zh = "重传在 64*T1 之后停止。" } },
		{ "Bob's phone would send it for 32 s and then hang up",
			zh = "Bob 的话机会重传 200，32 s 之后自己挂断",
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
	why = { "A message that nobody wants has a record of kind drop at the node where it arrives; `rung explain` with its number names the rule.",
		zh = "无人需要的消息，在它到达的节点有一条 drop 记录；用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "Which message comes after the BYE on the same line?", zh = "同一条链路上，哪条消息在 BYE 之后到达？" },
	records = function(t) return t:first "kind=drop" end,
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
		{ "the BYE that comes again ends it", zh = "再次到来的 BYE 结束它",
			function(t)
				local again = t:last "kind=recv dst=bob method=BYE"
				local last = t:last "kind=call node=bob"
				return again ~= nil and last ~= nil and last.state == "terminated", again
			end, rule = "nict-timer-e" },
	},
	points = 3,
}
