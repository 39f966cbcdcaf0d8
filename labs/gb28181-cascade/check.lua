-- The tasks of gb28181-cascade; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "lower--upper.delay=10ms..90ms:10ms", "seed=1..999:1" }

local function refusals(t)
	return t:all "kind=send status=403 src=upper"
end

-- The first REGISTER that the upper platform accepts behind its restart.
local function back(t)
	return t:first("kind=send status=200 cseq=REGISTER src=upper", function(r) return r.time > 110 end)
end

task {
	number = 403,
	wrong = {
		{ 200, why = { "That was the status before.", zh = "之前是这样。" } },
		{ 408, why = { "There is a response each time.", zh = "每次都有响应。" } },
		{ 401, why = { "That would ask for a password; here nobody asks.", zh = "那是要求密码；这里没有谁要求。" } },
	},
	why = { "Look at what the upper platform sends from 110 s on.", zh = "看上级平台从 110 s 起发送什么。" },
	records = refusals,
	ahead = true,
	hint = { "The line works, so there is a response: `src=upper kind=send from=110s` has no other.",
		zh = "线路是通的，所以有响应：`src=upper kind=send from=110s` 中只有这一种。" },
	others = {
		{
			number = function(t)
				return t:count("kind=send status=200 cseq=MESSAGE src=upper", function(r) return r.time > 20 and r.time < 110 end)
			end,
			ahead = true,
			unit = { "keep-alives", zh = "次保活" },
			wrong = {
				{ 4, why = { "The very first one is before 20 s, and there is none at 110 s.", zh = "最开始的那次在 20 s 之前，而 110 s 处没有。" } },
				{ 2, why = { "Between 20 s and 110 s there is time for more.", zh = "20 s 到 110 s 之间不止这些。" } },
			},
			why = { "Write down the times, every 30 s after the registration, and count those before the restart.",
				zh = "从注册起每 30 s 写下一个时刻，数重新启动之前的。" },
			hint = { "`cseq=MESSAGE src=upper from=20s to=110s kind=recv` has a line for each.",
				zh = "`cseq=MESSAGE src=upper from=20s to=110s kind=recv` 中每次一行。" },
			ask = { "Before you look at the run: the lower platform sends a keepalive every 30 s. How many of its keepalives between 20 s and the restart at 110 s get a 200?\n\n    rung show gb28181-cascade 'kind=send from=20s to=110s'",
				zh = "先不看运行：下级平台每 30 s 说明自己在。20 s 到 110 s 重新启动之间，它的保活有多少次得到 200？\n\n    rung show gb28181-cascade 'kind=send from=20s to=110s'" },
		},
		{
			number = function(t) return t:count("kind=send method=REGISTER src=lower from=100s") end,
			ahead = true,
			unit = { "requests", zh = "个请求" },
			wrong = {
				{ 2, why = { "That would be the number if it noticed: one, and one with its password.", zh = "它若察觉就会这样：一个，再加带密码的一个。" } },
				{ 1, why = { "Does it notice at all?", zh = "它到底察觉了吗？" } },
			},
			why = { "The handout says what the lower platform shows its own users: does it see a reason to register?",
				zh = "上文说了下级平台给自己的人看的是什么：它认为有必要吗？" },
			hint = { "Filter `src=lower from=100s kind=send`: of which method are they all?",
				zh = "用 `src=lower from=100s kind=send` 过滤：它们都是什么方法？" },
			ask = { "Before you look at the run: how many REGISTERs will the lower platform send in the 190 s after the restart of the upper one?\n\n    rung show gb28181-cascade 'kind=send from=100s'",
				zh = "先不看运行：上级平台重新启动之后的 190 s 里，下级平台会发送多少个 REGISTER？\n\n    rung show gb28181-cascade 'kind=send from=100s'" },
		},
	},
}

task {
	find = {
		node = "upper",
		record = function(t)
			local r = refusals(t)[1]
			return { r, r:arrival() }
		end,
	},
	why = { "Look at the messages between the two platforms after the restart: which one is the first to say that something is wrong?",
		zh = "看重新启动之后两个平台之间的消息：谁的消息最先说出有问题？" },
	records = function(t) return refusals(t)[1] end,
	hint = { "`kind=act node=upper` shows the restart; take the first response of `src=upper` after it.",
		zh = "重新启动见 `kind=act node=upper`；其后 `src=upper` 的第一个响应就是。" },
	others = {
		{
			number = function(t) return #refusals(t) end,
			unit = { "keep-alives", zh = "次保活" },
			wrong = {
				{ function(t) return #refusals(t) + 4 end, why = { "Those before the crash do not count.", zh = "崩溃之前的不算。" } },
			},
			why = { "Count the MESSAGEs of the lower platform from 110 s on.", zh = "数一数下级平台从 110 s 起的 MESSAGE。" },
			records = refusals,
			hint = { "Each has a response, whatever its status: count `src=upper cseq=MESSAGE kind=recv from=110s` to the end of the run.",
				zh = "每次都有响应，不论内容如何：数 `src=upper cseq=MESSAGE kind=recv from=110s`，直到运行结束。" },
			ask = { "How many keepalives has the lower platform sent since the restart of the upper one?\n\n    rung show gb28181-cascade 'kind=send src=lower from=110s'",
				zh = "上级平台恢复以后，下级平台发送了多少次保活？\n\n    rung show gb28181-cascade 'kind=send src=lower from=110s'" },
		},
		{
			find = {
				node = "lower",
				record = function(t)
					local list = t:all("kind=send method=MESSAGE src=lower to=100s")
					return { list[#list], list[#list]:arrival() }
				end,
			},
			why = { "Go back from the crash: which keepalive has a 200 after it?",
				zh = "从崩溃往回看：哪次保活之后有 200？" },
			hint = { "It is before `kind=act node=upper`, at the end of `src=lower to=100s`.",
				zh = "它在 `kind=act node=upper` 之前，是 `src=lower to=100s` 的末尾。" },
			ask = { "Find the last keepalive for which the upper platform still knows the device: `node=… record=…`.\n\n    rung show gb28181-cascade 'kind=send from=60s'",
				zh = "找出上级平台仍当作来自已知设备的最后一次保活：`node=… record=…`。\n\n    rung show gb28181-cascade 'kind=send from=60s'" },
		},
	},
}

task {
	number = 2880,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ 3600, why = { "That is how long the registration lasts; it is refreshed before its end.", zh = "注册持续这么久；在结束之前刷新。" } },
		{ { 30, 90 }, why = { "That is the interval of the keepalives.", zh = "那是保活的。" } },
	},
	why = { "Expires of the 200 says how long it lasts.", zh = "200 的 Expires 说明它持续多久。" },
	records = function(t) return t:first "kind=send status=200 cseq=REGISTER src=upper" end,
	hint = { "The interval of the keepalives does not count, but what `200@upper` grants to `REGISTER@lower` (RFC 3261 10.2.1.1).",
		zh = "要看的不是它多久保活一次，而是 `200@upper` 答应 `REGISTER@lower` 的时间（RFC 3261 第 10.2.1.1 节）。" },
	others = {
		{
			number = 3600,
			unit = { "seconds", zh = "秒" },
			records = function(t) return t:first "kind=send status=200 cseq=REGISTER src=upper" end,
			wrong = {
				{ 2880, why = { "That is when it would be refreshed.", zh = "那是刷新的时刻。" } },
				{ 30, why = { "That is the interval of the keepalives.", zh = "那是保活的。" } },
			},
			why = { "A header field of the 200 to the REGISTER has it.",
				zh = "对 REGISTER 的 200 的一个头字段说明了这一点。" },
			hint = { "RFC 3261 10.3, step 8: the 200 of `cseq=REGISTER src=upper` has it.",
				zh = "RFC 3261 第 10.3 节第 8 步：它在 `cseq=REGISTER src=upper` 的 200 中。" },
			ask = { "For how many seconds does the upper platform grant the registration?\n\n    rung show gb28181-cascade -m 'status=200 cseq=REGISTER kind=send'",
				zh = "上级平台给的注册有多少秒？\n\n    rung show gb28181-cascade -m 'status=200 cseq=REGISTER kind=send'" },
		},
		{
			number = 30,
			unit = { "seconds", zh = "秒" },
			records = function(t) return t:all "kind=send method=MESSAGE src=lower from=20s" end,
			wrong = {
				{ 90, why = { "After that time without a response it would notice.", zh = "这么久没有响应，它才会改变看法。" } },
				{ 60, why = { "There is another one between these.", zh = "这两次之间还有一次。" } },
			},
			why = { "Subtract the times of two consecutive ones, after 20 s.",
				zh = "取 20 s 之后相邻两次的时刻。" },
			hint = { "`method=MESSAGE src=lower from=20s` shows only these.",
				zh = "`method=MESSAGE src=lower from=20s` 中只有它们。" },
			ask = { "How many seconds are between two keepalives of the lower platform?\n\n    rung show gb28181-cascade 'method=MESSAGE src=lower kind=send'",
				zh = "下级平台的两次保活相隔多少秒？\n\n    rung show gb28181-cascade 'method=MESSAGE src=lower kind=send'" },
		},
	},
}

task {
	choice = {
		{ "Its registration lasts for an hour, and until then nobody may say otherwise",
			zh = "它的注册持续一小时，在此之前谁也不能否认",
			why = { "The restarted platform knows nothing about it, and says so.", zh = "重新启动的一方对它一无所知，并且说了出来。" } },
		{ "It gets a 200 to each keep-alive, since the upper platform does not look",
			zh = "每次保活都得到 200，因为上级平台不检查",
			why = { "Look at the answers again.", zh = "再看看那些响应。" } },
		{ "It waits for three without an answer, and takes a refusal for an answer", right = true,
			zh = "它等的是三次没有响应，而把拒绝也当作响应" },
		{ "The upper platform would have to register with it, and has forgotten to",
			zh = "本应由上级平台向它注册，而上级忘记了",
			why = { "In a cascade the lower platform registers.", zh = "在级联中由下级注册。" } },
	},
	points = 2,
	hint = { "`src=lower kind=send from=110s` is everything that it does after the 403s: does it differ from `src=lower kind=send from=20s to=100s`?", zh = "`src=lower kind=send from=110s` 是它在各个 403 之后所做的一切：与 `src=lower kind=send from=20s to=100s` 相比有什么不同？" },
}

task {
	goal = {
		{ "The upper platform is restarted", zh = "上级平台重新启动过",
			function(t) return t:first "kind=act node=upper verb=restart" ~= nil end },
		{ "The lower platform is registered again within two minutes", zh = "下级平台在两分钟内再次注册",
			function(t) local r = back(t) return r ~= nil and r.time < 231, r end,
			why = { "Which of its settings makes it ignore a rejection?", zh = "哪个设置使它忽略拒绝？" } },
		{ "And its keepalives get a 200 then", zh = "之后它的保活得到 200",
			function(t)
				local r = back(t)
				return r ~= nil and t:first("kind=send status=200 cseq=MESSAGE src=upper", function(m) return m.time > r.time end) ~= nil
			end },
	},
	points = 2,
}
