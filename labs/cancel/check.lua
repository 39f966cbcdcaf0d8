-- The tasks of cancel; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

task {
	text = function(t)
		return tostring(t:last("cseq=INVITE kind=send src=bob status=4xx").status)
	end,
	rule = "cancel-recv",
	wrong = {
		{ "200", why = { "That is the end of the CANCEL: its CSeq says CANCEL.",
			zh = "那是 CANCEL 的结果：其 CSeq 为 CANCEL。" } },
		{ "180", why = { "That is provisional; it does not end the transaction.", zh = "那是临时响应，什么也不结束。" } },
	},
	why = { "Take the last response whose CSeq says INVITE; it comes from the phone that was ringing.",
		zh = "取 CSeq 为 INVITE 的最后一个响应；它来自正在振铃的话机。" },
	records = function(t) return t:get "487@bob" end,
	ahead = true,
	hint = { "`from=7s src=bob` has two responses; RFC 3261 9.2 says which of them is for the INVITE.",
		zh = "`from=7s src=bob` 有两个响应；哪一个是给 INVITE 的，见 RFC 3261 第 9.2 节。" },
	others = {
		{
			text = { "ACK" },
			ahead = true,
			rule = "ict-ack",
			records = function(t) return t:last "kind=send src=alice" end,
			wrong = {
				{ "CANCEL", why = { "The CANCEL is answered, but that does not end the INVITE.", zh = "它得到了响应，但 INVITE 并没有随之结束。" } },
				{ "BYE", why = { "There is no call yet that a BYE could end.", zh = "还没有可以用 BYE 结束的呼叫。" } },
			},
			why = { "The CANCEL does not end the INVITE by itself: its final response still arrives, and must be acknowledged.",
				zh = "CANCEL 本身并不结束 INVITE：它的最终响应仍会到来，并且要求一样东西。" },
			hint = { "Look at the bottom of the ladder pane: what follows when the final response arrives (RFC 3261 17.1.1.3)?",
				zh = "看流程图面板的最下面：最终响应到达之后还有什么（RFC 3261 第 17.1.1.3 节）？" },
			ask = { "Before you look at the run: Alice gives up before Bob has answered. Which request is the last that her phone sends for this call? Write its method.\n\n    rung show cancel from=7s src=alice",
				zh = "先不看运行：Bob 还没有接听，Alice 就放弃了。她的话机为这个呼叫最后发送的是哪个请求？写出它的方法。\n\n    rung show cancel from=7s src=alice" },
		},
		{
			text = { "CANCEL", "1 CANCEL" },
			ahead = true,
			rule = "cancel-recv",
			records = function(t) return t:first "status=200 from=7s src=bob" end,
			wrong = {
				{ { "INVITE", "1 INVITE" }, why = { "Then the call would be answered.", zh = "那样呼叫就被接听了。" } },
				{ "BYE", why = { "Nobody has sent one.", zh = "没有人发送过它。" } },
			},
			why = { "A response has the CSeq of the request that it answers. What has reached Bob's phone just before?",
				zh = "响应照抄它所响应的请求的 CSeq。此前刚有什么到达 Bob 的话机？" },
			hint = { "Of the two responses of `from=7s src=bob` one ends the INVITE; open the other in the text pane.",
				zh = "`from=7s src=bob` 的两个响应中，一个结束 INVITE；在文本面板中打开另一个。" },
			ask = { "Before you look at the run: Alice gives up, and after 7 s Bob's phone sends a 200, though he does not answer. Which method is in its CSeq?\n\n    rung show cancel -m from=7s src=bob",
				zh = "先不看运行：Alice 放弃了；7 s 之后 Bob 的话机发送了一个 200，而他并没有接听。它的 CSeq 中是哪个方法？\n\n    rung show cancel -m from=7s src=bob" },
		},
	},
}

task {
	choice = {
		{ "All requests of one call have one branch, even the ACK and the BYE.", zh = "同一呼叫的所有请求的 branch 都相同，ACK 和 BYE 也是。",
			why = { "In a call that is answered, compare the branches of INVITE, ACK and BYE.",
				zh = "在一个被接听的呼叫中，比较 INVITE、ACK 和 BYE 的 branch。" }, rule = "cancel-send" },
		{ "It names the transaction that is cancelled, the INVITE's.",
			zh = "它指明要撤回的事务，即 INVITE 的事务。", right = true },
		{ "The CANCEL is the INVITE, sent again with another method.", zh = "CANCEL 就是换了方法再次发送的 INVITE。",
			why = { "A retransmission is the same octet for octet. Which response does the CANCEL get?",
				zh = "重传与原来的逐字节相同。CANCEL 得到的是哪个响应？" }, rule = "cancel-send" },
		{ "So that its answer finds the way back to Alice's phone.", zh = "为了让它的响应能回到 Alice 的话机。",
			why = { "The address in the Via is enough for that.", zh = "有 Via 中的地址就够了。" }, rule = "cancel-send" },
	},
	rule = "cancel-send",
	records = function(t) return t:get "CANCEL@alice" end,
}

task {
	choice = {
		{ "Bob's phone has got the CANCEL, and does not ring any more.", zh = "Bob 的话机收到了 CANCEL，不再振铃。",
			why = { "The proxy has not even sent a CANCEL on when it sends the 200.",
				zh = "代理服务器返回 200 时还没有转发 CANCEL。" }, rule = "proxy-cancel" },
		{ "The call is over: it is the final answer that Alice's phone waits for.", zh = "呼叫已结束：这就是 Alice 的话机等待的最终响应。",
			why = { "Only the final response to the INVITE says that, here the 487; it could also be a 200.",
				zh = "说明这一点的是 INVITE 的最终响应，这里是 487；它也可能是 200。" }, rule = "proxy-cancel" },
		{ "This hop has received the CANCEL and knows its INVITE.", zh = "这一跳收到了 CANCEL，也知道所指的 INVITE。",
			right = true },
		{ "The call was answered just before the CANCEL came.", zh = "就在 CANCEL 到达之前，呼叫被接听。",
			why = { "Look at CSeq: it answers the CANCEL.", zh = "看 CSeq：它是对 CANCEL 的响应。" }, rule = "proxy-cancel" },
	},
	rule = "proxy-cancel",
	records = function(t) return t:first "status=200 cseq=CANCEL src=atl" end,
}

task {
	draw = "cseq=CANCEL",
	given = 2,
	points = 2,
	hint = { "`CANCEL@alice`, `CANCEL@atl` and `CANCEL@bil` are three transactions: when does each get its answer (RFC 3261 16.10)?",
		zh = "`CANCEL@alice`、`CANCEL@atl`、`CANCEL@bil` 是三个事务：各自何时得到响应（RFC 3261 第 16.10 节）？" },
	others = {
		{
			draw = "status=487",
			rule = "proxy-final",
			hint = { "A final response returns along its Vias: `487@bob` and what `rung explain` says about the next.",
				zh = "最终响应按 Via 返回：看 `487@bob`，以及 `rung explain` 对下一条的说明。" },
			ask = { "Draw the path of the 487, one line for each hop, `bob -> bil 487`. Compare it with that of the CANCEL: which message is forwarded, and which is newly made on each hop?\n\n    rung show cancel from=7s cseq=INVITE kind=send",
				zh = "画出 487 的路径，每一跳一行，如 `bob -> bil 487`。与 CANCEL 的路径比较：哪一个是转发的，哪一个是重新生成的？\n\n    rung show cancel from=7s cseq=INVITE kind=send" },
		},
		{
			draw = "method=ACK",
			rule = "ict-ack",
			hint = { "Each `ICT` that gets the rejection sends one: find them by `kind=fsm machine=ICT from=7s`.",
				zh = "收到拒绝的每个 `ICT` 发送一个：用 `kind=fsm machine=ICT from=7s` 找到它们。" },
			ask = { "Draw all ACKs of this call, one line for each, `alice -> atl ACK`. Which node sends the first of them?\n\n    rung show cancel method=ACK kind=send",
				zh = "画出这次呼叫的所有 ACK，每条一行，如 `alice -> atl ACK`。第一个由谁发送？\n\n    rung show cancel method=ACK kind=send" },
		},
	},
}

task {
	goal = {
		{ "Alice's phone sends a CANCEL", zh = "Alice 的话机发送 CANCEL",
			function(t) return t:count "method=CANCEL kind=send src=alice" > 0 end },
		{ "it still receives a 200 to the INVITE", zh = "它还是收到了 INVITE 的 200",
			function(t)
				local ok = t:first "status=200 cseq=INVITE kind=recv node=alice"
				return ok ~= nil, ok
			end, why = { "Bob's phone must answer before the CANCEL arrives.", zh = "Bob 的话机必须在 CANCEL 到达之前接听。" } },
		{ "no node sends 487", zh = "没有人返回 487",
			function(t) return t:count "status=487" == 0 end },
		{ "a BYE of Alice's phone ends the call", zh = "Alice 的话机的 BYE 结束呼叫",
			function(t)
				local bye = t:first "method=BYE kind=recv node=bob"
				return bye ~= nil and t:count "method=BYE kind=send src=alice" > 0, bye
			end, rule = "bye-cancelled" },
	},
	points = 3,
}

task {
	choice = {
		{ "atl: it sends a CANCEL to Bob's phone instead of bil.", zh = "atl：它代替 bil 向 Bob 的话机发送 CANCEL。",
			why = { "A CANCEL goes where its INVITE went, and atl has sent that to bil.",
				zh = "CANCEL 发往其 INVITE 所去之处，而 atl 把 INVITE 发给了 bil。" }, rule = "proxy-cancel" },
		{ "bil: its Timer C fires, and it cancels its own INVITE.", zh = "bil：它的定时器 C 到期，由它取消自己的 INVITE。",
			why = { "Timer C was in its memory, and was lost in the crash.",
				zh = "定时器 C 也在它的内存中，随崩溃一起消失。" } },
		{ "Bob's phone: the transaction of its INVITE times out.", zh = "Bob 的话机：它的 INVITE 事务超时。",
			why = { "While it rings it waits for Bob, and has no timer that would end that.",
				zh = "振铃时它在等 Bob，没有会结束等待的定时器。" } },
		{ "Nobody: a node that has lost an INVITE can't cancel it.", zh = "谁也不会：忘记了 INVITE 的一方无法再取消它。", right = true },
	},
	rule = "proxy-cancel",
	hint = { "`INVITE@bil` makes Bob's phone ring: RFC 3261 9.1 says which branch a CANCEL for it must have. Which node knows that branch?", zh = "使 Bob 的话机振铃的是 `INVITE@bil`：取消它的 CANCEL 须带哪个 branch，见 RFC 3261 第 9.1 节。谁知道这个 branch？" },
}
