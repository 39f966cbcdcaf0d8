-- The tasks of rfc3891-7.1; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "seed=1..999:1" }

local function notify(t)
	return t:first "kind=send method=NOTIFY src=desk"
end

task {
	choice = {
		{ "one NOTIFY with the present state, and nothing after it", zh = "一个带有当前状态的 NOTIFY，之后不再有", right = true },
		{ "the end of a subscription that the computer has had", zh = "结束电脑早先已有的那个订阅",
			why = { "It has no To tag: the computer had none. In the dialog of a subscription it would mean that.",
				zh = "它没有 To tag：电脑没有订阅。只有在订阅的对话内它才有这个意思。" }, rule = "subscribe-stop" },
		{ "a subscription that lasts until the computer ends it", zh = "一个持续到电脑结束它为止的订阅",
			why = { "Zero seconds are granted; who wants it for long says so.", zh = "准许的是零秒；想要长期的应写明时间。" } },
		{ "news from the next change on, but not the present state", zh = "从下一次变化起的通知，但不要当前状态",
			why = { "Each SUBSCRIBE brings a NOTIFY with the state at once.", zh = "每个 SUBSCRIBE 都立即带来一个含有状态的 NOTIFY。" },
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
	why = { "Compare the value of `to-tag` in the INVITE with the two attributes of the dialog in the NOTIFY: one is the same.",
		zh = "把 INVITE 中 `to-tag` 的值与 NOTIFY 里对话的两个属性比较：其中一个相同。" },
	records = function(t) return { notify(t), t:first "kind=send method=INVITE src=pc" } end,
}

task {
	time = function(t)
		return t:first("kind=send method=INVITE src=pc").time - t:first("kind=send method=SUBSCRIBE").time
	end,
	tolerance = 0.001,
	wrong = {
		{ function(t) return notify(t).time - t:first("kind=send method=SUBSCRIBE").time end,
			why = { "Then the desk phone sends the NOTIFY; it must arrive first.", zh = "那时桌面话机才发出 NOTIFY；它要先到达。" } },
	},
	why = { "It goes out when the NOTIFY has come: there and back.", zh = "NOTIFY 到达后它才发出：一去一回。" },
	records = function(t) return t:first "kind=send method=INVITE src=pc" end,
}

task {
	choice = {
		{ "who has called may never send a BYE, but only a CANCEL", zh = "主叫永远不能发送 BYE，只能发送 CANCEL",
			why = { "Either side ends a call that was answered by BYE.", zh = "已接听的呼叫，双方都可以用 BYE 结束。" }, rule = "bye-send" },
		{ "the computer has asked for it in its INVITE by early-only", zh = "电脑在 INVITE 中用 early-only 要求这样做",
			why = { "early-only says when the call may be taken at all. Without it there would be a CANCEL here, too.",
				zh = "early-only 只规定在什么情况下可以取代。没有它，这里也是 CANCEL。" }, rule = "replaces-answered" },
		{ "a CANCEL ends answered calls and ringing ones alike, and is shorter", zh = "CANCEL 既能结束已接听的呼叫也能结束振铃的呼叫，而且更短",
			why = { "After the 200 a CANCEL changes nothing.", zh = "200 之后 CANCEL 不起任何作用。" }, rule = "cancel-recv" },
		{ "nobody has answered at the desk: the INVITE is pending",
			zh = "桌边没有人接听：INVITE 还没有最终响应", right = true },
	},
	rule = "replaces-accept",
	records = function(t) return t:first "kind=send method=CANCEL" end,
}

task {
	goal = {
		{ "the NOTIFY says that the desk phone rings", zh = "NOTIFY 写明桌面话机在振铃",
			function(t)
				local r = notify(t)
				return r ~= nil and r.text:find "<state>early</state>" ~= nil, r
			end, why = { "The call must not be taken before 4.01 s.", zh = "不能在 4.01 s 之前接听。" } },
		{ "the computer asks Alice's phone for the call", zh = "电脑向 Alice 的话机要求这个呼叫",
			function(t) return t:first "kind=send method=INVITE src=pc dst=alice" ~= nil, t:first "kind=send method=INVITE src=pc dst=alice" end },
		{ "it comes too late: 486", zh = "它来得太晚：486",
			function(t) return t:first "kind=send src=alice dst=pc status=486" ~= nil, t:first "kind=send src=alice dst=pc status=486" end,
			rule = "replaces-answered",
			why = { "The desk phone's 200 must reach Alice before the computer's INVITE does.",
				zh = "桌面话机的 200 必须比电脑的 INVITE 先到 Alice。" } },
		{ "whoever took the call at the desk goes on talking", zh = "在桌边接听的人继续通话",
			function(t)
				return t:first "kind=send src=alice method=ACK dst=desk" ~= nil and
				    t:count "kind=send method=BYE" == 0 and t:count "kind=send method=CANCEL" == 0
			end },
	},
	points = 3,
	hint = { "desk:set with the attribute answer: so long after it began to ring.", zh = "用 desk:set 设置属性 answer：开始振铃之后的时间。" },
}
