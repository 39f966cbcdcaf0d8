-- The tasks of dns-failover; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--px1.delay=10ms..50ms:10ms", "px1--net.delay=10ms..70ms:10ms", "seed=1..999:1" }

-- The first INVITE of px1 to px3.
local function onward(t)
	return t:first "method=INVITE kind=send src=px1 dst=px3"
end

-- The timer that has ended the wait for px2.
local function timed_out(t)
	return t:first "kind=timer node=px1 rule=ict-timer-b op=fire"
end

task {
	number = function(t)
		return t:count("method=INVITE kind=send src=px1 dst=px2", function(r) return r.time < onward(t).time end)
	end,
	unit = { "times", zh = "次" },
	rule = "ict-timer-a",
	wrong = {
		{ 1, why = { "With UDP nobody tells `px1` that the host is dead: it retransmits.", zh = "用 UDP 时没有人告诉 `px1` 那里没有人：它会重传。" } },
		{ 6, why = { "That is the number of retransmissions.", zh = "那是重传的次数。" } },
	},
	why = { "Count what `px1` sends to `px2` before its first INVITE to `px3`.", zh = "数 `px1` 在第一个发给 `px3` 的 INVITE 之前发给 `px2` 的。" },
	records = function(t) return t:first "method=INVITE kind=send src=px1 dst=px2" end,
	ahead = true,
	hint = { "From `INVITE@px1` on, `timer` A of `px1` fires as often as it can before B does (RFC 3261 17.1.1.2).",
		zh = "从 `INVITE@px1` 起，`px1` 的 `timer` A 在 B 到期之前能到期几次就到期几次（RFC 3261 第 17.1.1.2 节）。" },
	others = {
		{
			number = function(t) return t:count "kind=send rule=dns-ask src=px1 dst=ns" end,
			ahead = true,
			unit = { "questions", zh = "次询问" },
			rule = "dns-ask",
			wrong = {
				{ 2, why = { "What `px1` learnt in the first call is cached for the second.", zh = "第一次呼叫得知的，留到第二次用。" } },
				{ 3, why = { "The SRV records and the addresses come in the same response.", zh = "SRV 记录和地址随答复而来。" } },
			},
			why = { "Count the queries from px1 to ns. Records that come with a response need no query, and are cached.",
				zh = "数从 px1 发往 ns 的。附在答复中的不必再问，并且会保存。" },
			hint = { "`rule=dns-additional` shows which records came with a response, and `rule=dns-expired` how long they are cached.",
				zh = "一同得到的见 `rule=dns-additional`，保存多久见 `rule=dns-expired`。" },
			ask = { "Before you look at the run: how many queries does `px1` send to `ns` in both calls?\n\n    rung show dns-failover src=px1 dst=ns",
				zh = "先不看运行：两次呼叫中，`px1` 一共向 `ns` 询问多少次？\n\n    rung show dns-failover src=px1 dst=ns" },
		},
		{
			number = function(t) return t:count "kind=send method=INVITE src=px1 dst=px2,px3" end,
			ahead = true,
			unit = { "times", zh = "次" },
			rule = "ict-timer-a",
			wrong = {
				{ 8, why = { "That is one call. Does the second call go directly to px3?", zh = "那是一次呼叫。第二次会直接去 px3 吗？" } },
				{ 9, why = { "No node remembers that px2 is dead.", zh = "没有人记住 px2 已停机。" } },
			},
			why = { "Each call has the INVITEs to px2, first and retransmitted, and then those to px3.",
				zh = "每次呼叫都有发给 px2 的，第一次和重传的，以及此后发给 px3 的。" },
			hint = { "The second call begins at 39 s; does `from=39s src=px1` show that px1 has learnt anything?",
				zh = "第二次呼叫从 39 s 开始；`from=39s src=px1` 看得出学到了什么吗？" },
			ask = { "Before you look at the run: how many times will `px1` send an INVITE in both calls, to either proxy?\n\n    rung show dns-failover method=INVITE kind=send src=px1",
				zh = "先不看运行：两次呼叫中，`px1` 一共发送多少次 INVITE，不论发给哪个代理服务器？\n\n    rung show dns-failover method=INVITE kind=send src=px1" },
		},
	},
}

task {
	time = function(t)
		return t:first("status=180 kind=send dst=alice"):arrival().time
			- t:first("method=INVITE kind=send src=alice").time
	end,
	tolerance = "5ms",
	points = 2,
	rule = "ict-timer-b",
	why = { "Count from the transmission of her INVITE to the arrival of the first 180 at her phone.",
		zh = "从她发出 INVITE 到第一个 180 到达她的话机。" },
	records = function(t) return t:first "status=180 kind=send dst=alice" end,
	hint = { "The time begins at `INVITE@alice` and ends at the first `status=180 kind=recv node=alice`; `180@px1` is one line delay earlier.",
		zh = "从 `INVITE@alice` 开始，到 `status=180 kind=recv node=alice` 的第一条为止；`180@px1` 要早一段线路的时延。" },
}

task {
	find = {
		node = "px1",
		rule = "ict-timer-b",
		record = timed_out,
	},
	points = 3,
	why = { "The lookup of `px3` has a cause: `rung explain` leads to it.", zh = "对 `px3` 的查询有其原因：`rung explain` 会回到它。" },
	hint = { "What ends a transaction that has received nothing at all? See `node=px1 kind=timer op=fire`.", zh = "什么也没有收到的事务因何结束？见 `node=px1 kind=timer op=fire`。" },
	others = {
		{
			find = {
				node = "px1",
				rule = "dns-srv",
				record = function(t) return t:first "kind=lookup node=px1 rule=dns-srv" end,
			},
			why = { "Among its lookups one lists servers with their priorities. `rung explain` with its number names the rule.",
				zh = "它的查询中有一条列出服务器及其优先级。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Of `kind=lookup node=px1` take the one with `op=servers`.",
				zh = "`kind=lookup node=px1` 中，取 `op=servers` 的那条。" },
			ask = { "Find where `px1` decides in the first call to try `px2` before `px3`: `node=… rule=… record=…`.\n\n    rung show dns-failover node=px1 kind=lookup to=38s",
				zh = "找出第一次呼叫中 `px1` 决定 `px2` 先于 `px3` 的记录：`node=… rule=… record=…`。\n\n    rung show dns-failover node=px1 kind=lookup to=38s" },
		},
		{
			find = {
				node = "px1",
				rule = "proxy-100",
				record = function(t) return { t:first "status=100 kind=send src=px1 dst=alice", t:first("status=100 kind=send src=px1 dst=alice"):arrival() } end,
			},
			why = { "The first message that arrives stops its Timer A. `rung explain` with the number of that message names the rule.",
				zh = "它的定时器 A 因首先到达的消息而停止。用那条消息的编号运行 `rung explain`，会给出规则。" },
			hint = { "`node=alice kind=timer op=stop` has its cause directly before it.",
				zh = "`node=alice kind=timer op=stop` 的起因就在它之前。" },
			ask = { "Alice's phone sends its INVITE once, though it hears no ringing for half a minute. Find the message that stops the retransmissions: `node=… rule=… record=…`.\n\n    rung show dns-failover node=alice to=34s",
				zh = "Alice 的话机半分钟听不到振铃，却只发送一次 INVITE。找出使它安静的那条消息：`node=… rule=… record=…`。\n\n    rung show dns-failover node=alice to=34s" },
		},
	},
}

task {
	choice = {
		{ "The TTL has expired by then, so that px1 must query the servers again.",
			zh = "那时 TTL 已过，px1 必须再次询问有哪些服务器。",
			why = { "Not one query goes to `ns` in the second call.", zh = "第二次呼叫中没有任何询问发给 `ns`。" } },
		{ "px3 has rejected the second call at first, since it is meant to be a reserve.",
			zh = "px3 是备用的，起初拒绝了第二次呼叫。",
			why = { "It rejects nothing; it is tried late.", zh = "它什么也没有拒绝；只是很晚才轮到它。" } },
		{ "A transaction begins with the first server of the list, and nothing says px2 is dead.", right = true,
			zh = "列表不变，也没有什么说 px2 停机。" },
		{ "The weights are equal, and the draw has put px2 first for the second time.",
			zh = "权重相等，第二次抽签又把 px2 排在前面。",
			why = { "A weight counts among servers of the same priority; these two have different ones.", zh = "权重只在同一优先级的服务器之间起作用；这里是两个优先级。" } },
	},
	points = 2,
	rule = "dns-srv",
	hint = { "`rung show dns-failover --at=39s --node=px1` lists everything that `px1` knows about the two servers: which line of it has the first call changed?", zh = "`rung show dns-failover --at=39s --node=px1` 列出 `px1` 对两台服务器所知的一切：第一次呼叫改变了其中哪一行？" },
}

task {
	goal = {
		{ "px2 answers an INVITE with a final response", zh = "px2 对 INVITE 返回最终响应",
			function(t)
				return t:first "kind=send src=px2 dst=px1 cseq=INVITE status=3xx,4xx,5xx,6xx"
			end },
		{ "px1 sends the INVITE to px3 within a second of its first to px2",
			zh = "px1 在第一次发给 px2 之后一秒之内把 INVITE 发给 px3",
			function(t)
				local first, next = t:first "method=INVITE kind=send src=px1 dst=px2", onward(t)
				return first and next and next.time > first.time
					and next.time - first.time < 1 or false, next
			end, rule = "dns-srv" },
		{ "the call is answered", zh = "呼叫被接听",
			function(t) return t:count "status=200 cseq=INVITE kind=send dst=alice" > 0 end },
	},
	points = 3,
	hint = { "RFC 3263 4.3 names the status after which the next server is tried. Search docs/TOPOLOGY.md for it: an attribute of a `proxy` says when it sends that response.",
		zh = "RFC 3263 第 4.3 节说明得到哪个状态码之后试下一个服务器。在 docs/TOPOLOGY.md 中查找它：`proxy` 有一个属性，决定何时这样响应。" },
}
