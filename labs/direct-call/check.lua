-- The tasks of direct-call; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1500ms..5000ms:500ms", "seed=1..999:1" }

local function tag(value)
	return value:match "tag=([^;]+)"
end

task {
	choice = {
		{ "the 200: only by it does the caller learn that Bob has taken the call",
			zh = "200：主叫靠它才知道 Bob 已接听",
			why = { "A BYE has its 200, too; it is another message that the INVITE has beside it.",
				zh = "BYE 也有 200；INVITE 多出的是另一条消息。" } },
		{ "the 180: a phone has to ring before its call can be complete",
			zh = "180：话机必须先振铃，呼叫才能完整",
			why = { "A provisional response may be missing; the call comes about without it.",
				zh = "临时响应可以没有，呼叫照样建立。" }, rule = "ict-1xx" },
		{ "the ACK: a 200 may come minutes later and has to be confirmed",
			zh = "ACK：200 可能几分钟后才来，必须得到确认", right = true },
		{ "the ACK: in SIP every response is acknowledged by its receiver",
			zh = "ACK：SIP 中每个响应都要由收到的一方确认",
			why = { "Only a final response to an INVITE is; neither the 180 nor the 200 to the BYE has an ACK.",
				zh = "只有对 INVITE 的最终响应才有 ACK；180 和对 BYE 的 200 都没有。" },
			rule = "invite-ack" },
	},
	rule = "invite-ack",
	records = function(t) return t:first "method=ACK" end,
	hint = { "Count the messages with CSeq 1 INVITE and 1 ACK, then those with BYE.",
		zh = "数一数 CSeq 为 1 INVITE 和 1 ACK 的消息，再数一数 BYE 的消息。" },
}

task {
	text = function(t) return tag(t:first("status=180"):header "To") end,
	rule = "dialog-uas",
	wrong = {
		{ function(t) return tag(t:first("method=INVITE"):header "From") end,
			why = { "That is Alice's tag, in From: the INVITE has it already.",
				zh = "这是 From 中 Alice 的 tag：INVITE 已经有了。" } },
		{ "To",
			why = { "It is the tag in To; its value is asked for.",
				zh = "确实是 To 中的 tag；题目要的是它的值。" } },
		{ function(t) return t:first("status=180"):header("Via"):match "branch=([^;]+)" end,
			why = { "That is the branch: it names the transaction, and the INVITE has it already.",
				zh = "这是 branch：它标识事务，INVITE 已经有了。" } },
	},
	why = { "Put the INVITE beside its 180 and compare From and To: one of them has a parameter more in the 180. Its value is asked for.",
		zh = "把 INVITE 和 180 并排，比较 From 和 To：其中一个在 180 中多了一个参数。要的是它的值。" },
	records = function(t) return t:first "status=180" end,
	hint = { "Compare the To of the INVITE and that of the 180.",
		zh = "比较 INVITE 和 180 的 To。" },
}

task {
	time = function(t)
		return t:first("status=200 cseq=INVITE"):arrival().time - t:first("method=INVITE").time
	end,
	wrong = {
		{ function(t) return t:first("status=200 cseq=INVITE").time - t:first("method=INVITE").time end,
			why = { "That is when Bob's phone sends the 200; the line takes 10 ms.",
				zh = "那是 Bob 的话机发送 200 的时刻；线路还要 10 ms。" } },
		{ function(t) return t:first("status=200 cseq=INVITE"):arrival().time end,
			why = { "That is the time of the run; count from the INVITE.",
				zh = "那是运行的时刻；应从 INVITE 算起。" } },
		{ function(t) return t:first("status=180"):arrival().time - t:first("method=INVITE").time end,
			why = { "Then it only rings.", zh = "那时只是在振铃。" } },
	},
	why = { "Two records count, both at Alice's phone: it sends the INVITE, and the 200 to it arrives. Subtract their times.",
		zh = "只看 Alice 的话机的两条记录：它发送 INVITE，以及对它的 200 到达。两个时刻相减。" },
	records = function(t) return t:first("status=200 cseq=INVITE"):arrival() end,
}

task {
	find = {
		node = "alice",
		record = function(t)
			local ack = t:first "method=ACK"
			return { ack:arrival(), ack, t:last "kind=timer node=bob name=2xx" }
		end,
	},
	points = 2,
	rule = "invite-acked",
	why = { "What stops the timer stands just before its end: the ACK has arrived.",
		zh = "使定时器停止的就在它停止之前：ACK 到达了。" },
	records = function(t) return t:last "kind=timer node=bob name=2xx" end,
}

task {
	draw = "proto=sip kind=send",
	points = 2,
}

task {
	goal = {
		{ "Alice hears 486", zh = "Alice 收到 486",
			function(t)
				local busy = t:first "status=486 dst=alice"
				return busy ~= nil and busy:arrival() ~= nil, busy
			end },
		{ "nobody talks", zh = "双方没有通话",
			function(t) return t:count "status=200 cseq=INVITE" == 0 end },
	},
	points = 2,
	hint = { "set may stand below the line that names the phones: it happens before anything else.",
		zh = "set 可以写在说出话机名字的那一行之下：它在其他一切之前执行。" },
}
