-- The tasks of direct-call; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1500ms..5000ms:500ms", "seed=1..999:1" }

local function tag(value)
	return value:match "tag=([^;]+)"
end

task {
	choice = {
		{ "the 200: only by it does the caller learn that Bob has answered",
			zh = "200：主叫靠它才知道 Bob 已接听",
			why = { "A BYE also has a 200; the INVITE needs another message in addition.",
				zh = "BYE 也有 200；INVITE 多出的是另一条消息。" } },
		{ "the 180: a phone has to ring before its call can be complete",
			zh = "180：话机必须先振铃，呼叫才能完整",
			why = { "A provisional response may be missing; the call is set up without it.",
				zh = "临时响应可以没有，呼叫照样建立。" }, rule = "ict-1xx" },
		{ "the ACK: a 200 may come minutes later and must be confirmed",
			zh = "ACK：几分钟后才来的 200 必须得到确认", right = true },
		{ "the ACK: in SIP every response is acknowledged by its receiver",
			zh = "ACK：在 SIP 中，每个响应都要由收到的一方确认",
			why = { "Only a final response to an INVITE is acknowledged; neither the 180 nor the 200 to the BYE has an ACK.",
				zh = "只有对 INVITE 的最终响应才有 ACK；180 和对 BYE 的 200 都没有。" },
			rule = "invite-ack" },
	},
	rule = "invite-ack",
	records = function(t) return t:first "method=ACK" end,
	ahead = true,
	hint = { "Compare `cseq=INVITE,ACK kind=send` with `cseq=BYE kind=send`: which message has no counterpart? RFC 3261 17.1.2 lets a BYE wait 32 s at most; how long may a person take to answer?",
		zh = "把 `cseq=INVITE,ACK kind=send` 与 `cseq=BYE kind=send` 对照：哪一条没有对应的？按 RFC 3261 17.1.2，BYE 最多等 32 s；人又会要多久？" },
}

task {
	text = function(t) return tag(t:first("status=180"):header "To") end,
	rule = "dialog-uas",
	wrong = {
		{ function(t) return tag(t:first("method=INVITE"):header "From") end,
			why = { "That is Alice's tag, in From: the INVITE has it already.",
				zh = "这是 From 中 Alice 的 tag：INVITE 已经有了。" } },
		{ "To",
			why = { "It is the tag in To; the question asks for its value.",
				zh = "确实是 To 中的 tag；题目要的是它的值。" } },
		{ function(t) return t:first("status=180"):header("Via"):match "branch=([^;]+)" end,
			why = { "That is the branch: it names the transaction, and the INVITE has it already.",
				zh = "这是 branch：它标识事务，INVITE 已经有了。" } },
	},
	why = { "Compare From and To in the INVITE and its 180: one of them has one more parameter in the 180. The question asks for its value.",
		zh = "把 INVITE 和 180 并排，比较 From 和 To：其中一个在 180 中多了一个参数。要的是它的值。" },
	records = function(t) return t:first "status=180" end,
	hint = { "RFC 3261 8.2.6.2 says which field of a response gets a tag that the request did not have: `180@bob` is the first response with it.", zh = "响应的哪个头字段得到请求中没有的 tag，见 RFC 3261 第 8.2.6.2 节：`180@bob` 是第一个带它的。" },
}

task {
	time = function(t)
		return t:first("status=200 cseq=INVITE"):arrival().time - t:first("method=INVITE").time
	end,
	wrong = {
		{ function(t) return t:first("status=200 cseq=INVITE").time - t:first("method=INVITE").time end,
			why = { "That is when Bob's phone sends the 200; the line takes 10 ms.",
				zh = "那是 Bob 的话机发送 200 的时刻；线路还要 10 ms。" } },
		{ function(t) return t:first("status=200 cseq=INVITE"):arrival().time end,
			why = { "That is the time since the start of the run; count from the INVITE.",
				zh = "那是运行的时刻；应从 INVITE 算起。" } },
		{ function(t) return t:first("status=180"):arrival().time - t:first("method=INVITE").time end,
			why = { "At that time it only rings.", zh = "那时只是在振铃。" } },
	},
	why = { "Two records count, both at Alice's phone: the INVITE is sent, and the 200 arrives. Subtract their times.",
		zh = "只看 Alice 的话机的两条记录：它发送 INVITE，以及对它的 200 到达。两个时刻相减。" },
	records = function(t) return t:first("status=200 cseq=INVITE"):arrival() end,
	hint = { "The time begins at `INVITE@alice` and ends at a `kind=recv node=alice`, not where Bob's phone sends.",
		zh = "从 `INVITE@alice` 开始，到一条 `kind=recv node=alice` 为止，而不是 Bob 的话机发送之处。" },
}

task {
	find = {
		node = "alice",
		record = function(t)
			local ack = t:first "method=ACK"
			return { ack:arrival(), ack, t:last "kind=timer node=bob name=2xx" }
		end,
	},
	points = 2,
	rule = "invite-acked",
	why = { "The record just before the end of the timer stops it: the ACK has arrived.",
		zh = "使定时器停止的就在它停止之前：ACK 到达了。" },
	records = function(t) return t:last "kind=timer node=bob name=2xx" end,
	hint = { "Look at `node=bob kind=timer name=2xx`: what arrives at the same time as its last record?",
		zh = "看 `node=bob kind=timer name=2xx`：与它的最后一条记录同一时刻到达的是什么？" },
	others = {
		{
			find = {
				node = "bob",
				record = function(t)
					local ok = t:first "status=200 cseq=INVITE kind=send"
					return { ok, ok:arrival() }
				end,
			},
			why = { "The cause of the ACK is just before it in the trace of Alice's phone.",
				zh = "在 Alice 的话机的跟踪记录中，引起 ACK 的就在它之前。" },
			hint = { "`rung explain direct-call ACK@alice` leads back to it.",
				zh = "`rung explain direct-call ACK@alice` 可以追溯到它。" },
			ask = { "When Alice's phone gets a certain message, its call is confirmed, and it sends its ACK at once. Find which node sends that message, and its record: `node=… record=…`.\n\n    rung show direct-call node=alice from=1s to=7s",
				zh = "Alice 的话机收到某条消息时，呼叫即确认，并立即发送 ACK。找出这条消息由谁发送，以及它的记录：`node=… record=…`。\n\n    rung show direct-call node=alice from=1s to=7s" },
		},
		{
			find = {
				node = "bob",
				record = function(t)
					local ringing = t:first "status=180 kind=send"
					return { ringing, ringing:arrival() }
				end,
			},
			why = { "The first `dialog` record of Alice's phone has a cause: the message that has just arrived.",
				zh = "Alice 的话机的第一条 `dialog` 记录有一个起因：刚刚到达的消息。" },
			hint = { "The first record of `node=alice kind=dialog` is directly after it.",
				zh = "`node=alice kind=dialog` 的第一条记录紧随其后。" },
			ask = { "Before Bob answers, Alice's phone knows that his phone rings, and her dialog with it is early. Find which node sends the message that creates that dialog, and its record: `node=… record=…`.\n\n    rung show direct-call node=alice kind=dialog\n    rung show direct-call node=alice to=2s",
				zh = "Bob 接听之前，Alice 的话机就知道他的话机在振铃，与它的对话处于 early。找出建立这个对话的消息由谁发送，以及它的记录：`node=… record=…`。\n\n    rung show direct-call node=alice kind=dialog\n    rung show direct-call node=alice to=2s" },
		},
	},
}

task {
	draw = "proto=sip kind=send",
	points = 2,
	hint = { "A call is an INVITE with its responses, the request that confirms it, and a request that ends it: `proto=sip kind=send` shows nothing else.",
		zh = "一个呼叫包括 INVITE 及其响应、对它的确认，以及结束它的请求：`proto=sip kind=send` 中没有别的。" },
	others = {
		{
			draw = "proto=sip kind=send src=bob",
			hint = { "RFC 3261 13.3.1.1 and 13.3.1.4 say what a called phone sends; `bob:on` in `lab.lua` shows which phone ends the call.",
				zh = "RFC 3261 13.3.1.1 和 13.3.1.4 说明被叫的话机发送什么；由谁发送结束呼叫的消息，写在 `lab.lua` 的 `bob:on` 之后。" },
			ask = { "Before you look at the run again: draw from memory everything that Bob's phone sends, one line for each message, `bob -> alice 180`.",
				zh = "先不看运行，凭记忆画出 Bob 的话机发送的一切：每条消息一行，如 `bob -> alice 180`。" },
		},
		{
			draw = "proto=sip kind=send src=alice",
			hint = { "Not everything that she sends is a request: `src=alice kind=send`.",
				zh = "她的话机发送的不都是请求：`src=alice kind=send`。" },
			ask = { "Before you look at the run again: draw from memory everything that Alice's phone sends, one line for each message, `alice -> bob INVITE`.",
				zh = "先不看运行，凭记忆画出 Alice 的话机发送的一切：每条消息一行，如 `alice -> bob INVITE`。" },
		},
	},
}

task {
	goal = {
		{ "Alice gets 486", zh = "Alice 收到 486",
			function(t)
				local busy = t:first "status=486 dst=alice"
				return busy ~= nil and busy:arrival() ~= nil, busy
			end },
		{ "nobody talks", zh = "双方没有通话",
			function(t) return t:count "status=200 cseq=INVITE" == 0 end },
	},
	points = 2,
	hint = { "In `lab.lua` write it below the line with `local alice, bob`, above `script`; then `status=486 dst=alice` must find a record.",
		zh = "在 `lab.lua` 中把它写在 `local alice, bob` 一行之下、`script` 之上；之后 `status=486 dst=alice` 应能找到记录。" },
}
