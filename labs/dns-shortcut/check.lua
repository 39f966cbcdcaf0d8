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
	why = { "Count what `px1` sends to `ns`, in all three calls; an answer that there is none is one, too.",
		zh = "数三次呼叫中 `px1` 发给 `ns` 的；得到“没有”的答复也算一次。" },
	records = function(t) return t:first "kind=send src=px1 dst=ns" end,
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
	hint = { "It is a `lookup` record.", zh = "它是一条 `lookup` 记录。" },
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
	hint = { "It is a `lookup` record.", zh = "它是一条 `lookup` 记录。" },
}

task {
	choice = {
		{ "Alice's phone has had enough by then, and takes the call back.", zh = "Alice 的话机那时已经等不及，取消了呼叫。",
			why = { "She hears 408 from her proxy; no CANCEL is sent.", zh = "她收到代理服务器的 408；没有发出 CANCEL。" } },
		{ "The host has one address, and its list of servers ends with that.", right = true,
			zh = "该主机只有一个地址，服务器列表到此为止。" },
		{ "A request to a port is never sent to another place by a proxy.", zh = "代理服务器从不把发往某个端口的请求改发别处。",
			why = { "To each address of the host it would be: task 5.", zh = "主机的每个地址都会试到：任务 5。" } },
		{ "px3 is asked, too, but does not listen at the port of the URI.", zh = "也试了 px3，但它不在 URI 的端口上接收。",
			why = { "px3 gets nothing of that call.", zh = "px3 没有收到那次呼叫的任何消息。" } },
	},
	points = 2,
	rule = "dns-host",
	hint = { "Compare the `targets` of both lookups.", zh = "比较两次查询的 `targets`。" },
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
