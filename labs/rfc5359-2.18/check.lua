-- The tasks of rfc5359-2.18; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "carol.answer=1000ms..4000ms:500ms", "pc--router.delay=5ms..45ms:10ms" }

local function refer(t)
	return t:first "kind=send src=pc method=REFER"
end

task {
	text = "Refer-Sub",
	wrong = {
		{ "Refer-To", rule = "refer-invite",
			why = { "That says whom to call.", zh = "它说明要呼叫谁。" } },
		{ "Referred-By", why = { "That says who asks.", zh = "它说明是谁请求的。" } },
		{ "Subscription-State", why = { "That is in NOTIFYs, of which there are none.", zh = "它在 NOTIFY 中，而这里没有 NOTIFY。" } },
		{ "Expires", why = { "It is not there.", zh = "这里没有它。" } },
	},
	rule = "refer-unheard",
	why = { "Read the REFER field by field: one has the value false.",
		zh = "逐个字段读 REFER：其中一个的值是 false。" },
	records = refer,
}

task {
	number = function(t) return t:count "kind=dialog node=pc" end,
	wrong = {
		{ 1, rule = "refer-untold",
			why = { "A REFER makes a dialog by its subscription; without that there is none.", zh = "REFER 靠订阅建立对话；没有订阅就没有对话。" } },
		{ 2, why = { "The records are of the call between Bob and Carol.", zh = "这些记录属于 Bob 与 Carol 的呼叫。" } },
	},
	rule = "refer-untold",
	why = { "Count the dialog records of the computer: what would make a dialog here, and is it there?",
		zh = "数计算机的 dialog 记录：这里什么会建立对话，它存在吗？" },
	records = refer,
}

task {
	choice = {
		{ "nothing: with its 202 it has promised nothing yet", zh = "什么也不必：202 还没有答应什么",
			why = { "It says that the phone obeys.", zh = "它表示话机照办。" }, rule = "refer-accept" },
		{ "the From of the REFER, that it names Bob", zh = "REFER 的 From 是否写着 Bob",
			why = { "Anybody can write that.", zh = "任何人都能这样写。" } },
		{ "the password of who asks, and Bob's consent",
			zh = "请求者的密码，以及 Bob 的同意",
			right = true, rule = "refer-asks" },
		{ "Carol, whether she is free for the call", zh = "Carol 是否空闲，能接这个呼叫",
			why = { "That is what the INVITE does, and it is too late for Bob then.", zh = "那是 INVITE 的事，而且那时对 Bob 已太晚。" } },
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
			why = { "Then Carol answers.", zh = "那是 Carol 接听的时间。" } },
		{ function(t) return answered(t).time - t:first("kind=send src=bob method=INVITE").time end,
			why = { "That is counted from the INVITE.", zh = "这是从 INVITE 算起的。" } },
		{ function(t) return t:first("kind=recv dst=pc status=202").time - refer(t).time end, rule = "refer-accept",
			why = { "A 202 says that it will be tried.", zh = "202 表示将会尝试。" } },
	},
	why = { "Count from the sending of the REFER, which the click causes, to the arrival of Carol's 200 at Bob's phone.",
		zh = "从点击引起的 REFER 的发送算起，到 Carol 的 200 到达 Bob 的话机为止。" },
	records = function(t) return { refer(t), answered(t) } end,
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
		{ "Carol is called all the same, and answers", zh = "仍然呼叫 Carol，她接听",
			function(t) return answered(t) ~= nil, answered(t) end },
	},
	points = 2,
}
