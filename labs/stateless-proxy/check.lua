-- The tasks of stateless-proxy; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1s..3s:1s", "lan1--lan2.delay=10ms..40ms:10ms", "seed=1..999:1" }

task {
	choice = {
		{ "less, like every proxy that gets an INVITE", zh = "less，像每台代理服务器一样", rule = "proxy-stateless",
			why = { "A stateless proxy must not make a provisional response: it would not know when.",
				zh = "无状态代理服务器不得自己产生临时响应：它无从知道何时该发。" } },
		{ "Bob's phone, before it rings and says 180", zh = "Bob 的话机，在返回 180 之前", rule = "proxy-100",
			why = { "It says 180. A 100 is only for one hop, and bil has made one at once.", zh = "它说的是 180。100 只用于上一跳，bil 立即就发了。" } },
		{ "less: a 100 is never passed on, so it is its own", zh = "less：100 从不转发，所以是它自己的", rule = "proxy-stateless-response",
			why = { "A stateful proxy does not forward it. less only looks at the Vias, and forwards whatever arrives.", zh = "有状态的代理服务器会留下它。less 只看 Via，来什么都转发。" } },
		{ "bil; less has done no more than to pass it on", right = true, zh = "bil；less 只不过是把它转发", rule = "proxy-stateless-response" },
	},
	points = 2,
	records = function(t) return t:all "status=100 kind=send from=10s" end,
	ahead = true,
}

task {
	number = function(t) return t:count "kind=fsm node=less" end,
	rule = "proxy-stateless",
	wrong = {
		{ 2, why = { "That is the number at full: one to each side. What is different at `less`?", zh = "那是 full 的数目：两侧各一个。`less` 与它有什么不同？" } },
		{ 1, why = { "It would need one to know what to retransmit. Which node retransmits her INVITE?", zh = "要知道重传什么才需要事务。由谁重传她的 INVITE？" } },
	},
	why = { "Read the state of `less` at that time, and count its state machines.",
		zh = "读那时 `less` 的状态，数它的状态机。" },
	hint = { "`kind=fsm machine=ICT,IST from=10s to=10.2s` has the transactions of INVITEs that exist by then in Anna's call, and their nodes: RFC 3261, 16.11.",
		zh = "`kind=fsm machine=ICT,IST from=10s to=10.2s` 是 Anna 的呼叫中到那时为止开始的 INVITE 事务，以及它们属于谁：RFC 3261 第 16.11 节。" },
	others = {
		{
			number = 2,
			ask = { "How many transactions has `full` at 1.2 s?\n\n    rung show stateless-proxy --at=1.2s --node=full\n    rung show stateless-proxy --at=10.2s --node=less",
				zh = "1.2 s 时 `full` 有多少个事务？\n\n    rung show stateless-proxy --at=1.2s --node=full\n    rung show stateless-proxy --at=10.2s --node=less" },
			wrong = {
				{ 0, why = { "That is the number at `less`.", zh = "`less` 才是这样。" } },
				{ 1, why = { "It has answered on one side and sent a request on the other.", zh = "它在一侧作了响应，在另一侧发出了请求。" } },
			},
			why = { "Read the state of `full` at that time, and count its state machines.",
				zh = "读那时 `full` 的状态，数它的状态机。" },
			hint = { "`kind=fsm node=full to=1.2s` has the state machines that it has started: which lines belong to the same one? RFC 3261, 16 has a figure of a stateful proxy.",
				zh = "`kind=fsm node=full to=1.2s` 是它已开始的状态机：哪些行属于同一个？RFC 3261 第 16 节有有状态代理服务器的图。" },
		},
		{
			number = 1,
			ask = { "How many transactions has Anna's phone at 10.2 s?\n\n    rung show stateless-proxy --at=10.2s --node=anna",
				zh = "10.2 s 时 Anna 的话机有多少个事务？\n\n    rung show stateless-proxy --at=10.2s --node=anna" },
			wrong = {
				{ 0, why = { "Then no node could retransmit what was lost.", zh = "那样就没有谁能重传丢失的消息。" } },
				{ 2, why = { "She has no request to answer yet.", zh = "她还没有什么要响应。" } },
			},
			rule = "ict-send",
			why = { "Read the state of Anna's phone at that time, and count its state machines.",
				zh = "读那时 Anna 的话机的状态，数它的状态机。" },
			hint = { "`name=A op=fire from=10s` says which node retransmits her INVITE; `kind=fsm node=anna from=10s to=10.2s` has what is started for it, and offer and answer, which is no transaction.",
				zh = "`name=A op=fire from=10s` 说明谁重传她的 INVITE；`kind=fsm node=anna from=10s to=10.2s` 有为此开始的，还有不属于事务的提议与应答。" },
		},
	},
}

task {
	draw = "method=INVITE kind=send from=10s",
	points = 3,
	hint = { "`kind=drop from=10s` has what is lost, and `name=A op=fire from=10s` the node that therefore sends once more: what does `less` do with an INVITE that arrives again, RFC 3261, 16.11?",
		zh = "`kind=drop from=10s` 是丢失的，`name=A op=fire from=10s` 是因此重传的一方：`less` 怎样处理再次到来的 INVITE，RFC 3261 第 16.11 节？" },
	others = {
		{
			draw = "method=INVITE kind=send to=9s",
			ask = { "Draw every INVITE of Alice's call, including retransmissions: what is sent until 9 s, such as `alice -> full BYE`.\n\n    rung show stateless-proxy method=INVITE kind=send to=9s",
				zh = "画出 Alice 的呼叫的每个 INVITE，包括重传：9 s 之前发送的全部，如 `alice -> full BYE`。\n\n    rung show stateless-proxy method=INVITE kind=send to=9s" },
			rule = "ict-timer-a",
			hint = { "`kind=drop to=2s` has what is lost, and `name=A op=fire to=9s` the node whose transaction retransmits it: had the other one received a response before, `status=100 dst=alice`?",
				zh = "`kind=drop to=2s` 是丢失的，`name=A op=fire to=9s` 是重传它的事务所属的节点：另一方之前听到过什么，`status=100 dst=alice`？" },
		},
		{
			draw = "status=200 cseq=INVITE kind=send from=10s",
			ask = { "Draw every 200 to Anna's INVITE, including retransmissions: what is sent from 10 s on, such as `bob -> bil 180`.\n\n    rung show stateless-proxy status=200 cseq=INVITE kind=send from=10s",
				zh = "画出对 Anna 的 INVITE 的每个 200，包括重传：10 s 起发送的全部，如 `bob -> bil 180`。\n\n    rung show stateless-proxy status=200 cseq=INVITE kind=send from=10s" },
			rule = "invite-2xx-again",
			hint = { "`kind=drop from=11s` says where the first one is lost; `name=2xx op=fire from=10s` which node sends it again, RFC 3261, 13.3.1.4, along the whole path.",
				zh = "`kind=drop from=11s` 说明第一个在哪里丢失；`name=2xx op=fire from=10s` 说明谁再发一次（RFC 3261 第 13.3.1.4 节），走完全程。" },
		},
	},
}

task {
	choice = {
		{ "full repeats it itself; for less Bob's phone does", zh = "full 自己重传；less 的由 Bob 的话机重传", rule = "ist-2xx",
			why = { "The 200 was lost before it reached full; and no proxy retransmits a 2xx.", zh = "200 在到达 full 之前就丢了；而且没有代理服务器会重传 2xx。" } },
		{ "bil, both times: it is the hop where it was lost", zh = "两次都是 bil：丢失发生在它那一跳", rule = "ist-2xx",
			why = { "A proxy's server transaction retransmits rejections, not a 2xx: this is the task of the phone that has answered.", zh = "代理服务器的服务器事务重传拒绝，而不重传 2xx：那是接听者的事。" } },
		{ "Bob's phone, both times: it waits for an ACK", right = true, zh = "两次都是 Bob 的话机：它在等 ACK", rule = "invite-2xx-again" },
		{ "nobody, both times: the caller asks again with the INVITE", zh = "两次都没有人：主叫再用 INVITE 询问", rule = "invite-2xx-again",
			why = { "The caller has received a 180 and retransmits nothing.", zh = "主叫已收到 180，不再重传。" } },
	},
	points = 2,
	records = function(t) return t:all "status=200 cseq=INVITE src=bob kind=send" end,
}

task {
	choice = {
		{ "It is computed from the request, and that is the same.", right = true, rule = "proxy-stateless-branch",
			zh = "它由请求算出，而两次的请求相同。" },
		{ "It takes over the branch that Anna's phone has written.", zh = "它照用 Anna 的话机写的 branch。", rule = "proxy-stateless-branch",
			why = { "Compare the two Vias: it has one of its own.", zh = "比较两个 Via：它有自己的。" } },
		{ "It writes the same branch always, whatever comes.", zh = "不论来什么，它总是写同一个 branch。", rule = "proxy-stateless-branch",
			why = { "Then bil would take different calls for the same one.", zh = "那样 bil 会把不同的呼叫当成一个。" } },
		{ "It asks bil, which remembers the branch of the first.", zh = "它询问 bil，由 bil 记住第一个的 branch。", rule = "proxy-stateless-branch",
			why = { "There is no such question in the run.",
				zh = "运行中没有这样的询问。" } },
	},
	points = 2,
	records = function(t) return t:all "method=INVITE src=less kind=send" end,
}

task {
	goal = {
		{ "the INVITE of less is lost", zh = "less 发出的 INVITE 丢失",
			function(t)
				return t:first("method=INVITE kind=drop", function(r) return r.of and r.of.src == "less" end)
			end },
		{ "less sends it again", zh = "less 再次发送它",
			function(t)
				local all = t:all "method=INVITE src=less dst=bil kind=send"
				return #all >= 2, all[2]
			end, rule = "ict-timer-a" },
		{ "Anna's phone has sent it once", zh = "Anna 的话机只发送了一次",
			function(t) return t:count "method=INVITE src=anna kind=send" == 1 end, rule = "ict-1xx",
			why = { "An own 100 from less would prevent the retransmission.", zh = "less 自己的 100 会使它不再重传。" } },
		{ "Bob takes her call", zh = "Bob 接听她的呼叫",
			function(t)
				return t:first "kind=call node=anna state=confirmed"
			end },
	},
	points = 3,
}
