-- The tasks of reliable-provisional; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function prack(t)
	return t:first "kind=send method=PRACK src=alice"
end

local function again(t)
	return t:all("kind=send status=183 src=bob")[2]
end

local function ok(t)
	return t:first "kind=send status=200 src=bob cseq=INVITE"
end

local function taken(t)
	return t:first "kind=act node=bob verb=answer"
end

task {
	number = function(t) return tonumber(prack(t):header("RAck"):match "%d+") end,
	rule = "prack-send",
	wrong = {
		{ function(t) return tonumber(prack(t):header("CSeq"):match "%d+") end,
			why = { "That is the CSeq of the PRACK itself.", zh = "那是 PRACK 自己的 CSeq。" } },
		{ function(t) return tonumber(t:first("kind=send status=183"):header("CSeq"):match "%d+") end,
			why = { "RAck has that as well, but each 183 of this INVITE has the same CSeq.",
				zh = "RAck 中也有它，但这个 INVITE 的每个 183 的 CSeq 都相同。" } },
		{ 183, why = { "There may be several 183s.", zh = "183 可能有好几个。" } },
	},
	why = { "Read RAck in the PRACK: its first number is from a field of the 183.",
		zh = "读 PRACK 的 RAck：第一个数就是 183 的某个字段给出的数。" },
	records = function(t) return { t:first "kind=send status=183 src=bob", prack(t) } end,
	hint = { "RSeq is in `183@bob`, RAck in `PRACK@alice`.", zh = "RSeq 在 `183@bob` 中，RAck 在 `PRACK@alice` 中。" },
}

task {
	find = {
		node = "bob",
		rule = { "reliable-again" },
		record = function(t) return { again(t), again(t):arrival() } end,
	},
	points = 2,
	rule = "reliable-again",
	why = { "bil forwards the retransmission; it has no timer for a provisional response. Look where it starts.",
		zh = "bil 转发的是重传的消息；它没有用于临时响应的定时器。请找它从哪里开始。" },
	records = again,
	hint = { "The first of the records of `status=183 kind=send` with ↻ starts it; explain that one.", zh = "`status=183 kind=send` 中带 ↻ 的记录，第一条是起点；对它用 explain。" },
	others = {
		{ find = { node = "alice", rule = "prack-send", record = function(t) return { prack(t), prack(t):arrival() } end }, rule = "prack-send",
			ask = { "Which node confirms the 183, by which rule? Write the first message that does so: `node=… rule=… record=…`.\n\n    rung show reliable-provisional method=PRACK\n    rung show reliable-provisional status=183", zh = "由谁确认 183，按哪条规则？给出这样做的第一条消息：`node=… rule=… record=…`。\n\n    rung show reliable-provisional method=PRACK\n    rung show reliable-provisional status=183" },
			why = { "The proxies forward it; look where it starts.", zh = "代理服务器只是转发；请找它从哪里开始。" },
			hint = { "Look at the first of `method=PRACK kind=send`, and explain it.", zh = "看 `method=PRACK kind=send` 的第一条，并用 explain。" },
			records = prack },
		{ find = { node = "bob", rule = "reliable-2xx", record = function(t) return { ok(t), ok(t):arrival() } end }, rule = "reliable-2xx",
			ask = { "The INVITE is answered later than it could be. Which node finally sends the 200 to it, by which rule: `node=… rule=… record=…`.\n\n    rung show reliable-provisional status=200 cseq=INVITE", zh = "INVITE 的接听比可能的时刻晚。最后由谁发送对它的 200，按哪条规则：`node=… rule=… record=…`。\n\n    rung show reliable-provisional status=200 cseq=INVITE" },
			why = { "The proxies forward it; look where it starts, and what it has waited for.", zh = "代理服务器只是转发；请找它从哪里开始，它等的是什么。" },
			hint = { "It has waited for `method=PRACK node=bob kind=recv`, RFC 3262 3: of the two 200s sent then, one is for the PRACK, as its CSeq says. `rung explain` with the other's number names the rule.",
				zh = "它在等 `method=PRACK node=bob kind=recv`，RFC 3262 3：随后发出的两个 200 中有一个是对 PRACK 的，看 CSeq 便知。用另一个的编号运行 `rung explain` 可看到规则。" },
			records = ok },
	},
}

task {
	choice = {
		{ "from the Via fields of the 183, read from below", zh = "从 183 的 Via 字段，自下而上读",
			why = { "Alice's phone gets the 183 with only its own Via: each proxy has removed its own.",
				zh = "Alice 的话机收到的 183 只有它自己的 Via：每个代理服务器已去掉自己的。" }, rule = "proxy-response" },
		{ "from the 200 to the INVITE, which confirms the dialog", zh = "从对 INVITE 的 200，它确认了对话",
			why = { "That comes later; a provisional response with a tag already creates an early dialog.",
				zh = "它后来才到；带 tag 的临时响应已经建立早期对话。" }, rule = "invite-1xx" },
		{ "it does not: atl gets every request and looks Bob up again", zh = "它不知道：每个请求都发给 atl，由 atl 再次查询 Bob",
			why = { "The PRACK has two Route fields, and its Request-URI is Bob's Contact: nobody looks him up.",
				zh = "PRACK 有两个 Route 字段，请求 URI 是 Bob 的 Contact：没有人查询他。" } },
		{ "from the Record-Route fields of the reliable 183", zh = "从可靠的 183 的 Record-Route 字段", right = true },
	},
	rule = "dialog-uac",
	records = function(t) return { t:first "kind=send status=183 dst=alice", prack(t) } end,
	ahead = true,
}

task {
	time = function(t) return ok(t).time - taken(t).time end,
	tolerance = 0.001,
	rule = "reliable-2xx",
	wrong = {
		{ 0, why = { "The 200 is sent later than the script answers.", zh = "200 在脚本的 answer 之后才发出。" } },
		{ function(t) return ok(t):arrival().time - taken(t).time end,
			why = { "At that time it has reached bil.", zh = "那时它已到达 bil。" } },
		{ function(t) return t:last("kind=send status=200 cseq=INVITE dst=alice"):arrival().time - taken(t).time end,
			why = { "At that time Alice's phone has it. How long does it wait at Bob's phone?", zh = "那时 Alice 的话机收到它。题目问的是它在 Bob 那里等待多久。" } },
		{ function(t) return again(t).time - taken(t).time end,
			why = { "At that time the 183 is retransmitted; its PRACK must still arrive.", zh = "那时 183 再次发出；还要等它的 PRACK 到来。" } },
	},
	why = { "Count from the act in which Bob answers to the transmission of his 200. What must arrive before it may be sent?",
		zh = "从 Bob 接听的操作算起，到他发送 200 为止。在它发出之前，必须先收到什么？" },
	records = function(t) return { taken(t), ok(t) } end,
	hint = { "It is sent at the moment when the PRACK arrives: `node=bob from=1.3s to=2s`.", zh = "PRACK 到达的那一刻它就发出：`node=bob from=1.3s to=2s`。" },
}

task {
	choice = {
		{ "in the PRACK, by which Alice's phone agrees to it", zh = "在 PRACK 中，Alice 的话机用它表示同意",
			why = { "The PRACK is Alice's, and so is the offer. It has no body here.", zh = "PRACK 是 Alice 发送的，而提议也是她的。这里它没有消息体。" },
			rule = "prack-offer" },
		{ "in the reliable 183: confirmed, it is final", zh = "在可靠的 183 中：确认后就是最终的", right = true },
		{ "in the ACK, as for every INVITE that has an offer", zh = "在 ACK 中，带提议的 INVITE 都是这样",
			why = { "The ACK has the answer if the 200 has the offer. Here the INVITE has made it.",
				zh = "只有 200 携带提议时，应答才在 ACK 中。这里提议在 INVITE 中。" }, rule = "offer-make" },
		{ "nowhere: both send exactly what Alice has offered", zh = "没有：双方就按 Alice 的提议发送",
			why = { "An offer without an answer agrees on nothing.", zh = "没有应答的提议什么也没有商定。" }, rule = "offer-missing" },
	},
	rule = "offer-reliable",
	records = function(t) return { t:first "kind=send status=183 src=bob", ok(t) } end,
}

task {
	goal = {
		{ "no PRACK arrives at Bob's phone", zh = "没有 PRACK 到达 Bob 的话机",
			function(t) return t:count "kind=send method=PRACK src=alice" > 0 and t:count "kind=recv dst=bob method=PRACK" == 0 end },
		{ "it retransmits its 183 until 64*T1 are over", zh = "它重传 183，直到 64*T1 结束",
			function(t) return t:count "kind=send status=183 src=bob" > 5, t:last "kind=send status=183 src=bob" end,
			rule = "reliable-again", why = { "Let it run for a minute.", zh = "让它运行一分钟。" } },
		{ "then it rejects the INVITE with a 5xx, which Alice's phone gets", zh = "然后用 5xx 拒绝 INVITE，Alice 收到它",
			function(t)
				local r = t:last "kind=recv dst=alice status=5xx"
				return r ~= nil and r.time > 30, r
			end, rule = "reliable-silent" },
		{ "Bob's phone never sends 200 to the INVITE", zh = "Bob 的话机始终没有对 INVITE 返回 200",
			function(t) return t:count "kind=send status=200 src=bob cseq=INVITE" == 0 end, rule = "reliable-2xx" },
	},
	points = 3,
	hint = { "`duration` in `lab.lua` is 12 s; RFC 3262 3 says for how long a 183 is retransmitted and how the INVITE is answered then. In the copy see how `src=bob kind=send` ends.",
		zh = "`lab.lua` 中的 `duration` 是 12 s；183 重传多久、之后用什么响应 INVITE，见 RFC 3262 3。在副本中看 `src=bob kind=send` 怎样结束。" },
}
