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
		{ "Record-Route", why = { "That was in the INVITE and its 200; the BYE has the field that the phone made from it.",
			zh = "它在 INVITE 及其 200 中；BYE 中是话机由它得到的字段。" } },
		{ "Via", why = { "Via routes the response back; the BYE has only that of Alice's phone.",
			zh = "Via 带回响应；BYE 中只有 Alice 的话机的 Via。" } },
		{ "Contact", why = { "Bob's Contact is the Request-URI; by itself it would bypass bil.",
			zh = "Bob 的 Contact 是请求 URI；只靠它就不会经过 bil。" } },
		{ "To", why = { "To names Bob; it is not used for routing.", zh = "To 说明是 Bob；路由不看它。" } },
	},
	why = { "Read the BYE: one field names the next server on the path; the phone has made it from the response to its INVITE.",
		zh = "读这个 BYE：有一个字段指明途中的下一个服务器，是话机由 INVITE 的响应得出的。" },
	records = function(t) return t:get "BYE@alice" end,
	hint = { "`BYE@alice` has it, and `INVITE@alice` does not: RFC 3261 12.2.1.1 says what it is made from.",
		zh = "`BYE@alice` 有它，`INVITE@alice` 没有：它由什么得出，见 RFC 3261 第 12.2.1.1 节。" },
	others = {
		{
			text = { "Record-Route", "Record-Route:" },
			rule = "dialog-route",
			records = function(t) return t:last "status=200 cseq=INVITE dst=alice kind=send" end,
			wrong = {
				{ "Route", why = { "That is in the BYE: the phone has made it from another field.", zh = "它在 BYE 中：话机由另一个字段得出它。" } },
				{ "Via", why = { "Via routes the 200 back.", zh = "Via 带回 200。" } },
				{ "Contact", why = { "That leads to Bob's phone, past bil.", zh = "它指向 Bob 的话机，不经过 bil。" } },
			},
			why = { "Read the 200 to the INVITE at Alice's phone: one field names both proxies, and they have added it to the INVITE.",
				zh = "读到达 Alice 的话机的、对 INVITE 的 200：有一个字段列出两个代理服务器，是它们写进 INVITE 的。" },
			hint = { "It was already in `INVITE@bil`, and Bob's phone has copied it into its response (RFC 3261 12.1.1).",
				zh = "它已在 `INVITE@bil` 中，Bob 的话机把它交还（RFC 3261 第 12.1.1 节）。" },
			ask = { "Since the call was answered, Alice's phone has known that its BYE must go through `bil`. Which header field of the 200 has told it?\n\n    rung show crash -m status=200 cseq=INVITE dst=alice",
				zh = "自呼叫被接听起，Alice 的话机就知道它的 BYE 要经过 `bil`。是 200 的哪个头字段告诉它的？\n\n    rung show crash -m status=200 cseq=INVITE dst=alice" },
		},
		{
			text = { "Contact", "Contact:" },
			rule = "dialog-target",
			records = function(t) return t:last "status=200 cseq=INVITE dst=alice kind=send" end,
			wrong = {
				{ "To", why = { "To names Bob, not the address of a phone.", zh = "To 说明是 Bob，不是话机的地址。" } },
				{ "Record-Route", why = { "That names the proxies in between.", zh = "它列出中间的代理服务器。" } },
				{ "Via", why = { "Via has the addresses of the return path.", zh = "Via 中是响应回程所经的地址。" } },
			},
			why = { "Read the 200 to the INVITE at Alice's phone: which field has the host of the BYE's first line?",
				zh = "读到达 Alice 的话机的、对 INVITE 的 200：BYE 首行中的主机出现在哪里？" },
			hint = { "The first line of `BYE@alice` has an address; search `status=200 dst=alice` for it (RFC 3261 12.1.2).",
				zh = "`BYE@alice` 的首行有一个地址；在 `status=200 dst=alice` 中找它（RFC 3261 第 12.1.2 节）。" },
			ask = { "The Request-URI of Alice's BYE is the address of Bob's phone itself. From which header field of the 200 does her phone know it?\n\n    rung show crash -m status=200 cseq=INVITE dst=alice",
				zh = "Alice 的 BYE 的请求 URI 是 Bob 的话机自己的地址。她的话机由 200 的哪个头字段得知它？\n\n    rung show crash -m status=200 cseq=INVITE dst=alice" },
		},
	},
}

task {
	number = function(t) return #byes(t) end,
	unit = { "times", zh = "次" },
	rule = "nict-timer-e",
	wrong = {
		{ function(t) return #byes(t) - 1 end,
			why = { "That is the number of retransmissions; the first transmission counts as well.", zh = "这是重传的次数；第一次也算。" } },
		{ 7, why = { "That would be an INVITE, whose intervals double without a limit.", zh = "那是 INVITE 的情况，其间隔无限加倍。" } },
	},
	why = { "Count the transmissions of the BYE at Alice's phone, the first and all retransmissions, until Timer F ends them.",
		zh = "数 Alice 的话机发送 BYE 的次数，第一次和所有重传都算，直到定时器 F 使其结束。" },
	records = byes,
	hint = { "After the first, `BYE@alice`, each one needs a Timer E that fires at her phone: `node=alice name=E op=fire`.",
		zh = "第一个 `BYE@alice` 之后，每一个都要有她的话机的定时器 E 触发一次：`node=alice name=E op=fire`。" },
	others = {
		{
			number = function(t) return t:count "status=100 kind=send src=atl dst=alice from=7s" end,
			unit = { "times", zh = "次" },
			rule = "proxy-100-late",
			wrong = {
				{ 11, why = { "That is the number of BYEs. The first ones are not answered.", zh = "那是 BYE 发送的次数。最初的几个没有得到响应。" } },
				{ 1, why = { "It sends the 100 again for each later retransmission.", zh = "此后每来一次重传，它就再说一次。" } },
			},
			why = { "Count the provisional responses after 7 s: the first, and one for each BYE that is retransmitted later.",
				zh = "数 7 s 之后的临时响应：第一个，以及此后每个重复到来的 BYE 引起的一个。" },
			hint = { "Count only the transmissions, `status=100 kind=send src=atl from=7s`: the first is not at once (RFC 4320 4.1), and some are retransmissions.",
				zh = "只数发送：`status=100 kind=send src=atl from=7s`；第一个不是立即发送的（RFC 4320 第 4.1 节），还有重复的。" },
			ask = { "How often does `atl` tell Alice's phone that it is trying to forward her BYE?\n\n    rung show crash src=atl dst=alice from=7s",
				zh = "`atl` 告诉 Alice 的话机它正在设法转发 BYE，一共几次？\n\n    rung show crash src=atl dst=alice from=7s" },
		},
		{
			number = function(t)
				local first = t:first "status=100 kind=send src=atl dst=alice from=7s"
				return t:count("method=BYE kind=send src=alice", function(r) return r.time < first.time end)
			end,
			unit = { "times", zh = "次" },
			rule = "proxy-100-late",
			wrong = {
				{ 1, why = { "It does not answer the first: RFC 4320 delays a 100 to a BYE.", zh = "它对第一个什么也不说：按规则，BYE 的 100 要晚发。" } },
				{ 11, why = { "That is the total number of BYEs.", zh = "那是总共发送的次数。" } },
			},
			why = { "Take the first message after 7 s from atl to Alice's phone, and count the BYEs before it, including the first one.",
				zh = "取 7 s 之后从 atl 到 Alice 的话机的第一条消息，数它之前的 BYE，第一个也算。" },
			hint = { "A proxy that has no answer yet waits as long as Timer E takes to reach T2: `rule=proxy-100-late`.",
				zh = "还没有响应的代理服务器要等到定时器 E 达到 T2：`rule=proxy-100-late`。" },
			ask = { "How often has Alice's phone sent its BYE by the time `atl` sends a response?\n\n    rung show crash from=7s to=11s kind=send node=alice",
				zh = "到 `atl` 第一次返回任何消息为止，Alice 的话机已发送 BYE 几次？\n\n    rung show crash from=7s to=11s kind=send node=alice" },
		},
	},
}

task {
	find = {
		node = "alice",
		rule = "nict-timer-f",
		record = function(t) return t:all("node=alice rule=nict-timer-f from=7s", function(r) return r.kind == "fsm" or r.op == "fire" end) end,
	},
	why = { "Look for the timer that fires last at her phone; the state of the BYE's transaction changes with it. `rung explain` names the rule.",
		zh = "找她的话机最后到期的定时器；BYE 的事务状态随之改变。`rung explain` 给出规则。" },
	hint = { "At 64 times T1 after `BYE@alice`, two records of `node=alice kind=timer,fsm from=39s` belong together: a timer, and the step that it causes.",
		zh = "`BYE@alice` 之后 64 倍 T1 处，`node=alice kind=timer,fsm from=39s` 中有两条记录是一起的：一个定时器，和它引起的一步。" },
	others = {
		{
			find = {
				node = "atl",
				rule = "proxy-100-late",
				record = function(t) return t:all("node=atl rule=proxy-100-late", function(r) return r.kind == "send" or r.op == "fire" end) end,
			},
			why = { "It is a response, the first that Alice's phone gets to its BYE, or the timer that makes the proxy send it (RFC 4320 4.1).",
				zh = "它是 Alice 的话机的 BYE 得到的第一个响应，或者是使代理服务器发送它的定时器（RFC 4320 第 4.1 节）。" },
			hint = { "Not before the fourth BYE: see `src=atl dst=alice from=7s`.",
				zh = "不早于第四个 BYE：见 `src=atl dst=alice from=7s`。" },
			ask = { "At some point `atl` tells Alice's phone that it has received her BYE. Find where it does so: `node=… rule=… record=…`.\n\n    rung show crash node=atl from=7s to=11s",
				zh = "`atl` 终于告诉 Alice 的话机它已收到 BYE，途中没有丢失。找出这样做的记录：`node=… rule=… record=…`。\n\n    rung show crash node=atl from=7s to=11s" },
		},
		{
			find = {
				node = "atl",
				rule = "nict-timer-f",
				record = function(t) return t:all("node=atl rule=nict-timer-f from=7s", function(r) return r.kind == "fsm" or r.op == "fire" end) end,
			},
			why = { "Its own transaction began 10 ms later than that of the phone, and so it ends 10 ms later. `rung explain` names the rule.",
				zh = "它自己的事务比话机的晚 10 ms 开始，也晚这么多结束。`rung explain` 给出规则。" },
			hint = { "Two transactions end at 39 s, one at each node: `node=atl kind=timer from=39s` leaves out that of the phone.",
				zh = "39 s 时有两个事务结束，每个节点一个：`node=atl kind=timer from=39s` 去掉了话机的那个。" },
			ask = { "`atl` forwards the BYE to `bil` and retransmits it. Find where it gives up: `node=… rule=… record=…`.\n\n    rung show crash node=atl from=39s",
				zh = "`atl` 一再把 BYE 转发给 `bil`。找出它放弃的记录：`node=… rule=… record=…`。\n\n    rung show crash node=atl from=39s" },
		},
	},
}

task {
	choice = {
		{ "The call has ended: bil is down.", zh = "呼叫已结束：bil 已停机。",
			why = { "Nobody tells it that bil is down, and the media do not go through bil.",
				zh = "没有人告诉它 bil 停机，媒体也不经过 bil。" } },
		{ "The call has ended: Alice's phone has given up.", zh = "呼叫已结束：Alice 的话机已放弃。",
			why = { "Alice's phone removes its dialog; no BYE has reached Bob's.",
				zh = "Alice 的话机忘记了它的对话；但没有一个 BYE 到达 Bob 的话机。" } },
		{ "The call goes on: it talks with Alice.", zh = "呼叫仍在继续：它正与 Alice 通话。", right = true },
		{ "The call is not complete: it waits for the ACK.", zh = "呼叫还不完整：它在等待 ACK。",
			why = { "That came before the crash.", zh = "ACK 在崩溃之前就到了。" } },
	},
	records = function(t) return t:last "kind=call node=bob" end,
	hint = { "`node=bob kind=call` shows what happens to its call: has it received anything since 5 s (`dst=bob kind=recv`)?", zh = "`node=bob kind=call` 说明它的呼叫发生了什么：5 s 以后有什么到达它吗（`dst=bob kind=recv`）？" },
	ahead = true,
}

task {
	choice = {
		{ "It would come too late: Alice's phone has given up by then.",
			zh = "来得太晚：那时 Alice 的话机也已放弃。", right = true },
		{ "A proxy may not answer a BYE; only the callee's phone may.", zh = "代理服务器不得响应 BYE；只有被叫的话机可以。",
			why = { "It may answer any request, and has sent a 100 to this one.", zh = "它可以响应任何请求，对这一个就返回过 100。" },
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
		{ "it has forwarded the INVITE before", zh = "它转发过 INVITE",
			function(t) return t:count "method=INVITE kind=send src=bil" > 0 end },
		{ "then Alice hangs up, and Bob's phone answers her BYE", zh = "之后 Alice 挂断，Bob 的话机响应她的 BYE",
			function(t)
				local act, bye = t:first "kind=act node=bil verb=crash", t:first "method=BYE kind=recv node=bob"
				return act ~= nil and bye ~= nil and bye.time > act.time, bye
			end, rule = "dialog-route" },
	},
	points = 3,
}
