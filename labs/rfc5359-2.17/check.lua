-- The tasks of rfc5359-2.17; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--router.delay=5ms..45ms:10ms", "router--carol.delay=5ms..45ms:10ms" }

task {
	draw = "kind=send from=8.9s",
	ahead = true,
	rule = "subscribe-stop",
	hint = { "`src=alice from=8.9s kind=send` is her phone's part: which of these is a response, which a request, and what always follows a SUBSCRIBE with Expires 0, RFC 6665, 4.4.3?", zh = "`src=alice from=8.9s kind=send` 是她的话机的部分：哪些是响应，哪个是请求；Expires 为 0 的 SUBSCRIBE 之后总跟着什么，见 RFC 6665 第 4.4.3 节？" },
	others = {
		{ draw = "method=INVITE,ACK kind=send",
			ask = { "Before you look at the run: draw all INVITEs and ACKs, one line each: `carol -> bob INVITE`.\n\n    rung show rfc5359-2.17 method=INVITE,ACK kind=send",
				zh = "先不看运行：画出所有 INVITE 和 ACK，每条一行，如 `carol -> bob INVITE`。\n\n    rung show rfc5359-2.17 method=INVITE,ACK kind=send" },
			ahead = true,
			rule = "ict-ack",
			hint = { "Three calls reach Bob's phone, and even a rejected one is acknowledged, RFC 3261, 17.1.1.3: `dst=bob method=INVITE`.", zh = "Bob 的话机收到三个呼叫，被拒绝的也要确认，RFC 3261 第 17.1.1.3 节：`dst=bob method=INVITE`。" } },
		{ draw = "kind=send node=carol",
			ask = { "Before you look at the run: draw all messages between Carol's phone and Bob's, one line each: `carol -> bob INVITE`.\n\n    rung show rfc5359-2.17 node=carol kind=send",
				zh = "先不看运行：画出 Carol 的话机与 Bob 的话机之间将有的消息，每条一行，如 `carol -> bob INVITE`。\n\n    rung show rfc5359-2.17 node=carol kind=send" },
			ahead = true,
			rule = "bye-send",
			hint = { "Hers is an ordinary call that she ends herself, RFC 3261, 15.1.1: see `dst=carol kind=recv`.", zh = "她的是普通呼叫，由她自己结束，RFC 3261 第 15.1.1 节：看 `dst=carol kind=recv`。" } },
	},
}

task {
	choice = {
		{ "a NOTIFY is what answers a SUBSCRIBE, in place of a 200",
			zh = "NOTIFY 就是对 SUBSCRIBE 的响应，代替 200",
			why = { "Its response is the 200; the NOTIFY is a separate request.", zh = "响应是 200；NOTIFY 是独立的请求。" } },
		{ "each SUBSCRIBE is followed by one with the present state",
			zh = "每个 SUBSCRIBE 之后都有一个带当前状态的 NOTIFY",
			right = true, rule = "notify-at-once" },
		{ "because Bob is busy: else nothing would be sent before he calls somebody",
			zh = "因为 Bob 忙：否则在他呼叫之前什么也不发送",
			why = { "It is sent whatever the state is.", zh = "无论什么状态都会发送。" }, rule = "notify-at-once" },
		{ "because Alice's phone has sent Bob an INVITE before",
			zh = "因为 Alice 的话机之前向 Bob 发送过 INVITE",
			why = { "That is not related: the call ended with the 486.", zh = "那与此无关，已随 486 结束。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=bob method=NOTIFY" end,
}

task {
	number = function(t)
		local seen, n = {}, 0
		for _, r in ipairs(t:all "kind=send src=alice dst=bob method=INVITE,SUBSCRIBE") do
			if not seen[r.call_id] then
				seen[r.call_id] = true
				n = n + 1
			end
		end
		return n
	end,
	wrong = {
		{ 4, rule = "subscribe-stop",
			why = { "Two of the four requests are SUBSCRIBEs of one dialog.", zh = "四个请求中有两个是同一对话的 SUBSCRIBE。" } },
		{ 1, why = { "A call that failed and the new attempt are two calls.", zh = "失败的呼叫和重新尝试的呼叫是两个呼叫。" } },
		{ 2, why = { "The second INVITE does not belong to the subscription's dialog, nor to the first call.",
				zh = "第二个 INVITE 既不属于订阅的对话，也不属于第一个呼叫。" }, rule = "redial-call" },
	},
	why = { "Write down the Call-ID of each INVITE and SUBSCRIBE that Alice's phone sends, and cross out duplicates.",
		zh = "写下 Alice 的话机发送的每个 INVITE 和 SUBSCRIBE 的 Call-ID，划去相同的。" },
	records = function(t) return t:all "kind=send src=alice dst=bob method=INVITE,SUBSCRIBE" end,
	hint = { "Compare in pairs: `INVITE@alice` with `INVITE@alice#2`, `SUBSCRIBE@alice` with `SUBSCRIBE@alice#2`. In which of these does To already have a tag, RFC 3261, 12.2.1.1?", zh = "成对比较：`INVITE@alice` 与 `INVITE@alice#2`，`SUBSCRIBE@alice` 与 `SUBSCRIBE@alice#2`。其中哪些的 To 已有 tag，RFC 3261 第 12.2.1.1 节？" },
	others = {
		{ number = function(t) return t:count "kind=send method=NOTIFY dst=alice" end,
			ask = { "How many NOTIFYs does Bob's phone send to Alice's?\n\n    rung show rfc5359-2.17 -m method=NOTIFY kind=send",
				zh = "Bob 的话机向 Alice 的话机发送多少个 NOTIFY？\n\n    rung show rfc5359-2.17 -m method=NOTIFY kind=send" },
			wrong = {
				{ 2, why = { "Those are the ones that report a change.", zh = "那是说明变化的。" } },
				{ 3, why = { "The end of the subscription is reported as well.", zh = "订阅的结束也要通知。" } },
			},
			why = { "Count the transmissions with that method: at once, after each change, and at the end.", zh = "数这个方法的发送：立即一个，每次变化一个，结束时一个。" },
			rule = "notify-at-once",
			records = function(t) return t:all "kind=send method=NOTIFY" end,
			hint = { "Each of `method=SUBSCRIBE kind=send` causes one at once, RFC 6665, 4.2.1.2; the others are caused by changes at Bob's phone, `kind=timer name=news op=fire` and the end of Carol's call.", zh = "`method=SUBSCRIBE kind=send` 的每一个立即带来一个，RFC 6665 第 4.2.1.2 节；其间是 Bob 那里的变化：`kind=timer name=news op=fire` 以及 Carol 的呼叫结束。" } },
		{ number = function(t) return tonumber(t:last("kind=send method=SUBSCRIBE src=alice"):header("CSeq"):match "%d+") end,
			ask = { "What is the CSeq number of the SUBSCRIBE that ends the subscription?\n\n    rung show rfc5359-2.17 -m src=alice method=SUBSCRIBE",
				zh = "结束订阅的 SUBSCRIBE 的 CSeq 编号是多少？\n\n    rung show rfc5359-2.17 -m src=alice method=SUBSCRIBE" },
			wrong = {
				{ 1, why = { "That is the first one's.", zh = "那是第一个的。" } },
				{ 4, why = { "Her INVITEs belong to other dialogs and are not counted here.", zh = "她的 INVITE 属于别的对话，不一起计数。" } },
			},
			why = { "Within a dialog each side counts its own requests; read the second SUBSCRIBE.", zh = "对话中每一方给自己的请求编号；读第二个 SUBSCRIBE。" },
			rule = "dialog-request",
			records = function(t) return t:last "kind=send method=SUBSCRIBE src=alice" end,
			hint = { "RFC 3261, 12.2.1.1: one more than that of `SUBSCRIBE@alice`, whatever her INVITEs have.", zh = "RFC 3261 第 12.2.1.1 节：比 `SUBSCRIBE@alice` 的大一，与她的 INVITE 无关。" } },
	},
}

local function hung_up(t)
	return t:first "kind=send src=carol method=BYE"
end

local function again(t)
	return t:last "kind=send src=alice method=INVITE"
end

task {
	time = function(t) return again(t).time - hung_up(t).time end,
	wrong = {
		{ function(t) return again(t):arrival().time - hung_up(t).time end,
			why = { "At that time the INVITE has arrived at Bob's phone.", zh = "那时 INVITE 已到达 Bob。" } },
		{ function(t) return t:first("kind=recv dst=bob src=carol method=BYE").time - hung_up(t).time end,
			why = { "At that time Bob's phone is free; Alice's must still be notified.", zh = "那时 Bob 的话机空闲；还要告知 Alice 的话机。" } },
	},
	rule = "redial-call",
	why = { "Count from the act in which Carol hangs up to the transmission of Alice's second INVITE.",
		zh = "从 Carol 挂断的操作算起，到 Alice 的第二个 INVITE 发送为止。" },
	records = function(t) return { hung_up(t), again(t) } end,
	hint = { "From `BYE@carol` to `INVITE@alice#2`: her BYE must reach Bob, and his NOTIFY Alice.", zh = "从 `BYE@carol` 到 `INVITE@alice#2`：她的 BYE 要到 Bob，他的 NOTIFY 要到 Alice。" },
}

task {
	goal = {
		{ "Alice's phone redials when Bob is free", zh = "Bob 空闲时 Alice 的话机自动重拨",
			function(t)
				local list = t:all "kind=send src=alice method=INVITE"
				return #list > 1, list[2]
			end },
		{ "a NOTIFY for her names Carol", zh = "给她的 NOTIFY 指出了 Carol",
			function(t)
				return t:first("kind=send dst=alice method=NOTIFY", function(r)
					return r.text:find("sip:carol@", 1, true)
				end)
			end,
			why = { "To a stranger Bob's phone reports only whether it has a call.", zh = "对陌生人，Bob 的话机只说有没有呼叫。" } },
	},
	points = 2,
}
