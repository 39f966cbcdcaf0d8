-- The tasks of pick-up; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "bob--router.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function pickup(t)
	return t:first "kind=send method=INVITE src=carol"
end

task {
	choice = {
		{ "Bob's phone, which rings and can give the call away", zh = "Bob 的话机：在振铃的是它，它可以把呼叫交出",
			why = { "An early dialog is replaced at the caller's phone. Bob's phone would answer 481.",
				zh = "早期对话只能在主叫一侧被取代。Bob 的话机会返回 481。" }, rule = "replaces-early" },
		{ "Alice's phone: who has made a call can take it back",
			zh = "Alice 的话机：呼叫由它发起，也由它撤回", right = true },
		{ "a server, which knows the call and forwards it to Carol", zh = "一台服务器：它知道这个呼叫，把它转给 Carol",
			why = { "There is none. The phones do everything; the INVITE goes to the Contact of Alice's phone.",
				zh = "这里没有服务器，全由话机完成；INVITE 发往 Alice 的话机的 Contact。" } },
		{ "Bob's phone, so that it redirects Alice to Carol with a 302", zh = "Bob 的话机，由它用 302 把 Alice 重定向到 Carol",
			why = { "Look at the Request-URI. That would be another service: call forwarding.",
				zh = "看看请求 URI。那是另一种业务：呼叫前转。" } },
	},
	rule = "replaces-accept",
	records = pickup,
	hint = { "Read the first line of `INVITE@carol`: whose address is it?", zh = "看 `INVITE@carol` 的第一行：那是谁的地址？" },
}

-- The phone that has written the tag NAME in its From or its answer's To.
local function maker(t, name)
	local tag = pickup(t):header("Replaces"):match(name .. "%-tag=([^;]+)")
	if t:first("kind=send method=INVITE dst=bob"):header("From"):find(tag, 1, true) then
		return "alice"
	end
	if t:first("kind=send status=180 src=bob"):header("To"):find(tag, 1, true) then
		return "bob"
	end
end

task {
	text = function(t) return maker(t, "to") end,
	rule = "replaces-send",
	wrong = {
		{ "bob", why = { "Bob's tag is indeed in the To of the old call. But to-tag and from-tag are from the view of the phone that gets this INVITE: its own tag is the to-tag.",
			zh = "Bob 的 tag 确实在旧呼叫的 To 中。但 to-tag 和 from-tag 是从收到这个 INVITE 的一方来看的：它自己的 tag 是 to-tag。" } },
		{ "carol", why = { "Carol does not take part in the named dialog.", zh = "Carol 不属于所指明的对话。" } },
	},
	why = { "Look for the first response or request with that tag, and which node sent it.",
		zh = "找最先出现这个 tag 的响应或请求，看由谁发送。" },
	records = function(t) return { pickup(t), t:first "kind=send method=INVITE dst=bob" } end,
	hint = { "Look for the value in `INVITE@alice` and in `180@bob`: one of the two is the first that has it.", zh = "在 `INVITE@alice` 和 `180@bob` 中查找这个值：两者之一最先有它。" },
	others = {
		{ text = function(t) return maker(t, "from") end, rule = "replaces-send",
			ask = { "Which node generated the tag that is the `from-tag` in Replaces? Write its name.\n\n    rung show pick-up -m method=INVITE\n    rung show pick-up -m status=180", zh = "Replaces 中的 `from-tag` 由哪个节点产生？写出它的名字。\n\n    rung show pick-up -m method=INVITE\n    rung show pick-up -m status=180" },
			wrong = { { "alice", why = { "Alice's tag is indeed in the From of the old call. But both are from the view of the phone that gets this INVITE: its own tag is the to-tag.", zh = "Alice 的 tag 确实在旧呼叫的 From 中。但两者是从收到这个 INVITE 的一方来看的：它自己的 tag 是 to-tag。" } }, { "carol", why = { "Carol does not take part in the named dialog.", zh = "Carol 不属于所指明的对话。" } } },
			why = { "Look for the first message with that tag, and which node sent it.", zh = "找最先出现这个 tag 的消息，看由谁发送。" },
			hint = { "Compare the From of `INVITE@carol` with it: it isn't that one. Then read both messages of the old call, up to `180@bob`.", zh = "把 `INVITE@carol` 的 From 与它比较：不是那个。再读旧呼叫的两条消息，到 `180@bob` 为止。" },
			records = pickup },
		{ text = function(t) return t:first("kind=send method=BYE").src end, rule = "bye-send",
			ask = { "Which node ends the new call, of Alice and Carol? Write its name.\n\n    rung show pick-up from=5s", zh = "Alice 与 Carol 的新呼叫由哪个节点结束？写出它的名字。\n\n    rung show pick-up from=5s" },
			wrong = { { "alice", why = { "Her phone answers the BYE.", zh = "她的话机响应 BYE。" } }, { "bob", why = { "His phone is no longer in a call.", zh = "他的话机已不在任何呼叫中。" } } },
			why = { "Look for the BYE, and which node sends it.", zh = "找 BYE，看由谁发送。" },
			hint = { "Nothing else happens after 5 s: `method=BYE kind=send`.", zh = "5 s 之后没有别的：`method=BYE kind=send`。" },
			records = function(t) return t:first "kind=send method=BYE" end },
	},
}

task {
	find = {
		rule = { "replaces-accept", "cancel-send" },
		record = function(t)
			local cancel = t:first "kind=send method=CANCEL src=alice"
			return { cancel, cancel:arrival() }
		end,
	},
	points = 2,
	why = { "A BYE ends an answered call. The call to Bob was not answered: it is cancelled.",
		zh = "BYE 结束已接听的呼叫。给 Bob 的呼叫没有被接听：要把它撤回。" },
	records = function(t) return t:first "kind=send method=CANCEL src=alice" end,
	hint = { "`src=alice from=4s` lists what her phone sends; `rung explain` with the number names the rule.", zh = "`src=alice from=4s` 列出她的话机发送的；用编号运行 `rung explain`，会给出规则。" },
	others = {
		{ find = { rule = "replaces-accept", record = function(t)
			local r = t:first "kind=send status=200 src=alice dst=carol"
			return { r, r:arrival() }
		end }, rule = "replaces-accept",
			ask = { "By which message does Alice's phone accept Carol instead of Bob, and by which rule? `rule=… record=…`.\n\n    rung show pick-up src=alice\n    rung show pick-up from=4s to=4.05s", zh = "Alice 的话机用哪条消息同意与 Carol 而不是 Bob 通话，按哪条规则？`rule=… record=…`。\n\n    rung show pick-up src=alice\n    rung show pick-up from=4s to=4.05s" },
			why = { "It answers Carol's INVITE, and does not ring for it.", zh = "它响应 Carol 的 INVITE，不为此振铃。" },
			hint = { "What does Carol's phone acknowledge with `ACK@carol`?", zh = "Carol 的话机用 `ACK@carol` 确认的是什么？" },
			records = function(t) return t:first "kind=send status=200 src=alice dst=carol" end },
		{ find = { rule = "cancel-487", record = function(t)
			local r = t:get "487@bob"
			return { r, r:arrival() }
		end }, rule = "cancel-487",
			ask = { "By which message does Bob's phone end the INVITE that it has received, and by which rule? `rule=… record=…`.\n\n    rung show pick-up src=bob\n    rung show pick-up from=4s to=4.05s", zh = "Bob 的话机用哪条消息结束它收到的 INVITE，按哪条规则？`rule=… record=…`。\n\n    rung show pick-up src=bob\n    rung show pick-up from=4s to=4.05s" },
			why = { "His phone sends two responses at the same time: their CSeq shows which request each is for.", zh = "他的话机同时发出两个响应：看 CSeq，各是对哪个请求的。" },
			hint = { "Choose `src=bob cseq=INVITE`: the last is final.", zh = "用 `src=bob cseq=INVITE`：最后一个是最终响应。" },
			records = function(t) return t:get "487@bob" end },
	},
}

task {
	number = function(t) return t:count "kind=send status=2xx,4xx" end,
	unit = { "responses", zh = "个响应" },
	wrong = {
		{ 3, why = { "The CANCEL and the cancelled INVITE have one each.", zh = "CANCEL 和被它撤回的 INVITE 各有一个。" }, rule = "cancel-recv" },
		{ 5, why = { "Neither a 180 nor an ACK is one.", zh = "180 和 ACK 都不是。" } },
	},
	rule = "cancel-487",
	ahead = true,
	why = { "Each request except the ACK gets one in the end: go through the requests of both calls.", zh = "除 ACK 外，每个请求最后都得到一个：逐个看两个呼叫的请求。" },
	hint = { "Write down the requests of both calls, `method=INVITE,CANCEL,BYE kind=send`: RFC 3261 9.2 says what happens to the cancelled one.",
		zh = "写下两个呼叫的请求，`method=INVITE,CANCEL,BYE kind=send`：被取消的那个结果如何，见 RFC 3261 9.2。" },
	records = function(t) return t:all "kind=send status=2xx,4xx" end,
	others = {
		{ number = function(t) return t:count "kind=send method=ACK" end, rule = "ict-ack", unit = { "ACKs", zh = "个 ACK" }, ahead = true,
			ask = { "Before you look at the run: how many ACKs will be sent?\n\n    rung show pick-up method=ACK kind=send", zh = "先不看运行：一共会发送多少个 ACK？\n\n    rung show pick-up method=ACK kind=send" },
			wrong = { { 1, why = { "A rejection of an INVITE is acknowledged as well.", zh = "对 INVITE 的拒绝也要确认。" } }, { 3, why = { "Neither CANCEL nor BYE is acknowledged.", zh = "CANCEL 和 BYE 不需要确认。" } } },
			why = { "Each final response to an INVITE has one; how many INVITEs are there?", zh = "对 INVITE 的每个最终响应有一个；有几个 INVITE？" },
			hint = { "See `method=INVITE kind=send`: each of them ends with one.", zh = "看 `method=INVITE kind=send`：每个都以一个结束。" },
			records = function(t) return t:all "kind=send method=ACK" end },
		{ number = function(t) return t:count "kind=send src=bob" end, rule = "cancel-recv", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: how many messages will Bob's phone send?\n\n    rung show pick-up src=bob kind=send", zh = "先不看运行：Bob 的话机会发送多少条消息？\n\n    rung show pick-up src=bob kind=send" },
			wrong = { { 2, why = { "It rings first; then CANCEL and INVITE are answered separately.", zh = "它先要振铃；CANCEL 和 INVITE 要分别响应。" } }, { 4, why = { "It receives the ACK.", zh = "ACK 是发给它的。" } } },
			why = { "It rings; then a request arrives that cancels another one.", zh = "它振铃；然后来了一个请求，撤回另一个请求。" },
			hint = { "`dst=bob kind=send` is what it receives: which of these need a response (RFC 3261 9.2), and what does it send before that by itself (13.3.1.1)?",
				zh = "`dst=bob kind=send` 是到达它的：其中哪些需要响应（RFC 3261 9.2），在那之前它自己说什么（13.3.1.1）？" },
			records = function(t) return t:all "kind=send src=bob" end },
	},
}

task { ahead = 4 }

task {
	goal = {
		{ "Bob answers 2.5 s after his phone began to ring", zh = "Bob 在振铃 2.5 s 之后接听",
			function(t)
				local ring, taken = t:first "kind=send src=bob status=180", t:first "kind=send src=bob status=200 cseq=INVITE"
				return ring ~= nil and taken ~= nil and math.abs(taken.time - ring.time - 2.5) < 0.01, taken
			end },
		{ "Carol's INVITE asks to replace a ringing call, and no other", zh = "Carol 的 INVITE 只要求取代正在振铃的呼叫",
			function(t)
				local r = pickup(t)
				return r ~= nil and (r:header "Replaces" or ""):find "early%-only" ~= nil, r
			end, rule = "replaces-answered" },
		{ "Carol gets 486", zh = "Carol 收到 486",
			function(t) return t:first "kind=recv dst=carol status=486" ~= nil, t:first "kind=recv dst=carol status=486" end,
			rule = "replaces-answered" },
		{ "Alice and Bob stay connected", zh = "Alice 与 Bob 的通话没有被切断",
			function(t) return t:count "kind=send method=BYE" == 0 and t:count "kind=send method=CANCEL" == 0 end },
	},
	points = 3,
	hint = { "One line of `lab.lua` says when Bob's phone answers; count from `180@bob`. RFC 3891 3 says what happens to `INVITE@carol` if the call that it names has been answered.",
		zh = "`lab.lua` 中有一行规定 Bob 的话机何时接听；从 `180@bob` 起算。`INVITE@carol` 指明的呼叫若已接听会怎样，见 RFC 3891 3。" },
}
