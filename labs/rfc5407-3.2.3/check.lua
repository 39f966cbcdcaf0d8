-- The tasks of rfc5407-3.2.3; their texts are in README.md.
lesson { minutes = 20, level = 3 }
vary { "alice--bob.delay=90ms..140ms:10ms" }

local function answer(t)
	return t:last "kind=recv dst=bob status=200 cseq=INVITE"
end

task {
	choice = {
		{ "because only the ACK makes the BYE valid at the far end",
			zh = "因为有了 ACK，BYE 才在对方生效",
			why = { "The BYE is valid without it; Alice's phone even gets it first.",
				zh = "没有它 BYE 也有效；Alice 的话机甚至先收到 BYE。" }, rule = "bye-recv" },
		{ "because Alice's phone would else play its media to nobody",
			zh = "因为否则 Alice 的话机会向没有人的地方发送媒体",
			why = { "That is what the BYE ends.", zh = "结束媒体的是 BYE。" }, rule = "bye-recv" },
		{ "because an INVITE needs its ACK, whatever the dialog does",
			zh = "因为 INVITE 需要 ACK，与对话的结局无关",
			right = true, rule = "invite-ack" },
		{ "it need not be: a mortal dialog does not send anything any more",
			zh = "不必确认：mortal 的对话不再发送任何消息",
			why = { "No new requests; the ACK for a 2xx is what is left out of that.",
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
			why = { "Until he hung up.", zh = "他挂断之前是这样。" } },
		{ "terminated", rule = "dialog-bye",
			why = { "Not before the BYE's transaction has ended.", zh = "BYE 的事务结束之后才是。" } },
		{ "moratorium", rule = "dialog-established",
			why = { "That is between a dialog's first 200 and its ACK.", zh = "那是对话的第一个 200 与其 ACK 之间的状态。" } },
	},
	why = { "Take the last record of kind dialog at Bob's phone before the 200 to his re-INVITE arrives: the state behind the arrow.",
		zh = "取对他的 re-INVITE 的 200 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = answer,
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
	why = { "The message that is good for nothing has a record of kind drop where it arrives; `rung explain` with its number names the rule.",
		zh = "没有用处的消息，在到达处有一条 drop 记录；用它的编号运行 `rung explain`，会给出规则。" },
	records = function(t) return t:first "kind=drop" end,
}

task {
	time = function(t)
		return answer(t).time - t:first("kind=send src=bob method=BYE").time
	end,
	wrong = {
		{ function(t) return answer(t).time - t:last("kind=send src=bob method=INVITE").time end,
			why = { "So long the re-INVITE takes; part of that Bob has waited anyway.",
				zh = "这是 re-INVITE 所需的全部时间；其中一部分 Bob 本来就已等过。" } },
		{ function(t) return t:first("kind=send src=alice status=200 cseq=INVITE").time - t:first("kind=send src=bob method=BYE").time end,
			why = { "That is when the answer is sent, not when it is there.", zh = "那是响应发出的时间，而不是到达的时间。" } },
	},
	why = { "Count from the sending of the BYE to the arrival of the 200 to the re-INVITE at Bob's phone.",
		zh = "从 BYE 的发送算起，到对 re-INVITE 的 200 到达 Bob 的话机为止。" },
	records = function(t) return { t:first "kind=send src=bob method=BYE", answer(t) } end,
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
		{ "nothing is thrown away", zh = "没有消息被丢弃",
			function(t) return t:count "kind=drop" == 0, t:first "kind=drop" end, rule = "ack-mortal" },
	},
	points = 3,
	hint = { "A longer sleep; the ACK goes out as soon as the 200 is there.",
		zh = "用更长的 sleep；200 一到就发出 ACK。" },
}
