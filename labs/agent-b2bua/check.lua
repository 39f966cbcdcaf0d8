-- The tasks of agent-b2bua; their texts are in README.md.
lesson { minutes = 90, level = 3 }
vary { "alice--lan.delay=2ms..20ms:1ms", "lan--bob.delay=2ms..20ms:1ms", "seed=1..999:1" }

-- What a phone's last call is in the end.
local function is_over(t, node)
	local last = t:last("kind=call node=" .. node)
	return last == nil or last.state == "terminated", last
end

goal(function(t) return is_over(t, "alice") end,
	{ "In the end Alice's phone must be in no call", zh = "最后 Alice 的话机不应在任何呼叫中" })

goal(function(t) return is_over(t, "bob") end,
	{ "In the end Bob's phone must be in no call", zh = "最后 Bob 的话机不应在任何呼叫中" })

goal(function(t)
	return t:first "status=200 cseq=INVITE kind=recv dst=alice"
end, { "Alice's phone must hear that Bob has answered", zh = "Alice 的话机应得知 Bob 已接听" })

task {
	choice = {
		{ "It is relayed to Bob, whose phone alone knows whether it fits.", zh = "转给 Bob，只有他的话机知道它是否合适。",
			why = { "Bob's phone does not know that Call-ID: the B2BUA has made another.", zh = "Bob 的话机从未见过这个 Call-ID：盒子用的是另一个。" } },
		{ "Each side's is answered by the B2BUA, which then hangs up the other.", zh = "由盒子应答，然后由它挂断另一侧。", right = true },
		{ "It is answered 481: a B2BUA in the middle has no dialog of its own.", zh = "以 481 应答：中间的盒子没有自己的对话。",
			why = { "It has a dialog with each phone: for Alice's phone it is the callee.", zh = "它两侧各有一个对话：对 Alice 的话机来说，它就是被叫。" } },
		{ "It forks, so that both of the phones receive it at the same time.", zh = "把它分叉，使两部话机同时得到它。",
			why = { "The phone that sent the BYE knows it already. Only the other phone must be told.", zh = "发送 BYE 的一方已经知道。只有另一侧需要得知。" } },
	},
	rule = "pair-bye",
	hint = { "In the run of rung's own B2BUA, compare the Call-ID of `INVITE@alice` with that of the INVITE that agent sends: how many dialogs are there, and which nodes are their ends?", zh = "在 rung 自己的设备的运行中，比较 `INVITE@alice` 与 agent 所发 INVITE 的 Call-ID：有几个对话，各是谁与谁的？" },
	ahead = true,
}

local function of_alice(t, n)
	return t:all("method=INVITE kind=send src=alice")[n]
end

task {
	text = function(t) return of_alice(t, 2).call_id end,
	points = 2,
	rule = "dialog-request",
	wrong = {
		{ function(t) return { of_alice(t, 1).call_id, of_alice(t, 3).call_id } end,
			why = { "That is another of her calls. Count her INVITEs.", zh = "那是她的另一个呼叫。数一数她的 INVITE。" } },
		{ function(t) return of_alice(t, 2):header("From"):match ";%s*tag=([^;%s]+)" end,
			why = { "That identifies her side of the dialog. One field is the same in all messages of the call, whoever sends them.",
				zh = "那是对话中她这一方的标识。有一个头字段在属于这个呼叫的所有消息中都相同，无论谁发送。" } },
		{ function(t) return of_alice(t, 2):header("Via"):match ";%s*branch=([^;%s]+)" end,
			why = { "That is of this one transaction; a BYE has another.", zh = "那只属于这一个事务；BYE 有另一个。" } },
	},
	why = { "Her second INVITE has it in a field of its own, and it stays the same until the call is over.",
		zh = "她的第二个 INVITE 有一个专门的头字段，其值到呼叫结束都不变。" },
	records = function(t) return of_alice(t, 2) end,
	hint = { "Compare `INVITE@alice#2` with `ACK@alice#2`: which of their header fields are equal to the last character?",
		zh = "比较 `INVITE@alice#2` 和 `ACK@alice#2`：哪些头字段一字不差？" },
}

local function invites(t)
	return t:all "method=INVITE kind=send src=agent dst=bob"
end

local function tag(value)
	return (value or ""):match ";%s*tag=([^;%s]+)"
end

task {
	agent = {
		{ "The call to Bob's phone is a new one: another Call-ID, another From tag", zh = "Bob 的话机得到一个独立的呼叫：Call-ID 和 From 的 tag 都不同",
			function(t)
				local a, b = t:first "method=INVITE kind=send src=alice", invites(t)[1]
				if b == nil then return false end
				return a.call_id ~= b.call_id and tag(a:header "From") ~= tag(b:header "From"), b
			end, rule = "pair-call" },
		{ "Alice's phone hears 180, and 200 with Bob's session description", zh = "Alice 的话机得到 180，以及带 Bob 会话描述的 200",
			function(t)
				local ok = t:first "status=200 cseq=INVITE kind=send src=agent dst=alice"
				return t:first "status=180 kind=send src=agent dst=alice" ~= nil and ok ~= nil and
					ok.body:find("192.0.2.3", 1, true) ~= nil, ok
			end,
			why = { "`reply` takes a `body` with its `type`.", zh = "`reply` 可以带 `body` 及其 `type`。" } },
		{ "Its ACK reaches Bob's phone", zh = "它的 ACK 到达 Bob 的话机",
			function(t)
				-- The third call's is for a refusal, and no doing of the program.
				local b = invites(t)[1]
				return b and t:first("method=ACK kind=recv src=agent dst=bob call=" .. b.call_id)
			end,
			why = { "An ACK for a 2xx is a separate request: `send` it, with the CSeq of the INVITE (13.2.2.4).", zh = "对 2xx 的 ACK 是独立的请求：用 `send` 发送，CSeq 与 INVITE 相同（第 13.2.2.4 节）。" } },
		{ "The phone that hangs up gets a 200, and the other one a BYE, in both directions", zh = "挂断的一方得到 200，另一侧得到 BYE，无论是哪一侧",
			function(t)
				local to_alice = t:first "method=BYE kind=send src=agent dst=alice"
				local to_bob = t:first "method=BYE kind=send src=agent dst=bob"
				return to_alice ~= nil and to_bob ~= nil and
					t:first "status=200 cseq=BYE kind=send src=alice dst=agent" ~= nil and
					t:first "status=200 cseq=BYE kind=send src=bob dst=agent" ~= nil, to_alice
			end, rule = "dialog-request" },
		{ "What Alice cancels is cancelled at Bob's phone", zh = "Alice 取消的呼叫在 Bob 的话机处也被取消",
			function(t) return t:first "status=487 cseq=INVITE kind=send src=bob dst=agent" end,
			why = { "`on_cancel` is called for it; `cancel(number)` cancels what `send` has sent.", zh = "`on_cancel` 得知此事；`cancel(number)` 取消 `send` 发送的请求。" } },
		{ "If Bob's phone is busy, Alice's receives its 486", zh = "Bob 的话机占线时，Alice 的话机得知它的 486",
			set = "bob.busy=true",
			function(t)
				return t:first "status=486 cseq=INVITE kind=send src=bob dst=agent" ~= nil and
					t:first "status=486 cseq=INVITE kind=send src=agent dst=alice"
			end },
		program = "agent.lua",
		node = "agent",
		like = { "agent.program=", "agent.role=b2bua" },
		points = 3,
		refuses = { good = "method=INVITE src=alice dst=agent kind=send",
			{ "no-hops", 483 },
			{ "dialog", 481 },
			{ "extension", 420 },
			{ "scheme", 416 },
			points = 2,
		},
		survives = { "drop,double,late,overtaken", runs = 150, points = 3 },
	},
	hint = {
		{ "`state(m)` of docs/roles/script.md is a table of one call, found by its Call-ID: store each of the two calls in the table of the other.", zh = "docs/roles/script.md 中的 `state(m)` 是一个呼叫的表，由 Call-ID 找到：让两个呼叫各自的表中记住另一个。" },
		{ "RFC 3261 9.1: a 200 may arrive after `on_cancel` has cancelled the call; acknowledge it, then hang up.", zh = "RFC 3261 第 9.1 节：在 `on_cancel` 中取消之后仍可能收到 200；先确认，再挂断。" },
	},
}
