-- The tasks of agent-stateless-proxy; their texts are in README.md.
lesson { minutes = 60, level = 3 }
vary { "alice--lan.delay=2ms..40ms:1ms", "lan--bob.delay=2ms..40ms:1ms", "seed=1..999:1" }

goal(function(t)
	return t:first "status=200 cseq=INVITE kind=recv dst=alice"
end, { "Alice's phone must hear that Bob has answered", zh = "Alice 的话机应得知 Bob 已接听" })

local function is_over(t, node)
	local last = t:last("kind=call node=" .. node)
	return last == nil or last.state == "terminated", last
end

goal(function(t) return is_over(t, "alice") end,
	{ "In the end Alice's phone must be in no call", zh = "最后 Alice 的话机不应在任何呼叫中" })

goal(function(t) return is_over(t, "bob") end,
	{ "In the end Bob's phone must be in no call", zh = "最后 Bob 的话机不应在任何呼叫中" })

task {
	choice = {
		{ "It would be the proxy's to retransmit it, until an answer has come.", zh = "那样就该由代理服务器重发它，直到响应到来。",
			why = { "It keeps no request that it could retransmit, whatever its branch.", zh = "无论 branch 如何，它不保存可供重发的请求。" } },
		{ "Bob's phone could not tell where its answers are to be sent to.", zh = "Bob 的话机就不知道响应该发往哪里。",
			why = { "That is in the Via next to the branch: sent-by, and received.", zh = "那写在 Via 中 branch 的旁边：sent-by 和 received。" } },
		{ "Bob's phone would take the retransmitted INVITE for another request.", zh = "Bob 的话机会把重复的 INVITE 当作另一个请求。", right = true },
		{ "Alice's phone would not know the answer as that to its INVITE.", zh = "Alice 的话机就认不出那是对其 INVITE 的响应。",
			why = { "The proxy removes its own Via before: her phone sees only its own branch.", zh = "代理服务器会先去掉自己的 Via：她的话机只看到自己的 branch。" } },
	},
	rule = "proxy-stateless-branch",
	hint = { "RFC 3261 17.2.3 says how a server recognizes a retransmission: compare that value in `INVITE@agent` and `INVITE@agent#2` before you change the program.", zh = "服务器由什么认出已有的请求，见 RFC 3261 第 17.2.3 节：在实验原样中比较 `INVITE@agent` 与 `INVITE@agent#2` 的这一项。" },
	ahead = true,
}

local function sent(t, filter)
	return t:all("method=INVITE kind=send " .. filter)
end

local function ringing(t)
	return t:first "status=180 kind=recv dst=alice"
end

task {
	time = function(t) return ringing(t).time - sent(t, "src=alice")[1].time end,
	points = 2,
	rule = "ict-timer-a",
	wrong = {
		{ function(t) return ringing(t).time - sent(t, "src=alice")[2].time end,
			why = { "That is counted from the retransmission. She waits from the first one.", zh = "那是从重复的那一个算起的。她从第一个起就在等待。" } },
		{ function(t) return ringing(t).time end,
			why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "From her first INVITE until the first 180 arrives at her phone: she retransmits what is lost after the proxy.",
		zh = "从她的第一个 INVITE 起，到第一个 180 到达她的话机：在代理服务器后面丢失的，由她自己重发。" },
	records = function(t) return { sent(t, "src=alice")[1], ringing(t) } end,
	hint = { "Her first INVITE gets no response: see what `kind=drop` says about it, and what `timer` A of her phone does then.",
		zh = "她的第一个 INVITE 没有得到响应：看 `kind=drop` 说了什么，以及她的话机的 `timer` A 随后做什么。" },
}

task {
	agent = {
		{ "Both INVITEs of the first call are forwarded to Bob's phone with one branch", zh = "第一个呼叫的两个 INVITE 以同一个 branch 发往 Bob 的话机",
			function(t)
				local list = sent(t, "src=agent dst=bob")
				return #list >= 2 and list[1].call_id == list[2].call_id and list[1].branch == list[2].branch, list[2]
			end, rule = "proxy-stateless-branch" },
		{ "Another call has another branch", zh = "另一个呼叫有另一个 branch",
			function(t)
				local list = sent(t, "src=agent dst=bob")
				local last = list[#list]
				return last ~= nil and last.call_id ~= list[1].call_id and last.branch ~= list[1].branch, last
			end },
		{ "The CANCEL has the branch of its INVITE, and Bob's phone stops ringing", zh = "CANCEL 与它的 INVITE 有相同的 branch，Bob 的话机停止振铃",
			function(t)
				local list, cancel = sent(t, "src=agent dst=bob"), t:first "method=CANCEL kind=send src=agent dst=bob"
				return cancel ~= nil and cancel.branch == list[#list].branch and
					t:first "status=487 cseq=INVITE kind=send src=bob" ~= nil, cancel
			end,
			why = { "A branch that is computed from the received branch is the same for the CANCEL (16.11).", zh = "由收到的 branch 得出的，对 CANCEL 也一样（第 16.11 节）。" } },
		{ "It stays in the path: the ACK and BYE of the answered call go through it to Bob's phone", zh = "它留在路径上：已应答呼叫的 ACK 和 BYE 经由它到达 Bob 的话机",
			function(t)
				local bye = t:first "method=BYE kind=recv src=agent dst=bob"
				return bye ~= nil and t:first("method=ACK kind=recv src=agent dst=bob", function(r)
					return r.call_id == bye.call_id
				end) ~= nil, bye
			end,
			why = { "A proxy that wants to see the later requests says so in the INVITE (16.6, step 4); an ACK is forwarded like any other request.", zh = "想看到后续请求的，在 INVITE 中说明（第 16.6 节第 4 步）；ACK 和其他请求一样转发。" } },
		{ "It forwards a message each time it receives one, and sends nothing by itself", zh = "收到几次就转发几次，从不自己发送",
			function(t)
				return t:count "kind=send src=agent" > 0 and
					t:count "kind=send src=agent" == t:count "kind=recv dst=agent"
			end, rule = "proxy-stateless" },
		program = "agent.lua",
		node = "agent",
		like = { "agent.program=", "agent.transactions=", "agent.role=proxy", "agent.stateless=true" },
		points = 3,
		refuses = { good = "method=INVITE src=alice dst=agent kind=send",
			{ "no-hops", 483 },
			{ "scheme", 416 },
			{ "proxy-extension", 420 },
			{ "ack-no-hops", "none" },
			points = 2,
		},
		survives = { "drop,double,late,overtaken", runs = 150, points = 2 },
	},
	hint = { "`forward` takes a `branch`. The received message has one: `m:param(\"Via\", \"branch\")`.", zh = "`forward` 可以带 `branch`。收到的消息有一个：`m:param(\"Via\", \"branch\")`。" },
}
