-- The tasks of rfc5407-3.2.3; their texts are in README.md.
lesson { minutes = 20, level = 3 }
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

local function answer(t)
	return t:last "kind=recv dst=bob status=200 cseq=INVITE"
end

task {
	time = function(t)
		return answer(t).time - t:first("kind=send src=bob method=BYE").time
	end,
	wrong = {
		{ function(t) return answer(t).time - t:last("kind=send src=bob method=INVITE").time end,
			why = { "That is the time that the re-INVITE takes; Bob has waited for part of it anyway.",
				zh = "这是 re-INVITE 所需的全部时间；其中一部分 Bob 本来就已等过。" } },
		{ function(t) return t:first("kind=send src=alice status=200 cseq=INVITE").time - t:first("kind=send src=bob method=BYE").time end,
			why = { "That is when the answer is sent, not when it arrives.", zh = "那是响应发出的时间，而不是到达的时间。" } },
	},
	why = { "Count from the sending of the BYE to the arrival of the 200 to the re-INVITE at Bob's phone.",
		zh = "从 BYE 的发送算起，到对 re-INVITE 的 200 到达 Bob 的话机为止。" },
	records = function(t) return { t:first "kind=send src=bob method=BYE", answer(t) } end,
	ahead = true,
	hint = { "The re-INVITE takes the way there and back; 150 ms of that Bob has waited: `node=bob cseq=INVITE from=4s`.",
		zh = "re-INVITE 需要一去一回；其中 150 ms Bob 已等过：`node=bob cseq=INVITE from=4s`。" },
}

task {
	choice = {
		{ "because only the ACK makes the BYE valid at the far end",
			zh = "因为有了 ACK，BYE 才在对方生效",
			why = { "The BYE is valid without it; Alice's phone even receives it first.",
				zh = "没有它 BYE 也有效；Alice 的话机甚至先收到 BYE。" }, rule = "bye-recv" },
		{ "because Alice's phone would else play its media to nobody",
			zh = "因为否则 Alice 的话机会向没有人的地方发送媒体",
			why = { "The BYE ends this.", zh = "结束媒体的是 BYE。" }, rule = "bye-recv" },
		{ "because an INVITE needs its ACK, whatever the dialog does",
			zh = "因为 INVITE 需要 ACK，与对话的结局无关",
			right = true, rule = "invite-ack" },
		{ "it need not be: a mortal dialog does not send anything any more",
			zh = "不必确认：mortal 的对话不再发送任何消息",
			why = { "It sends no new requests; the ACK for a 2xx is the exception.",
				zh = "是不再发送新请求；2xx 的 ACK 不在此列。" }, rule = "dialog-mortal" },
	},
	points = 2,
	records = function(t) return t:last "kind=send src=bob method=ACK" end,
}

task {
	text = function(t)
		local state
		for _, r in ipairs(t:all "kind=dialog node=bob") do
			if r.seq < answer(t).seq then
				state = r.to
			end
		end
		return state
	end,
	wrong = {
		{ "confirmed", rule = "dialog-bye",
			why = { "That was its state until he hung up.", zh = "他挂断之前是这样。" } },
		{ "terminated", rule = "dialog-bye",
			why = { "Only after the BYE's transaction has ended.", zh = "BYE 的事务结束之后才是。" } },
		{ "moratorium", rule = "dialog-established",
			why = { "That is between the first 200 of a dialog and its ACK.", zh = "那是对话的第一个 200 与其 ACK 之间的状态。" } },
	},
	why = { "Take the last record of kind dialog at Bob's phone before the 200 to his re-INVITE arrives: the state after the arrow.",
		zh = "取对他的 re-INVITE 的 200 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = answer,
	hint = { "The BYE was sent 50 ms before that 200 arrived: `kind=dialog node=bob from=4s`.",
		zh = "BYE 比这个 200 早 50 ms：`kind=dialog node=bob from=4s`。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=dialog node=alice", t:first "kind=recv dst=alice method=BYE") end,
			ask = { "In which state is Alice's dialog when the BYE arrives?\n\n    rung show rfc5407-3.2.3 kind=dialog node=alice",
				zh = "BYE 到来时，Alice 的对话处于什么状态？\n\n    rung show rfc5407-3.2.3 kind=dialog node=alice" },
			wrong = {
				{ "mortal", why = { "That is its state after the BYE; Bob's dialog has it since he sent the BYE.", zh = "从那时起才是；Bob 的从他发送 BYE 起就是。" } },
				{ "moratorium", why = { "That was before the first ACK. A re-INVITE does not change the state of the dialog.", zh = "那是第一个 ACK 之前。re-INVITE 不改变对话的状态。" } },
			},
			rule = "dialog-established",
			why = { "Take the last record of kind dialog at Alice's phone before the BYE arrives: the state after the arrow.",
				zh = "取 BYE 到达之前 Alice 的话机的最后一条 dialog 记录：箭头之后的状态。" },
			hint = { "Her phone has received a 200 and sent an ACK, and has received no BYE yet: `kind=dialog node=alice to=4.2s`.",
				zh = "她的话机收到过 200，也发过 ACK，还没有 BYE：`kind=dialog node=alice to=4.2s`。" },
			records = function(t) return t:first "kind=recv dst=alice method=BYE" end,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=alice machine=IST", t:last "kind=recv dst=alice method=ACK") end,
			ask = { "In which state is the server transaction of the re-INVITE, at Alice's phone, when the ACK arrives?\n\n    rung show rfc5407-3.2.3 kind=fsm node=alice machine=IST",
				zh = "ACK 到来时，Alice 的话机上 re-INVITE 的服务器事务处于什么状态？\n\n    rung show rfc5407-3.2.3 kind=fsm node=alice machine=IST" },
			wrong = {
				{ "completed", why = { "That is for a rejection.", zh = "那是拒绝之后的状态。" } },
				{ "confirmed", why = { "That is the state after the ACK for a rejection.", zh = "那是收到对拒绝的 ACK 之后的状态。" } },
				{ "terminated", why = { "The BYE ends the dialog, not this transaction.", zh = "BYE 结束对话，不结束这个事务。" } },
			},
			rule = "ist-accepted",
			why = { "Take the last record of the machine IST at Alice's phone before the ACK arrives.",
				zh = "取 ACK 到达之前 Alice 的话机的 IST 状态机的最后一条记录。" },
			hint = { "RFC 6026, 7.1: which state follows a 2xx, and is it left before Timer L? `machine=IST node=alice kind=fsm from=4s to=4.2s` ends before the ACK arrives.",
				zh = "RFC 6026 第 7.1 节：2xx 之后是哪个状态，在定时器 L 之前会离开它吗？`machine=IST node=alice kind=fsm from=4s to=4.2s` 在 ACK 到达之前为止。" },
			records = function(t) return t:last "kind=recv dst=alice method=ACK" end,
		},
	},
}

task {
	find = {
		node = "alice",
		rule = "ack-mortal",
		record = function(t)
			local drop = t:first "kind=drop method=ACK"
			return { drop, drop.cause, drop.of }
		end,
	},
	points = 2,
	why = { "The message that has no use has a record of kind drop where it arrives; `rung explain` with its number names the rule.",
		zh = "没有用处的消息，在到达处有一条 drop 记录；用它的编号运行 `rung explain`，会给出规则。" },
	records = function(t) return t:first "kind=drop" end,
	hint = { "It was sent after the BYE and arrives after it: `kind=recv,drop node=alice from=4.2s`.",
		zh = "它在 BYE 之后发送，也在其后到达：`kind=recv,drop node=alice from=4.2s`。" },
	others = {
		{
			draw = "from=3.5s",
			ask = { "Draw everything from the re-INVITE on: one line for each arrow, such as `alice -> bob CANCEL`. Which message has no use where it arrives?\n\n    rung show rfc5407-3.2.3 kind=send,drop from=3.5s",
				zh = "画出从 re-INVITE 开始的一切：每行一个箭头，例如 `alice -> bob CANCEL`。哪条消息到达时已没有用处？\n\n    rung show rfc5407-3.2.3 kind=send,drop from=3.5s" },
			rule = "ack-unanswered",
			hint = { "`src=bob kind=send from=3.5s` is what he sends: one of these has no response, RFC 3261, 17; put each of Alice's responses after the arrival of what it answers.",
				zh = "`src=bob kind=send from=3.5s` 是他的部分：其中一个没有响应，RFC 3261 第 17 节；把 Alice 的各个响应放在所响应的请求到达之后。" },
		},
		{
			draw = "to=3s",
			ask = { "Draw how the call is set up: everything that is sent until 3 s, one line for each arrow, such as `alice -> bob CANCEL`. Which of these messages is like the one that is discarded later?\n\n    rung show rfc5407-3.2.3 kind=send to=3s",
				zh = "画出呼叫怎样建立，即 3 s 之前发送的一切：每行一个箭头，例如 `alice -> bob CANCEL`。其中哪条消息与后来被丢弃的那条同类？\n\n    rung show rfc5407-3.2.3 kind=send to=3s" },
			hint = { "`src=bob kind=send to=3s` has Bob's responses: before them is the request that they answer, and after the final one what RFC 3261, 13.2.2.4 requires of her phone.",
				zh = "`src=bob kind=send to=3s` 是 Bob 的响应：之前是所响应的请求，最终响应之后是 RFC 3261 第 13.2.2.4 节要求她的话机做的。" },
		},
	},
}

task {
	goal = {
		{ "the re-INVITE is accepted", zh = "re-INVITE 被接受",
			function(t) return t:count "kind=send src=alice status=200 cseq=INVITE" > 0, t:first "kind=send src=alice status=200 cseq=INVITE" end },
		{ "the BYE is sent after that answer has come", zh = "BYE 在这个响应到达之后发送",
			function(t)
				local bye, ok = t:first "kind=send src=bob method=BYE", answer(t)
				return bye ~= nil and ok ~= nil and ok.seq < bye.seq, bye
			end },
		{ "no message is discarded", zh = "没有消息被丢弃",
			function(t) return t:count "kind=drop" == 0, t:first "kind=drop" end, rule = "ack-mortal" },
	},
	points = 3,
	hint = { "The `sleep` before Bob's BYE must last from `INVITE@bob` until `200@alice` arrives, there and back on your copy's line.",
		zh = "Bob 的 BYE 之前的 `sleep` 要从 `INVITE@bob` 持续到 `200@alice` 到达，即您副本的线路上一个来回。" },
}
