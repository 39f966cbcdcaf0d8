-- The tasks of rfc3665-3.8; their texts are in README.md.
lesson { minutes = 25, level = 2 }
-- Task 2 names a time, task 5 needs one to the 10 ms: the lines stay as they are.
vary { "seed=1..999:1" }

task {
	choice = {
		{ "the 200 to the INVITE, the 487 to the CANCEL", zh = "200 属于 INVITE，487 属于 CANCEL", rule = "cancel-recv",
			why = { "Look at their CSeq: a 200 to the INVITE would mean that the call is answered.", zh = "看它们的 CSeq：INVITE 的 200 表示呼叫被接听。" } },
		{ "the 200 and the 487 to the CANCEL, none to the INVITE", zh = "200 和 487 都属于 CANCEL，INVITE 没有", rule = "cancel-487",
			why = { "Every INVITE gets a final response; CANCEL is a separate request, with its own response.",
				zh = "每个 INVITE 都有最终响应；CANCEL 是独立的请求，有自己的响应。" } },
		{ "the 487 to the INVITE, the 200 to the CANCEL", right = true, zh = "487 属于 INVITE，200 属于 CANCEL", rule = "cancel-487" },
		{ "the 200 and the 487 to the INVITE, none to the CANCEL", zh = "200 和 487 都属于 INVITE，CANCEL 没有", rule = "cancel-recv",
			why = { "Only ACK has none.", zh = "只有 ACK 没有响应。" } },
	},
	points = 2,
	records = function(t) return { t:first "status=200 cseq=CANCEL kind=send", t:first "status=487 kind=send" } end,
}

task {
	draw = "proto=sip kind=send from=7s",
	given = 3,
	points = 4,
	hint = { "On each hop two requests are answered here, and one response is acknowledged: RFC 3261, 9.2 and 16.10. Compare with `from=7s node=proxy2 kind=send`, two of the three hops.",
		zh = "这里每一跳上都有两个请求得到响应，其中一个还有确认：RFC 3261 第 9.2 和 16.10 节。可与 `from=7s node=proxy2 kind=send`（三跳中的两跳）对照。" },
	ahead = true,
	others = {
		{ draw = "proto=sip kind=send from=1s to=2s",
			ask = { "Before you look at the run: draw the beginning of the call, all messages from the INVITE of Alice's phone until it learns that Bob's phone rings, one line each: `alice -> proxy1 INVITE`. Then compare.\n\n    rung show rfc3665-3.8 kind=send from=1s to=2s",
				zh = "先不看运行：画出呼叫的开头，从 Alice 的话机的 INVITE 到它得知 Bob 的话机振铃，每条一行：`alice -> proxy1 INVITE`。然后对照。\n\n    rung show rfc3665-3.8 kind=send from=1s to=2s" },
			ahead = true,
			rule = "proxy-forward",
			hint = { "A proxy reports at once that it has the request; a phone reports that it rings: RFC 3261, 17.2.1. `to=2s node=proxy1 kind=send` shows two of the three hops.",
				zh = "代理服务器立即说明它收到了请求；振铃的话机说明在振铃：RFC 3261 第 17.2.1 节。`to=2s node=proxy1 kind=send` 显示三跳中的两跳。" } },
	},
}

task {
	time = function(t)
		return t:first("status=487 dst=alice kind=recv node=alice").time - t:first("method=CANCEL src=alice kind=send").time
	end,
	rule = "cancel-487",
	wrong = {
		{ function(t)
			return t:first("status=200 cseq=CANCEL dst=alice kind=recv node=alice").time -
			    t:first("method=CANCEL src=alice kind=send").time
		end, rule = "cancel-recv",
			why = { "That 200 is proxy1's own: the CANCEL has arrived there. It says nothing about the INVITE.",
				zh = "那个 200 是 proxy1 自己的：CANCEL 已到达 proxy1。它没有说明 INVITE 的结果。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of the CANCEL, and the arrival of the final response to the INVITE.",
		zh = "看 Alice 的话机的两条记录：它发送 CANCEL，以及对 INVITE 的最终响应到达。" },
	records = function(t) return t:first "status=487 dst=alice kind=send" end,
	hint = { "`CANCEL@alice` is the first; of the final responses in `node=alice kind=recv from=7s` the CSeq shows which is for the INVITE.",
		zh = "第一条是 `CANCEL@alice`；`node=alice kind=recv from=7s` 中的最终响应，由 CSeq 说明哪个是对 INVITE 的。" },
	others = {
		{ time = function(t) return t:first("method=CANCEL dst=bob kind=recv node=bob").time - t:first("method=CANCEL src=alice kind=send").time end,
			ask = { "How long after Alice's phone has sent its CANCEL does Bob's phone get one?\n\n    rung show rfc3665-3.8 method=CANCEL",
				zh = "Alice 的话机发出 CANCEL 后，Bob 的话机过多久收到 CANCEL？\n\n    rung show rfc3665-3.8 method=CANCEL" },
			wrong = {
				{ function(t) return t:first("method=CANCEL dst=proxy1 kind=recv").time - t:first("method=CANCEL src=alice kind=send").time end, why = { "At that time proxy1 has it, the first of three hops.", zh = "那时它到 proxy1，只是三跳中的第一跳。" } },
			},
			why = { "proxy1 answers the CANCEL of alice, and sends its own; that of proxy2 reaches bob. Take the first transmission and the last arrival.", zh = "proxy1 响应 alice 的 CANCEL，并发送自己的；proxy2 的到达 bob。取第一次发送和最后一次到达。" },
			rule = "cancel-send",
			records = function(t) return t:first "method=CANCEL dst=bob kind=send" end,
			hint = { "The time begins with `CANCEL@alice`. Bob's phone gets another one, from proxy2, `CANCEL@proxy2`: the time ends with its arrival.",
				zh = "从 `CANCEL@alice` 开始。Bob 的话机收到的是 proxy2 的另一个，`CANCEL@proxy2`：它的到达就是终点。" } },
		{ time = function(t) return t:last("method=ACK kind=recv").time - t:first("status=487 src=bob kind=send").time end,
			ask = { "How long is it from the first 487 until the last of the ACKs has arrived?\n\n    rung show rfc3665-3.8 status=487\n    rung show rfc3665-3.8 method=ACK",
				zh = "从第一个 487 发出到最后一个 ACK 到达，过了多久？\n\n    rung show rfc3665-3.8 status=487\n    rung show rfc3665-3.8 method=ACK" },
			wrong = {
				{ function(t) return t:last("status=487 kind=recv").time - t:first("status=487 src=bob kind=send").time end, why = { "At that time alice has the last 487, and its ACK has not been sent yet.", zh = "那时 alice 收到最后一个 487，它的 ACK 还没有发出。" } },
			},
			why = { "The 487 begins at bob, and each hop acknowledges it; the last ACK is that of the last hop. Subtract.", zh = "487 从 bob 开始，每一跳都确认；最后的 ACK 属于最后一跳。时刻相减。" },
			rule = "ict-ack",
			records = function(t) return t:last "method=ACK kind=recv" end,
			hint = { "Each of the 487s has an ACK: see `method=ACK from=7s`, whose last arrival counts.", zh = "每个 487 都有 ACK：看 `method=ACK from=7s`，取其最后一次到达。" } },
	},
}

task {
	choice = {
		{ "It has the same branch as the INVITE, which is as good as a password.", zh = "它的 branch 与 INVITE 相同，这等于密码。", rule = "cancel-send",
			why = { "The branch says which INVITE is meant. Anybody who has read it can use it.", zh = "branch 说明指的是哪个 INVITE。读到过它的人都能用。" } },
		{ "It can't be sent again, so no server may ask for any.", right = true, rule = "cancel-send",
			zh = "它不能重新发送，所以任何服务器都不得要求。" },
		{ "proxy1 might ask for them, but has forgotten to do so.", zh = "proxy1 可以要求凭据，但忘了询问。", rule = "cancel-send",
			why = { "It must not: ACK and CANCEL are the two requests that are never challenged.", zh = "它不得询问：ACK 和 CANCEL 是两种从不被质询的请求。" } },
		{ "The credentials of the INVITE are valid for its CANCEL as well.", zh = "INVITE 的凭据对它的 CANCEL 也有效。",
			why = { "Credentials are only for the request that contains them: the method is part of the digest.",
				zh = "凭据只用于它所在的请求：方法也参与计算摘要。" } },
	},
	points = 2,
	records = function(t) return t:first "method=CANCEL kind=send" end,
}

task {
	goal = {
		{ "Alice's phone sends a CANCEL", zh = "Alice 的话机发送 CANCEL",
			function(t)
				local r = t:first "method=CANCEL src=alice kind=send"
				return r ~= nil, r
			end },
		{ "after that it gets a 200 to the INVITE", zh = "之后它收到 INVITE 的 200",
			function(t)
				local c = t:first "method=CANCEL src=alice kind=send"
				local r = t:first "status=200 cseq=INVITE node=alice kind=recv"
				return c ~= nil and r ~= nil and r.time > c.time, r
			end, rule = "cancel-none" },
		{ "it sends an ACK and hangs up with a BYE", zh = "它发送 ACK，再用 BYE 挂断",
			function(t)
				local r = t:first "method=BYE src=alice kind=send"
				return r ~= nil and t:count "method=ACK src=alice kind=send" > 0, r
			end, rule = "bye-cancelled" },
	},
	points = 3,
	hint = { "Her CANCEL is sent with `CANCEL@alice`, and reaches Bob's phone with `method=CANCEL dst=bob kind=recv`, which rings since `180@bob`: when must he answer in `lab.lua`?",
		zh = "她的 CANCEL 在 `CANCEL@alice` 处发出，在 `method=CANCEL dst=bob kind=recv` 处到达 Bob 的话机，后者从 `180@bob` 起振铃：`lab.lua` 中他应在何时接听？" },
}
