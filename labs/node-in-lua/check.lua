-- The tasks of node-in-lua; their texts are in README.md.
lesson { minutes = 50, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

local function invite(t)
	return t:first "method=INVITE kind=send src=alice dst=agent"
end

-- The 2xx to Alice's first call, each time that it is sent.
local function answers(t)
	return t:all("status=200 cseq=INVITE kind=send src=agent dst=alice", function(r)
		return r.call_id == invite(t).call_id
	end)
end

local function tag(r, name)
	return r:header(name):match ";%s*tag=([^;%s]+)"
end

task {
	choice = {
		{ "It was asked again and said the same again: 200", zh = "它又被询问了一次，又给出同样的 200",
			why = { "Count the `route` records, and the notes that `print` writes.", zh = "数一数 `route` 记录，以及 `print` 留下的备注。" } },
		{ "It was asked again, and its reply was thrown away", zh = "它又被询问了一次，而它的响应被丢弃",
			why = { "It was not called. A program that is called twice delivers a text twice.", zh = "它没有被询问。被问两次，就会把同一段文字交付两次。" } },
		{ "Nothing: the transaction sent its 200 once more", zh = "什么也没做：事务把它的 200 又发了一次", right = true },
		{ "Nothing: Alice's phone has repeated it for no one", zh = "什么也没做：Alice 的话机白白重发了一次",
			why = { "A second 200 came to Alice's phone. Which part has sent it?", zh = "Alice 的话机收到了第二个 200。是谁发的？" } },
	},
	rule = "nist-request",
	hint = { "Go along `node=agent from=3s to=4s`: what is between the first MESSAGE and its 200, and what is missing between the copy and the 200 after it? RFC 3261 17.2.2.",
		zh = "沿 `node=agent from=3s to=4s` 看：第一个 MESSAGE 与它的 200 之间有什么，副本与其后的 200 之间缺了什么？RFC 3261 17.2.2。" },
}

task {
	number = function(t) return #answers(t) end,
	unit = { "times", zh = "次" },
	points = 2,
	rule = "invite-2xx-again",
	wrong = {
		{ function(t) return #answers(t) - 1 end, why = { "That is the number of retransmissions. The first transmission counts as well.", zh = "那是重复的次数。第一次也要算。" } },
		{ function(t) return t:count "status=200 cseq=INVITE kind=send src=agent" end,
			why = { "One of these belongs to the second call.", zh = "其中有一个属于第二个呼叫。" } },
	},
	why = { "Count what the agent sends to Alice's phone in her first call: each 200 whose CSeq says INVITE.",
		zh = "数一数第一个呼叫中 agent 发给 Alice 话机的、CSeq 为 INVITE 的 200。" },
	records = answers,
	hint = { "Until an ACK arrives, the 200 is sent again whenever a timer of `node=agent kind=timer op=fire to=22s` fires for it: RFC 3261 13.3.1.4.",
		zh = "在 ACK 到来之前，`node=agent kind=timer op=fire to=22s` 中属于它的定时器每到期一次，200 就再发一次：RFC 3261 13.3.1.4。" },
}

task {
	text = function(t) return tag(answers(t)[1], "To") end,
	points = 2,
	rule = "response-tag",
	wrong = {
		{ function(t) return tag(invite(t), "From") end,
			why = { "That is the tag of Alice's phone; it is in From.", zh = "那是 Alice 话机的 tag；它在 From 中。" } },
	},
	why = { "Read the 200 of the agent to Alice's first INVITE: the parameter that her INVITE did not have there.",
		zh = "读 agent 对 Alice 第一个 INVITE 的 200：找她的 INVITE 在同一处没有的那个参数。" },
	records = function(t) return { invite(t), answers(t)[1] } end,
	hint = { "Compare the To of `INVITE@alice` with that of the agent's 200 to it.", zh = "比较 `INVITE@alice` 的 To 与 agent 对它的 200 的 To。" },
}

task {
	draw = "method=INVITE,CANCEL src=agent",
	points = 2,
	rule = "proxy-cancel-others",
	hint = { "`method=INVITE dst=agent kind=send` shows the two calls to the program; then see by `src=bob,carol status=200 cseq=INVITE kind=send` which phone has answered first, and which is left over.",
		zh = "`method=INVITE dst=agent kind=send` 是两次呼叫程序的；再用 `src=bob,carol status=200 cseq=INVITE kind=send` 看谁先接听，谁的呼叫剩下了。" },
	others = {
		{ draw = "src=bob,carol dst=agent", rule = "proxy-cancel-others",
			ask = { "Draw what the phones of Bob and Carol send to the agent in the whole run, one line for each.\n\n    rung show node-in-lua kind=send src=bob,carol dst=agent", zh = "画出 Bob 和 Carol 的话机在整个运行中发给 agent 的消息，每条一行。\n\n    rung show node-in-lua kind=send src=bob,carol dst=agent" },
			hint = { "`src=agent dst=bob,carol kind=send from=24s` is what the two get: each INVITE makes a phone ring, and a cancelled phone answers two requests, RFC 3261 9.2.",
				zh = "`src=agent dst=bob,carol kind=send from=24s` 是两人收到的：每个 INVITE 使一部话机振铃；被取消的一方响应两个请求，RFC 3261 9.2。" } },
		{ draw = "method=ACK,BYE from=24s", rule = "ict-ack",
			ask = { "Draw all ACKs and BYEs of the call to `both`, one line for each.\n\n    rung show node-in-lua kind=send method=ACK,BYE from=24s", zh = "画出对 `both` 的呼叫中的所有 ACK 和 BYE，每个一行。\n\n    rung show node-in-lua kind=send method=ACK,BYE from=24s" },
			hint = { "Each of `cseq=INVITE status=200,487 kind=recv from=24s` needs an ACK: that of a 487 goes back one hop, that of a 200 to the Contact in it. The BYE takes the same path.",
				zh = "`cseq=INVITE status=200,487 kind=recv from=24s` 的每一个都需要 ACK：487 的退回一跳，200 的发往其中的 Contact。挂断的一方走同一条路。" } },
	},
}

task {
	choice = {
		{ "It gets 500 at once, since the program has not replied", zh = "立即得到 500，因为程序没有应答",
			why = { "A program that returns has made no error: it may still answer later.", zh = "返回的程序没有出错：它还可以晚些应答。" } },
		{ "It gets 200: the transaction answers what nobody does", zh = "得到 200：没有人应答的，由事务应答",
			why = { "A transaction retransmits a response. It never makes one.", zh = "事务只重发响应，从不自己编造响应。" } },
		{ "It sends the BYE once, and counts the call as ended", zh = "只发一次 BYE，然后就认为呼叫已结束",
			why = { "Her phone does not know whether it arrived. Look at the line for longer.", zh = "她的话机不知道它是否到达。再往后看看这条线路。" } },
		{ "It sends the BYE again and again, until Timer F fires", zh = "一次又一次重发 BYE，直到定时器 F 到期", right = true },
	},
	rule = "nict-timer-f",
	hint = { "RFC 3261 17.2.2 says what a server transaction sends while its user sends no response, and 17.1.2.2 what the client does then; in the copy look at `node=alice kind=send,timer from=22s`.",
		zh = "服务器事务在其用户什么也不说时发送什么，见 RFC 3261 17.2.2；这时另一方怎样做，见 17.1.2.2。在副本中看 `node=alice kind=send,timer from=22s`。" },
	ahead = function() end,
}

local function bye(t)
	return t:first "method=BYE kind=send src=agent dst=alice"
end

-- The fields of the agent's BYE are those of its dialog with Alice.
local function is_within(t)
	local b, a, i = bye(t), answers(t)[1], invite(t)
	if b == nil or a == nil then return false end
	local target = i:header("Contact"):match "<(.-)>"
	return b.call_id == a.call_id and tag(b, "From") == tag(a, "To") and
		tag(b, "To") == tag(a, "From") and
		b.text:match "^BYE (%S+)" == target, b
end

task {
	goal = {
		{ "The agent hangs up on Alice, 3 s after it has received the ACK", zh = "agent 收到 ACK 之后 3 s 挂断与 Alice 的呼叫",
			function(t)
				local b, a = bye(t), t:first "method=ACK kind=recv node=agent src=alice"
				if b == nil or a == nil then return false end
				return math.abs(b.time - a.time - 3) < 0.1, b
			end,
			why = { "`after` calls a function later, `send` sends a request.", zh = "`after` 会稍后调用一个函数，`send` 会发送请求。" } },
		{ "Call-ID, tags and Request-URI of its BYE are those of the dialog", zh = "它的 BYE 的 Call-ID、tag 和 Request-URI 都属于这个对话",
			is_within, rule = "dialog-request",
			why = { "The From of Alice's phone is the To of the agent.", zh = "对 Alice 的话机来说是 From 的，对 agent 来说是 To。" } },
		{ "Alice's phone answers it 200, and hangs up on nobody but the one who won", zh = "Alice 的话机以 200 应答，而且只挂断赢得呼叫的那一方",
			function(t)
				local ok = t:first "status=200 cseq=BYE kind=send src=alice dst=agent"
				return ok ~= nil and t:count "method=BYE kind=send src=alice dst=agent" == 0, ok
			end },
	},
	points = 3,
}
