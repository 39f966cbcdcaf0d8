-- The tasks of call-park; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "router--parkserver.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function parking(t)
	return t:first "kind=send method=INVITE src=parkserver"
end

local function answer_to(t, whom)
	return t:first("kind=send status=200 cseq=INVITE src=alice dst=" .. whom)
end

task {
	draw = "kind=send method=INVITE",
	ahead = true,
	rule = "replaces-accept",
	hint = { "Alice's phone takes part in three calls, `kind=dialog node=alice into=confirmed`: which phone began each, hers or the peer?",
		zh = "Alice 的话机参与三个呼叫，即 `kind=dialog node=alice into=confirmed`：各由谁发起，是它还是对方？" },
	others = {
		{
			draw = "kind=send method=BYE",
			rule = "replaces-bye",
			ahead = true,
			hint = { "The replaced phone does not hang up: `rule=replaces-bye` shows which node does it.",
				zh = "被取代的一方不挂断：由谁代劳，见 `rule=replaces-bye`。" },
			ask = { "Before you look at the run: Alice will talk to three peers, one after the other. Draw the BYEs by which the calls end, one line for each, `alice -> bob BYE`.\n\n    rung show call-park kind=send method=INVITE,BYE\n    rung show call-park kind=dialog node=alice",
				zh = "先不看运行：Alice 先后与三方通话。画出结束这些呼叫的各个 BYE，每条一行，如 `alice -> bob BYE`。\n\n    rung show call-park kind=send method=INVITE,BYE\n    rung show call-park kind=dialog node=alice" },
		},
		{
			draw = "kind=send method=REFER,NOTIFY",
			rule = "notify-first",
			ahead = true,
			hint = { "A REFER makes a subscription (RFC 3515 2.4.4): what must be sent at its begin, and what at its end? `INVITE@parkserver` is between them.",
				zh = "REFER 建立一个订阅（RFC 3515 第 2.4.4 节）：开始时欠什么，结束时欠什么？`INVITE@parkserver` 在两者之间。" },
			ask = { "Before you look at the run: Bob asks the server to replace him, and gets the result. Draw the requests by which that is done, one line for each, `bob -> parkserver REFER`.\n\n    rung show call-park kind=send method=REFER,NOTIFY",
				zh = "先不看运行：Bob 请服务器取代他的位置，并得知结果。画出为此发送的各个请求，每条一行，如 `bob -> parkserver REFER`。\n\n    rung show call-park kind=send method=REFER,NOTIFY" },
		},
	},
}

task {
	choice = {
		{ "the one of Alice's call with Bob, which is to be parked", zh = "Alice 与 Bob 的呼叫的对话，要驻留的就是它",
			why = { "Compare the Call-IDs: the REFER went to the server, outside any dialog.",
				zh = "比较 Call-ID：REFER 在任何对话之外发给了服务器。" } },
		{ "the one of the server's call to Alice, made by the REFER", zh = "服务器给 Alice 的呼叫的对话，由 REFER 引发",
			why = { "Bob has no part in that one: its Call-ID is the server's.", zh = "Bob 不属于那个对话：它的 Call-ID 是服务器的。" } },
		{ "none: a NOTIFY is sent outside of dialogs, as a MESSAGE is", zh = "不属于任何对话：NOTIFY 像 MESSAGE 一样在对话之外",
			why = { "Each has tags on both sides, and its CSeq keeps counting.", zh = "每个 NOTIFY 两侧都有 tag，CSeq 连续递增。" }, rule = "dialog-notify" },
		{ "a separate one: that of the subscription the REFER has made",
			zh = "它们自己的对话：REFER 建立的订阅的对话", right = true },
	},
	rule = "dialog-notify",
	records = function(t) return { t:first "kind=send method=REFER", t:first "kind=send method=NOTIFY" } end,
}

task {
	text = { "Referred-By", "Referred-By:" },
	rule = "replaces-denied",
	wrong = {
		{ "Replaces", why = { "It names the call. Anybody who has seen the messages could write it.", zh = "它指明呼叫。见过这些消息的人都写得出来。" } },
		{ "From", why = { "From is the server itself.", zh = "From 是服务器自己。" } },
		{ "Require", why = { "Require says that Replaces must be understood, not who wants it.",
			zh = "Require 只说明必须懂得 Replaces，与谁愿意无关。" } },
		{ "Refer-To", why = { "That is in the REFER, which the server gets.", zh = "它在发给服务器的 REFER 中。" } },
	},
	why = { "Read the server's INVITE: the field has Bob's URI in it, and is in his REFER as well.",
		zh = "读服务器的 INVITE：这个字段含有 Bob 的 URI，也出现在他的 REFER 中。" },
	records = parking,
	hint = { "`INVITE@parkserver` and `REFER@bob` have one field in common besides the usual ones; RFC 3891 3 says what it is for.",
		zh = "除了常见的头字段，`INVITE@parkserver` 与 `REFER@bob` 还有一个共同的；它的用处见 RFC 3891 第 3 节。" },
	others = {
		{
			text = { "Require", "Require:" },
			rule = "uas-require",
			records = parking,
			wrong = {
				{ "Replaces", why = { "It names the call. A phone that does not know it would ignore it.", zh = "它指明呼叫。不懂它的话机会忽略它。" } },
				{ "Supported", why = { "That says what the server itself understands.", zh = "那说明服务器自己懂得什么。" } },
			},
			why = { "One field names the call, another the extension that the phone must understand (RFC 3261 20.32).",
				zh = "一个头字段指明呼叫，另一个指明缺了就没有意义的扩展（RFC 3261 第 20.32 节）。" },
			hint = { "A phone that does not know the extension sends 420 (RFC 3261 8.2.2.3): which line of `INVITE@parkserver` causes it?",
				zh = "不懂这个扩展的话机返回 420（RFC 3261 第 8.2.2.3 节）：由 `INVITE@parkserver` 的哪一行引起？" },
			ask = { "The server's INVITE must replace Bob's call, or be rejected; it must not ring like any other. Which of its header fields says that Alice's phone has to understand that?\n\n    rung show call-park -m method=INVITE src=parkserver",
				zh = "服务器的 INVITE 要么取代 Bob 的呼叫，要么被拒绝，不得像普通呼叫那样振铃。它的哪个头字段说明 Alice 的话机必须懂得这一点？\n\n    rung show call-park -m method=INVITE src=parkserver" },
		},
		{
			text = { "Subscription-State", "Subscription-State:" },
			rule = "notify-news",
			wrong = {
				{ "Event", why = { "It is the same in both.", zh = "两个中都一样。" } },
				{ "Content-Type", why = { "It says which format the body has.", zh = "它说明消息体的写法。" } },
			},
			why = { "Compare the two NOTIFYs line by line; the body has the outcome, and a header field says what happens to the subscription.",
				zh = "逐行比较两个 NOTIFY；消息体说明结果，一个头字段说明订阅怎样。" },
			hint = { "Compare `NOTIFY@parkserver#2` with `NOTIFY@parkserver`: RFC 6665 4.1.3 has the field.",
				zh = "把 `NOTIFY@parkserver#2` 与 `NOTIFY@parkserver` 并排：这个头字段见 RFC 6665 第 4.1.3 节。" },
			ask = { "Two NOTIFYs tell Bob's phone the result of its REFER. Which header field of the second says that no more will follow?\n\n    rung show call-park -m method=NOTIFY",
				zh = "两个 NOTIFY 告诉 Bob 的话机 REFER 的结果。第二个的哪个头字段说明不会再有别的？\n\n    rung show call-park -m method=NOTIFY" },
		},
	},
}

task {
	time = function(t) return answer_to(t, "carol").time - answer_to(t, "parkserver").time end,
	tolerance = 0.005,
	wrong = {
		{ function(t) return t:first("kind=send method=INVITE src=carol").time - parking(t).time end,
			why = { "That is from INVITE to INVITE; take the 200s of Alice's phone.", zh = "那是从 INVITE 到 INVITE；应看 Alice 的话机的 200。" } },
		{ function(t) return t:last("kind=send method=BYE").time - answer_to(t, "parkserver").time end,
			why = { "That is when Carol hangs up; she had got the call long before.", zh = "那时 Carol 挂断；她早已取回呼叫。" } },
	},
	why = { "Alice's phone answers two INVITEs: the server's and Carol's. Take the times at which it sends the two 200s.",
		zh = "Alice 的话机响应两个 INVITE：服务器的和 Carol 的。取它发送这两个 200 的时刻之差。" },
	records = function(t) return { answer_to(t, "parkserver"), answer_to(t, "carol") } end,
	hint = { "`status=200 cseq=INVITE src=alice` leaves out the responses to BYEs: to which node does each go?",
		zh = "`status=200 cseq=INVITE src=alice` 去掉了对 BYE 的响应：各发给谁？" },
}

task {
	goal = {
		{ "Carol and Bob both ask for the place of the parked call", zh = "Carol 和 Bob 都要求取代驻留的呼叫",
			function(t)
				local hers, his = t:first "kind=send method=INVITE src=carol", t:first "kind=send method=INVITE src=bob"
				return hers ~= nil and his ~= nil and hers:header "Replaces" ~= nil and
				    hers:header "Replaces" == his:header "Replaces", his
			end },
		{ "Carol gets it", zh = "Carol 得到它",
			function(t) return answer_to(t, "carol") ~= nil, answer_to(t, "carol") end },
		{ "Bob gets 603: the call is over", zh = "Bob 收到 603：那个呼叫已结束",
			function(t) return t:first "kind=send src=alice dst=bob status=603" ~= nil, t:first "kind=send src=alice dst=bob status=603" end,
			rule = "replaces-over",
			why = { "His INVITE must arrive just after the parked call has ended, not before and not much later.",
				zh = "他的 INVITE 要在驻留的呼叫刚刚结束时到达，不能更早，也不能晚得多。" } },
		{ "Carol and Alice stay connected", zh = "Carol 与 Alice 的通话没有因此被切断",
			function(t)
				local refused, bye = t:first "kind=send src=alice dst=bob status=603", t:last "kind=send method=BYE src=carol"
				return refused ~= nil and t:count "kind=send method=BYE src=alice dst=carol" == 0 and
				    (bye == nil or bye.time > refused.time), bye
			end },
	},
	points = 3,
	hint = { "RFC 3891 3 requires 603 if the named dialog is over: start Bob's invite from `bob:on` in `lab.lua` directly after that of Carol, waiting only for the 30 ms.", zh = "按 RFC 3891 第 3 节，指名的对话已结束时返回 603：在 `lab.lua` 的 `bob:on` 中紧接 Carol 的 invite 发起他的，中间除 30 ms 外什么也不等。" },
}
