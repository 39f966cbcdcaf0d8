-- The tasks of direct-call; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1s..4s:1s", "seed=1..999:1" }

task {
	choice = {
		{ "the 200, which says that Bob has taken the call", zh = "200，表示 Bob 已接听",
			why = { "A BYE has its 200, too; it is what the INVITE has beside it.",
				zh = "BYE 也有 200；INVITE 多出的是别的。" } },
		{ "the 180, without which nobody would know that it rings", zh = "180，没有它就没人知道在振铃",
			why = { "A provisional response may be missing; the call is none the worse.",
				zh = "临时响应可以没有，呼叫照样成立。" }, rule = "ict-1xx" },
		{ "the ACK: an answer may take minutes, so its 200 has to be confirmed", right = true,
			zh = "ACK：接听可能要等几分钟，所以 200 必须被确认", rule = "invite-ack" },
	},
	points = 2,
}

task {
	time = function(t)
		return t:first("status=200 cseq=INVITE").time - t:first("method=INVITE").time
	end,
	tolerance = "11ms",
	points = 2,
	wrong = {
		{ function(t) return t:first("status=180").time - t:first("method=INVITE").time end,
			why = { "That is when it begins to ring.", zh = "那是开始振铃的时间。" } },
	},
	records = function(t) return t:first "status=200 cseq=INVITE" end,
}

task {
	draw = "proto=sip kind=send",
	points = 3,
}

task {
	goal = {
		{ "Alice hears 486", zh = "Alice 收到 486",
			function(t) return t:count "status=486" > 0 end },
		{ "nobody talks", zh = "没有通话",
			function(t) return t:count "kind=call confirmed" == 0 end },
	},
	points = 3,
}
