-- The tasks of rfc5359-2.18; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "carol.answer=1000ms..4000ms:500ms", "pc--router.delay=5ms..45ms:10ms" }

local function refer(t)
	return t:first "kind=send src=pc method=REFER"
end

task {
	draw = "kind=send node=pc",
	ahead = true,
	rule = "refer-untold",
	hint = { "RFC 4488, 4: what does a phone that obeys it leave out? Compare with `transfer`; `dst=pc kind=recv`.", zh = "RFC 4488 第 4 节：照办的话机省去什么？与 `transfer` 比较；`dst=pc kind=recv`。" },
	others = {
		{ draw = "kind=send src=bob,carol dst=bob,carol",
			ask = { "Before you look at the run: draw all messages between Bob's phone and Carol's, one line each: `bob -> carol INVITE`.\n\n    rung show rfc5359-2.18 node=carol kind=send",
				zh = "先不看运行：画出 Bob 的话机与 Carol 的话机之间将有的所有消息，每条一行，如 `bob -> carol INVITE`。\n\n    rung show rfc5359-2.18 node=carol kind=send" },
			ahead = true,
			rule = "refer-invite",
			hint = { "Bob's phone is the caller in this call, RFC 3515, 2.4.3, and nobody hangs up: `src=carol kind=send` is what hers sends.", zh = "Bob 的话机是这个呼叫的主叫，RFC 3515 第 2.4.3 节，没有人挂断：`src=carol kind=send` 是 Carol 的话机所说的。" } },
		{ number = function(t) return t:count "kind=dialog node=pc" end,
			ask = { "Before you look at the run: how many dialogs will there be between the computer and the phone?\n\n    rung show rfc5359-2.18 kind=dialog",
				zh = "先不看运行：电脑与话机之间将有多少个对话？\n\n    rung show rfc5359-2.18 kind=dialog" },
			ahead = true,
			wrong = {
				{ 1, why = { "By what does a REFER create a dialog (RFC 3515, 2.4.4), and does the computer want that?", zh = "REFER 靠什么建立对话（RFC 3515 第 2.4.4 节）？电脑要求它了吗？" } },
				{ 2, why = { "The records are of the call between Bob and Carol.", zh = "这些记录属于 Bob 与 Carol 的呼叫。" } },
			},
			why = { "Count the dialog records of the computer: what would create a dialog here, and does it exist?", zh = "数计算机的 dialog 记录：这里什么会建立对话，它存在吗？" },
			rule = "refer-untold",
			records = function(t) return { refer(t) } end,
			hint = { "RFC 3515, 2.4.4 creates one by a subscription: what in `REFER@pc` and in `202@bob` says whether there is one, RFC 4488, 4?", zh = "RFC 3515 第 2.4.4 节通过订阅建立对话：`REFER@pc` 和 `202@bob` 中哪个字段说明有没有订阅，RFC 4488 第 4 节？" } },
	},
}

task {
	text = "Refer-Sub",
	wrong = {
		{ "Refer-To", rule = "refer-invite",
			why = { "That says whom to call.", zh = "它说明要呼叫谁。" } },
		{ "Referred-By", why = { "That says who sends the request.", zh = "它说明是谁请求的。" } },
		{ "Subscription-State", why = { "That is in NOTIFYs, of which there are none.", zh = "它在 NOTIFY 中，而这里没有 NOTIFY。" } },
		{ "Expires", why = { "It is not there.", zh = "这里没有它。" } },
	},
	rule = "refer-unheard",
	why = { "Read the REFER field by field: one has the value false.",
		zh = "逐个字段读 REFER：其中一个的值是 false。" },
	records = refer,
	hint = { "Compare `202@bob` with `REFER@pc`: which field is in both, besides those that each response copies, RFC 3261, 8.2.6.2? RFC 4488, 4 has it.", zh = "把 `202@bob` 与 `REFER@pc` 并排比较：除了每个响应都要复制的字段（RFC 3261 第 8.2.6.2 节），哪个字段两边都有？见 RFC 4488 第 4 节。" },
	others = {
		{ text = "Referred-By",
			ask = { "Which header field of the REFER says who wants the call? (RFC 3892.)",
				zh = "REFER 的哪个头字段说明是谁请求这个呼叫？（RFC 3892。）" },
			wrong = {
				{ "Refer-To", why = { "That says whom to call.", zh = "它说明要呼叫谁。" } },
				{ "From", why = { "That is the sender of this request; another field is passed on to Carol.", zh = "它说明谁发送这个请求；另有字段把它转告 Carol。" } },
				{ "Contact", why = { "That is the address of the computer.", zh = "那是电脑的地址。" } },
			},
			why = { "Read the REFER field by field: besides From and Contact, one has the computer's URI.", zh = "逐个字段读 REFER：除 From 和 Contact 外，还有一个含有电脑的 URI。" },
			rule = "refer-invite",
			records = function(t) return { refer(t) } end,
			hint = { "Bob's phone also adds it to `INVITE@bob`, so that Carol sees it.", zh = "Bob 的话机也把它写进 `INVITE@bob`，使 Carol 看得到。" } },
		{ text = "Refer-To",
			ask = { "From which header field of the REFER does Bob's phone take the Request-URI of its INVITE? (RFC 3515.)",
				zh = "Bob 的话机从 REFER 的哪个头字段得到它的 INVITE 的请求 URI？（RFC 3515。）" },
			wrong = {
				{ "Referred-By", why = { "That says who sends the request.", zh = "它说明是谁请求的。" } },
				{ "To", why = { "That is Bob's phone, which gets the request.", zh = "那是被请求的 Bob 的话机。" } },
			},
			why = { "Look for Carol's URI in the REFER.", zh = "在 REFER 中找 Carol 的 URI。" },
			rule = "refer-invite",
			records = function(t) return { refer(t) } end,
			hint = { "Compare the first line of `INVITE@bob` with `REFER@pc`; RFC 3515, 2.1 has the field.", zh = "比较 `INVITE@bob` 的第一行与 `REFER@pc`；字段见 RFC 3515 第 2.1 节。" } },
	},
}

task {
	choice = {
		{ "nothing: with its 202 it has promised nothing yet", zh = "什么也不必：202 还没有答应什么",
			why = { "It says that the phone obeys.", zh = "它表示话机照办。" }, rule = "refer-accept" },
		{ "the From of the REFER, that it names Bob", zh = "REFER 的 From 是否写着 Bob",
			why = { "Anybody can write that.", zh = "任何人都能这样写。" } },
		{ "the password of the sender, and Bob's consent",
			zh = "请求者的密码，以及 Bob 的同意",
			right = true, rule = "refer-asks" },
		{ "Carol, whether she is free for the call", zh = "Carol 是否空闲，能接这个呼叫",
			why = { "The INVITE does that, and it is too late for Bob then.", zh = "那是 INVITE 的事，而且那时对 Bob 已太晚。" } },
	},
	points = 2,
	records = refer,
}

local function answered(t)
	return t:first "kind=recv dst=bob src=carol status=200"
end

task {
	time = function(t) return answered(t).time - refer(t).time end,
	tolerance = "1ms",
	wrong = {
		{ function(t) return t:first("kind=send src=carol status=200").time - refer(t).time end,
			why = { "At that time Carol answers.", zh = "那是 Carol 接听的时间。" } },
		{ function(t) return answered(t).time - t:first("kind=send src=bob method=INVITE").time end,
			why = { "That is counted from the INVITE.", zh = "这是从 INVITE 算起的。" } },
		{ function(t) return t:first("kind=recv dst=pc status=202").time - refer(t).time end, rule = "refer-accept",
			why = { "A 202 says that the server will try it.", zh = "202 表示将会尝试。" } },
	},
	why = { "Count from the transmission of the REFER, which the click causes, to the arrival of Carol's 200 at Bob's phone.",
		zh = "从点击引起的 REFER 的发送算起，到 Carol 的 200 到达 Bob 的话机为止。" },
	records = function(t) return { refer(t), answered(t) } end,
	hint = { "The click is at the time of `REFER@pc`; Carol's 200 must reach Bob: `dst=bob status=200`.", zh = "点击就是 `REFER@pc` 的时刻；Carol 的 200 要到达 Bob：`dst=bob status=200`。" },
}

task {
	goal = {
		{ "the REFER has no Refer-Sub", zh = "REFER 没有 Refer-Sub",
			function(t)
				local r = refer(t)
				return r ~= nil and r:header "Refer-Sub" == nil, r
			end },
		{ "Bob's phone sends a NOTIFY, and the computer answers 481", zh = "Bob 的话机发送 NOTIFY，电脑返回 481",
			function(t) return t:count "kind=send src=pc status=481 cseq=NOTIFY" > 0, t:first "kind=send src=pc status=481" end,
			rule = "notify-none" },
		{ "Carol is still called, and answers", zh = "仍然呼叫 Carol，她接听",
			function(t) return answered(t) ~= nil, answered(t) end },
	},
	points = 2,
}
