-- The tasks of rfc5359-2.16; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice--router.delay=5ms..45ms:10ms" }

local function look(t)
	return t:first "kind=send dst=bill method=NOTIFY"
end

local function taking(t)
	return t:first "kind=send src=bill method=INVITE"
end

task {
	text = { "target", "remote target", "target uri", "remote/target" },
	wrong = {
		{ "identity", rule = "replaces-send",
			why = { "That says who it is; a call goes to where the phone is.", zh = "它说明是谁；呼叫要发往话机所在的地址。" } },
		{ "call-id", why = { "That becomes part of the Replaces.", zh = "它成为 Replaces 的一部分。" }, rule = "replaces-send" },
		{ "entity", why = { "That is Bob, whose dialogs these are.", zh = "那是 Bob，这些对话是他的。" } },
		{ "dialog", why = { "That is the whole; name the part of it in which the URI stands.", zh = "那是整体；请指出 URI 在其中的哪一部分。" } },
	},
	why = { "Put the Request-URI of Bill's INVITE beside the NOTIFY's body and look for the element that has the same URI in it.",
		zh = "把 Bill 的 INVITE 的请求 URI 与 NOTIFY 的消息体对照，找出含有同一 URI 的元素。" },
	records = function(t) return { look(t), taking(t) } end,
}

task {
	choice = {
		{ "200: the Call-ID is sufficient",
			zh = "200：有 Call-ID 就够了",
			why = { "Call-ID and both tags have to match.", zh = "Call-ID 和两个 tag 都必须匹配。" }, rule = "replaces-none" },
		{ "404: there is no such user",
			zh = "404：没有这个用户",
			why = { "There is Alice; what is missing is the dialog.", zh = "有 Alice；没有的是对话。" }, rule = "replaces-none" },
		{ "481: she has no such dialog",
			zh = "481：她没有这样的对话",
			right = true, rule = "replaces-none" },
		{ "486: she is in another call",
			zh = "486：她在另一个呼叫中",
			why = { "That is what early-only leads to, when the dialog is there and answered.", zh = "那是对话存在但已被接听时 early-only 的结果。" }, rule = "replaces-early" },
	},
	points = 2,
	records = taking,
}

task {
	choice = {
		{ "so that Bill can take the call only before Bob's phone has rung",
			zh = "使 Bill 只能在 Bob 的话机振铃之前代接",
			why = { "Without ringing there is no early dialog that could be named.", zh = "不振铃就没有可以指明的早期对话。" }, rule = "replaces-early" },
		{ "if Bob has answered meanwhile the call stays with him",
			zh = "如果其间 Bob 已接听，呼叫就留给他",
			right = true, rule = "replaces-early" },
		{ "so that Alice's phone sends a CANCEL and no BYE",
			zh = "使 Alice 的话机发送 CANCEL 而不是 BYE",
			why = { "That follows from the dialog's state, with and without it.", zh = "那取决于对话的状态，与它无关。" }, rule = "replaces-bye" },
		{ "so that Bill's phone need not ring as well",
			zh = "使 Bill 的话机不必振铃",
			why = { "Bill calls; his phone rings for nobody.", zh = "Bill 是主叫；他的话机不会振铃。" } },
	},
	points = 2,
	records = taking,
}

local function has(t)
	return t:first "kind=call node=bill state=confirmed"
end

local function asked(t)
	return t:first "kind=send src=bill method=SUBSCRIBE"
end

task {
	time = function(t) return has(t).time - asked(t).time end,
	wrong = {
		{ function(t) return taking(t).time - asked(t).time end,
			why = { "Then his phone knows which call it is, and asks Alice's.", zh = "那时他的话机得知是哪个呼叫，并询问 Alice 的话机。" } },
		{ function(t) return t:first("kind=send src=alice status=200 cseq=INVITE").time - asked(t).time end,
			why = { "Then Alice's phone answers.", zh = "那时 Alice 的话机接听。" } },
	},
	why = { "Two records at Bill's phone: it sends its first request, the SUBSCRIBE, and the 200 to its INVITE arrives.",
		zh = "看 Bill 的话机的两条记录：它发送第一个请求 SUBSCRIBE，以及对它的 INVITE 的 200 到达。" },
	records = function(t) return { asked(t), has(t) } end,
}

task {
	goal = {
		{ "Bill's INVITE has early-only", zh = "Bill 的 INVITE 带有 early-only",
			function(t)
				local r = taking(t)
				local value = r ~= nil and r:header "Replaces" or nil
				return value ~= nil and value:find("early-only", 1, true) ~= nil, r
			end },
		{ "Bob answers after the NOTIFY was sent and before that INVITE arrives", zh = "Bob 在 NOTIFY 发出之后、该 INVITE 到达之前接听",
			function(t)
				local ok = t:first "kind=send src=bob dst=alice status=200 cseq=INVITE"
				local invite = taking(t) ~= nil and taking(t):arrival() or nil
				return ok ~= nil and look(t) ~= nil and invite ~= nil and look(t).seq < ok.seq and ok.seq < invite.seq, ok
			end },
		{ "Bill gets 486, and Bob has the call", zh = "Bill 得到 486，呼叫归 Bob",
			function(t)
				local last = t:last "kind=call node=bob state=confirmed"
				return t:count "kind=recv dst=bill status=486" > 0 and last ~= nil, t:first "kind=recv dst=bill status=486"
			end, rule = "replaces-early" },
	},
	points = 3,
	hint = { "The NOTIFY leaves Bob's phone at 4.010 s; Bill's INVITE arrives some time behind 4.020 s.",
		zh = "NOTIFY 在 4.010 s 离开 Bob 的话机；Bill 的 INVITE 在 4.020 s 之后到达。" },
}
