-- The tasks of dns-shortcut; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--px1.delay=10ms..50ms:10ms", "net--ns.delay=10ms..40ms:10ms", "seed=1..999:1" }

-- The lookup of servers that has come out so.
local function lookup(t, rule)
	return t:first("kind=lookup node=px1 rule=" .. rule)
end

task {
	number = function(t) return t:count "kind=send src=px1 dst=ns" end,
	unit = { "questions", zh = "次询问" },
	rule = "dns-ask",
	why = { "Count what `px1` sends to `ns`, in all three calls; a query that finds nothing counts as well.",
		zh = "数三次呼叫中 `px1` 发给 `ns` 的；得到“没有”的答复也算一次。" },
	records = function(t) return t:first "kind=send src=px1 dst=ns" end,
	hint = { "Each query is sent once and needs no retransmission: take `rule=dns-ask kind=send` before 60 s, then `rule=dns-ask kind=send from=69s`, where most of them are.",
		zh = "每个询问只发出一次，不用重发：先看 60 s 之前的 `rule=dns-ask kind=send`，再看 `rule=dns-ask kind=send from=69s`，大多在那里。" },
	others = {
		{
			number = function(t) return t:count "kind=send src=px1 dst=ns from=60s" end,
			unit = { "questions", zh = "次询问" },
			rule = "dns-srv-each",
			records = function(t) return t:first "kind=send src=px1 dst=ns from=60s" end,
			wrong = {
				{ function(t) return t:count "kind=send src=px1 dst=ns" end, why = { "That is in all three calls.", zh = "那是三次呼叫的总数。" } },
			},
			why = { "Count what `px1` sends to `ns` after 60 s; a query that finds nothing counts as well.",
				zh = "数 60 s 之后 `px1` 发给 `ns` 的；问到不存在的也算。" },
			hint = { "RFC 3263 4.1 and 4.2 name the types of records; `rule=dns-ask node=px1 kind=send from=60s` has each query once, and `-m` shows the type.",
				zh = "各种记录见 RFC 3263 第 4.1、4.2 节；`rule=dns-ask node=px1 kind=send from=60s` 中每次询问一条，`-m` 显示问的是哪一种。" },
			ask = { "How many queries does `px1` send to `ns` in the third call alone?\n\n    rung show dns-shortcut kind=send src=px1 dst=ns from=60s",
				zh = "仅第三次呼叫中，`px1` 向 `ns` 询问多少次？\n\n    rung show dns-shortcut kind=send src=px1 dst=ns from=60s" },
		},
		{
			number = function(t) return t:count "kind=send method=INVITE src=px1 dst=px2" end,
			unit = { "times", zh = "次" },
			rule = "ict-timer-a",
			wrong = {
				{ 7, why = { "That is one call.", zh = "那是一次呼叫。" } },
				{ 3, why = { "With UDP it retransmits.", zh = "用 UDP 时会重传。" } },
				{ 18, why = { "That is the number of retransmissions.", zh = "那是重传的次数。" } },
			},
			why = { "All three calls try `px2`, each until Timer B fires. Count the first transmission and the retransmissions.",
				zh = "三次呼叫都试 `px2`，各到定时器 B 结束为止。第一次发送和重传都算。" },
			hint = { "Take one call, `kind=send dst=px2 to=36s`, and see whether the others differ from it.",
				zh = "先看一次呼叫，`kind=send dst=px2 to=36s`，再看其他两次是否不同。" },
			ask = { "How many times does `px1` send an INVITE to `px2`, which is dead, in the three calls?\n\n    rung show dns-shortcut kind=send method=INVITE src=px1 dst=px2",
				zh = "三次呼叫中，`px1` 向已停机的 `px2` 一共发送多少次 INVITE？\n\n    rung show dns-shortcut kind=send method=INVITE src=px1 dst=px2" },
		},
	},
}

task {
	find = {
		node = "px1",
		rule = "dns-port-given",
		record = function(t) return lookup(t, "dns-port-given") end,
	},
	points = 3,
	why = { "Among the lookups that list servers: to which URI does it belong? `rung explain` with its number names the rule.",
		zh = "在列出服务器的查询中：它属于哪个 URI？用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "It is a `lookup` record of 36 s: `kind=lookup node=px1 op=servers`.", zh = "它是 36 s 处的一条 `lookup` 记录：`kind=lookup node=px1 op=servers`。" },
	others = {
		{
			find = {
				node = "px1",
				rule = "dns-srv",
				record = function(t) return lookup(t, "dns-srv") end,
			},
			why = { "Look at the lookups that list servers: which lists more than one? `rung explain` with its number names the rule.",
				zh = "在列出服务器的查询中：哪一条列出不止一个？用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "The `targets` of `op=servers` before 36 s have a priority and a weight each.",
				zh = "36 s 之前 `op=servers` 的 `targets` 各带优先级和权重。" },
			ask = { "Find the decision by which the first call has two servers to try: `node=… rule=… record=…`.\n\n    rung show dns-shortcut kind=lookup node=px1 to=36s",
				zh = "找出使第一次呼叫有两个服务器可试的决定：`node=… rule=… record=…`。\n\n    rung show dns-shortcut kind=lookup node=px1 to=36s" },
		},
		{
			find = {
				node = "px1",
				rule = "ict-timer-b",
				record = function(t) return t:all("node=px1 rule=ict-timer-b from=36s to=69s", function(r) return r.kind == "fsm" or r.op == "fire" end) end,
			},
			why = { "It is before the 408 to Alice's phone, and its cause: a timer that fires, or the step that it causes.",
				zh = "在发给 Alice 的话机的 408 之前、并引起它的：一个到期的定时器，或它引起的那一步。" },
			hint = { "32 s after its INVITE of 36 s: `node=px1 kind=timer op=fire`.",
				zh = "在 36 s 的 INVITE 之后 32 s：`node=px1 kind=timer op=fire`。" },
			ask = { "Find where `px1` gives up waiting for `px2` in the second call: `node=… rule=… record=…`.\n\n    rung show dns-shortcut kind=timer,fsm node=px1 from=60s to=69s",
				zh = "找出第二次呼叫中 `px1` 不再等待 `px2` 的记录：`node=… rule=… record=…`。\n\n    rung show dns-shortcut kind=timer,fsm node=px1 from=60s to=69s" },
		},
	},
}

task {
	find = {
		node = "px1",
		rule = "dns-addresses",
		record = function(t) return lookup(t, "dns-addresses") end,
	},
	points = 3,
	why = { "Among the lookups that list servers: to which URI does it belong? `rung explain` with its number names the rule.",
		zh = "在列出服务器的查询中：它属于哪个 URI？用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "It is the last of `kind=lookup node=px1 op=servers`, when all queries of the third call are answered.",
		zh = "它是 `kind=lookup node=px1 op=servers` 的最后一条，在第三次呼叫的询问都得到答复之后。" },
	others = {
		{
			find = {
				node = "px1",
				rule = "proxy-408",
				record = function(t) return t:first "kind=send status=408 src=px1 dst=alice" end,
			},
			why = { "It is a final response to the INVITE of the second call. `rung explain` with its number names the rule.",
				zh = "它是对第二次呼叫的 INVITE 的最终响应。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Look at what ends the second call in `dst=alice from=60s to=69s`.",
				zh = "看 `dst=alice from=60s to=69s` 中是什么结束了第二次呼叫。" },
			ask = { "Find where `px1` tells Alice's phone for the first time that a call has failed: `node=… rule=… record=…`.\n\n    rung show dns-shortcut kind=send src=px1 dst=alice",
				zh = "找出 `px1` 第一次告诉 Alice 的话机呼叫没有结果的记录：`node=… rule=… record=…`。\n\n    rung show dns-shortcut kind=send src=px1 dst=alice" },
		},
		{
			find = {
				node = "ns",
				rule = "dns-no-data",
				record = function(t) return { t:first "kind=send src=ns rule=dns-no-data", t:first("kind=send src=ns rule=dns-no-data"):arrival() } end,
			},
			why = { "It is the first response after 60 s. `rung explain` with its number names the rule.",
				zh = "它是 60 s 之后的第一个答复。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Compare the first response of `src=ns from=60s` with those for names that do not exist at all.",
				zh = "把 `src=ns from=60s` 说的第一句与它对根本不存在的名称所说的比较。" },
			ask = { "The first query of the third call is answered: the name exists, but it has no record of the requested type. Find that response: `node=… rule=… record=…`.\n\n    rung show dns-shortcut src=ns from=60s",
				zh = "第三次呼叫的第一个询问得到这样的答复：名称存在，但没有所问种类的记录。找出这个答复：`node=… rule=… record=…`。\n\n    rung show dns-shortcut src=ns from=60s" },
		},
	},
}

task {
	choice = {
		{ "Alice's phone has had enough by then, and cancels the call.", zh = "Alice 的话机那时已经等不及，取消了呼叫。",
			why = { "She gets 408 from her proxy; no CANCEL is sent.", zh = "她收到代理服务器的 408；没有发出 CANCEL。" } },
		{ "The host has one address, and its list of servers ends with that.", right = true,
			zh = "该主机只有一个地址，服务器列表到此为止。" },
		{ "A request to a port is never sent to another place by a proxy.", zh = "代理服务器从不把发往某个端口的请求改发别处。",
			why = { "It is sent to each address of the host in turn: see task 5.", zh = "主机的每个地址都会试到：任务 5。" } },
		{ "px3 is tried as well, but does not listen at the port of the URI.", zh = "也试了 px3，但它不在 URI 的端口上接收。",
			why = { "px3 gets nothing of that call.", zh = "px3 没有收到那次呼叫的任何消息。" } },
	},
	points = 2,
	rule = "dns-host",
	hint = { "`kind=lookup node=px1 op=servers to=40s` has one record for each of the two calls: compare their `targets`.", zh = "`kind=lookup node=px1 op=servers to=40s` 中两次呼叫各有一条记录：比较它们的 `targets`。" },
	ahead = function(t) return t:last "kind=send method=INVITE src=px1 dst=px2 to=60s" end,
}

task {
	goal = {
		{ "Alice calls Bob by a URI with a port", zh = "Alice 用带端口的 URI 呼叫 Bob",
			function(t)
				local r = lookup(t, "dns-port-given")
				return r ~= nil, r
			end, rule = "dns-port-given" },
		{ "px2 sends nothing", zh = "px2 什么也没有发送",
			function(t) return t:count "kind=send src=px2" == 0 end },
		{ "that call, and no other, is answered", zh = "这次呼叫被接听，没有别的呼叫",
			function(t)
				return t:count "kind=send dst=alice status=200 cseq=INVITE" > 0
					and lookup(t, "dns-srv") == nil, t:first "kind=send dst=alice status=200 cseq=INVITE"
			end },
	},
	points = 3,
	hint = { "A name may have several addresses: `ns:put`, with `beside` (docs/roles/dns.md).",
		zh = "一个名字可以有几个地址：`ns:put`，带 `beside`（docs/roles/dns.md）。" },
}
