-- The tasks of crash; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function byes(t)
	return t:all "method=BYE kind=send src=alice"
end

task {
	text = "Route",
	rule = "dialog-route",
	wrong = {
		{ "Record-Route", why = { "That stood in the INVITE and its 200; the BYE has what the phone made of it.",
			zh = "它在 INVITE 及其 200 中；BYE 中是话机由它得到的字段。" } },
		{ "Via", why = { "Via brings the answer back; the BYE has only that of Alice's phone.",
			zh = "Via 带回响应；BYE 中只有 Alice 的话机的 Via。" } },
		{ "Contact", why = { "Bob's Contact is the Request-URI; alone it would lead past bil.",
			zh = "Bob 的 Contact 是请求 URI；只靠它就不会经过 bil。" } },
		{ "To", why = { "To names Bob; nothing is routed by it.", zh = "To 说明是 Bob；路由不看它。" } },
	},
	why = { "Read the BYE: one field names the next server on the way, and the phone has made it of the response to its INVITE.",
		zh = "读这个 BYE：有一个字段指明途中的下一个服务器，是话机由 INVITE 的响应得出的。" },
	records = function(t) return t:get "BYE@alice" end,
}

task {
	number = function(t) return #byes(t) end,
	unit = { "times", zh = "次" },
	rule = "nict-timer-e",
	wrong = {
		{ function(t) return #byes(t) - 1 end,
			why = { "So often it is repeated; the first time counts, too.", zh = "这是重传的次数；第一次也算。" } },
		{ 7, why = { "That would be an INVITE, whose intervals double without bound.", zh = "那是 INVITE 的情况，其间隔无限加倍。" } },
	},
	why = { "Count the sends of the BYE at Alice's phone, the first and all repetitions, until Timer F ends them.",
		zh = "数 Alice 的话机发送 BYE 的次数，第一次和所有重传都算，直到定时器 F 使其结束。" },
	records = byes,
}

task {
	time = function(t)
		return t:first("kind=timer node=alice name=F op=fire").time - byes(t)[1].time
	end,
	rule = "nict-timer-f",
	wrong = {
		{ function(t) return byes(t)[#byes(t)].time - byes(t)[1].time end,
			why = { "Then it sends for the last time; it goes on waiting.", zh = "那是最后一次发送；之后它还在等待。" } },
		{ 4, why = { "That is the longest interval, T2.", zh = "那是最长的间隔 T2。" } },
	},
	why = { "Look for the record in which Timer F fires, and count from the first BYE. The timer is 64 times T1.",
		zh = "找定时器 F 到期的记录，从第一个 BYE 算起。该定时器是 T1 的 64 倍。" },
	records = function(t) return t:last "kind=timer node=alice" end,
}

task {
	choice = {
		{ "The call has ended: bil is down.", zh = "呼叫已结束：bil 已停机。",
			why = { "Nobody tells it that bil is down, and no media go through bil.",
				zh = "没有人告诉它 bil 停机，媒体也不经过 bil。" } },
		{ "The call has ended: Alice's phone has given up.", zh = "呼叫已结束：Alice 的话机已放弃。",
			why = { "Alice's phone forgets its dialog; not one BYE has reached Bob's.",
				zh = "Alice 的话机忘记了它的对话；但没有一个 BYE 到达 Bob 的话机。" } },
		{ "The call goes on: it talks with Alice.", zh = "呼叫仍在继续：它正与 Alice 通话。", right = true },
		{ "The call is not complete: it waits for the ACK.", zh = "呼叫还不完整：它在等待 ACK。",
			why = { "That came before the crash.", zh = "ACK 在崩溃之前就到了。" } },
	},
	records = function(t) return t:last "kind=call node=bob" end,
	hint = { "Look at Calls and Dialogs of bob.", zh = "看看 bob 的呼叫和对话。" },
}

task {
	choice = {
		{ "It would come too late: Alice's phone has given up by then.",
			zh = "来得太晚：那时 Alice 的话机也已放弃。", right = true },
		{ "A proxy may not answer a BYE; only the called phone may.", zh = "代理服务器不得响应 BYE；只有被叫的话机可以。",
			why = { "It may answer any request, and has said 100 to this one.", zh = "它可以响应任何请求，对这一个就返回过 100。" },
			rule = "proxy-408-too-late" },
		{ "It still waits for bil, until its own Timer F fires.", zh = "它还在等待 bil，直到自己的定时器 F 到期。",
			why = { "Its Timer F fires 10 ms after that of the phone.", zh = "它的定时器 F 比话机的晚 10 ms 到期。" },
			rule = "proxy-408-too-late" },
		{ "It has sent one, which is lost on the line to Alice.", zh = "它发送了一个，但在到 Alice 的线路上丢失了。",
			why = { "Nobody sends one; the line to Alice loses nothing.", zh = "没有人发送它；到 Alice 的线路不丢失任何消息。" },
			rule = "proxy-408-too-late" },
	},
	rule = "proxy-408-too-late",
	records = function(t) return t:last "kind=timer node=atl" end,
}

task {
	goal = {
		{ "bil crashes", zh = "bil 崩溃",
			function(t)
				local act = t:first "kind=act node=bil verb=crash"
				return act ~= nil, act
			end },
		{ "it had passed on the INVITE", zh = "它转发过 INVITE",
			function(t) return t:count "method=INVITE kind=send src=bil" > 0 end },
		{ "then Alice hangs up, and Bob's phone answers her BYE", zh = "之后 Alice 挂断，Bob 的话机响应她的 BYE",
			function(t)
				local act, bye = t:first "kind=act node=bil verb=crash", t:first "method=BYE kind=recv node=bob"
				return act ~= nil and bye ~= nil and bye.time > act.time, bye
			end, rule = "dialog-route" },
	},
	points = 3,
}
