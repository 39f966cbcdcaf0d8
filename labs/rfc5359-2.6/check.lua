-- The tasks of rfc5359-2.6; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "alice--router.delay=5ms..45ms:10ms", "router--carol.delay=5ms..45ms:10ms" }

local function replacing(t)
	return t:first "kind=send src=carol method=INVITE"
end

task {
	choice = {
		{ "to Bob's Contact, with the dialog of Bob and Alice: he forwards Carol's call",
			zh = "指向 Bob 的 Contact，指明 Bob 与 Alice 的对话：由他把 Carol 的呼叫转过去",
			why = { "Then Carol would replace Alice. She should replace Bob.",
				zh = "那样 Carol 会取代 Alice。她要取代的是 Bob。" }, rule = "replaces-accept" },
		{ "to Carol's Contact, with the dialog of Bob and Carol, hers as to-tag",
			zh = "指向 Carol 的 Contact，指明 Bob 与 Carol 的对话，她的 tag 作 to-tag",
			why = { "There is none: a MESSAGE creates no dialog.", zh = "没有这个对话：MESSAGE 不建立对话。" }, rule = "message-send" },
		{ "to Alice's Contact, with the dialog of Bob and Alice, hers as to-tag",
			zh = "指向 Alice 的 Contact，指明 Bob 与 Alice 的对话，她的 tag 作 to-tag",
			right = true, rule = "replaces-send" },
		{ "to Alice's Contact, with the Call-ID alone: the tags are secret",
			zh = "指向 Alice 的 Contact，只写 Call-ID：tag 是秘密",
			why = { "Without both tags it matches no dialog, and they are no secret.",
				zh = "缺少两个 tag 就不匹配任何对话，而且它们不是秘密。" }, rule = "replaces-bad" },
	},
	points = 2,
	records = replacing,
}

task {
	draw = "kind=send from=5s",
	ahead = true,
	rule = "replaces-bye",
	hint = { "RFC 3891, 3: the phone that is asked answers without ringing, and ends the old call: `src=alice from=5s kind=send` is its part.", zh = "RFC 3891 第 3 节：被请求的话机不振铃就接听，并结束旧的呼叫：`src=alice from=5s kind=send` 是它的部分。" },
	others = {
		{ draw = "kind=send node=bob from=3s",
			ask = { "Before you look at the run: draw all messages between Bob's phone and the others from 3 s on, one line each: `bob -> carol MESSAGE`.\n\n    rung show rfc5359-2.6 node=bob from=3s kind=send",
				zh = "先不看运行：画出 3 s 以后 Bob 的话机与其他话机之间将有的所有消息，每条一行，如 `bob -> carol MESSAGE`。\n\n    rung show rfc5359-2.6 node=bob from=3s kind=send" },
			ahead = true,
			rule = "message-send",
			hint = { "He sends to one phone and gets the result from another; which messages are missing, compared with a REFER? `dst=bob from=3s kind=recv` is everything that his phone gets.", zh = "他请求一部话机，却从另一部得知结果；与 REFER 相比少了什么？来到他话机的只有 `dst=bob from=3s kind=recv`。" } },
		{ draw = "kind=send cseq=INVITE,ACK",
			ask = { "Before you look at the run: draw the INVITEs, the responses to them and the ACKs of both calls, one line each: `alice -> bob INVITE`.\n\n    rung show rfc5359-2.6 cseq=INVITE,ACK kind=send",
				zh = "先不看运行：画出两个呼叫的 INVITE、对它们的响应和 ACK，每条一行，如 `alice -> bob INVITE`。\n\n    rung show rfc5359-2.6 cseq=INVITE,ACK kind=send" },
			ahead = true,
			rule = "replaces-accept",
			hint = { "One of the two calls rings, the other replaces a call, RFC 3891, 3: `status=180,200 cseq=INVITE`.", zh = "两个呼叫中一个振铃，另一个取代位置，RFC 3891 第 3 节：`status=180,200 cseq=INVITE`。" } },
	},
}

local function told(t)
	return t:first "kind=recv dst=bob method=BYE"
end

task {
	time = function(t) return told(t).time - replacing(t).time end,
	tolerance = "1ms",
	wrong = {
		{ function(t) return t:first("kind=recv dst=carol status=200 cseq=INVITE").time - replacing(t).time end,
			why = { "At that time Carol has the call; Alice's phone waits for her ACK before it hangs up on Bob.",
				zh = "那时 Carol 已得到呼叫；Alice 的话机要等到她的 ACK 才挂断 Bob。" } },
		{ function(t) return t:first("kind=send src=alice method=BYE").time - replacing(t).time end,
			why = { "At that time Alice's phone sends it.", zh = "那是 Alice 的话机发送它的时间。" } },
	},
	why = { "Count from the transmission of Carol's INVITE to the arrival of the BYE at Bob's phone, which tells him.",
		zh = "从 Carol 发送 INVITE 算起，到告知 Bob 的 BYE 到达他的话机为止。" },
	records = function(t) return { replacing(t), told(t) } end,
	hint = { "Alice's phone hangs up on Bob when Carol's ACK has arrived: from `INVITE@carol` to the arrival of `BYE@alice`.", zh = "Carol 的 ACK 到达之后，Alice 的话机才挂断 Bob：从 `INVITE@carol` 到 `BYE@alice` 的到达。" },
}

task {
	goal = {
		{ "Bob's MESSAGE is rejected, and his phone is told", zh = "Bob 的 MESSAGE 被拒绝，他的话机得到通知",
			function(t)
				return t:first("kind=recv dst=bob cseq=MESSAGE", function(r) return r.status ~= nil and r.status >= 400 end)
			end, rule = "message-declined" },
		{ "Carol calls nobody", zh = "Carol 没有呼叫任何人",
			function(t) return t:count "kind=send src=carol method=INVITE" == 0, replacing(t) end },
		{ "Alice and Bob still talk at the end", zh = "最后 Alice 与 Bob 仍在通话",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local last = t:last { kind = "call", node = name }
					if last == nil or last.state ~= "confirmed" then
						return false, last
					end
				end
				return true
			end },
	},
	points = 3,
}
