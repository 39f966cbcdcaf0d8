-- The tasks of early-media-two-phones; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "mobile.answer=2500ms..8500ms:500ms", "seed=1..999:1" }

-- The node whose address a source's packets come from.
local function heard(t, name)
	return t:first("kind=media op=heard node=alice", function(r) return r.other == name end)
end

local function hear(t, name)
	return t:first("kind=media op=hear node=alice", function(r) return r.other == name end)
end

local function taken(t)
	return t:first "kind=recv status=200 cseq=INVITE node=alice dst=alice"
end

local function flow(t)
	return t:first "kind=media op=flow node=alice"
end

task {
	draw = "cseq=CANCEL",
	ahead = true,
	rule = "proxy-cancel-others",
	hint = { "It reaches the desk phone at the time of `op=stop node=desk`, and is answered.",
		zh = "它在 `op=stop node=desk` 之时到达桌上的话机，并得到响应。" },
	others = {
		{
			draw = "method=ACK",
			ahead = true,
			hint = { "One phone has sent 200, the other 487: for each final response of `cseq=INVITE` there is one, on its own path.",
				zh = "一部话机返回 200，另一部返回 487：`cseq=INVITE` 的每个最终响应各有一个，走各自的路。" },
			ask = { "Before you look at the run: draw all ACKs of the run, one line for each, `alice -> px ACK`.\n\n    rung show early-media-two-phones method=ACK kind=send",
				zh = "先不看运行：画出运行中的所有 ACK，每条一行，如 `alice -> px ACK`。\n\n    rung show early-media-two-phones method=ACK kind=send" },
		},
		{
			draw = "cseq=BYE",
			ahead = true,
			hint = { "Does the proxy stay in the path? `kind=dialog node=mobile` has the route, `cseq=BYE` the response.",
				zh = "代理服务器留在路径上吗？路由见 `kind=dialog node=mobile`，响应见 `cseq=BYE`。" },
			ask = { "Before you look at the run: the mobile's user hangs up at the end. Draw the request for that and its response on their whole path, one line for each hop.\n\n    rung show early-media-two-phones cseq=BYE kind=send",
				zh = "先不看运行：最后由手机一方挂断。画出为此发送的请求及其响应的全程，每一跳一行。\n\n    rung show early-media-two-phones cseq=BYE kind=send" },
		},
	},
}

task {
	number = function(t) return heard(t, "desk").packets end,
	unit = { "packets", zh = "个数据包" },
	wrong = {
		{ function(t) return heard(t, "mobile").packets end, why = { "That many come from the mobile.", zh = "那是来自手机的数目。" } },
		{ 0, why = { "The desk phone is never answered, and is still heard.", zh = "桌上的话机从未接听，却听得到。" } },
	},
	why = { "Look for the end of the stream that comes from the desk phone's address.", zh = "找来自桌上话机地址的媒体流结束的记录。" },
	records = function(t) return heard(t, "desk") end,
	hint = { "A stream ends by a record of `op=heard`; it names the address that its packets came from.",
		zh = "一个流以一条 `op=heard` 记录结束；其中有数据包来自的地址。" },
}

task {
	choice = {
		{ "By the tag in To, which differs from one early dialog to the other.",
			zh = "凭 To 中的 tag，它在各个早期对话中不同。",
			why = { "An RTP packet has no tag: it has 172 bytes, of which 160 are sound.", zh = "RTP 的数据包没有 tag：172 字节中有 160 字节是声音。" } },
		{ "By the SSRC in the head of each packet, which stands for its source.", right = true,
			zh = "凭源的编号 SSRC，它在每个数据包的头中。" },
		{ "By the payload type, of which each answer in a 183 has chosen its own.",
			zh = "凭载荷类型，每个 183 中的应答各选了一个。",
			why = { "Both have chosen PCMU, which is 0.", zh = "两者都选了 PCMU，即 0。" } },
		{ "By the sequence number, since even ones are of the first that answered.",
			zh = "凭序号，因为偶数的属于先应答的一方。",
			why = { "Each increments its own by one, from a random start.", zh = "各自从某处开始，逐一计数。" } },
	},
	points = 2,
	hint = { "RFC 3550 5.1 shows the header of a packet: which of its fields is the same in all packets of `src=desk`, and different in those of `src=mobile`?", zh = "RFC 3550 第 5.1 节画出数据包的头部：哪个字段在 `src=desk` 的所有包中相同，而在 `src=mobile` 的包中不同？" },
}

task {
	time = function(t) return flow(t).time end,
	tolerance = "21ms",
	wrong = {
		{ function(t) return hear(t, "desk").time end, why = { "At that time she begins to hear.", zh = "那是她开始听到的时刻。" } },
		{ function(t) return t:first("kind=media op=flow node=mobile").time end, why = { "At that time Bob's phones begin to send.", zh = "那是 Bob 的话机开始发送的时刻。" } },
	},
	why = { "It is the record in which the RTP of Alice's phone begins.", zh = "是 Alice 的话机的 RTP 开始的那条记录。" },
	records = flow,
	hint = { "Look for `op=flow node=alice`: before it her phone must `agree` with one of the phones.",
		zh = "找 `op=flow node=alice`：在它之前，她的话机必须与一方 `agree`。" },
}

task {
	choice = {
		{ "What a 183 says without being acknowledged is no answer yet; the 200 brings that.", right = true,
			zh = "没有得到确认的 183 所说的还不是应答；200 才带来应答。" },
		{ "The proxy keeps both descriptions to itself until one of the phones has won.",
			zh = "代理服务器把两个描述都留着，直到其中一部话机胜出。",
			why = { "Both 183s have reached her phone, with all their content.", zh = "两个 183 连同其中的内容都到了她那里。" } },
		{ "Her phone has offered a=recvonly, and offers both directions after the 200.",
			zh = "她的话机提议了 a=recvonly，在 200 之后才提议双向。",
			why = { "There is one offer, without any direction: this means sendrecv.", zh = "只有一个提议，没有写方向：即双向。" } },
		{ "The ports of Bob's phones are closed as long as nobody has answered.",
			zh = "在无人接听之前，Bob 的话机的端口是关闭的。",
			why = { "They are open, since the session descriptions exist; nothing arrives.", zh = "描述已发出，端口就是开放的；只是什么也没来。" } },
	},
	points = 2,
	hint = { "RFC 3261 13.2.1: which responses contain the answer to the offer in an INVITE?", zh = "RFC 3261 第 13.2.1 节：哪些响应带有对 INVITE 中提议的应答？" },
}

task {
	goal = {
		{ "Alice hears the mobile before it answers", zh = "手机接听之前，Alice 就听到它",
			function(t)
				local r, done = hear(t, "mobile"), taken(t)
				return r ~= nil and done ~= nil and r.time < done.time - 1, r
			end },
		{ "she hears nothing from the desk phone", zh = "她听不到桌上的话机",
			function(t) return t:node "desk" ~= nil and hear(t, "desk") == nil end,
			why = { "How can a phone say that it rings, without a session description?", zh = "话机怎样只说明正在振铃，而不涉及媒体？" } },
		{ "the desk phone rings as well, and says so", zh = "桌上的话机也振铃，并说明这一点",
			function(t)
				local r = t:first("kind=send src=desk cseq=INVITE", function(r) return r.status == 180 or r.status == 183 end)
				return r ~= nil, r
			end },
		{ "the mobile answers the call", zh = "手机接听了呼叫",
			function(t) return t:first "kind=send status=200 cseq=INVITE src=mobile" end },
	},
	points = 3,
	hint = { "`desk:set` above the script, with another `progress`.", zh = "在脚本之前写 `desk:set`，换一个 `progress`。" },
}
