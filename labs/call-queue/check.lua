-- The tasks of call-queue; their texts are in README.md.
lesson { minutes = 50, level = 2 }
vary { "help.ring_time=12s..17s:1s", "seed=1..500:1" }

local callers = { "alice", "bob", "carol" }

-- The INVITEs by which people call, in the order of their times.
local function calls(t)
	local list = {}
	for _, who in ipairs(callers) do
		for _, r in ipairs(t:all("method=INVITE kind=send src=" .. who)) do
			list[#list + 1] = r
		end
	end
	table.sort(list, function(a, b) return a.time < b.time end)
	return list
end

-- The arrival of the 2xx to the call that INVITE r began, or nil.
local function answer(t, r)
	local ok = t:first("status=200 cseq=INVITE kind=send dst=" .. r.src, function(a) return a.call_id == r.call_id end)
	return ok and ok:arrival()
end

local function first_of_carol(t)
	return t:first "method=INVITE kind=send src=carol"
end

local function waited(t, r)
	local a = answer(t, r)
	return a and a.time - r.time
end

-- How many calls were answered within so many seconds.
local function in_time(t, most)
	local n = 0
	for _, r in ipairs(calls(t)) do
		local w = waited(t, r)
		if w and w <= most then
			n = n + 1
		end
	end
	return n
end

task {
	choice = {
		{ "`longest-idle`: an agent who has had no call for long is sure to be at the desk", zh = "`longest-idle`：很久没有接过呼叫的坐席一定在座位上",
			why = { "An agent who is away has been without a call for longest of all.", zh = "恰恰是离开的人，最久没有接过呼叫。" } },
		{ "`round-robin`: one call in three rings at an empty desk, so two are quick", zh = "`round-robin`：三次中只有一次在空座位上振铃，其余两次都快",
			why = { "That call still costs a ring time. Is there a strategy with which nobody waits for it?", zh = "那一次仍要花去一个振铃时限。有没有谁都不必为此等待的办法？" } },
		{ "`all`: a phone that nobody answers delays nobody while others ring", zh = "`all`：别的话机在振铃时，没有人接的那部不耽误任何人", right = true },
		{ "none: the same people call, and as many agents answer them in each", zh = "都一样：来电的人相同，接听的坐席也一样多",
			why = { "As many answer, but not as soon: `queue_wait_mean_s` says so.", zh = "接听的一样多，却不一样快：看 `queue_wait_mean_s`。" } },
	},
	points = 2,
	rule = "queue-chosen",
	hint = { "Compare the column wait (mean) of the sweep; then see what Cleo's empty desk costs: each record of `method=CANCEL dst=cleo kind=send` ends a time in which a caller waited for her.", zh = "比较批量实验结果的 wait (mean) 一列；再看 Cleo 的座位空着有什么代价：`method=CANCEL dst=cleo kind=send` 的每条记录都结束了一段有人等她的时间。" },
	ahead = function() end,
}

task {
	time = function(t) return waited(t, first_of_carol(t)) end,
	tolerance = "60ms",
	points = 2,
	rule = "queue-wait",
	wrong = {
		{ 3.04, why = { "That is how long Ann's phone rings. Another phone has rung before that.", zh = "那只是在 Ann 处振铃的时间。在此之前已经在别处振铃。" } },
		{ function(t) return answer(t, first_of_carol(t)).time end,
			why = { "That is the time since the start of the run; she calls later than at 0 s.", zh = "那是运行的时刻；她不是在 0 s 呼叫的。" } },
	},
	why = { "Count from the first INVITE of Carol's phone to the 200 with the same Call-ID that reaches it.",
		zh = "从 Carol 的话机发出第一个 INVITE 算起，到同一 Call-ID 的 200 到达它为止。" },
	records = function(t) return { first_of_carol(t), answer(t, first_of_carol(t)) } end,
	hint = { "`status=200 cseq=INVITE node=carol to=80s` has two records: one where it is sent, one where it arrives. The wait begins at `INVITE@carol`.",
		zh = "`status=200 cseq=INVITE node=carol to=80s` 有两条记录：一条是发送，一条是听到。等待从 `INVITE@carol` 开始。" },
}

task {
	find = {
		node = "help",
		rule = "queue-silent",
		record = function(t)
			local list = {}
			for _, kind in ipairs { "timer", "fsm" } do
				list[#list + 1] = t:first("node=help rule=queue-silent kind=" .. kind, function(r)
					return r.op ~= "set" and r.op ~= "stop"
				end)
			end
			return list
		end,
	},
	points = 3,
	why = { "Look at what the queue does while Carol hears ringing: a timer fires, and her call goes back one state. `rung explain` with its number names the rule.",
		zh = "看 Carol 听到回铃音期间队列做了什么：一个定时器到期，呼叫退回一步。用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "`machine=queue-call from=52s to=75s` shows her call, which goes back one state; `node=help kind=timer op=fire from=52s to=75s` has few timers, and those with a letter belong to transactions.",
		zh = "`machine=queue-call from=52s to=75s` 中有她的呼叫，它往回走了一步；`node=help kind=timer op=fire from=52s to=75s` 中定时器不多，带字母的属于事务。" },
	others = {
		{
			find = {
				node = "help",
				rule = "queue-chosen",
				record = function(t) return t:first("kind=fsm node=help rule=queue-chosen", function(r) return r.time > first_of_carol(t).time end) end,
			},
			why = { "Between the 182 to Carol and the INVITE to Cleo her call takes one step. `rung explain` with its number names the rule.",
				zh = "在发给 Carol 的 182 与发给 Cleo 的 INVITE 之间，她的呼叫走了一步。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Her INVITE is at 52 s: `machine=queue-call from=52s` begins with her call, waiting.",
				zh = "她的 INVITE 在 52 s：`machine=queue-call from=52s` 从她的呼叫开始等待说起。" },
			ask = { "Carol's first call rings at a phone that nobody answers. Which step of the queue chose that agent? `node=… rule=… record=…`.\n\n    rung show call-queue kind=fsm machine=queue-call",
				zh = "Carol 的第一次呼叫在没有人接听的地方振铃。队列的哪一步选择了那位坐席？`node=… rule=… record=…`。\n\n    rung show call-queue kind=fsm machine=queue-call" },
		},
		{
			find = {
				node = "help",
				rule = "queue-wrap-up",
				record = function(t) return t:first "kind=fsm node=help rule=queue-wrap-up" end,
			},
			why = { "It follows the first BYE of a caller: one state machine is for the call, another for the agent.",
				zh = "它在第一个主叫的 BYE 之后：一个状态机是呼叫的，另一个是坐席的。" },
			hint = { "`BYE@alice` comes at 30 s: `kind=fsm node=help from=30s to=31s` has the machines of transactions, of the pair, of the call, and of the agent.",
				zh = "`BYE@alice` 在 30 s 到达：`kind=fsm node=help from=30s to=31s` 中有事务、成对呼叫、呼叫和坐席各自的状态机。" },
			ask = { "After a call an agent does not get the next one at once, but writes notes about the call. Find the first step of the run by which the queue gives an agent time for that: `node=… rule=… record=…`.\n\n    rung show call-queue kind=fsm node=help to=40s",
				zh = "坐席挂断之后不会立即得到下一个呼叫：要先写下通话内容。找出本次运行中队列第一次让坐席这样做的那一步：`node=… rule=… record=…`。\n\n    rung show call-queue kind=fsm node=help to=40s" },
		},
	},
}

task {
	number = function(t) return in_time(t, 20) end,
	unit = { "calls", zh = "次呼叫" },
	points = 2,
	rule = "queue-wait",
	wrong = {
		{ function(t) return in_time(t, 60) end, why = { "That many are answered at all; some of them after more than 20 s.", zh = "那是总共接听的次数；其中有的超过 20 s。" } },
	},
	why = { "For each of the twelve calls: from its INVITE at the caller's phone to the 200 there. Count those with at most 20 s.",
		zh = "十二次呼叫，逐一计算：从主叫话机发出 INVITE 到收到 200。数出不超过 20 s 的。" },
	hint = { "List `kind=call state=confirmed` of the three callers, and next to each the INVITE before it: `src=alice,bob,carol method=INVITE`.",
		zh = "列出三个主叫的 `kind=call state=confirmed`，旁边写上此前的 INVITE：`src=alice,bob,carol method=INVITE`。" },
}

task {
	choice = {
		{ "more messages: two agents have the same call, and one of them gets it taken away", zh = "工作更多：两位坐席得到同一个呼叫，其中一位被打发走",
			why = { "If two answer at the same time, one gets a BYE at once; that is rare, and little work.", zh = "两位同时接听时，一位立刻得到 BYE；这很少见，也算不上工作。" } },
		{ "every free phone rings at every call, and most of what it is told is taken back", right = true,
			zh = "每个呼叫都让所有空闲的话机振铃，而其中大多又被收回" },
		{ "callers lose their places, since the call that is answered first goes first", zh = "主叫失去位置，因为先被接听的呼叫先走",
			why = { "Only one call at a time rings at all phones: the one that has waited longest.", zh = "每次只有一个呼叫在所有话机上振铃：等得最久的那个。" } },
		{ "agents who answer slowly get all the calls, and the quick ones get none", zh = "接听慢的坐席得到所有呼叫，接听快的一个也没有",
			why = { "It is the other way round: the agent who answers first gets the call.", zh = "正相反：谁先接听，呼叫就归谁。" } },
	},
	points = 2,
	rule = "pair-taken",
	hint = { "Compare `method=INVITE,CANCEL src=help kind=send to=60s` as the lab stands and with `--set help.strategy=all`: at how many phones does one caller's call ring, and what happens to those calls?", zh = "把 `method=INVITE,CANCEL src=help kind=send to=60s` 在原样与 `--set help.strategy=all` 之下比较：一个主叫使几部话机振铃，这些呼叫后来怎样？" },
}

task {
	goal = {
		{ "no call rings at Cleo's phone", zh = "没有呼叫在 Cleo 的话机上振铃",
			function(t) return t:count "method=INVITE kind=send dst=cleo" == 0 end },
		{ "all twelve people have called, and each was answered", zh = "十二次来电，每次都有人接听",
			function(t) return #calls(t) == 12 and in_time(t, 1000) == 12 end, rule = "queue-talk" },
		{ "each within 20 s", zh = "每次都在 20 s 之内",
			function(t) return #calls(t) == 12 and in_time(t, 20) == 12 end },
	},
	points = 3,
	hint = { "docs/SCENARIO.md has two actions under \"Of a queue\" that change who gets calls: use one of them on Cleo before `INVITE@alice`, at 2 s.", zh = "docs/SCENARIO.md 的“Of a queue”一节有两个动词改变由谁接听：要在 2 s 的 `INVITE@alice` 之前对 Cleo 用其中一个。" },
}
