-- The tasks of rfc5407-3.1.4; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--bob.delay=90ms..140ms:10ms" }

local function count_acks(t, cseq)
	return t:count("kind=send src=alice method=ACK", function(r) return cseq == nil or r.cseq == cseq end)
end

local function confirmed(t)
	return t:first "kind=dialog node=bob into=confirmed"
end

local function answered(t)
	return t:first "kind=send src=bob status=200"
end

task {
	time = function(t) return confirmed(t).time - answered(t).time end,
	wrong = {
		{ 0.5, rule = "invite-2xx-again",
			why = { "After T1 he retransmits the 200; the ACK for that takes the way there and back.",
				zh = "T1 之后他重传 200；对它的 ACK 还要一来一回。" } },
		{ function(t) return t:last("kind=recv dst=bob method=ACK").time - answered(t).time end,
			why = { "That is the ACK for the re-INVITE.", zh = "那是对 re-INVITE 的 ACK。" } },
	},
	rule = "dialog-established",
	why = { "Count from the first transmission of Bob's 200 to the dialog record in which his phone says confirmed.",
		zh = "从 Bob 第一次发送 200 算起，到他的话机的 dialog 记录变为 confirmed 为止。" },
	records = confirmed,
	ahead = true,
	hint = { "After T1 the 200 is sent again; then one way there and one way back: `kind=dialog node=bob into=confirmed`.",
		zh = "T1 之后 200 再次发送；然后一去一回：`kind=dialog node=bob into=confirmed`。" },
}

task {
	draw = "src=alice kind=send from=1.5s",
	rule = "invite-ack",
	hint = { "`dst=alice kind=recv from=1.5s` is what she receives: after each 200 an ACK must follow, RFC 3261, 13.2.2.4, also after one that she has received before. And what does she do herself at 2.45 s?",
		zh = "`dst=alice kind=recv from=1.5s` 是她收到的：每个 200 之后都要有 ACK，收过的也一样，RFC 3261 第 13.2.2.4 节。2.45 s 时她自己又要做什么？" },
	others = {
		{
			number = function(t) return count_acks(t, "1 ACK") end,
			ask = { "How many of the ACKs that Alice's phone sends are for Bob's first 200, the answer to the call?\n\n    rung show rfc5407-3.1.4 -m method=ACK\n    rung show rfc5407-3.1.4 -m status=200",
				zh = "Alice 的话机发送的 ACK 中，有几个是对 Bob 的第一个 200，即接听呼叫的那个？\n\n    rung show rfc5407-3.1.4 -m method=ACK\n    rung show rfc5407-3.1.4 -m status=200" },
			wrong = {
				{ count_acks, why = { "Those are all ACKs; not every one has the CSeq of the first INVITE.", zh = "这是全部；并非每个的 CSeq 都与第一个 INVITE 相同。" } },
				{ 1, rule = "invite-ack", why = { "The lost one is not the last of its kind: the same 200 arrived again.", zh = "丢失的并不是唯一一个：同一个 200 又来了一次。" } },
			},
			why = { "Read CSeq in each ACK that Alice's phone sends, including retransmissions, and count those with the number of the first INVITE.",
				zh = "读 Alice 的话机发送的每个 ACK（包括重传）的 CSeq，数编号与第一个 INVITE 相同的。" },
			hint = { "Each 200 that arrives is acknowledged: `-m src=bob status=200` has them. In which of them does CSeq have the number of `INVITE@alice`?",
				zh = "每个到达的 200 都要确认：`-m src=bob status=200` 列出它们。其中哪些的 CSeq 与 `INVITE@alice` 编号相同？" },
			records = function(t) return t:all "kind=send src=alice method=ACK" end,
		},
		{
			draw = "src=bob kind=send from=1.5s",
			ask = { "Draw what Bob's phone sends from his first 200 on, one line for each arrow, such as `bob -> alice 180`. Which of these messages are for the same INVITE?\n\n    rung show rfc5407-3.1.4 -m src=bob kind=send from=1.5s",
				zh = "画出 Bob 的话机从第一个 200 起发送的消息，每行一个，例如 `bob -> alice 180`。其中哪些是对同一个 INVITE 的？\n\n    rung show rfc5407-3.1.4 -m src=bob kind=send from=1.5s" },
			rule = "invite-2xx-again",
			hint = { "Each `node=bob name=2xx op=fire` sends a 200 once more, RFC 3261, 13.3.1.4, and each request that he receives, `dst=bob method=INVITE from=1.5s`, is answered.",
				zh = "每条 `node=bob name=2xx op=fire` 都使 200 再发一次，RFC 3261 第 13.3.1.4 节；他收到的 `dst=bob method=INVITE from=1.5s` 也要响应。" },
		},
	},
}

task {
	choice = {
		{ "because the re-INVITE itself says that the ACK was sent",
			zh = "因为 re-INVITE 本身就说明 ACK 已发出",
			why = { "It does; but Bob's phone must retransmit the 200 until the ACK arrives.",
				zh = "确实如此；但在 ACK 到达之前，Bob 的话机仍要重传 200。" }, rule = "invite-2xx-again" },
		{ "because a re-INVITE replaces the INVITE before it",
			zh = "因为 re-INVITE 取代之前的 INVITE",
			why = { "It is a transaction of its own. If it were rejected, everything would stay as it was.",
				zh = "它是一个独立的事务；被拒绝时一切照旧。" }, rule = "reinvite" },
		{ "because the answer stands in the 200 and not in the ACK",
			zh = "因为 200 中已有应答，ACK 不用再带",
			right = true, rule = "reinvite-moratorium" },
		{ "because 491 is only for two re-INVITEs that cross",
			zh = "因为 491 只用于两个交错的 re-INVITE",
			why = { "It is also for one that arrives while an own offer is open: see rfc5407-3.1.5.",
				zh = "自己的提议尚未得到应答时也用：见 rfc5407-3.1.5。" }, rule = "reinvite-offered" },
	},
	points = 2,
	records = function(t) return t:last "kind=recv dst=bob method=INVITE" end,
}

task {
	choice = {
		{ "because an ACK takes over the number that its INVITE has",
			zh = "因为 ACK 沿用它所确认的 INVITE 的编号",
			right = true, rule = "invite-ack" },
		{ "because numbers count only within one method, and an ACK is another",
			zh = "因为编号只在同一种方法之内计数，而 ACK 是另一种",
			why = { "All requests of one side in a dialog share one count: a BYE after this would have 3.",
				zh = "一方在对话中的所有请求共用一个计数：此后的 BYE 会是 3。" }, rule = "dialog-request" },
		{ "because a gap or a lower number is never rejected in a dialog",
			zh = "因为在对话中，编号变小或有间隔从不被拒绝",
			why = { "A lower one is rejected, with 500. ACK is the exception to this.",
				zh = "变小会被拒绝，用 500；只有 ACK 不在此列。" }, rule = "dialog-cseq" },
		{ "because its branch is that of the first INVITE",
			zh = "因为它的 branch 与第一个 INVITE 相同",
			why = { "It is not: the ACK for a 2xx has a branch of its own.",
				zh = "并不相同：2xx 的 ACK 有自己的 branch。" }, rule = "invite-ack" },
	},
	points = 2,
	records = function(t) return t:first "kind=recv dst=bob method=ACK" end,
}

task {
	goal = {
		{ "the first ACK is lost", zh = "第一个 ACK 丢失",
			function(t) return t:count "kind=drop method=ACK src=alice" > 0, t:first "kind=drop method=ACK" end },
		{ "the re-INVITE is sent when Bob's dialog is confirmed", zh = "re-INVITE 发出时 Bob 的对话已得到确认",
			function(t)
				local again, at = t:last "kind=send src=alice method=INVITE", confirmed(t)
				return at ~= nil and again.seq > at.seq, again
			end, rule = "dialog-established",
			why = { "A 200 may arrive again after T1, and its ACK takes one more way.",
				zh = "200 可能在 T1 之后重传，它的 ACK 也需要时间。" } },
		{ "Bob is on hold", zh = "Bob 被保持",
			function(t)
				local r = t:last "kind=recv dst=alice status=200 cseq=INVITE"
				return t:count "kind=act hold" > 0 and r ~= nil and r.of.cseq == "2 INVITE", r
			end, rule = "hold-send" },
	},
	points = 3,
}
