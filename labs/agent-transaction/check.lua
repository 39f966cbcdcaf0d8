-- The tasks of agent-transaction; their texts are in README.md.
lesson { minutes = 75, level = 3 }
vary { "lan--bob.delay=2ms..40ms:1ms", "agent--lan.delay=2ms..40ms:1ms", "seed=1..999:1" }

local function asked(t, whom)
	return t:all("method=OPTIONS kind=send src=agent dst=" .. whom)
end

local function heard(t)
	return t:first "status=200 cseq=OPTIONS kind=recv src=bob dst=agent"
end

goal(heard, { "The agent must hear what Bob's phone can do", zh = "agent 应得知 Bob 的话机有哪些能力" })

goal(function(t)
	local r, last = heard(t), asked(t, "bob")
	last = last[#last]
	return r == nil or last == nil or last.time < r.time, last
end, { "What is answered must not be sent again", zh = "已得到应答的请求不应再重发" })

goal(function(t)
	for _, whom in ipairs { "bob", "carol" } do
		local list = asked(t, whom)
		local last = list[#list]
		if last and last.time - list[1].time > 31.999 then return false, last end
	end
	return true
end, { "What is not answered must be given up after 64*T1, 32 s", zh = "得不到应答的请求应在 64*T1（32 s）之后放弃" })

-- A machine without a name has the node's: it is told apart from no other.
goal(function(t)
	local over = {}
	for _, r in ipairs(t:all "kind=fsm machine=script node=agent") do
		if over[r.id] then return false, r end
		over[r.id] = r.id ~= "agent" and r.to == "terminated"
	end
	return true
end, { "A transaction must end only once, whatever comes again", zh = "无论什么再次到来，事务只应结束一次" })

task {
	choice = {
		{ "It is passed up, so that the program above gets it again.", zh = "它再次向上传递，让上面的程序又听到一次。",
			why = { "The user of a transaction gets one final response for one request (17.1.2.2).", zh = "对提出请求的一方来说，一个请求只有一个最终响应（第 17.1.2.2 节）。" } },
		{ "It is absorbed, for as long as Timer K runs.", zh = "在定时器 K 运行期间，收下它并丢弃。", right = true },
		{ "It is acknowledged, so that the server may stop then.", zh = "对它予以确认，服务器随后可以停止。",
			why = { "Only an INVITE has an ACK. The server retransmits because it received the request again.", zh = "只有 INVITE 才有 ACK。服务器重发是因为又被问了一次。" } },
		{ "It has the request sent again: the first one was lost.", zh = "请求再发一次：第一个已经丢失。",
			why = { "The response has arrived, so the request arrived as well. Nothing is missing any more.", zh = "响应到了，请求也到过了。没有什么缺失。" } },
	},
	rule = "nict-final",
	hint = { "RFC 3261 17.1.2.2: why does the state Completed have a timer over UDP, and one of zero length over TCP?", zh = "RFC 3261 第 17.1.2.2 节：为什么 Completed 状态的定时器在 UDP 上有时长，在 TCP 上却为零？" },
	ahead = true,
}

task {
	number = 11,
	unit = { "times", zh = "次" },
	points = 2,
	rule = "nict-timer-f",
	wrong = {
		{ 10, why = { "That is the number of retransmissions. The first transmission counts as well.", zh = "那是重复的次数。第一次也要算。" } },
		{ 7, why = { "That is an INVITE, whose interval doubles without a limit (17.1.1.2).", zh = "那是 INVITE，它的间隔不断加倍（第 17.1.1.2 节）。" } },
	},
	why = { "Timer E begins at T1, doubles, and is never longer than T2; add its intervals until 64*T1 is over.",
		zh = "定时器 E 从 T1 开始，每次加倍，但不超过 T2；把各个间隔相加，直到 64*T1。" },
	hint = { "Filter `dst=carol method=OPTIONS` in that run, or add up the intervals of RFC 3261 17.1.2.2.",
		zh = "在那次运行中用 `dst=carol method=OPTIONS` 过滤，或者把 RFC 3261 第 17.1.2.2 节的间隔相加。" },
	others = {
		{
			number = 5,
			unit = { "times", zh = "次" },
			rule = "nict-timer-f",
			wrong = {
				{ 4, why = { "That is the number of retransmissions. The first transmission counts as well.", zh = "那是重复的次数。第一次也要算。" } },
				{ 11, why = { "That is the number until Timer F fires.", zh = "那是到定时器 F 结束它为止。" } },
			},
			why = { "Timer E begins at T1 and doubles, up to T2. Write down the times at which it fires, with the first transmission at 0 s.",
				zh = "定时器 E 从 T1 开始，每次加倍，最大为 T2。以第一次发送为 0 s，写下它到期的各个时刻。" },
			hint = { "In that run `dst=carol method=OPTIONS kind=send` has each time: which of them are less than 10 s after the first (RFC 3261 17.1.2.2)?",
				zh = "那次运行的 `dst=carol method=OPTIONS kind=send` 有每一个时刻：哪些在第一个之后不到 10 s（RFC 3261 第 17.1.2.2 节）？" },
			ask = { "How often does a non-INVITE client transaction over UDP send its request within the first 10 s, if nobody answers?\n\n    rung run agent-transaction --set agent.program= --set agent.transactions= --set agent.role=ua",
				zh = "没有人应答时，UDP 上的非 INVITE 客户端事务在前 10 s 内发送请求几次？\n\n    rung run agent-transaction --set agent.program= --set agent.transactions= --set agent.role=ua" },
		},
		{
			time = 31.5,
			rule = "nict-timer-f",
			wrong = {
				{ 32, why = { "At that time Timer F gives up: nothing is sent any more.", zh = "那时定时器 F 放弃它：不再发送任何消息。" } },
				{ 27.5, why = { "After that one there is time for one more.", zh = "在它之后还有时间再发一次。" } },
			},
			why = { "Add the intervals of Timer E, none longer than T2, as long as the sum is below 64*T1.",
				zh = "把定时器 E 的各个间隔相加，每个不超过 T2，总和要小于 64*T1。" },
			hint = { "From some point on, the intervals of `timer` E are equal: RFC 3261 17.1.2.2 says how long.",
				zh = "从某一个起，`timer` E 的间隔都一样长：多长见 RFC 3261 第 17.1.2.2 节。" },
			ask = { "A non-INVITE client transaction over UDP gets no answer at all. How long after the first transmission does it send its request for the last time?\n\n    rung run agent-transaction --set agent.program= --set agent.transactions= --set agent.role=ua",
				zh = "UDP 上的非 INVITE 客户端事务始终得不到应答。它最后一次发送请求是在第一次之后多久？\n\n    rung run agent-transaction --set agent.program= --set agent.transactions= --set agent.role=ua" },
		},
	},
}

-- The records stand at these seconds behind the first.
local function stand_at(list, times)
	if #list ~= #times then return false end
	for i, time in ipairs(times) do
		if math.abs(list[i].time - list[1].time - time) > 0.001 then return false end
	end
	return true
end

-- The steps of the program's machines into STATE.
local function into(t, state)
	return t:all("kind=fsm machine=script node=agent into=" .. state)
end

task {
	agent = {
		{ "The request to Bob's phone is sent again after 0.5 s and 1.5 s, when the line is up", zh = "问 Bob 的话机的请求在 0.5 s 和 1.5 s 之后重发，这时线路已恢复",
			function(t)
				local list = asked(t, "bob")
				return stand_at(list, { 0, 0.5, 1.5 }), list[1]
			end, rule = "nict-timer-e" },
		{ "The request to Carol's phone is retransmitted at the times of Timer E, and Timer F ends it", zh = "问 Carol 的话机的请求按定时器 E 的时刻重发，到定时器 F 为止",
			function(t)
				local list = asked(t, "carol")
				return stand_at(list, { 0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5 }), list[1]
			end,
			why = { "`again(number)` sends again what `send` has sent; the interval doubles, up to T2.", zh = "`again(number)` 把 `send` 发送的内容再发一次；间隔加倍，直到 T2。" } },
		{ "If Bob's phone sends 100 at once, the request is sent again after 0.5 s and then every T2, until the 200", zh = "Bob 的话机立即应答 100 时，它在 0.5 s 之后再问一次，此后每隔 T2 再问，直到 200",
			function(t)
				local list = asked(t, "bob")
				return stand_at(list, { 0, 0.5, 4.5, 8.5 }), list[#list]
			end,
			set = "bob.settings=slow=10s", rule = "nict-timer-e",
			why = { "In Proceeding Timer E is set to T2, however short it was before (17.1.2.2).", zh = "在 Proceeding 状态，定时器 E 设为 T2，不管此前有多短（第 17.1.2.2 节）。" } },
		{ "All transmissions of one request have the same branch", zh = "同一个问题的所有发送都有相同的 branch",
			function(t)
				local list = asked(t, "carol")
				for _, r in ipairs(list) do
					if r.branch ~= list[1].branch then return false, r end
				end
				return #list > 1
			end },
		{ "Its two machines go through trying, one through completed, and both end", zh = "它的两个状态机都经过 trying，其中一个经过 completed，两个都结束",
			function(t)
				return #into(t, "trying") == 2 and #into(t, "completed") == 1 and #into(t, "terminated") == 2,
					into(t, "terminated")[1]
			end,
			why = { "`state(name, branch)` says which state the transaction with that branch is in.", zh = "`state(名称, branch)` 说明该 branch 的状态机处于哪个状态。" } },
		{ "It stays in completed for 5 s, by Timer K", zh = "它在 completed 状态停留 5 s，由定时器 K 结束",
			function(t)
				local from = into(t, "completed")[1]
				local to = from and t:first("kind=fsm machine=script node=agent into=terminated",
					function(r) return r.id == from.id end)
				return to ~= nil and math.abs(to.time - from.time - 5) < 0.001, to
			end, rule = "nict-timer-k" },
		program = "agent.lua",
		node = "agent",
		like = { "agent.program=", "agent.transactions=", "agent.role=ua" },
		points = 6,
		survives = { "drop,double,late,down", runs = 200, points = 3 },
	},
	hint = { "A table for each question, found by its branch: `m:param(\"Via\", \"branch\")`.", zh = "每个问题一个表，由它的 branch 找到：`m:param(\"Via\", \"branch\")`。" },
}
