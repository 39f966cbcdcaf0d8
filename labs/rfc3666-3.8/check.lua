-- The tasks of rfc3666-3.8; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send method=INVITE src=ngw1" end,
	wrong = {
		{ 1, why = { "That was so with a proxy that sends 100.", zh = "代理服务器返回 100 时才是这样。" } },
		{ 12, why = { "That is the number of both nodes.", zh = "那是两者发送的总数。" } },
	},
	why = { "Count what ngw1 sends to proxy1.", zh = "数 ngw1 发给 proxy1 的次数。" },
	rule = "ict-timer-a",
	records = function(t) return t:last "kind=send method=INVITE src=ngw1" end,
	points = 2,
	hint = { "Only the end of the call stops Timer A of the gateway: `kind=timer name=A node=ngw1 op=fire`, and the first INVITE needs no timer.", zh = "除了呼叫结束，没有什么会停止网关的定时器 A：`kind=timer name=A node=ngw1 op=fire`；而第一个 INVITE 不需要定时器。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=send method=INVITE" end,
			ask = { "Before you look at the run: how many INVITEs will be sent in total, by all nodes and including retransmissions?\n\n    rung show rfc3666-3.8 method=INVITE kind=send",
				zh = "先不看运行：一共将发送多少个 INVITE，无论由谁发送，包括重传？\n\n    rung show rfc3666-3.8 method=INVITE kind=send" },
			ahead = true,
			wrong = {
				{ 2, why = { "Without a response they are retransmitted.", zh = "没有响应就会重传。" } },
				{ 7, why = { "Proxy 1 forwards each of them, not only the first.", zh = "Proxy 1 转发每一个，不只是第一个。" } },
			},
			why = { "Count the transmissions of both nodes.", zh = "数两个节点的发送。" },
			rule = "proxy-stateless-branch",
			records = function(t) return t:last "kind=send method=INVITE" end,
			hint = { "`src=ngw1 method=INVITE kind=send` are those that reach the proxy; RFC 3261, 16.11 says what a stateless one does with one that it has seen before.", zh = "`src=ngw1 method=INVITE kind=send` 是来到代理服务器的；无状态代理服务器怎样处理已见过的请求，见 RFC 3261 第 16.11 节。" } },
		{ time = function(t) return (function(a) return a[#a].time - a[#a - 1].time end)(t:all "kind=send method=INVITE src=ngw1") end,
			ask = { "Before you look at the run: how long will the gateway wait between its last two INVITEs?\n\n    rung show rfc3666-3.8 method=INVITE src=ngw1 kind=send",
				zh = "先不看运行：网关最后两次 INVITE 之间将等待多久？\n\n    rung show rfc3666-3.8 method=INVITE src=ngw1 kind=send" },
			ahead = true,
			wrong = {
				{ 4, why = { "That is for requests other than INVITE: T2 is their limit.", zh = "非 INVITE 的请求才这样重传：上限是 T2。" } },
				{ 16, why = { "That one would come after the call is over.", zh = "那要到呼叫结束之后。" } },
			},
			why = { "Take the last two transmissions of ngw1 and subtract.", zh = "取 ngw1 的最后两次发送，时刻相减。" },
			rule = "ict-timer-a",
			records = function(t) return t:last "kind=send method=INVITE src=ngw1" end,
			hint = { "`kind=timer name=A node=ngw1 op=set` has the consecutive waits; the last of them has not ended when the exchange gives up.", zh = "`kind=timer name=A node=ngw1 op=set` 依次是各次等待；交换机放弃时，最后一次还没有等完。" } },
	},
}

task {
	draw = "kind=send from=20s",
	points = 2,
	rule = "cancel-wait",
	hint = { "RFC 3261, 9.1 says what must have arrived before a call can be cancelled: has it? `dst=ngw1 kind=recv`.", zh = "RFC 3261 第 9.1 节说明撤回呼叫之前必须收到什么：收到了吗？`dst=ngw1 kind=recv`。" },
	others = {
		{ number = function(t) return t:count "kind=send method=CANCEL" end,
			ask = { "How many CANCELs does the gateway send within the 25 s?\n\n    rung show rfc3666-3.8 kind=send src=ngw1",
				zh = "25 s 之内网关发送多少个 CANCEL？\n\n    rung show rfc3666-3.8 kind=send src=ngw1" },
			wrong = {
				{ 1, why = { "That was so after a 100.", zh = "收到过 100 时才是这样。" } },
			},
			why = { "Look for a transmission with that method.", zh = "找这个方法的发送记录。" },
			rule = "cancel-wait",
			records = function(t) return t:last "kind=recv node=ngw1 method=REL" end,
			hint = { "RFC 3261, 9.1 says what a CANCEL must wait for: has the gateway received it by 22 s, `dst=ngw1 kind=recv to=22s`?", zh = "CANCEL 必须等待什么，见 RFC 3261 第 9.1 节：网关到 22 s 为止收到的 `dst=ngw1 kind=recv to=22s` 中有它吗？" } },
		{ number = 102,
			ask = { "Which cause of Q.850 does the REL have? Write the number.\n\n    rung show rfc3666-3.8 -m method=REL kind=send",
				zh = "REL 带哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-3.8 -m method=REL kind=send" },
			wrong = {
				{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
				{ 19, why = { "That would be T9, after the telephone was alerted.", zh = "那是 T9，已经振过铃的情况。" } },
			},
			why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
			rule = "gateway-t7",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "The exchange waits for an ACM for T7: `REL@switcha` has the cause for that, Q.763 3.12.", zh = "交换机等待 ACM 直到 T7 到期：`REL@switcha` 说明它得出什么，Q.763 3.12。" } },
	},
}

task {
	time = function(t) return t:first "kind=recv method=RLC".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=RLC".time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of switcha; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "trunk-free",
	records = function(t) return t:first "kind=recv method=RLC" end,
	points = 2,
	hint = { "As with a proxy that answers: the exchange's timer, and one link in each direction. `RLC@ngw1`.", zh = "与会响应的代理服务器一样：交换机的定时器，以及一段链路的往返。`RLC@ngw1`。" },
}

task {
	goal = {
		{ "some INVITEs are lost", zh = "有些 INVITE 丢失",
			function(t)
				return t:first "kind=drop method=INVITE"
			end },
		{ "the exchange gets an ACM", zh = "交换机收到 ACM",
			function(t)
				return t:first "kind=recv node=switcha method=ACM"
			end,
			why = { "It has to be up before 16.5 s, when the last INVITE is sent.", zh = "它必须在发送最后一个 INVITE 的 16.5 s 之前恢复。" } },
		{ "and an ANM", zh = "以及 ANM",
			function(t)
				return t:first "kind=recv node=switcha method=ANM"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Bob's phone is dead, and has sent none",
			zh = "Bob 的话机已停机，没有发送",
			why = { "A 100 is from the next hop, not from the phone: see rfc3666-3.7.", zh = "100 来自下一跳，不是来自话机：见 rfc3666-3.7。" } },
		{ "It keeps no state, and passes on only what others say", right = true,
			zh = "它不保存状态，只转发别人说的" },
		{ "The 100 was lost on its way to the gateway",
			zh = "100 在去网关的途中丢失了",
			why = { "Proxy 1 sent nothing itself, so nothing was lost.", zh = "Proxy 1 什么也没有发送，也就没有丢失。" } },
		{ "The gateway has asked it for none, by a field of its INVITE",
			zh = "网关用 INVITE 的一个字段要求它不发送",
			why = { "There is no such field.", zh = "没有这样的字段。" } },
	},
	rule = "proxy-stateless-branch",
}
