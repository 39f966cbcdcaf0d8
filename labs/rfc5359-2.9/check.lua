-- The tasks of rfc5359-2.9; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "proxy.ring_time=3s..6s:1s", "b2.answer=1000ms..3000ms:500ms" }

local function fired(t)
	return t:first "kind=timer node=proxy name=ring op=fire"
end

local function early(t)
	return t:count "kind=dialog node=alice left=none"
end

task {
	number = early,
	wrong = {
		{ 1, rule = "dialog-uac",
			why = { "Each new To tag creates one.", zh = "每个到来的 To tag 都建立一个。" } },
		{ 2, rule = "proxy-181",
			why = { "Two are for the two 180s; the 181 also has a tag.", zh = "两个 180 各一个；181 也有 tag。" } },
		{ 4, why = { "The 200 has the tag of the second 180.", zh = "200 的 tag 与第二个 180 相同。" }, rule = "dialog-confirmed-uac" },
	},
	rule = "dialog-uac",
	why = { "Count the different To tags in the provisional responses that reach Alice's phone, including that of the 181.",
		zh = "数到达 Alice 的话机的临时响应中不同的 To tag，包括 181 的。" },
	records = function(t) return t:all "kind=dialog node=alice from=1s to=8s" end,
	ahead = true,
	hint = { "Write down the remote tag of each dialog at Alice's phone: `kind=dialog node=alice left=none`.",
		zh = "记下 Alice 的话机上每个对话的远端 tag：`kind=dialog node=alice left=none`。" },
	others = {
		{
			number = function(t) return t:count "kind=recv dst=alice status=1xx" end,
			ask = { "Before you look at the run: how many provisional responses will Alice's phone have got when the call is answered?\n\n    rung show rfc5359-2.9 status=1xx dst=alice",
				zh = "先不看运行：呼叫被接听时，Alice 的话机总共会收到多少个临时响应？\n\n    rung show rfc5359-2.9 status=1xx dst=alice" },
			ahead = true,
			rule = "proxy-181",
			why = { "Count what arrives at Alice's phone with a status below 200, including the proxy's own.",
				zh = "数到达 Alice 的话机、状态码小于 200 的响应，包括代理服务器自己的。" },
			hint = { "`src=b1,b2 status=1xx kind=send` is what the phones send; RFC 3261, 21.1 lists what a proxy may send itself, for each hop and when it forwards the call.",
				zh = "`src=b1,b2 status=1xx kind=send` 是话机所说的；代理服务器在每一跳、在转移呼叫时自己可说什么，见 RFC 3261 第 21.1 节。" },
			records = function(t) return t:all "kind=recv dst=alice status=1xx" end,
		},
		{
			number = function(t) return t:count "kind=send src=b1,b2 status=180,200,4xx" - t:count "kind=send src=proxy dst=alice status=180,200" end,
			ask = { "Before you look at the run: how many of the responses from the two phones will the proxy not forward, so that Alice's phone never gets them?\n\n    rung show rfc5359-2.9 dst=proxy kind=recv",
				zh = "先不看运行：两部话机发来的响应中，有多少个会被代理服务器留下，使 Alice 的话机听不到？\n\n    rung show rfc5359-2.9 dst=proxy kind=recv" },
			ahead = function(t) return t:first "kind=send src=b1" end,
			rule = "proxy-best-cancelled",
			why = { "Compare what `b1` and `b2` send with what the proxy forwards to Alice's phone.",
				zh = "把 `b1` 和 `b2` 发送的响应与代理服务器转发给 Alice 的话机的对照。" },
			hint = { "What does the cancelled phone answer, and to which requests? See `src=b1 status=2xx,4xx`.",
				zh = "被取消的话机响应了什么，响应的是哪些请求？看 `src=b1 status=2xx,4xx`。" },
			records = function(t) return t:all "kind=recv src=b1 status=200,4xx" end,
		},
	},
}

task {
	find = { node = "proxy", rule = "proxy-ring-time", record = fired },
	points = 2,
	why = { "Timer C would do it after three minutes; this one is for a server that has another phone to try.",
		zh = "定时器 C 要三分钟之后才会；这个属于还有别处可试的那一方。" },
	records = fired,
	hint = { "It is set when the INVITE is sent to `b1`, and is shorter than Timer C: `node=proxy name=ring`.",
		zh = "它在 INVITE 发往 `b1` 时启动，比定时器 C 短：`node=proxy name=ring`。" },
	others = {
		{
			draw = "node=b1 from=2s",
			ask = { "Draw how the branch to the first phone is ended, from the CANCEL on: all messages between `proxy` and `b1`, one line each, `proxy -> b1 CANCEL`.\n\n    rung show rfc5359-2.9 node=b1 from=2s kind=send",
				zh = "画出通往第一部话机的分支怎样结束，从 CANCEL 开始：`proxy` 与 `b1` 之间的所有消息，每行一个，如 `proxy -> b1 CANCEL`。\n\n    rung show rfc5359-2.9 node=b1 from=2s kind=send" },
			rule = "proxy-ring-time",
			hint = { "`src=b1 from=2s kind=send` is the phone's part: read CSeq in each. Which of these is a final response to an INVITE, RFC 3261, 17.1.1.3?",
				zh = "`src=b1 from=2s kind=send` 是话机的部分：看每个的 CSeq。哪个是对 INVITE 的最终响应，RFC 3261 第 17.1.1.3 节？" },
		},
		{
			draw = "dst=alice cseq=INVITE",
			ask = { "Draw what Alice's phone receives until the call is answered, one line each, `proxy -> alice 100`.\n\n    rung show rfc5359-2.9 dst=alice kind=send",
				zh = "画出呼叫被接听之前 Alice 的话机收到的响应，每行一个，如 `proxy -> alice 100`。\n\n    rung show rfc5359-2.9 dst=alice kind=send" },
			rule = "proxy-181",
			hint = { "`src=b1,b2 cseq=INVITE kind=send` is what the phones send for that: RFC 3261, 16.7 says which of these is forwarded. Add the proxy's own.",
				zh = "`src=b1,b2 cseq=INVITE kind=send` 是话机对它所说的：哪些会被转发，见 RFC 3261 第 16.7 节。此外还有代理服务器自己的。" },
		},
	},
}

task {
	choice = {
		{ "the second INVITE would have the branch of the first one",
			zh = "第二个 INVITE 会有与第一个相同的 branch",
			why = { "Each branch has its own, whenever it is sent.", zh = "每个分支都有自己的 branch，与何时发送无关。" }, rule = "proxy-forward" },
		{ "both phones might be answered, so that both have the call",
			zh = "两部话机可能都被接听，都得到呼叫",
			right = true, rule = "proxy-2xx" },
		{ "the first phone would go on ringing, for no caller",
			zh = "第一部话机会一直振铃，却没有主叫",
			why = { "The CANCEL is sent in any case, and stops it.", zh = "CANCEL 总会发送，并使它停止。" }, rule = "proxy-cancel" },
		{ "Alice would get the 487, and her call would fail",
			zh = "Alice 会收到 487，她的呼叫失败",
			why = { "A 487 is the last that a proxy forwards, and only when all branches have ended.",
				zh = "487 是代理服务器最后才会转发的，而且要等所有分支结束。" }, rule = "proxy-best-cancelled" },
	},
	points = 2,
}

local function second(t)
	return t:all("kind=recv dst=alice status=180")[2]
end

task {
	time = function(t) return second(t).time - t:first("kind=send src=alice method=INVITE").time end,
	wrong = {
		{ function(t) return t:first("kind=recv dst=alice status=180").time - t:first("kind=send src=alice method=INVITE").time end,
			why = { "That is the first time.", zh = "那是第一次。" } },
		{ function(t) return second(t).time - t:first("kind=recv dst=alice status=180").time end,
			why = { "That is counted from the first ringing.", zh = "这是从第一次回铃算起的。" } },
		{ function(t) return second(t).time end,
			why = { "That is the time since the start of the run; she called a second after its beginning.", zh = "这是从运行开始算起；她在一秒之后才呼叫。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of the INVITE, and the arrival of the second 180.",
		zh = "看 Alice 的话机的两条记录：它发送 INVITE，以及第二个 180 到达。" },
	records = second,
	hint = { "The second ringing begins with `180@b2`; the proxy forwards it in `180@proxy#2`, and the time begins with `INVITE@alice`.",
		zh = "第二次振铃始于 `180@b2`；代理服务器以 `180@proxy#2` 转发它；从 `INVITE@alice` 起算。" },
}

task {
	goal = {
		{ "the first phone ends its ringing with a response of its own", zh = "第一部话机用自己的响应结束振铃",
			function(t)
				local r = t:first "kind=send src=b1 status=4xx cseq=INVITE"
				return r ~= nil and r.status ~= 487, r
			end, rule = "invite-unanswered" },
		{ "nobody sends a CANCEL", zh = "没有人发送 CANCEL",
			function(t) return t:count "kind=send method=CANCEL" == 0, t:first "kind=send method=CANCEL" end, rule = "proxy-ring-time",
			why = { "The proxy's waiting time was shorter than the phone's.", zh = "代理服务器等待的时间比话机短。" } },
		{ "the second phone answers", zh = "第二部话机接听",
			function(t) return t:count "kind=send src=b2 status=200 cseq=INVITE" > 0, t:first "kind=send src=b2 status=200 cseq=INVITE" end, rule = "service-no-answer" },
	},
	points = 3,
}
