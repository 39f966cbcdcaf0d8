-- The tasks of rfc3665-3.9; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "seed=1..999:1" }

local function heard(t)
	return t:first "status=486 node=alice kind=recv"
end

task {
	draw = "method=ACK kind=send",
	points = 3,
	hint = { "There is one for each 486, and it ends the transaction of that hop: RFC 3261, 17.1.1.3; see `machine=ICT into=completed`.", zh = "每个 486 一个，它结束那一跳的事务：RFC 3261 第 17.1.1.3 节；看 `machine=ICT into=completed`。" },
	ahead = true,
	others = {
		{ draw = "status=486 kind=send",
			ask = { "Before you look at the run: draw the 486s that will be sent, one line for each: `proxy1 -> alice 486`. Which of the three is Bob's own?\n\n    rung show rfc3665-3.9 -m status=486 kind=send",
				zh = "先不看运行：画出将发送的各个 486，每个一行：`proxy1 -> alice 486`。三个中哪个是 Bob 自己的？\n\n    rung show rfc3665-3.9 -m status=486 kind=send" },
			ahead = true,
			rule = "proxy-response",
			hint = { "Each hop on the way back has one: the pane Ladder, or `status=486 kind=recv`, shows where they arrive.", zh = "返回途中每一跳一个：看面板“流程图”，或用 `status=486 kind=recv` 看它们到达哪里。" } },
		{ draw = "method=INVITE kind=send",
			ask = { "Before you look at the run: draw the INVITEs that will be sent, one line for each: `alice -> proxy1 INVITE`. Which of them have credentials?\n\n    rung show rfc3665-3.9 -m method=INVITE kind=send",
				zh = "先不看运行：画出将发送的各个 INVITE，每个一行：`alice -> proxy1 INVITE`。其中哪些带有凭据？\n\n    rung show rfc3665-3.9 -m method=INVITE kind=send" },
			ahead = true,
			rule = "proxy-forward",
			hint = { "Count the Via fields of the message that reaches Bob's phone: `INVITE@proxy2` has one for each sender.", zh = "数 Bob 的话机收到的消息中的 Via：`INVITE@proxy2` 对每个发送者有一个。" } },
	},
}

task {
	choice = {
		{ "Alice's phone: an ACK goes from end to end", zh = "Alice 的话机：ACK 端到端传送", rule = "ict-ack",
			why = { "That is true of the ACK for a 200. The ACK for a rejection ends a transaction, and a transaction is one hop.",
				zh = "对 200 的 ACK 是这样。对拒绝的 ACK 结束的是事务，而事务只有一跳。" } },
		{ "proxy2, as soon as it has the 486", right = true, zh = "proxy2，一收到 486 就发送", rule = "ict-ack" },
		{ "proxy2, when Alice's ACK has reached it", zh = "proxy2，等 Alice 的 ACK 到达之后", rule = "ict-ack",
			why = { "Look at the times: Alice's phone has not even received the 486 then.", zh = "看时间：那时 Alice 的话机还没有收到 486。" } },
		{ "nobody: only a 200 has an ACK", zh = "没有人：只有 200 才有 ACK", rule = "ict-ack",
			why = { "Without it Bob's phone would retransmit the 486.", zh = "没有它，Bob 的话机会重传 486。" } },
	},
	points = 2,
	records = function(t) return t:first "method=ACK dst=bob kind=send" end,
}

task {
	choice = {
		{ "486: the request is faulty; 600: all servers are.", zh = "486：请求有错；600：所有服务器都有故障。", rule = "invite-everywhere",
			why = { "Nothing is faulty: both say that Bob is busy.", zh = "没有什么故障：二者都表示 Bob 忙。" } },
		{ "486: Bob is busy; 600: his telephone line has failed.", zh = "486：Bob 忙；600：他的电话线路出了故障。", rule = "invite-everywhere",
			why = { "600 is Busy Everywhere; a failing server answers 5xx.", zh = "600 是处处忙；服务器出错用 5xx。" } },
		{ "486 says what 600 says; 600 is from an older RFC.", zh = "二者意思相同，600 是旧的 RFC 中的状态码。", rule = "proxy-6xx",
			why = { "A proxy that still waits for other phones cancels them after a 600, and keeps waiting after a 486.",
				zh = "还在等其他话机的代理服务器，收到 600 就撤回其余分支，收到 486 则继续等。" } },
		{ "486: one phone is busy; 600: each of Bob's phones is.", right = true, rule = "invite-everywhere",
			zh = "486：这部话机忙；600：Bob 的话机都忙。" },
	},
	points = 2,
}

task {
	time = function(t) return heard(t).time - t:first("method=INVITE src=alice kind=send").time end,
	wrong = {
		{ function(t)
			return t:first("status=486 src=bob kind=send").time - t:first("method=INVITE src=alice kind=send").time
		end, why = { "At that time Bob's phone sends it; the 486 still has three hops to go.", zh = "那是 Bob 的话机发出的时间；486 还要走三跳。" } },
		{ function(t) return heard(t).time end, why = { "That is the time since the start of the run; the INVITE was sent at 1 s.", zh = "那是运行的时刻；INVITE 是在 1 s 发送的。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of the INVITE, and the arrival of the 486 after all proxies.",
		zh = "看 Alice 的话机的两条记录：它发送 INVITE，以及 486 经过各代理服务器后到达。" },
	records = function(t) return { t:first "method=INVITE src=alice kind=send", heard(t) } end,
	hint = { "Only Alice's phone counts: `node=alice kind=send,recv` has the first transmission and the arrival of the rejection.",
		zh = "只看 Alice 的话机：`node=alice kind=send,recv` 有第一次发送和拒绝的到达。" },
	others = {
		{ time = function(t) return t:first("status=486 src=bob kind=send").time - t:first("method=INVITE src=alice kind=send").time end,
			ask = { "How long after the INVITE of Alice's phone does Bob's phone send that he is busy?\n\n    rung show rfc3665-3.9 kind=send",
				zh = "Alice 的话机发出 INVITE 后，Bob 的话机过多久说他忙？\n\n    rung show rfc3665-3.9 kind=send" },
			wrong = {
				{ function(t) return t:first("status=486 src=bob kind=send").time end, why = { "That is the time since the start of the run; the INVITE was sent at 1 s.", zh = "那是运行的时刻；INVITE 是在 1 s 发送的。" } },
			},
			why = { "Take two transmissions: the INVITE of alice, and the rejection of bob, which is after both proxies. Subtract.", zh = "两次发送：alice 的 INVITE，以及 bob 的拒绝，他在两台代理服务器之后得知。时刻相减。" },
			records = function(t) return t:first "status=486 src=bob kind=send" end,
			hint = { "The first transmission of the rejection is `486@bob`; the other record is Alice's.", zh = "拒绝的第一次发送是 `486@bob`；另一条记录是 Alice 的。" } },
	},
}

task {
	goal = {
		{ "a 486 from proxy2 is lost", zh = "proxy2 发出的一个 486 丢失",
			function(t)
				return t:first("status=486 kind=drop", function(r) return r.of and r.of.src == "proxy2" end)
			end },
		{ "proxy2 sends it again", zh = "proxy2 再次发送它",
			function(t)
				local all = t:all "status=486 src=proxy2 dst=proxy1 kind=send"
				return #all >= 2, all[2]
			end, rule = "ist-timer-g" },
		{ "Alice's phone gets 486", zh = "Alice 的话机收到 486",
			function(t) return heard(t) ~= nil, heard(t) end,
			why = { "Lose only the first one.", zh = "只丢第一个。" } },
	},
	points = 3,
}
