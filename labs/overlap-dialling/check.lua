-- The tasks of overlap-dialling; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "ngw1--exchange.delay=5ms..45ms:5ms", "alice.answer=1s..4s:1s", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send src=ngw1 proto=isup" end,
	wrong = {
		{ 2, why = { "The telephone goes on hook at 17 s; that is answered as well.", zh = "电话在 17 s 挂机；这也要回应。" } },
		{ { 4, 5 }, why = { "Digits are not acknowledged one by one.", zh = "数字不是逐个确认的。" } },
	},
	unit = { "messages", zh = "条消息" },
	ahead = true,
	why = { "It reports that the address is complete, that the call is answered, and that the circuit is free again.", zh = "它说明地址完整、已应答，以及电路重新空闲。" },
	hint = { "`proto=isup src=exchange kind=send` is the other half: which of these messages needs an answer in ISUP? Then look at `dst=ngw1 cseq=INVITE kind=send`: which of these must the gateway report to the exchange?",
		zh = "`proto=isup src=exchange kind=send` 是另一半：其中哪些在 ISUP 中需要回应？再看 `dst=ngw1 cseq=INVITE kind=send`：网关要把其中哪些告诉交换局？" },
	rule = "exchange-sam",
	records = function(t) return t:first "kind=send src=ngw1 proto=isup" end,
	points = 2,
	others = {
		{ number = function(t) return t:count "kind=send src=exchange proto=isup" end, rule = "exchange-sam", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: how many ISUP messages will the exchange send to the gateway in the whole run?\n\n    rung show overlap-dialling proto=isup kind=send", zh = "先不看运行：在整个运行中，交换机会向网关发送多少条 ISUP 消息？\n\n    rung show overlap-dialling proto=isup kind=send" },
			wrong = { { 5, why = { "The telephone goes on hook at 17 s; that is reported as well.", zh = "电话在 17 s 挂机；这也要告知。" } }, { 4, why = { "That is the number of messages with one later digit each.", zh = "那是各带一位后续数字的。" } } },
			why = { "First digits, later digits one by one, and at 17 s the end.", zh = "先是头几位数字，再逐位发送，17 s 时结束。" },
			hint = { "`proto=isup src=exchange kind=send to=5s` has those that bring digits, the first of them several at once; Q.764 2.3 says what is sent at the end of a call.",
				zh = "`proto=isup src=exchange kind=send to=5s` 中是带来号码的，第一条一次带几位；呼叫结束时发送什么，见 Q.764 2.3。" },
			records = function(t) return t:first "kind=send src=exchange proto=isup" end },
		{ number = function(t) return t:count "kind=send src=ngw1 proto=sip method=INVITE" end, rule = "overlap-collect", unit = { "INVITEs", zh = "个 INVITE" }, ahead = true,
			ask = { "Before you look at the run: how many INVITEs will the gateway send while the digits arrive?\n\n    rung show overlap-dialling src=ngw1 kind=send", zh = "先不看运行：数字陆续到来，网关一共会发送多少个 INVITE？\n\n    rung show overlap-dialling src=ngw1 kind=send" },
			wrong = { { { 4, 5 }, why = { "That would be the number if it forwarded the digits each time.", zh = "如果每来一位就发送已有的号码，才会如此。" } }, { 0, why = { "Alice's phone does ring.", zh = "Alice 的话机确实振铃。" } } },
			why = { "An INVITE contains a whole number; this gateway collects the digits first.", zh = "INVITE 带完整的号码；这个网关先收集数字。" },
			hint = { "RFC 3578 has two ways to handle digits that arrive one by one; `kind=timer name=T10 node=ngw1` shows which way this gateway uses, and what happens when the timer fires.",
				zh = "对逐位到来的号码，RFC 3578 有两种做法；`kind=timer name=T10 node=ngw1` 说明这个网关用哪一种，以及定时器到期时怎样。" },
			records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end },
	},
}

task {
	time = function(t) return t:first("kind=send src=ngw1 method=INVITE").time - t:last("kind=send method=SAM").time end,
	wrong = {
		{ function(t) return t:first("kind=send src=ngw1 method=INVITE").time - t:first("kind=recv method=IAM").time end, why = { "That is counted from the first digits.", zh = "那是从头几位数字算起的。" } },
		{ 15, why = { "That is T35, a timer of the exchange.", zh = "那是 T35，交换机才有。" } },
	},
	why = { "Count from the transmission of the last SAM to the INVITE of ngw1.", zh = "从发送最后一个 SAM 到 ngw1 的 INVITE。" },
	rule = "overlap-collect",
	records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
	points = 2,
	hint = { "The exchange sends the last SAM in `method=SAM kind=send`, and `ngw1` the INVITE; T10 runs between them.", zh = "最后一个 SAM 由交换机发出（`method=SAM kind=send`），INVITE 由 `ngw1` 发出；其间运行的是 T10。" },
}

task {
	draw = "proto=isup kind=send to=15s",
	points = 2,
	hint = { "Each digit dialled later has its own message, Q.764 2.1.2; only then does the exchange get reports about the telephone: `src=ngw1 dst=exchange kind=send to=15s`.",
		zh = "后拨的号码各用一条消息，Q.764 第 2.1.2 节；此后交换局才得知话机的情况：`src=ngw1 dst=exchange kind=send to=15s`。" },
	others = {
		{ draw = "cseq=INVITE status=1xx,2xx", rule = "proxy-response",
			ask = { "Draw the responses to the INVITE, one line for each hop.\n\n    rung show overlap-dialling cseq=INVITE kind=send", zh = "画出对 INVITE 的响应，每一跳一行。\n\n    rung show overlap-dialling cseq=INVITE kind=send" },
			hint = { "`method=INVITE kind=send` names the hops. The response that a proxy sends at once is for one of them (RFC 3261 17.2.1); those in `src=alice cseq=INVITE kind=send` return over all hops.",
				zh = "`method=INVITE kind=send` 指出各跳。代理服务器立即发出的只用于其中一跳（RFC 3261 17.2.1）；`src=alice cseq=INVITE kind=send` 的则沿所有各跳返回。" } },
		{ draw = "kind=send from=16.5s",
			ask = { "The telephone goes on hook at 17 s. Draw everything that follows, in both networks: one line for each message.\n\n    rung show overlap-dialling kind=send from=16.5s", zh = "电话在 17 s 挂机。画出此后两个网络中的所有消息，每条一行。\n\n    rung show overlap-dialling kind=send from=16.5s" },
			hint = { "It begins with `src=exchange kind=send from=16.5s`. In ISUP that is answered at once, Q.764 2.3; in SIP a request and its response follow, RFC 3261 15, through the proxy.",
				zh = "它从 `src=exchange kind=send from=16.5s` 开始。ISUP 中立即回应，见 Q.764 2.3；SIP 中随后有一个请求及其响应，见 RFC 3261 15，都经过代理服务器。" } },
	},
}

task {
	goal = {
		{ "no SAM is sent", zh = "没有发送 SAM",
			function(t)
				return t:count "kind=send method=SAM" == 0, t:first "kind=send method=IAM"
			end },
		{ "the gateway still waits for the end of numbers", zh = "网关仍然等待号码结束",
			function(t)
				for _, s in ipairs(t.settings) do if s:match "overlap" then return false end end
				return t:first "kind=recv node=ngw1 method=IAM"
			end },
		{ "Alice's phone rings within a second of the IAM", zh = "Alice 的话机在 IAM 之后一秒之内振铃",
			function(t)
				local iam, ring = t:first "kind=send method=IAM", t:first "kind=send src=alice status=180"
				return ring ~= nil and ring.time - iam.time < 1, ring
			end,
			why = { "Leave `later` out.", zh = "不要 `later`。" } },
	},
	points = 3,
}

task {
	choice = {
		{ "An INVITE has a whole number, since a part of one may be somebody else's", right = true,
			zh = "INVITE 带完整的号码，因为一部分可能是别人的号码" },
		{ "A gateway may not send an INVITE before it has sent an ACM",
			zh = "网关在发送 ACM 之前，不可以向 SIP 发送 INVITE",
			why = { "It is the other way round: the ACM is caused by the responses to the INVITE.", zh = "正好相反：ACM 由对 INVITE 的响应得出。" } },
		{ "The exchange asks it to: the IAM has a parameter for that",
			zh = "交换机要求它这样做：IAM 有这样一个参数",
			why = { "The IAM only lacks ST, the end of the number.", zh = "IAM 只是没有 ST，即号码的结尾。" } },
		{ "Only the exchange's ST lets any SIP server ring a phone",
			zh = "只有交换机的 ST 才能让 SIP 服务器使话机振铃",
			why = { "No SIP server knows ST; a phone rings because of the INVITE.", zh = "SIP 服务器不知道 ST；振铃由 INVITE 引起。" } },
	},
	rule = "overlap-collect",
}
