-- The tasks of rfc5407-3.1.6; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=90ms..140ms:10ms" }

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

local function again(t)
	return t:last "kind=recv dst=alice status=200 cseq=INVITE"
end

task {
	text = function(t)
		local bye, state = t:first "kind=recv dst=bob method=BYE"
		for _, r in ipairs(t:all "kind=dialog node=bob") do
			if r.seq < bye.seq then
				state = r.to
			end
		end
		return state
	end,
	wrong = {
		{ "confirmed",
			why = { "In rung that is the state after the ACK.", zh = "在 rung 中这是收到 ACK 之后的状态。" } },
		{ "early",
			why = { "That was its state until the 200 was sent.", zh = "发送 200 之前是这样。" } },
		{ "mortal", rule = "dialog-bye",
			why = { "That is the state at Alice's phone, which has sent the BYE.", zh = "Alice 的是这样，她发送了 BYE。" } },
	},
	why = { "Take the last record of kind dialog at Bob's phone before the BYE arrives: the state after the arrow.",
		zh = "取 BYE 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = function(t) return t:first "kind=recv dst=bob method=BYE" end,
	ahead = true,
	hint = { "`kind=dialog node=bob to=2.5s` ends before the BYE arrives: the ACK is lost, and RFC 5407, 2 has a word for a dialog that waits for it.",
		zh = "`kind=dialog node=bob to=2.5s` 在 BYE 到来之前为止：ACK 丢了，等待它的对话处于什么状态，见 RFC 5407 第 2 节。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=dialog node=alice", again(t)) end,
			ask = { "Before you look at the run: in which state is Alice's dialog when the 200 to her INVITE arrives again?\n\n    rung show rfc5407-3.1.6 kind=dialog node=alice",
				zh = "先不看运行：对她的 INVITE 的 200 再次到达时，Alice 的对话会处于什么状态？\n\n    rung show rfc5407-3.1.6 kind=dialog node=alice" },
			ahead = true,
			wrong = {
				{ "confirmed", why = { "That was its state until the BYE was sent.", zh = "发送 BYE 之前是这样。" } },
				{ "terminated", why = { "Only after the BYE's transaction has ended.", zh = "BYE 的事务结束之后才是。" } },
				{ "moratorium", why = { "That is the state at Bob's phone.", zh = "Bob 的是这样。" } },
			},
			rule = "dialog-bye",
			why = { "Take the last record of kind dialog at Alice's phone before the retransmitted 200 arrives: the state after the arrow.",
				zh = "取重传的 200 到达之前 Alice 的话机的最后一条 dialog 记录：箭头之后的状态。" },
			hint = { "She has hung up before that 200 arrives: `kind=dialog node=alice from=2.4s`.",
				zh = "在这个 200 到达之前她已挂断：`kind=dialog node=alice from=2.4s`。" },
			records = again,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=bob machine=IST", t:first "kind=recv dst=bob method=BYE") end,
			ask = { "Before you look at the run: in which state is the server transaction of Bob's INVITE when the BYE arrives?\n\n    rung show rfc5407-3.1.6 kind=fsm node=bob machine=IST",
				zh = "先不看运行：BYE 到来时，Bob 的 INVITE 服务器事务会处于什么状态？\n\n    rung show rfc5407-3.1.6 kind=fsm node=bob machine=IST" },
			ahead = true,
			wrong = {
				{ "completed", why = { "That is for a rejection.", zh = "那是拒绝之后的状态。" } },
				{ "confirmed", why = { "That is the state after the ACK for a rejection.", zh = "那是收到对拒绝的 ACK 之后的状态。" } },
				{ "terminated", why = { "It stays until Timer L fires, so that retransmitted INVITEs find it.", zh = "它会保留到定时器 L 到期，以便重传的 INVITE 找到它。" } },
				{ "proceeding", why = { "It was, until he answered.", zh = "他接听之前是这样。" } },
			},
			rule = "ist-accepted",
			why = { "Take the last record of the machine IST at Bob's phone before the BYE arrives.",
				zh = "取 BYE 到达之前 Bob 的话机的 IST 状态机的最后一条记录。" },
			hint = { "RFC 6026, section 7.1: in that state it waits for Timer L, `node=bob name=L`.",
				zh = "RFC 6026 第 7.1 节：它在那里等待定时器 L，`node=bob name=L`。" },
			records = function(t) return t:first "kind=recv dst=bob method=BYE" end,
		},
	},
}

task {
	choice = {
		{ "it starts the session again: a 200 confirms a dialog",
			zh = "重新开始会话：200 确认对话",
			why = { "The dialog is mortal since the BYE; a 200 does not bring it back.",
				zh = "BYE 之后对话处于 mortal；200 不会使它复活。" } },
		{ "it discards it: there is no call any more",
			zh = "丢弃它：呼叫已结束，不再需要",
			why = { "Then Bob's phone would have to go on retransmitting it, if it had not received the BYE.",
				zh = "如果 Bob 的话机没有收到 BYE，它就只能一直重传。" }, rule = "invite-ack" },
		{ "it sends another BYE, with a new branch",
			zh = "再发送一个 BYE，branch 是新的",
			why = { "The BYE has been sent and has its own transaction, which retransmits it.",
				zh = "BYE 已在途中，由它自己的事务重传。" }, rule = "nict-timer-e" },
		{ "it sends the ACK once more for this 200",
			zh = "为这个 200 再次发送 ACK",
			right = true, rule = "invite-ack" },
	},
	points = 2,
	records = again,
}

task {
	draw = "src=bob kind=send from=1.5s",
	rule = "bye-recv",
	hint = { "`dst=bob method=BYE` must be answered, and each `node=bob name=2xx op=fire` sends the 200 to the INVITE again: which of the two is first?",
		zh = "`dst=bob method=BYE` 必须响应，而每条 `node=bob name=2xx op=fire` 都使对 INVITE 的 200 再发一次：哪个在先？" },
	others = {
		{
			draw = "src=alice kind=send from=1.5s",
			ask = { "Draw what Alice's phone sends from its first ACK on, including what is lost: one line for each arrow, such as `alice -> bob CANCEL`.\n\n    rung show rfc5407-3.1.6 src=alice kind=send from=1.5s",
				zh = "画出 Alice 的话机从第一个 ACK 起发送的消息，丢失的也算：每行一个箭头，例如 `alice -> bob CANCEL`。\n\n    rung show rfc5407-3.1.6 src=alice kind=send from=1.5s" },
			rule = "invite-ack",
			hint = { "`dst=alice status=200 kind=recv from=1.5s` is what she receives; RFC 3261, 13.2.2.4 says which of these is acknowledged, and 15.1.1 what she may send in between.",
				zh = "`dst=alice status=200 kind=recv from=1.5s` 是她收到的；其中哪些要有 ACK，见 RFC 3261 第 13.2.2.4 节；其间她可以发送什么，见第 15.1.1 节。" },
		},
		{
			number = function(t) return t:count "kind=send src=bob status=200 cseq=INVITE" end,
			ask = { "Let all ACKs be lost, but not the BYE. How often does Bob's phone send its 200 to the INVITE?\n\n    rung show rfc5407-3.1.6 kind=timer node=bob name=2xx",
				zh = "使所有 ACK 都丢失，但不丢失 BYE。Bob 的话机会发送多少次对 INVITE 的 200？\n\n    rung show rfc5407-3.1.6 kind=timer node=bob name=2xx" },
			wrong = {
				{ 11, rule = "bye-recv", why = { "That is the number for 32 s; but the BYE ends the call, and with it the retransmission.", zh = "32 s 内会有这么多次；但 BYE 结束呼叫，重传也随之结束。" } },
				{ 1, rule = "invite-2xx-again", why = { "The first ACK was lost, so T1 passed.", zh = "第一个 ACK 丢失，所以过了 T1。" } },
				{ 3, why = { "The third of them answers the BYE: look at CSeq.", zh = "其中第三个是 BYE 的响应：看 CSeq。" } },
			},
			why = { "Make the run, and count the transmissions of Bob's 200 whose CSeq says INVITE. What ends the retransmission?",
				zh = "进行这次运行，数 Bob 发送的、CSeq 为 INVITE 的 200。什么使重传结束？" },
			hint = { "`node=bob name=2xx op=stop` has a record directly before it that stops the timer: is an ACK needed for that? Count what was sent until then.",
				zh = "`node=bob name=2xx op=stop` 之前的记录使定时器停止：这需要 ACK 吗？数到那时为止发送的。" },
			records = function(t) return t:all "kind=send src=bob status=200 cseq=INVITE" end,
		},
	},
}

task {
	choice = {
		{ "the caller pays for the call, and may end what she pays for",
			zh = "呼叫由主叫付费，付费的可以结束它",
			why = { "SIP knows nothing about payment.", zh = "SIP 与此无关。" } },
		{ "before the ACK he can't know whether she has his 200",
			zh = "被叫在 ACK 之前不知道主叫是否收到了 200",
			right = true, rule = "bye-held" },
		{ "without the ACK there is no dialog that a BYE could end",
			zh = "没有 ACK 就没有可供 BYE 结束的对话",
			why = { "There is one since the first response with a tag; Alice's BYE finds it.",
				zh = "从第一个带 tag 的响应起就有对话；Alice 的 BYE 找得到它。" }, rule = "dialog-uas" },
		{ "a BYE of his would have no CSeq number to count from",
			zh = "他的 BYE 没有可以接着数的 CSeq 编号",
			why = { "Each side counts its own requests.", zh = "双方各自为自己的请求编号。" }, rule = "dialog-request" },
	},
	points = 2,
}

task {
	goal = {
		{ "an ACK and a BYE are lost", zh = "一个 ACK 和一个 BYE 丢失",
			function(t) return t:count "kind=drop src=alice method=ACK" > 0 and t:count "kind=drop src=alice method=BYE" > 0, t:first "kind=drop method=BYE" end },
		{ "Bob's phone gets the ACK for the retransmitted 200 before any BYE", zh = "Bob 的话机先收到对重传的 200 的 ACK，再收到 BYE",
			function(t)
				local ack, bye = t:first "kind=recv dst=bob method=ACK", t:first "kind=recv dst=bob method=BYE"
				return ack ~= nil and bye ~= nil and ack.seq < bye.seq, ack
			end },
		{ "the retransmitted BYE ends the call on both sides", zh = "重传的 BYE 结束双方的呼叫",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local last = t:last { kind = "call", node = name }
					if last == nil or last.state ~= "terminated" then
						return false, last
					end
				end
				return t:count "kind=send method=BYE" > 1, t:last "kind=recv dst=bob method=BYE"
			end, rule = "nict-timer-e" },
	},
	points = 3,
}
