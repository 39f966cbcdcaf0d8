-- The tasks of rfc5359-2.4; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "carol.answer=1000ms..4000ms:500ms", "router--carol.delay=5ms..45ms:10ms" }

task {
	choice = {
		{ "the subscription of the REFER, its second usage",
			zh = "REFER 的订阅，即它的第二种用法",
			right = true, rule = "usage-bye" },
		{ "the 200 to the BYE, which has not come yet",
			zh = "还没有到来的对 BYE 的 200",
			why = { "It has come at 4.1 s; the dialog goes on to the last NOTIFY.",
				zh = "4.1 s 时它已到来；对话一直持续到最后一个 NOTIFY。" }, rule = "usage-bye" },
		{ "nothing: the NOTIFYs go outside of any dialog",
			zh = "没有：NOTIFY 在任何对话之外发送",
			why = { "They have the Call-ID and the tags of the call.", zh = "它们带有该呼叫的 Call-ID 和 tag。" } },
		{ "Bob's call with Carol, which goes on in it",
			zh = "Bob 与 Carol 的呼叫，它在其中继续",
			why = { "That is another dialog, in which Alice has no part.", zh = "那是另一个对话，与 Alice 无关。" }, rule = "refer-invite" },
	},
	points = 2,
	records = function(t) return t:last "kind=dialog node=alice" end,
}

task {
	choice = {
		{ "Alice: she is alone and has to call Bob again",
			zh = "Alice：她没有通话，必须再呼叫 Bob",
			why = { "She has hung up, and hears of the 486 by NOTIFY; it is Bob who has nobody.",
				zh = "她已挂断，并从 NOTIFY 得知 486；没有人可通话的是 Bob。" }, rule = "notify-final" },
		{ "Carol: her phone rings twice, for two calls",
			zh = "Carol：她的话机为两个呼叫响两次",
			why = { "It does not ring at all.", zh = "它根本不振铃。" } },
		{ "nobody: Bob's call with Alice goes on",
			zh = "没有人：Bob 与 Alice 的呼叫继续",
			why = { "So it is in transfer, where she waits for the outcome.", zh = "在 transfer 中是这样，那里她等待结果。" }, rule = "transfer-failed" },
		{ "Bob: his call is over, and he gets no other",
			zh = "Bob：他的呼叫已结束，又得不到别的",
			right = true, rule = "transfer-failed" },
	},
	points = 2,
}

task {
	text = "Referred-By",
	wrong = {
		{ "Refer-To", rule = "refer-invite",
			why = { "That is in the REFER, and says whom to call.", zh = "它在 REFER 中，说明要呼叫谁。" } },
		{ "From", rule = "refer-invite",
			why = { "From is Bob, who calls.", zh = "From 是 Bob，他是主叫。" } },
		{ "Contact", why = { "That is where Bob's phone is reached.", zh = "那是 Bob 的话机的地址。" } },
		{ "Replaces", why = { "There is none: nobody's place is taken.", zh = "这里没有：没有取代谁的位置。" } },
	},
	why = { "Read Bob's INVITE to Carol and look for the field that has Alice's address in it.",
		zh = "读 Bob 给 Carol 的 INVITE，找出含有 Alice 的地址的字段。" },
	records = function(t) return t:first "kind=send dst=carol method=INVITE" end,
}

local function bye(t)
	return t:first "kind=send src=alice method=BYE"
end

local function told(t)
	return t:last "kind=recv dst=alice method=NOTIFY"
end

task {
	time = function(t) return told(t).time - bye(t).time end,
	tolerance = "2ms",
	wrong = {
		{ function(t) return t:first("kind=send src=carol status=200").time - bye(t).time end,
			why = { "Then Carol answers; Alice's phone has to be told.", zh = "那时 Carol 接听；Alice 的话机还要得到通知。" } },
		{ function(t) return t:first("kind=recv dst=alice method=NOTIFY").time - bye(t).time end,
			why = { "The first NOTIFY says 100: it comes before the BYE.", zh = "第一个 NOTIFY 说的是 100：它在 BYE 之前到来。" }, rule = "notify-first" },
	},
	why = { "Count from the sending of Alice's BYE to the arrival of the NOTIFY whose body has the 200.",
		zh = "从 Alice 发送 BYE 算起，到消息体含 200 的 NOTIFY 到达为止。" },
	records = told,
}

task {
	goal = {
		{ "Alice hangs up before any NOTIFY has come", zh = "Alice 在任何 NOTIFY 到来之前挂断",
			function(t)
				local first = t:first "kind=recv dst=alice method=NOTIFY"
				return bye(t) ~= nil and t:count "kind=send src=alice method=REFER" > 0 and (first == nil or bye(t).seq < first.seq), bye(t)
			end },
		{ "Bob calls Carol, and she answers", zh = "Bob 呼叫 Carol，她接听",
			function(t) return t:count "kind=send src=carol status=200 cseq=INVITE" > 0, t:first "kind=send src=carol status=200 cseq=INVITE" end, rule = "refer-invite" },
		{ "Alice's phone answers two NOTIFYs with 200", zh = "Alice 的话机用 200 响应两个 NOTIFY",
			function(t) return t:count "kind=send src=alice status=200 cseq=NOTIFY" > 1, t:last "kind=send src=alice status=200 cseq=NOTIFY" end,
			rule = "usage-bye" },
	},
	points = 3,
}
