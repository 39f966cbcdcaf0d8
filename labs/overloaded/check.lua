-- The tasks of overloaded; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "503 is a status between servers, which no phone understands.", zh = "503 只用于服务器之间，话机不懂这个状态码。",
			why = { "Any client does: RFC 3263 4.3 says what it does then.",
				zh = "任何客户端都懂：此时怎么做，见 RFC 3263 4.3。" },
			rule = "proxy-503" },
		{ "Alice's phone would take atl for the server that has failed.",
			zh = "Alice 的话机会以为出故障的是 atl。", right = true },
		{ "All servers of Bob's domain have failed, which a 500 says.", zh = "Bob 的域的所有服务器都出了故障，500 就是这个意思。",
			why = { "bil works; it is overloaded. And a failure everywhere would be a 6xx.",
				zh = "bil 没有故障，只是太忙。到处都失败则是 6xx。" }, rule = "proxy-503" },
		{ "The INVITE had an error, and that is what 500 says.", zh = "bil 发现 INVITE 有错误，500 就是这个意思。",
			why = { "That would be a 4xx; the same INVITE succeeds two seconds later.",
				zh = "那会是 4xx；两秒后同样的 INVITE 就成功了。" }, rule = "proxy-503" },
	},
	rule = "proxy-503",
	records = function(t) return t:get "500@atl" end,
}

task {
	number = function(t) return t:count "method=ACK kind=send to=2.9s" end,
	unit = { "ACKs", zh = "个 ACK" },
	rule = "ict-ack",
	ahead = true,
	wrong = {
		{ 1, why = { "Each hop acknowledges what it has received, whatever the status becomes later.", zh = "每一跳各自确认所收到的，不管状态码变成了什么。" } },
		{ 3, why = { "That is the number of hops to Bob's phone; the INVITE has not got that far.", zh = "到 Bob 的话机有这么多跳；INVITE 没有到那么远。" } },
		{ 0, why = { "A rejection of an INVITE is acknowledged as well.", zh = "对 INVITE 的拒绝也要确认。" } },
	},
	why = { "Count the hops that the first INVITE has made: each of them ends with its own final response.", zh = "数第一个 INVITE 走过的跳：每一跳都以自己的最终响应结束。" },
	hint = { "Follow the INVITE in `method=INVITE kind=send to=2.9s`: on each of its hops a rejection returns, and RFC 3261 17.1.1.3 says which node acknowledges that.",
		zh = "在 `method=INVITE kind=send to=2.9s` 中跟踪这个 INVITE：它走过的每一跳上都有拒绝返回，由谁确认，见 RFC 3261 17.1.1.3。" },
	records = function(t) return t:all "method=ACK kind=send to=2.9s" end,
	others = {
		{ number = function(t) return t:count "method=INVITE kind=send" end, rule = "proxy-overload", unit = { "INVITEs", zh = "个 INVITE" }, ahead = true,
			ask = { "Before you look at the run: Alice calls twice; `bil` rejects the first call. How many INVITEs will be sent in the whole run, one counted for each hop?\n\n    rung show overloaded method=INVITE kind=send", zh = "先不看运行：Alice 呼叫两次；`bil` 拒绝第一次。在整个运行中，每一跳算一个，一共会发送多少个 INVITE？\n\n    rung show overloaded method=INVITE kind=send" },
			wrong = { { 6, why = { "The first one is not forwarded to Bob's phone.", zh = "第一个没有转发给 Bob 的话机。" } }, { 2, why = { "That is how many Alice's phone sends.", zh = "这是 Alice 的话机发送的。" } } },
			why = { "How far does each of the two get?", zh = "两个各走了多远？" },
			hint = { "The first gets as far as the node of `503@bil`, the second as far as that of `180@bob`: how many transmissions does each need to get there?",
				zh = "第一个到达 `503@bil` 的节点为止，第二个到达 `180@bob` 的节点为止：各要发送几次？" },
			records = function(t) return t:all "method=INVITE kind=send" end },
		{ number = function(t) return t:count "method=INVITE kind=recv node=bob" end, rule = "proxy-overload", unit = { "INVITEs", zh = "个 INVITE" }, ahead = true,
			ask = { "Before you look at the run: Alice calls twice; `bil` rejects the first call. How many INVITEs will reach Bob's phone?\n\n    rung show overloaded method=INVITE", zh = "先不看运行：Alice 呼叫两次；`bil` 拒绝第一次。会有多少个 INVITE 到达 Bob 的话机？\n\n    rung show overloaded method=INVITE" },
			wrong = { { 2, why = { "An overloaded proxy forwards nothing.", zh = "过载的一方什么也不转发。" } }, { 0, why = { "It has recovered when she calls again.", zh = "她再次呼叫时它已恢复。" } } },
			why = { "The first call ends at his proxy. And the second?", zh = "第一个呼叫在他的代理服务器终止。第二个呢？" },
			hint = { "Look for his phone in `method=INVITE kind=recv`.", zh = "在 `method=INVITE kind=recv` 中找他的话机。" },
			records = function(t) return t:all "method=INVITE kind=recv node=bob" end },
	},
}

task {
	time = function(t) return t:get("500@atl"):arrival().time - t:get("INVITE@alice").time end,
	wrong = {
		{ function(t) return t:get("503@bil").time - t:get("INVITE@alice").time end,
			why = { "At that time bil sends it; it must still reach Alice.", zh = "那时 bil 刚发出响应；它还在途中。" } },
		{ function(t) return t:get("500@atl").time - t:get("INVITE@alice").time end,
			why = { "At that time atl sends it; the line takes 10 ms more.", zh = "那时 atl 刚发送它；线路还要 10 ms。" } },
		{ 32, why = { "That would be the time if bil sent nothing at all.", zh = "如果 bil 根本不响应，才会要这么久。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of its first INVITE, and the arrival of the final rejection, which need not be that of `bil`.",
		zh = "看 Alice 的话机的两条记录：它发送第一个 INVITE，以及最终的拒绝到达，它不一定是 `bil` 发的那个。" },
	records = function(t) return t:get("500@atl"):arrival() end,
	hint = { "Both are records of her phone: `node=alice kind=send,recv to=2s`.", zh = "两条都是她的话机的记录：`node=alice kind=send,recv to=2s`。" },
}

task {
	find = {
		node = "atl",
		rule = "proxy-503",
		record = function(t) return t:get "500@atl" end,
	},
	points = 3,
	rule = "proxy-503",
	why = { "Look for the first transmission of the status that Alice's phone gets, and explain it: what arrived before it?",
		zh = "找 Alice 的话机收到的状态码的第一次发送，并用 explain 看：之前收到的是什么？" },
	records = function(t) return t:get "500@atl" end,
	hint = { "`status=503,500 kind=send` shows where one changes into the other; explain the later.", zh = "`status=503,500 kind=send` 显示一个在哪里变成另一个；对后一个用 explain。" },
	others = {
		{ find = { node = "bil", rule = "proxy-overload", record = function(t) return t:get "503@bil" end }, rule = "proxy-overload",
			ask = { "Find the message that says for how long nobody should call again, which node sends it, and by which rule: `node=… rule=… record=…`.\n\n    rung show overloaded -m status=503,500", zh = "找出说明多久之内不要再呼叫的消息，由谁发送，按哪条规则：`node=… rule=… record=…`。\n\n    rung show overloaded -m status=503,500" },
			why = { "Only one of the two rejections has a Retry-After: which one?", zh = "两个拒绝中只有一个带 Retry-After：哪一个？" },
			hint = { "RFC 3261 20.33 says which responses have that field: look for it in `503@bil` and in `500@atl`, and use the number for `rung explain`.",
				zh = "这样的时间写在哪些响应中，见 RFC 3261 20.33：在 `503@bil` 和 `500@atl` 中找这个字段，把编号交给 `rung explain`。" },
			records = function(t) return t:get "503@bil" end },
		{ find = { node = "atl", rule = "ict-ack", record = function(t) return t:get "ACK@atl" end }, rule = "ict-ack",
			ask = { "`bil` learns that its rejection has arrived. Find the message that tells it, which node sends it, and by which rule: `node=… rule=… record=…`.\n\n    rung show overloaded to=2.9s dst=bil", zh = "`bil` 得知它的拒绝已到达。找出告知它的消息，由谁发送，按哪条规则：`node=… rule=… record=…`。\n\n    rung show overloaded to=2.9s dst=bil" },
			why = { "A rejection is acknowledged on each hop, by the node that has received it: look at what reaches `bil` after it.", zh = "拒绝在每一跳上由收到它的一方确认：看之后什么到达 `bil`。" },
			hint = { "By RFC 3261 17.2.1 its server transaction waits for that: what arrives directly before the last change of state in `node=bil kind=fsm,recv to=2.9s`?",
				zh = "按 RFC 3261 17.2.1，它的服务器事务等待的就是它：`node=bil kind=fsm,recv to=2.9s` 中最后一次状态变化之前刚刚到达的是什么？" },
			records = function(t) return t:get "ACK@atl" end },
	},
}

task {
	goal = {
		{ "Alice's phone makes two calls", zh = "Alice 的话机发起两个呼叫",
			function(t)
				local ids, n = {}, 0
				for _, s in ipairs(t:all "method=INVITE kind=send src=alice") do
					if not ids[s.call_id] then
						ids[s.call_id] = true
						n = n + 1
					end
				end
				return n == 2
			end },
		{ "bil rejects one with 503", zh = "bil 以 503 拒绝一个",
			function(t)
				local r = t:first "status=503 kind=send src=bil"
				return r ~= nil and t:count "status=503 kind=send src=bil" == 1, r
			end, rule = "proxy-overload" },
		{ "the other one is answered, although it was made before that", zh = "另一个被接听，而且它在此之前就已发起",
			function(t)
				local ok, no = t:first "status=200 cseq=INVITE kind=recv node=alice", t:first "status=503 kind=send src=bil"
				return ok ~= nil and no ~= nil and ok.time > no.time and
				    t:count "method=INVITE kind=send src=alice" == 2, ok
			end },
	},
	points = 3,
}
