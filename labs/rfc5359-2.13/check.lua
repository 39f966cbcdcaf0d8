-- The tasks of rfc5359-2.13; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--lan.delay=5ms..45ms:10ms" }

task {
	choice = {
		{ "each is a new request, and CSeq says which came later",
			zh = "每个都是新的请求，由 CSeq 说明先后",
			right = true, rule = "auth-answer-proxy" },
		{ "the number counts the servers that were on the way",
			zh = "编号表示途中经过的服务器的个数",
			why = { "That is what Max-Forwards counts down.", zh = "递减计数跳数的是 Max-Forwards。" }, rule = "proxy-max-forwards" },
		{ "because they are retransmissions of one and the same INVITE",
			zh = "因为它们是同一个 INVITE 的重传",
			why = { "A retransmission has the same number, and the same bytes.", zh = "重传的编号和字节都相同。" }, rule = "ict-timer-a" },
		{ "because each of them belongs to a dialog of its own",
			zh = "因为它们各属于一个对话",
			why = { "No dialog was created: nobody has accepted anything.", zh = "还没有对话：没有谁接受过什么。" }, rule = "invite-failed" },
	},
	points = 2,
	records = function(t) return t:all "kind=send src=alice method=INVITE to=2s" end,
}

task {
	choice = {
		{ "it proves who the caller is, as a password would",
			zh = "它像密码一样，证明主叫是谁",
			why = { "It says which host sent the message, or seems to have sent it.", zh = "它只说明消息来自（或看似来自）哪台主机。" }, rule = "auth-accept" },
		{ "over UDP little: the proxy's address can be forged",
			zh = "用 UDP 时难以依靠：来源地址容易伪造",
			right = true },
		{ "nothing: every INVITE comes from the caller's own address",
			zh = "毫无用处：每个 INVITE 都来自主叫自己的地址",
			why = { "What a proxy forwards comes from the proxy.", zh = "代理服务器转发的消息来自代理服务器。" }, rule = "proxy-forward" },
		{ "it is safe, as the Via names the same address",
			zh = "可靠，因为 Via 写的是同一个地址",
			why = { "An attacker who forges the address also writes the Via.", zh = "能伪造前者的人也会写后者。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=bob status=305" end,
}

task {
	find = {
		node = "proxy",
		rule = "auth-accept",
		record = function(t)
			return t:first "kind=auth node=proxy op=accept"
		end,
	},
	points = 2,
	why = { "A From is a claim; the answer to the challenge proves it.",
		zh = "From 只是声称；对质询的回答才是证明。" },
	hint = { "`node=proxy kind=auth` shows what the proxy itself does: RFC 3261, 22.3; which of these is after the arrival of `INVITE@alice#3`?", zh = "`node=proxy kind=auth` 只留下代理服务器自己所做的，RFC 3261 第 22.3 节：哪一条在 `INVITE@alice#3` 到达之后？" },
	others = {
		{ find = { record = function(t) return { t:first "kind=auth node=proxy op=challenge", t:first "kind=send src=proxy status=407" } end },
			ask = { "Find the record in which a node first asks who calls: `record=…`.",
				zh = "找出最先询问主叫是谁的那条记录：`record=…`。" },
			why = { "A node that wants a password sends its own status for that; the record before it is of kind auth.", zh = "要求密码的一方用自己的状态码说明；之前的记录属于 auth 类。" },
			rule = "auth-407",
			hint = { "Find the message that first contains the nonce of Proxy-Authorization in `INVITE@alice#3`: it was made for that, RFC 3261, 22.3.", zh = "从 `INVITE@alice#3` 的 Proxy-Authorization 中的 nonce，往回找最先带有它的消息：它就是为此产生的，RFC 3261 第 22.3 节。" } },
		{ find = { node = "bob", rule = "redirect-305", record = function(t) return (function(r) return { r, r:arrival() } end)(t:first "kind=send src=bob status=305") end },
			ask = { "Find the record in which Alice is told which path to use: `node=… rule=… record=…`.\n\n    rung show rfc5359-2.13 kind=send",
				zh = "找出告诉 Alice 该走哪条路的那条记录：`node=… rule=… record=…`。\n\n    rung show rfc5359-2.13 kind=send" },
			why = { "It is the first response of the run; see which node sends it, and by which rule.", zh = "它是运行中的第一个响应；看由谁发送、依据哪条规则。" },
			rule = "redirect-305",
			hint = { "`dst=alice to=1.5s kind=send` has the responses that she gets: RFC 3261, 21.3 and 21.4 distinguish those that redirect from those that reject.", zh = "`dst=alice to=1.5s kind=send` 是她收到的响应：哪些指向别处，哪些拒绝，见 RFC 3261 第 21.3 和 21.4 节。" } },
	},
}

task {
	draw = "kind=send node=proxy",
	ahead = true,
	rule = "ict-ack",
	hint = { "`src=proxy kind=send` is the proxy's part: to which request does each of these belong, and what follows it by RFC 3261, 17.1.1.3?", zh = "`src=proxy kind=send` 是代理服务器的部分：每个属于哪个请求，按 RFC 3261 第 17.1.1.3 节其后跟着什么？" },
	others = {
		{ draw = "kind=send node=ann",
			ask = { "Before you look at the run: draw all messages between Alice's phone and the announcement (ann), one line each: `alice -> ann INVITE`. It is a call that the announcement answers at once and ends itself.\n\n    rung show rfc5359-2.13 node=ann kind=send",
				zh = "先不看运行：画出 Alice 的话机与通知音（ann）之间将有的消息，每条一行，如 `alice -> ann INVITE`。它立即接听这个呼叫，并自己结束。\n\n    rung show rfc5359-2.13 node=ann kind=send" },
			ahead = true,
			hint = { "There is no ringing, and the announcement hangs up at its end, RFC 3261, 15.1: `src=ann kind=send` is everything that it sends.", zh = "没有振铃；放音者放完就挂断，RFC 3261 第 15.1 节：`src=ann kind=send` 是它所说的全部。" } },
		{ draw = "kind=send method=ACK",
			ask = { "Before you look at the run: draw all ACKs that will be sent, one line each: `alice -> bob ACK`.\n\n    rung show rfc5359-2.13 method=ACK kind=send",
				zh = "先不看运行：画出将发送的所有 ACK，每个一行，如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.13 method=ACK kind=send" },
			ahead = true,
			rule = "ict-ack",
			hint = { "There is one for each final response to one of her INVITEs, to the node that has sent it: `status=2xx,3xx,4xx dst=alice cseq=INVITE`.", zh = "她的 INVITE 的每个最终响应一个，发给响应的一方：`status=2xx,3xx,4xx dst=alice cseq=INVITE`。" } },
	},
}

task {
	goal = {
		{ "Alice is redirected to the proxy first: 305", zh = "Alice 先被指向代理服务器：305",
			function(t) return t:count "kind=recv dst=alice status=305" > 0, t:first "kind=recv dst=alice status=305" end },
		{ "the proxy knows the caller", zh = "代理服务器知道她是谁",
			function(t)
				return t:first "kind=auth node=proxy op=accept"
			end, rule = "auth-accept" },
		{ "Bob's phone gets the INVITE from the proxy, and answers", zh = "Bob 的话机收到来自代理服务器的 INVITE，并接听",
			function(t)
				local r = t:first "kind=send src=proxy dst=bob method=INVITE"
				return r ~= nil and t:count "kind=send src=bob status=200 cseq=INVITE" > 0, r
			end, rule = "screen-in" },
		{ "no node sends 403", zh = "没有人返回 403",
			function(t) return t:count "kind=send status=403" == 0, t:first "kind=send status=403" end },
	},
	points = 3,
}
