-- The tasks of rfc3891-7.1; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "seed=1..999:1" }

local function notify(t)
	return t:first "kind=send method=NOTIFY src=desk"
end

task {
	choice = {
		{ "one NOTIFY with the present state, and nothing after it", zh = "仅仅一个带有当前状态的 NOTIFY", right = true },
		{ "the end of a subscription that the computer has had", zh = "结束电脑早先已有的那个订阅",
			why = { "It has no To tag: the computer had no subscription. Within the dialog of a subscription it would mean that.",
				zh = "它没有 To tag：电脑没有订阅。只有在订阅的对话内它才有这个意思。" }, rule = "subscribe-stop" },
		{ "a subscription that lasts until the computer ends it", zh = "一个订阅，持续到电脑结束它为止",
			why = { "Zero seconds are granted; a longer subscription needs another Expires.", zh = "准许的是零秒；想要长期的应写明时间。" } },
		{ "news from the next change on, but not the present state", zh = "从下一次变化起的通知，但不要当前状态",
			why = { "Each SUBSCRIBE causes a NOTIFY with the state at once.", zh = "每个 SUBSCRIBE 都立即带来一个含有状态的 NOTIFY。" },
			rule = "notify-at-once" },
	},
	rule = "notify-at-once",
	records = notify,
}

task {
	text = function(t)
		local tag = t:first("kind=send method=INVITE src=pc"):header("Replaces"):match "to%-tag=([^;]+)"
		return notify(t).text:match("([a-z]+%-tag)=\"" .. tag .. "\"")
	end,
	rule = "replaces-send",
	wrong = {
		{ "local-tag", why = { "That is the desk phone's own. The INVITE goes to Alice's phone, whose own tag is the to-tag.",
			zh = "那是桌面话机自己的 tag。INVITE 发往 Alice 的话机，to-tag 是她的话机自己的 tag。" } },
	},
	why = { "Compare the value of `to-tag` in the INVITE with the two attributes of the dialog in the NOTIFY: one is equal.",
		zh = "把 INVITE 中 `to-tag` 的值与 NOTIFY 里对话的两个属性比较：其中一个相同。" },
	records = function(t) return { notify(t), t:first "kind=send method=INVITE src=pc" } end,
	hint = { "Compare Replaces of `INVITE@pc` with the dialog in `NOTIFY@desk`: which phone reads the former, and which writes the latter?", zh = "把 `INVITE@pc` 的 Replaces 与 `NOTIFY@desk` 中的对话对照：前者由谁的话机读，后者由谁写？" },
	others = {
		{ text = "local-tag",
			ask = { "The NOTIFY describes the call with two tags, `local-tag` and `remote-tag`. Which of the two is the `from-tag` of the computer's Replaces?",
				zh = "NOTIFY 用两个 tag 说明呼叫：`local-tag` 和 `remote-tag`。电脑的 Replaces 中的 `from-tag` 是两者中的哪一个？" },
			wrong = {
				{ "remote-tag", why = { "The remote tag at the desk is Alice's own, and for her phone that is the to-tag.", zh = "桌面话机的 remote 是 Alice 自己的；对她的话机来说那是 to-tag。" } },
			},
			why = { "Compare the value of `from-tag` in the INVITE with the two attributes of the dialog in the NOTIFY: one is equal.", zh = "把 INVITE 中 `from-tag` 的值与 NOTIFY 里对话的两个属性比较：其中一个相同。" },
			rule = "replaces-send",
			records = function(t) return { notify(t), t:first "kind=send method=INVITE src=pc" } end,
			hint = { "RFC 3891, 3: from-tag is the peer's, as Alice's phone sees it. Whose own tag is that in `NOTIFY@desk`?", zh = "RFC 3891 第 3 节：from-tag 是 Alice 的话机所见的对方的。在 `NOTIFY@desk` 中那是谁自己的 tag？" } },
	},
}

task {
	draw = "kind=send node=desk from=4.025s",
	rule = "cancel-487",
	hint = { "Two final responses come from the desk, with two CSeqs: RFC 3261, 9.2; `src=desk dst=alice from=4s`.", zh = "桌面话机发来两个最终响应，CSeq 不同：RFC 3261 第 9.2 节；`src=desk dst=alice from=4s`。" },
	ahead = true,
	others = {
		{ draw = "kind=send node=pc",
			ask = { "Before you look at the run: draw all messages between the computer and the two phones, one line each: `pc -> desk SUBSCRIBE`.\n\n    rung show rfc3891-7.1 node=pc kind=send",
				zh = "先不看运行：画出电脑与两部话机之间将有的所有消息，每条一行，如 `pc -> desk SUBSCRIBE`。\n\n    rung show rfc3891-7.1 node=pc kind=send" },
			ahead = true,
			hint = { "A query, its notification, then a call to another phone: `src=pc kind=send` is the computer's part.", zh = "一次询问和得到的通知，然后呼叫另一部话机：`src=pc kind=send` 是它自己的部分。" } },
		{ time = function(t) return t:first("kind=send method=INVITE src=pc").time - t:first("kind=send method=SUBSCRIBE").time end,
			ask = { "Before you look at the run: how long after its SUBSCRIBE will the computer send its INVITE, if a message takes 10 ms from one node to the other?\n\n    rung show rfc3891-7.1 node=pc kind=send,recv",
				zh = "先不看运行：如果一条消息从一个节点到另一个要 10 ms，电脑在发出 SUBSCRIBE 多久之后将发送 INVITE？\n\n    rung show rfc3891-7.1 node=pc kind=send,recv" },
			ahead = true,
			wrong = {
				{ function(t) return notify(t).time - t:first("kind=send method=SUBSCRIBE").time end, why = { "At that time the desk phone sends the NOTIFY, which must arrive first.", zh = "那时桌面话机才发出 NOTIFY；它要先到达。" } },
			},
			why = { "It is sent when the NOTIFY has arrived: one round trip.", zh = "NOTIFY 到达后它才发出：一去一回。" },
			records = function(t) return t:first "kind=send method=INVITE src=pc" end,
			tolerance = 0.001,
			hint = { "`SUBSCRIBE@pc` and `INVITE@pc`: between them the computer must hear from the desk phone.", zh = "`SUBSCRIBE@pc` 和 `INVITE@pc`：其间要听到桌面话机的消息。" } },
	},
}

task {
	choice = {
		{ "a BYE: whoever has called ends the call by it", zh = "BYE：主叫总是用它来结束呼叫",
			why = { "A BYE is for an answered call; this one has had only a 180.", zh = "BYE 用于已接听的呼叫；这个呼叫只收到过 180。" }, rule = "bye-send" },
		{ "a CANCEL: early-only in the INVITE asks for it", zh = "CANCEL：INVITE 中的 early-only 要求它",
			why = { "early-only says under which condition the call may be replaced. Without it the same request would be sent.",
				zh = "early-only 只规定在什么情况下可以取代。没有它，发出的请求也相同。" } },
		{ "a BYE: the computer's 200 confirmed the dialog", zh = "BYE：给电脑的 200 确认了这个对话",
			why = { "That 200 is for another call, with another Call-ID.", zh = "那个 200 属于另一个呼叫，Call-ID 不同。" }, rule = "dialog-uac" },
		{ "a CANCEL: nobody has answered at the desk", zh = "CANCEL：桌边还没有人接听", right = true },
	},
	ahead = true,
	rule = "replaces-accept",
	records = function(t) return t:first "kind=send method=CANCEL" end,
}

task {
	goal = {
		{ "the NOTIFY says that the desk phone rings", zh = "NOTIFY 写明桌面话机在振铃",
			function(t)
				local r = notify(t)
				return r ~= nil and r.text:find "<state>early</state>" ~= nil, r
			end, why = { "The call must not be answered before 4.01 s.", zh = "不能在 4.01 s 之前接听。" } },
		{ "the computer asks Alice's phone for the call", zh = "电脑向 Alice 的话机要求这个呼叫",
			function(t) return t:first "kind=send method=INVITE src=pc dst=alice" ~= nil, t:first "kind=send method=INVITE src=pc dst=alice" end },
		{ "it arrives too late: 486", zh = "它来得太晚：486",
			function(t) return t:first "kind=send src=alice dst=pc status=486" ~= nil, t:first "kind=send src=alice dst=pc status=486" end,
			rule = "replaces-answered",
			why = { "The desk phone's 200 must reach Alice before the computer's INVITE does.",
				zh = "桌面话机的 200 必须比电脑的 INVITE 先到 Alice。" } },
		{ "the person who answered at the desk stays in the call", zh = "在桌边接听的人继续通话",
			function(t)
				return t:first "kind=send src=alice method=ACK dst=desk" ~= nil and
				    t:count "kind=send method=BYE" == 0 and t:count "kind=send method=CANCEL" == 0
			end },
	},
	points = 3,
	hint = { "`answer` of `desk` counts from `180@desk` (docs/TOPOLOGY.md); somebody must answer after the transmission of `NOTIFY@desk`, and the 200 must reach Alice before `INVITE@pc`.", zh = "`desk` 的 `answer` 从 `180@desk` 起算（docs/TOPOLOGY.md）；要在 `NOTIFY@desk` 发送之后接听，而 200 要比 `INVITE@pc` 先到 Alice。" },
}
