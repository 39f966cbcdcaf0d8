-- The tasks of volte-emergency; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "exchange.pick_up=2000ms..4000ms:500ms", "alice--pcscf.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=3s",
	points = 2,
	hint = { "`kind=route from=900ms to=2s` has the choice of each next hop: a record with a `→` is an INVITE that is sent.",
		zh = "`kind=route from=900ms to=2s` 是每次对下一跳的选择：带 `→` 的记录就是发出的 INVITE。" },
	others = {
		{
			draw = "method=BYE kind=send to=3800ms",
			ask = { "Draw the path of the BYE that ends the first call, one line for each hop, such as `alice -> pcscf INVITE`. Does it omit any node?\n\n    rung show volte-emergency method=BYE kind=send to=3800ms",
				zh = "画出结束第一个呼叫的 BYE 的路径，每一跳一行，如 `alice -> pcscf INVITE`。它漏掉了谁吗？\n\n    rung show volte-emergency method=BYE kind=send to=3800ms" },
			rule = "dialog-route",
			hint = { "The Record-Routes of `-m status=200 cseq=INVITE dst=alice to=3s`, the last first, are the path of the BYE, RFC 3261, 12.1.2: compare with the nodes that had the INVITE.",
				zh = "`-m status=200 cseq=INVITE dst=alice to=3s` 的 Record-Route 从最后一个开始引导 BYE，RFC 3261 第 12.1.2 节：与收到过 INVITE 的节点比较。" },
		},
		{
			draw = "method=ACK kind=send to=2900ms",
			ask = { "Draw the path of the ACK of the first call, one line for each hop, such as `alice -> pcscf INVITE`. Does it omit any node?\n\n    rung show volte-emergency method=ACK kind=send to=2900ms",
				zh = "画出第一个呼叫的 ACK 的路径，每一跳一行，如 `alice -> pcscf INVITE`。它漏掉了谁吗？\n\n    rung show volte-emergency method=ACK kind=send to=2900ms" },
			rule = "dialog-route",
			hint = { "`text=Record-Route method=INVITE kind=send to=3s` has the INVITEs in which a server has asked to stay: RFC 3261, 13.2.2.4 and 12.2.1.1 for the ACK.",
				zh = "`text=Record-Route method=INVITE kind=send to=3s` 是服务器要求留在路径上的 INVITE：ACK 见 RFC 3261 第 13.2.2.4 和 12.2.1.1 节。" },
		},
	},
}

task {
	text = { "urn:service:sos" },
	wrong = {
		{ { "sip:192.0.2.19", "192.0.2.19", "<sip:192.0.2.19;lr>" }, why = { "That is the Route: where to send it, not what is wanted.", zh = "那是 Route：去哪里，而不是为什么。" } },
		{ { "tel:+13145550911", "+13145550911", "911", "112" }, why = { "That belongs to the second call, when the centre does not answer.", zh = "那是第二个呼叫中无人应答时用的。" } },
	},
	why = { "RFC 5031: a service has a name of its own, wherever and by whomever it is offered.", zh = "RFC 5031：业务有自己的名字，不论谁在哪里提供。" },
	records = function(t) return t:first "kind=send method=INVITE dst=centre" end,
	hint = { "RFC 5031, 4.2 lists such names. `kind=act node=alice to=2s` has what she has called: does any node replace it on the path, as with a user's name?",
		zh = "这类名称列在 RFC 5031 第 4.2 节。`kind=act node=alice to=2s` 是她所呼叫的：路上有谁替换它吗，像替换用户的名称那样？" },
	others = {
		{
			text = { "tel:+13145550911", "+13145550911" },
			ask = { "In the second call the centre does not answer. Which Request-URI arrives at the MGCF in this case?\n\n    rung show volte-emergency -m method=INVITE dst=mgcf",
				zh = "第二个呼叫中救援中心没有应答。那时到达 MGCF 的 Request-URI 是什么？\n\n    rung show volte-emergency -m method=INVITE dst=mgcf" },
			wrong = {
				{ "urn:service:sos", why = { "A telephone network has no services of this kind.", zh = "电话网不认识这种业务。" } },
				{ { "911", "tel:911" }, why = { "That is what a telephone would dial; here it is the number of a telephone.", zh = "电话会拨这个；这里是一部电话的号码。" } },
			},
			why = { "Read the first line of the INVITE that the E-CSCF sends to the gateway.",
				zh = "读 E-CSCF 发给网关的 INVITE 的首行。" },
			hint = { "`kind=route node=ecscf from=4s to=9s` has the choices of the E-CSCF in the second call: the last of them has a next hop and the URI that it requests there.",
				zh = "`kind=route node=ecscf from=4s to=9s` 是 E-CSCF 在第二个呼叫中的选择：最后一个既选下一跳，也定它在那里请求什么。" },
			records = function(t) return t:first "kind=send method=INVITE dst=mgcf" end,
		},
		{
			text = "mgcf",
			ask = { "In the second call Alice's call is answered. Which node has made the 200 to her INVITE? Write its name.\n\n    rung show volte-emergency status=200 cseq=INVITE kind=send from=4s to=14s",
				zh = "第二个呼叫中 Alice 得到了帮助。对她的 INVITE 的 200 由哪个节点产生？写出节点名。\n\n    rung show volte-emergency status=200 cseq=INVITE kind=send from=4s to=14s" },
			wrong = {
				{ "centre", why = { "It is down.", zh = "它停机了。" } },
				{ "exchange", why = { "It says so by ISUP, in an ANM.", zh = "它用 ISUP 的 ANM 说明。" } },
				{ { "ecscf", "pcscf" }, why = { "It forwards the response.", zh = "它只是转发响应。" } },
			},
			why = { "Go back from Alice's phone to the first node that sends that 200.",
				zh = "从 Alice 的话机往回找这个 200 的第一次发送。" },
			hint = { "Follow `-m status=200 cseq=INVITE dst=pcscf from=4s to=13s` back, hop by hop, to the node that received no 200 before; what it received instead is in `method=ANM`.",
				zh = "从 `-m status=200 cseq=INVITE dst=pcscf from=4s to=13s` 逐跳往回查，直到之前没有收到 200 的节点；它收到的是什么，见 `method=ANM`。" },
			records = function(t) return t:first "kind=send status=200 cseq=INVITE src=mgcf" end,
		},
	},
}

task {
	choice = {
		{ "since the S-CSCF would charge for the call", zh = "因为 S-CSCF 会对呼叫计费",
			why = { "The price is decided elsewhere; what matters is where the emergency centre is.", zh = "费用在别处决定；重要的是哪里能提供帮助。" } },
		{ "since the S-CSCF knows no URN", zh = "因为 S-CSCF 不认识 URN",
			why = { "A Route would lead it on like any other.", zh = "Route 可以像别的请求一样引导它。" } },
		{ "since a phone has no Service-Route before it calls", zh = "因为话机在呼叫之前没有 Service-Route",
			why = { "She is registered, and has one.", zh = "她已注册，有 Service-Route。" } },
		{ "since help is near the phone, home may be far away", zh = "因为救援在话机附近而归属网络很远", right = true },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=INVITE src=pcscf dst=ecscf" end,
}

task {
	time = function(t) return t:first("kind=send method=INVITE src=ecscf dst=mgcf").time - t:last("kind=send method=INVITE src=ecscf dst=centre to=4100ms").time end,
	wrong = {
		{ 32, why = { "That is how long Timer B would wait.", zh = "定时器 B 会等这么久。" } },
		{ 0.5, why = { "That is Timer A: the INVITE is retransmitted.", zh = "那是定时器 A：重发 INVITE。" } },
	},
	rule = "proxy-silent",
	why = { "Take the second call: from its INVITE to the centre to the one for the gateway.", zh = "第二个呼叫：从发往救援中心的 INVITE 到发往网关的那个。" },
	records = function(t) return t:first "kind=send method=INVITE src=ecscf dst=mgcf" end,
	hint = { "`INVITE@ecscf#2` is the first to the centre in the second call; the others to the centre are retransmissions. The other end is `method=INVITE dst=mgcf kind=send`.",
		zh = "`INVITE@ecscf#2` 是第二个呼叫中首次发往中心的；此后发往中心的是重传。另一端是 `method=INVITE dst=mgcf kind=send`。" },
}

task {
	number = { 403 },
	wrong = {
		{ 200, why = { "That is how the emergency call ends; this one is for Bob.", zh = "呼救是这样结束的；这个呼叫打给 Bob。" } },
		{ 404, why = { "Bob can be reached. The caller is not registered.", zh = "Bob 在。不在的是主叫。" } },
	},
	why = { "The P-CSCF accepts no call from a phone that is not registered there, except an emergency call.", zh = "没有在 P-CSCF 注册的人只能呼救。" },
	records = function(t) return t:first "kind=recv node=alice status=403" end,
	ahead = true,
	hint = { "`kind=fsm node=alice text=registration from=12s` shows the state of her phone at 14 s: `ims-pcscf.lua` has what the P-CSCF does with a call from such a phone, RFC 3261, 21.4.",
		zh = "`kind=fsm node=alice text=registration from=12s` 说明 14 s 时她的话机处于什么状态：P-CSCF 怎样处理这种话机的呼叫，见 `ims-pcscf.lua` 和 RFC 3261 第 21.4 节。" },
	others = {
		{
			number = function(t)
				local other = t:first "kind=send method=INVITE src=ecscf dst=mgcf"
				return t:count("kind=send method=INVITE src=ecscf dst=centre from=3500ms", function(r) return r.time < other.time end)
			end,
			ask = { "Before you look at the run: in the second call the E-CSCF waits for the centre, which does not answer, for four seconds. How often has it sent it the INVITE by then?\n\n    rung show volte-emergency method=INVITE src=ecscf from=4s",
				zh = "先不看运行：第二个呼叫中，E-CSCF 等待没有应答的救援中心四秒。到那时它会向救援中心发送多少次 INVITE？\n\n    rung show volte-emergency method=INVITE src=ecscf from=4s" },
			ahead = true,
			wrong = {
				{ 1, why = { "It is sent by UDP.", zh = "它使用 UDP。" } },
				{ 3, why = { "The first transmission counts as well.", zh = "第一次也要计入。" } },
				{ 5, why = { "That one is sent after the call to the telephone.", zh = "那一次在呼叫电话之后。" } },
			},
			rule = "ict-timer-a",
			why = { "Count what is sent to the centre before the INVITE to the gateway.",
				zh = "数发往网关的 INVITE 之前发往救援中心的。" },
			hint = { "`node=ecscf name=A op=fire from=4s to=8.06s` has the times at which the INVITE is retransmitted, RFC 3261, 17.1.1.2; add the first one, which needs no timer.",
				zh = "`node=ecscf name=A op=fire from=4s to=8.06s` 是使 INVITE 再发一次的各次到时，RFC 3261 第 17.1.1.2 节；第一次发送不需要它。" },
			records = function(t) return t:first "kind=send method=INVITE src=ecscf dst=mgcf" end,
		},
		{
			number = function(t) return t:count "kind=send method=INVITE src=alice from=900ms" end,
			ask = { "Before you look at the run: how many INVITEs does Alice's phone send in total, emergency calls and to Bob?\n\n    rung show volte-emergency method=INVITE src=alice kind=send",
				zh = "先不看运行：包括呼救和呼叫 Bob 在内，Alice 的话机总共会发送多少个 INVITE？\n\n    rung show volte-emergency method=INVITE src=alice kind=send" },
			ahead = true,
			wrong = {
				{ 3, why = { "Those are the emergency calls; the one to Bob is an INVITE, too.", zh = "那是呼救的；呼叫 Bob 的也是 INVITE。" } },
				{ { 7, 8 }, why = { "In the second call the E-CSCF is the one that retransmits.", zh = "第二个呼叫中重传的是 E-CSCF。" } },
			},
			rule = "ict-1xx",
			why = { "Count the transmissions of INVITE by Alice's phone.",
				zh = "数 Alice 的话机发送 INVITE 的次数。" },
			hint = { "`kind=act node=alice` has everything that she does; for each call one INVITE is sent, unless `status=100 dst=alice` is late, RFC 3261, 17.1.1.2.",
				zh = "`kind=act node=alice` 是她所做的全部；每次呼叫发送一个 INVITE，除非 `status=100 dst=alice` 来得晚，RFC 3261 第 17.1.1.2 节。" },
			records = function(t) return t:all "kind=send method=INVITE src=alice from=900ms" end,
		},
	},
}

task {
	goal = {
		{ "Bob calls for help before his phone is registered", zh = "Bob 的话机注册之前就呼救",
			function(t)
				local r = t:first "kind=send method=INVITE src=bob"
				return r ~= nil and t:count("kind=recv node=bob status=200 cseq=REGISTER to=" .. math.floor(r.time * 1000) .. "ms") == 0, r
			end,
			why = { "It registers as soon as the run begins, and that takes a moment: call at once.", zh = "运行一开始它就注册，这需要片刻：立即呼叫。" } },
		{ "and the emergency centre answers", zh = "救援中心接听",
			function(t) return t:first "kind=send src=centre status=200 cseq=INVITE" end },
	},
	points = 3,
}
