-- The tasks of rfc5359-2.4; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "carol.answer=1000ms..4000ms:500ms", "router--carol.delay=5ms..45ms:10ms" }

local function bye(t)
	return t:first "kind=send src=alice method=BYE"
end

task {
	draw = "kind=send node=alice from=4.055s",
	ahead = true,
	rule = "usage-bye",
	hint = { "RFC 5057, 4: a BYE ends one usage of the dialog. `src=bob dst=alice from=4.055s kind=send` is what Bob's phone still sends in it: which of these must be answered?", zh = "RFC 5057 第 4 节：BYE 结束对话的一种用途。`src=bob dst=alice from=4.055s kind=send` 是 Bob 的话机此后在其中说的：哪些必须响应？" },
	others = {
		{ draw = "kind=send node=carol",
			ask = { "Before you look at the run: draw all messages between Bob's phone and Carol's, one line each: `bob -> carol INVITE`.\n\n    rung show rfc5359-2.4 node=carol kind=send",
				zh = "先不看运行：画出 Bob 的话机与 Carol 的话机之间将有的消息，每条一行，如 `bob -> carol INVITE`。\n\n    rung show rfc5359-2.4 node=carol kind=send" },
			ahead = true,
			rule = "refer-invite",
			hint = { "It is a call like any other, made because of a REFER, RFC 3515, 2.4.3: `dst=carol kind=recv`.", zh = "与别的呼叫一样，因 REFER 而发起，RFC 3515 第 2.4.3 节：`dst=carol kind=recv`。" } },
		{ draw = "kind=send cseq=REFER,NOTIFY",
			ask = { "Before you look at the run: draw the REFER, the NOTIFYs and all responses to them, one line each: `alice -> bob REFER`.\n\n    rung show rfc5359-2.4 cseq=REFER,NOTIFY kind=send",
				zh = "先不看运行：画出 REFER、各个 NOTIFY 和对它们的所有响应，每条一行，如 `alice -> bob REFER`。\n\n    rung show rfc5359-2.4 cseq=REFER,NOTIFY kind=send" },
			ahead = true,
			rule = "notify-final",
			hint = { "There are two NOTIFYs, before and after the new call, RFC 3515, 2.4.4 and 2.4.5: `method=NOTIFY src=bob`.", zh = "两个 NOTIFY，在新呼叫之前和之后，RFC 3515 第 2.4.4 和 2.4.5 节：`method=NOTIFY src=bob`。" } },
	},
}

task {
	choice = {
		{ "the subscription of the REFER, its second usage",
			zh = "REFER 的订阅，即它的第二种用法",
			right = true, rule = "usage-bye" },
		{ "the 200 to the BYE, which has not come yet",
			zh = "还没有到来的对 BYE 的 200",
			why = { "It has arrived at 4.1 s; the dialog lasts until the last NOTIFY.",
				zh = "4.1 s 时它已到来；对话一直持续到最后一个 NOTIFY。" }, rule = "usage-bye" },
		{ "nothing: the NOTIFYs go outside of any dialog",
			zh = "没有：NOTIFY 在任何对话之外发送",
			why = { "They have the Call-ID and the tags of the call.", zh = "它们带有该呼叫的 Call-ID 和 tag。" } },
		{ "Bob's call with Carol, which goes on in it",
			zh = "Bob 与 Carol 的呼叫，它在其中继续",
			why = { "That is another dialog, in which Alice does not take part.", zh = "那是另一个对话，与 Alice 无关。" }, rule = "refer-invite" },
	},
	points = 2,
	records = function(t) return t:last "kind=dialog node=alice" end,
}

task {
	choice = {
		{ "Alice: she is alone, and has to call Bob again",
			zh = "Alice：她没有通话，必须再呼叫 Bob",
			why = { "She has hung up, and learns about the 486 by NOTIFY; Bob has no call.",
				zh = "她已挂断，并从 NOTIFY 得知 486；没有人可通话的是 Bob。" }, rule = "notify-final" },
		{ "Carol: her phone rings twice, for two calls",
			zh = "Carol：她的话机为两个呼叫响两次",
			why = { "It does not ring at all.", zh = "它根本不振铃。" } },
		{ "nobody: Bob's call with Alice goes on",
			zh = "没有人：Bob 与 Alice 的呼叫继续",
			why = { "That is so in transfer, where she waits for the outcome.", zh = "在 transfer 中是这样，那里她等待结果。" }, rule = "transfer-failed" },
		{ "Bob: his call is over and no new one comes",
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
		{ "Contact", why = { "That is the address of Bob's phone.", zh = "那是 Bob 的话机的地址。" } },
		{ "Replaces", why = { "There is none: no call is replaced.", zh = "这里没有：没有取代谁的位置。" } },
	},
	why = { "Read Bob's INVITE to Carol and look for the field that has Alice's address in it.",
		zh = "读 Bob 给 Carol 的 INVITE，找出含有 Alice 的地址的字段。" },
	records = function(t) return t:first "kind=send dst=carol method=INVITE" end,
	hint = { "`INVITE@bob#2` has a field that an INVITE without a REFER does not have; RFC 3892, 3.", zh = "`INVITE@bob#2` 有一个没有 REFER 的呼叫所没有的字段；RFC 3892 第 3 节。" },
	others = {
		{ text = "Refer-To",
			ask = { "Which header field of Alice's REFER says whom Bob's phone should call?\n\n    rung show rfc5359-2.4 -m method=REFER kind=send",
				zh = "Alice 的 REFER 中哪个头字段说明 Bob 的话机要呼叫谁？\n\n    rung show rfc5359-2.4 -m method=REFER kind=send" },
			wrong = {
				{ "Referred-By", why = { "That says who sends the request.", zh = "它说明是谁请求的。" } },
				{ "To", why = { "To is Bob, who gets the request.", zh = "To 是被请求的 Bob。" } },
			},
			why = { "Read the REFER and look for the field that has Carol's address in it.", zh = "读 REFER，找出含有 Carol 的地址的字段。" },
			rule = "refer-invite",
			records = function(t) return t:first "kind=send method=REFER" end,
			hint = { "`REFER@alice` must have exactly one of it, RFC 3515, 2.4.1.", zh = "`REFER@alice` 必须恰好有一个，RFC 3515 第 2.4.1 节。" } },
		{ text = "Subscription-State",
			ask = { "Which header field of the second NOTIFY says that no more will follow?\n\n    rung show rfc5359-2.4 -m method=NOTIFY kind=send",
				zh = "第二个 NOTIFY 的哪个头字段说明不会再有下一个？\n\n    rung show rfc5359-2.4 -m method=NOTIFY kind=send" },
			wrong = {
				{ "Event", why = { "That says which package, and does not change.", zh = "它说明是哪个事件包，不变。" } },
				{ "Expires", why = { "It is not there; another field has the remaining time.", zh = "这里没有它；另一个字段说明多久。" } },
				{ "CSeq", why = { "That only counts the requests.", zh = "它只给请求编号。" } },
			},
			why = { "Read the last NOTIFY field by field: one says terminated.", zh = "逐个字段读最后一个 NOTIFY：其中一个写着 terminated。" },
			rule = "notify-news",
			records = function(t) return t:last "kind=send method=NOTIFY" end,
			hint = { "Compare `NOTIFY@bob` with `NOTIFY@bob#2`: the word in one field has changed, RFC 6665, 4.1.3.", zh = "对照 `NOTIFY@bob` 与 `NOTIFY@bob#2`：有一个字段的词变了，RFC 6665 第 4.1.3 节。" } },
	},
}

task {
	goal = {
		{ "Alice hangs up before any NOTIFY has arrived", zh = "Alice 在任何 NOTIFY 到来之前挂断",
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
