-- The tasks of rfc3666-2.4; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "bob.answer=1s..4s:1s", "proxy3--dnsserver.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=sip kind=send",
	given = 4,
	points = 2,
	hint = { "Everything begins at alice and ends at bob, except the last request: `cseq=BYE` shows who hangs up.", zh = "除最后一个请求外，一切从 alice 开始，到 bob 结束：`cseq=BYE` 显示谁挂断。" },
	others = {
		{ draw = "kind=send proto=sip node=bob",
			ask = { "Draw all messages between Proxy 3 and Bob's phone in the whole call, one line each, such as `proxy3 -> bob INVITE`.\n\n    rung show rfc3666-2.4 kind=send node=bob",
				zh = "画出整个呼叫中 Proxy 3 与 Bob 的话机之间的消息，每条一行，如 `proxy3 -> bob INVITE`。\n\n    rung show rfc3666-2.4 kind=send node=bob" },
			rule = "proxy-forward",
			hint = { "There is no 100 here: a phone that rings at once does not need one (RFC 3261, 17.2.1). `dst=bob kind=recv` is one half of it.", zh = "这里没有 100：立即振铃的话机不需要它（RFC 3261 第 17.2.1 节）。`dst=bob kind=recv` 是其中一半。" } },
		{ draw = "kind=send proto=sip node=alice",
			ask = { "Draw all messages between Alice's phone and Proxy 3 in the whole call, one line each, such as `alice -> proxy3 INVITE`.\n\n    rung show rfc3666-2.4 kind=send node=alice",
				zh = "画出整个呼叫中 Alice 的话机与 Proxy 3 之间的消息，每条一行，如 `alice -> proxy3 INVITE`。\n\n    rung show rfc3666-2.4 kind=send node=alice" },
			rule = "proxy-response",
			hint = { "Her phone sends three messages and gets four: `node=alice kind=send,recv` shows which.", zh = "她的话机发送三条，收到四条：`node=alice kind=send,recv` 可以区分。" } },
	},
}

task {
	text = { "2.2.2.2.5.5.5.2.7.9.1.e164.arpa", "2.2.2.2.5.5.5.2.7.9.1.e164.arpa." },
	wrong = {
		{ "1.9.7.2.5.5.5.2.2.2.2.e164.arpa", why = { "A DNS name ends with its most general part: the country comes last, before e164.arpa.", zh = "DNS 名称以最大的部分结尾：国家代码在 e164.arpa 之前的最后。" } },
	},
	why = { "The query is in the message to dnsserver.", zh = "查询内容在发给 dnsserver 的消息里。" },
	rule = "enum-lookup",
	records = function(t) return t:first "kind=send proto=dns" end,
	points = 2,
	hint = { "RFC 6116, 3.2 has the steps from the digits of `INVITE@alice` to a name below e164.arpa.", zh = "RFC 6116 第 3.2 节说明从 `INVITE@alice` 的数字到 e164.arpa 之下名称的步骤。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=send proto=dns" end,
			ask = { "Before you look at the run: how many DNS messages will there be in total, queries and responses?\n\n    rung show rfc3666-2.4 -m proto=dns kind=send",
				zh = "先不看运行：一共将有多少条 DNS 消息，包括查询和应答？\n\n    rung show rfc3666-2.4 -m proto=dns kind=send" },
			ahead = true,
			wrong = {
				{ 22, why = { "There is not one query for each digit.", zh = "数字不是逐位查询的。" } },
				{ 1, why = { "A query is answered.", zh = "只有查询，谁也得不到结果。" } },
			},
			why = { "Count the transmissions of proxy3 and of dnsserver.", zh = "数 proxy3 和 dnsserver 的发送。" },
			rule = "enum-lookup",
			records = function(t) return t:last "kind=send proto=dns" end,
			hint = { "One name contains all digits, and its record leads directly to Bob's address-of-record: so how many queries must `proxy3` send, `src=proxy3 proto=dns kind=send`?",
				zh = "一个名称代表全部数字，它的记录直接给出 Bob 的 AOR：那么 `proxy3` 要问几次，`src=proxy3 proto=dns kind=send`？" } },
		{ text = function(t) return t:first("kind=send src=alice method=ACK").dst end,
			ask = { "Before you look at the run: to which node will Alice's phone send its ACK? Write its name in the topology.\n\n    rung show rfc3666-2.4 -m method=ACK,INVITE kind=send",
				zh = "先不看运行：Alice 的话机将把 ACK 发给哪个节点？写出它在拓扑中的名称。\n\n    rung show rfc3666-2.4 -m method=ACK,INVITE kind=send" },
			ahead = true,
			wrong = {
				{ "bob", why = { "The ACK for a 200 reaches Bob in the end; but a route was recorded for it.", zh = "对 200 的 ACK 最终属于 Bob；但为它记录了路由。" } },
				{ "dnsserver", why = { "That one was queried once, and not by the phone.", zh = "它只被查询一次，而且不是由话机查询。" } },
			},
			why = { "Look for the ACK with src=alice, and where it goes.", zh = "找 src=alice 的 ACK，看它发往哪里。" },
			records = function(t) return t:first "kind=send src=alice method=ACK" end,
			hint = { "Is there a Record-Route in `200@proxy3`? RFC 3261, 12.1.2 says what the phone does with it.", zh = "`200@proxy3` 中有 Record-Route 吗？RFC 3261 第 12.1.2 节说明话机怎样使用它。" } },
	},
}

task {
	time = function(t) return t:first("kind=send src=proxy3 method=INVITE").time - t:first("kind=recv node=proxy3 method=INVITE").time end,
	wrong = {
		{ function(t) return (t:first("kind=send src=proxy3 method=INVITE").time - t:first("kind=recv node=proxy3 method=INVITE").time) / 2 end, why = { "The query goes there, and the response returns.", zh = "查询要过去，应答还要回来。" } },
	},
	why = { "Take two records of proxy3: recv and send of the INVITE. Subtract.", zh = "proxy3 的两条记录：INVITE 的 recv 和 send，相减。" },
	rule = "enum-lookup",
	records = function(t) return t:first "kind=send src=proxy3 method=INVITE" end,
	points = 2,
	hint = { "Count the time of the INVITE at Proxy 3: from `kind=recv` to `INVITE@proxy3`; in between it does `proto=dns`.", zh = "INVITE 在 Proxy 3 的停留：从 `kind=recv` 到 `INVITE@proxy3`；其间它做的是 `proto=dns`。" },
}

task {
	goal = {
		{ "Alice's phone calls a tel: URI that ends with 2223", zh = "Alice 的话机呼叫以 2223 结尾的 tel: URI",
			function(t)
				return t:first("kind=send src=alice method=INVITE", function(r) return r.start == nil or r.text == nil or r.text:match "2223" ~= nil end)
			end },
		{ "the DNS is queried", zh = "查询了 DNS",
			function(t)
				return t:first "kind=send proto=dns src=proxy3"
			end },
		{ "the call is rejected with 404", zh = "呼叫以 404 被拒绝",
			function(t)
				return t:first "kind=recv node=alice status=404"
			end,
			why = { "For which number does the zone have no record?", zh = "区域中没有哪个号码的记录？" } },
	},
	points = 3,
}

task {
	choice = {
		{ "So that nobody can read the number on its way",
			zh = "使途中没有人能读出号码",
			why = { "Anybody can reverse it again and read it.", zh = "再反过来一次就能读出。" } },
		{ "In the DNS a large part such as a country stands last", right = true,
			zh = "DNS 中像国家这样最大的部分写在最后" },
		{ "The digits are queried one by one, the last first",
			zh = "数字逐位查询，从最后一位开始",
			why = { "There is a single query, with all digits.", zh = "查询只有一次，带全部数字。" } },
		{ "So that numbers of one subscriber are next to each other in the answer",
			zh = "使同一用户的号码在应答中排在一起",
			why = { "The response is about only one number.", zh = "应答只涉及一个号码。" } },
	},
	rule = "enum-lookup",
}
