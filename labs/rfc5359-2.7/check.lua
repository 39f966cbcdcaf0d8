-- The tasks of rfc5359-2.7; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "gateway.answer=1000ms..3000ms:500ms", "lan--gateway.delay=5ms..45ms:10ms" }

local function forwarded(t)
	return t:first "kind=send src=proxy method=INVITE"
end

task {
	draw = "kind=send node=alice cseq=INVITE,ACK",
	ahead = true,
	rule = "proxy-181",
	hint = { "Proxy and gateway both send something before anybody answers: RFC 3261, 21.1; `dst=alice status=1xx`.", zh = "有人接听之前，代理服务器和网关都有话要说：RFC 3261 第 21.1 节；`dst=alice status=1xx`。" },
	others = {
		{ draw = "kind=send node=gateway",
			ask = { "Before you look at the run: draw all messages between the proxy and the gateway in the whole call, one line each: `proxy -> gateway INVITE`.\n\n    rung show rfc5359-2.7 node=gateway kind=send",
				zh = "先不看运行：画出整个呼叫中代理服务器与网关之间将有的消息，每条一行，如 `proxy -> gateway INVITE`。\n\n    rung show rfc5359-2.7 node=gateway kind=send" },
			ahead = true,
			rule = "dialog-route",
			hint = { "For the gateway it is a call like any other; ACK and BYE follow the recorded route, RFC 3261, 12.2: `node=gateway method=ACK,BYE`.", zh = "对网关来说它与别的呼叫一样；ACK 和 BYE 走记录的路由，RFC 3261 第 12.2 节：`node=gateway method=ACK,BYE`。" } },
		{ draw = "kind=send cseq=BYE",
			ask = { "Before you look at the run: draw how the call will end: each BYE and each response to it, one line each: `alice -> proxy BYE`.\n\n    rung show rfc5359-2.7 cseq=BYE kind=send",
				zh = "先不看运行：画出呼叫将怎样结束：每个 BYE 和对它的每个响应，每条一行，如 `alice -> proxy BYE`。\n\n    rung show rfc5359-2.7 cseq=BYE kind=send" },
			ahead = true,
			rule = "bye-send",
			hint = { "Which node has the dialog with Alice's phone, and which has recorded the route? `200@gateway` has both, RFC 3261, 12.1.2.", zh = "谁与 Alice 的话机有对话，谁记录了路由？`200@gateway` 中都有，RFC 3261 第 12.1.2 节。" } },
	},
}

task {
	choice = {
		{ "from the Request-URI, as in every request", zh = "从请求 URI，每个请求都这样",
			why = { "The proxy has put the number of the telephone network there.", zh = "代理服务器已在那里写入电话网的号码。" },
			rule = "service-forward" },
		{ "from no part: the proxy has put the new URI wherever Bob's was",
			zh = "任何部分都不能：Bob 的 URI 全都换成了新的",
			why = { "It changes only the Request-URI.", zh = "它只改 Request-URI。" }, rule = "proxy-forward" },
		{ "from the topmost Via, where its way began", zh = "从最上面的 Via，那是它的起点",
			why = { "That names the proxy, for the response.", zh = "它指的是代理服务器，供响应返回时使用。" }, rule = "response-vias" },
		{ "from the To, which the proxy leaves unchanged",
			zh = "从 To，代理服务器不改动它",
			right = true, rule = "proxy-forward" },
	},
	points = 2,
	records = forwarded,
}

task {
	choice = {
		{ "it comes from a user agent server next to the proxy",
			zh = "它出自代理服务器旁的 UAS",
			right = true, rule = "proxy-181" },
		{ "a 181 comes from the gateway; the proxy only forwards it",
			zh = "181 来自网关；代理服务器只是转发",
			why = { "It is sent before the gateway has the INVITE.", zh = "它在网关收到 INVITE 之前就已发出。" }, rule = "proxy-181" },
		{ "because a 181 is like a 100 and has no To tag either",
			zh = "因为 181 与 100 一样，没有 To tag",
			why = { "It has one: Alice's phone creates an early dialog from it.", zh = "它有：Alice 的话机由此建立早期对话。" }, rule = "dialog-uac" },
		{ "because a registrar may, and it stands at the same node",
			zh = "因为注册服务器可以，而它就在同一台",
			why = { "A registrar answers REGISTER.", zh = "注册服务器响应的是 REGISTER。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send status=181" end,
}

local function rings(t)
	return t:first "kind=recv dst=alice status=180"
end

task {
	time = function(t) return rings(t).time - t:first("kind=send src=alice method=INVITE").time end,
	wrong = {
		{ function(t) return t:first("kind=recv dst=alice status=181").time - t:first("kind=send src=alice method=INVITE").time end,
			rule = "proxy-181",
			why = { "That is the 181: the call is being forwarded. Nothing rings yet.", zh = "那是 181：呼叫正被前转，还没有振铃。" } },
		{ function(t) return t:first("kind=send src=gateway status=180").time - t:first("kind=send src=alice method=INVITE").time end,
			why = { "At that time the gateway sends it; it must still reach her.", zh = "那是网关发送它的时间；还要传到她那里。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of the INVITE, and the arrival of the first 180.",
		zh = "看 Alice 的话机的两条记录：它发送 INVITE，以及第一个 180 到达。" },
	records = rings,
	hint = { "A 181 is no ringing: from `INVITE@alice` to the arrival that has status 180, `dst=alice status=1xx kind=recv`.", zh = "181 不是振铃：从 `INVITE@alice` 到状态码 180 的到达，`dst=alice status=1xx kind=recv`。" },
}

task {
	goal = {
		{ "Bob's phone answers 302", zh = "Bob 的话机返回 302",
			function(t) return t:count "kind=send src=bob status=302" > 0, t:first "kind=send src=bob status=302" end },
		{ "Alice's phone sends the second INVITE", zh = "第二个 INVITE 由 Alice 的话机发送",
			function(t)
				local list = t:all "kind=send src=alice method=INVITE"
				return #list > 1, list[2]
			end, rule = "redirect-follow" },
		{ "the gateway answers the call", zh = "网关接听呼叫",
			function(t) return t:count "kind=recv dst=alice status=200 cseq=INVITE" > 0, t:first "kind=send src=gateway status=200 cseq=INVITE" end,
			why = { "Make the run long enough.", zh = "让运行时间足够长。" } },
	},
	points = 3,
}
