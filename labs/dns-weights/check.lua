-- The tasks of dns-weights; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "seed=1..400:1" }

-- What px1 sends to that server, each request once.
local function to(t, server)
	local all, seen = {}, {}
	for _, r in ipairs(t:all("kind=send method=OPTIONS src=px1 dst=" .. server)) do
		if not seen[r.call_id] then
			seen[r.call_id] = true
			all[#all + 1] = r
		end
	end
	return all
end

-- The lookup that has sent the first of them to px3.
local function third_first(t)
	local sent = to(t, "px3")[1]
	return t:last("kind=lookup node=px1 op=servers", function(r) return sent and r.time <= sent.time end)
end

task {
	number = function(t) return #to(t, "px3") end,
	unit = { "requests", zh = "个请求" },
	rule = "dns-srv",
	why = { "Count the OPTIONS that `px1` sends to `px3`; each has one record when it is sent and one when it arrives.",
		zh = "数 `px1` 发给 `px3` 的 OPTIONS；每个发送时一条，到达时一条。" },
	records = function(t) return to(t, "px3")[1] end,
	hint = { "`kind=send src=px1 dst=px3` has them; `kind=lookup op=servers` shows it as well, by the first of its `targets`.",
		zh = "它们在 `kind=send src=px1 dst=px3` 中；`kind=lookup op=servers` 的 `targets` 的第一个也能说明。" },
}

task {
	number = 61,
	unit = { "numbers", zh = "个数" },
	points = 2,
	rule = "dns-srv",
	wrong = {
		{ 60, why = { "0 may be drawn as well.", zh = "0 也可能抽到。" } },
		{ 75, why = { "That would be a share in percent, and not of these numbers.", zh = "那是百分比，而不是这些数的个数。" } },
	},
	why = { "Which is the least number that may be drawn, and which is the greatest that does not exceed the first sum?",
		zh = "可能抽到的最小的数是多少？不超过第一个累加值的最大的数是多少？" },
	hint = { "Look for the greatest `drawn` in `kind=lookup op=servers node=px1` whose list begins with `px2`: could it be greater still?",
		zh = "在 `kind=lookup op=servers node=px1` 中找列表以 `px2` 开头的最大的 `drawn`：它还能更大吗？" },
	others = {
		{
			number = 20,
			unit = { "numbers", zh = "个数" },
			rule = "dns-srv",
			wrong = {
				{ 21, why = { "The first sum itself leads to px2: the sum must be \"not less than\" the number.", zh = "第一个累加值本身去 px2：是不小于。" } },
				{ 25, why = { "That would be a share in percent, and not of these numbers.", zh = "那是百分比，而不是这些数的个数。" } },
			},
			why = { "Which is the least number that exceeds the first sum, and which is the greatest that may be drawn?",
				zh = "超过第一个累加值的最小的数是多少？可能抽到的最大的数是多少？" },
			hint = { "Look for the least `drawn` in `kind=lookup op=servers node=px1` whose list begins with `px3`: could it be less still?",
				zh = "在 `kind=lookup op=servers node=px1` 中找列表以 `px3` 开头的最小的 `drawn`：它还能更小吗？" },
			ask = { "How many of the numbers that may be drawn lead to `px3`?\n\n    rung show dns-weights kind=lookup node=px1",
				zh = "可能抽到的数中，有多少个使请求去 `px3`？\n\n    rung show dns-weights kind=lookup node=px1" },
		},
		{
			number = 81,
			unit = { "numbers", zh = "个数" },
			rule = "dns-srv",
			wrong = {
				{ 80, why = { "0 may be drawn as well.", zh = "0 也可能抽到。" } },
				{ 40, why = { "That is how many are drawn in this run.", zh = "那是本次运行抽的次数。" } },
			},
			why = { "Both ends of the range belong to it.",
				zh = "范围的两端都包括在内。" },
			hint = { "Write down the least and the greatest number that may be drawn, and count from the one to the other. Forty draws (`op=servers node=px1`, each shows `drawn` when it is opened) need not show all.",
				zh = "写下可能抽到的最小和最大的数，再从小的数到大的。四十次抽取（`op=servers node=px1`，打开每条可见 `drawn`）不一定全都出现。" },
			ask = { "How many different numbers may be drawn for a request?\n\n    rung show dns-weights kind=lookup node=px1",
				zh = "为一个请求可能抽到多少个不同的数？\n\n    rung show dns-weights kind=lookup node=px1" },
		},
	},
}

task {
	find = {
		node = "px1",
		rule = "dns-srv",
		record = third_first,
	},
	points = 3,
	why = { "The number is in the `lookup` record that lists the servers, not in the one that has an address.",
		zh = "抽签在列出服务器的 `lookup` 记录里，不在给出地址的那一条里。" },
	hint = { "The `targets` of `kind=lookup node=px1 op=servers` begin with the server that was chosen.",
		zh = "`kind=lookup node=px1 op=servers` 的 `targets` 以抽到的那个开头。" },
	others = {
		{
			find = {
				node = "loc",
				rule = "location-query",
				record = function(t) return { t:first "kind=lookup node=loc rule=location-query", t:first "kind=send src=loc rule=location-query" } end,
			},
			why = { "It is where the query of the first request has arrived. `rung explain` with its number names the rule.",
				zh = "就在第一个请求的询问到达之处。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Of `node=loc to=1s` take what comes between the query and the response, or the response.",
				zh = "`node=loc to=1s` 中，取询问与答复之间的，或答复本身。" },
			ask = { "Both proxies ask `loc` where Bob's phone is. Find where one of them is told for the first time: `node=… rule=… record=…`.\n\n    rung show dns-weights node=loc to=1s",
				zh = "两个代理服务器都向 `loc` 询问 Bob 的话机在哪里。找出第一次说出它的记录：`node=… rule=… record=…`。\n\n    rung show dns-weights node=loc to=1s" },
		},
		{
			find = {
				node = "ns",
				rule = "dns-answer",
				record = function(t) return { t:first "kind=send src=ns rule=dns-answer", t:first("kind=send src=ns rule=dns-answer"):arrival() } end,
			},
			why = { "`px1` queries once and caches the response. `rung explain` with the number of that response names the rule.",
				zh = "`px1` 只询问一次，并保存答复。用那个答复的编号运行 `rung explain`，会给出规则。" },
			hint = { "A query has no weights yet: leave `src=px1` out of what `node=ns` shows, and open the rest in the text pane.",
				zh = "询问的一方还不知道权重：从 `node=ns` 所显示的中去掉 `src=px1` 的，在文本面板中打开其余的。" },
			ask = { "One message contains the two weights. Find it: `node=… rule=… record=…`.\n\n    rung show dns-weights node=ns",
				zh = "两个权重写在同一条消息中。找出它：`node=… rule=… record=…`。\n\n    rung show dns-weights node=ns" },
		},
	},
}

task {
	choice = {
		{ "It remembers for some seconds which server was drawn for which Call-ID, and looks there.",
			zh = "它在几秒之内记住为哪个 Call-ID 抽到哪个服务器，并据此查找。",
			why = { "A stateless proxy keeps nothing of a request.", zh = "无状态的代理服务器不保存请求的任何信息。" } },
		{ "It takes the first record of the answer each time, since it may not draw at all.",
			zh = "它无权抽签，每次都取答复中的第一条记录。",
			why = { "Then all requests would go to one server. They do not.", zh = "那样所有请求都会到达一个服务器。事实并非如此。" } },
		{ "The phone puts the server that it has found into a Route, and repeats it with the request.",
			zh = "话机把找到的服务器写入 Route，并随请求重传。",
			why = { "The phone knows only its outbound proxy.", zh = "话机只知道它的出站代理服务器。" } },
		{ "It computes the numbers from what stays the same in the repetition, so that weights count.", right = true,
			zh = "它从重传中不变的部分算出这些数，权重照样起作用。" },
	},
	points = 2,
	rule = "dns-hash",
	hint = { "Open a record of `kind=lookup op=servers` of that run by its number, and one as the lab stands: which rule has each?", zh = "用编号打开那次运行的一条 `kind=lookup op=servers` 记录，再打开原样运行的一条：各按哪条规则？" },
	ahead = function() end,
}

task {
	goal = {
		{ "px1 forwards at least twenty requests", zh = "px1 至少转发二十个请求",
			function(t) return #to(t, "px2") + #to(t, "px3") >= 20 end },
		{ "px3 gets more of them than px2", zh = "px3 得到的多于 px2",
			function(t) return #to(t, "px3") > #to(t, "px2"), to(t, "px3")[1] end, rule = "dns-srv" },
		{ "px2 gets some", zh = "px2 得到一些",
			function(t) return #to(t, "px2") > 0, to(t, "px2")[1] end },
		{ "each request is answered", zh = "每个请求都得到答复",
			function(t)
				return t:count "kind=send dst=alice cseq=OPTIONS status=200"
					>= t:count "kind=send src=alice method=OPTIONS"
			end },
	},
	points = 3,
	hint = { "`ns:put` (docs/roles/dns.md) replaces the SRV records before the first request; a second record is added next to the first.",
		zh = "`ns:put`（docs/roles/dns.md）在第一个请求之前替换 SRV 记录；第二条放在第一条旁边。" },
}
