-- The tasks of enum; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "net--ns3.delay=10ms..50ms:10ms", "px1--net.delay=10ms..40ms:10ms", "seed=1..999:1" }

-- What px1 has made of a number.
local function made(t, number)
	return t:first("kind=lookup node=px1 op=enum aor=tel:" .. number)
end

-- The INVITE that Bob's phone gets for a call of Alice's to that number.
local function reached(t, number)
	for _, dialled in ipairs(t:all "method=INVITE kind=send src=alice") do
		if dialled.start and dialled:header("To"):find(number, 1, true) then
			for _, r in ipairs(t:all "method=INVITE kind=send dst=bob") do
				if r.call_id == dialled.call_id then
					return true, r
				end
			end
		end
	end
	return false
end

task {
	text = { "0.0.1.0.5.5.5.1.e164.arpa", "0.0.1.0.5.5.5.1.e164.arpa." },
	rule = "enum-lookup",
	wrong = {
		{ "1.5.5.5.0.1.0.0.e164.arpa", why = { "In the DNS, the part that many names have in common is at the end.",
			zh = "在 DNS 中，许多域名共有的部分在末尾。" } },
		{ "e164.arpa", why = { "That is the root of all numbers. What is before it?", zh = "所有号码都在那里。它前面是什么？" } },
	},
	why = { "The first query is for NAPTR records; the pane Message or `rung explain` shows its name.",
		zh = "第一个询问要的是 NAPTR 记录；消息面板或 `rung explain` 显示其域名。" },
	records = function(t) return t:first "kind=send src=px1 dst=ns1" end,
	ahead = true,
	hint = { "RFC 6116 3.2 turns a number into a name in four steps; the first query of `src=px1 dst=ns1 to=2s` has the result.",
		zh = "RFC 6116 第 3.2 节用四步把号码变成域名；结果见 `src=px1 dst=ns1 to=2s` 的第一个询问。" },
	others = {
		{
			text = { "1.0.1.0.5.5.5.1.e164.arpa", "1.0.1.0.5.5.5.1.e164.arpa." },
			ahead = true,
			rule = "enum-lookup",
			wrong = {
				{ "1.5.5.5.0.1.0.1.e164.arpa", why = { "In the DNS, the part that many names have in common is at the end.", zh = "在 DNS 中，许多域名共有的部分在末尾。" } },
				{ "e164.arpa", why = { "That is the root of all numbers. What is before it?", zh = "所有号码都在那里。它前面是什么？" } },
			},
			why = { "The digits of the number, the last one first, each as a label, followed by what all numbers have in common.",
				zh = "号码的各位数字，从最后一位起，每位单独一段，后面是所有号码共有的部分。" },
			hint = { "Write the digits down from the last to the first, as the example of RFC 6116 3.2 does; `src=px1 dst=ns1 from=15s to=16s` begins with that query.",
				zh = "像 RFC 6116 第 3.2 节的例子那样从末位到首位写下各位数字；`src=px1 dst=ns1 from=15s to=16s` 以那个询问开头。" },
			ask = { "Before you look at the run: at 15 s Alice dials +1-555-0101. Which name will `px1` ask `ns1` for first then?\n\n    rung show enum -m dst=ns1 from=15s to=16s",
				zh = "先不看运行：15 s 时 Alice 拨打 +1-555-0101。这时 `px1` 首先向 `ns1` 询问哪个域名？\n\n    rung show enum -m dst=ns1 from=15s to=16s" },
		},
		{
			text = { "2.0.1.0.5.5.5.1.e164.arpa", "2.0.1.0.5.5.5.1.e164.arpa." },
			ahead = true,
			rule = "enum-lookup",
			wrong = {
				{ "1.5.5.5.0.1.0.2.e164.arpa", why = { "In the DNS, the part that many names have in common is at the end.", zh = "在 DNS 中，许多域名共有的部分在末尾。" } },
				{ "e164.arpa", why = { "That is the root of all numbers. What is before it?", zh = "所有号码都在那里。它前面是什么？" } },
			},
			why = { "The digits of the number, the last one first, each as a label, followed by what all numbers have in common.",
				zh = "号码的各位数字，从最后一位起，每位单独一段，后面是所有号码共有的部分。" },
			hint = { "Compare your name with the query that begins `src=px1 dst=ns1 from=30s to=31s`: RFC 6116 3.2 leaves out the plus and the hyphens.",
				zh = "把您的名称与 `src=px1 dst=ns1 from=30s to=31s` 开头的询问对照：RFC 6116 第 3.2 节去掉加号和连字符。" },
			ask = { "Before you look at the run: at 30 s Alice dials +1-555-0102. Which name will `px1` ask `ns1` for first then?\n\n    rung show enum -m dst=ns1 from=30s to=31s",
				zh = "先不看运行：30 s 时 Alice 拨打 +1-555-0102。这时 `px1` 首先向 `ns1` 询问哪个域名？\n\n    rung show enum -m dst=ns1 from=30s to=31s" },
		},
	},
}

task {
	text = { "sip:room0102@biloxi.example.com", "room0102@biloxi.example.com" },
	rule = "enum-target",
	points = 2,
	wrong = {
		{ { "sip:room\\1@biloxi.example.com", "room\\1@biloxi.example.com" },
			why = { "That is how the rule is written. What have the parentheses matched?", zh = "规则是这样写的。括号中匹配到的是什么？" } },
	},
	why = { "The lookup of the number shows which URI it maps to.", zh = "对号码的查询说明它变成了哪个 URI。" },
	records = function(t) return made(t, "+1-555-0102") end,
	hint = { "`op=enum aor=tel:+1-555-0102` has it as its target; `numbers.zone` has only the rule.",
		zh = "它是 `op=enum aor=tel:+1-555-0102` 的目标；`numbers.zone` 中只有规则。" },
	others = {
		{
			text = { "sip:bob@old.biloxi.example.com", "bob@old.biloxi.example.com" },
			rule = "enum-target",
			records = function(t) return made(t, "+1-555-0101") end,
			wrong = {
				{ { "sip:bob@biloxi.example.com", "bob@biloxi.example.com" }, why = { "That would be his right address. Which URI has px1 got?", zh = "那才会通往他。px1 把它变成了什么？" } },
			},
			why = { "The lookup of that number shows which URI it maps to.",
				zh = "对那个号码的查询说明它变成了哪个 URI。" },
			hint = { "`op=enum from=15s` has its target; `passed` next to it has what was not used.",
				zh = "目标见 `op=enum from=15s`；旁边的 `passed` 是没有选用的。" },
			ask = { "Which URI does the number +1-555-0101 map to?\n\n    rung show enum kind=lookup node=px1",
				zh = "号码 +1-555-0101 变成哪个 URI？\n\n    rung show enum kind=lookup node=px1" },
		},
		{
			text = { "sip:bob@biloxi.example.com", "bob@biloxi.example.com" },
			rule = "enum-target",
			records = function(t) return made(t, "+1-555-0100") end,
			wrong = {
				{ { "mailto:bob@biloxi.example.com" }, why = { "That is from a record for mail, which a proxy can't use.", zh = "那是用于邮件的记录，代理服务器用不上。" } },
				{ "tel:+1-555-0100", why = { "That is what was dialled.", zh = "那是所拨的号码。" } },
			},
			why = { "The lookup of the number shows which URI it maps to; a record for another service is skipped.",
				zh = "对号码的查询说明它变成了哪个 URI；用于别的服务的记录被跳过。" },
			hint = { "The first record of `op=enum` has a target and what was `passed`.",
				zh = "`op=enum` 的第一条记录有目标，以及 `passed` 的内容。" },
			ask = { "Which URI does the number +1-555-0100 map to?\n\n    rung show enum kind=lookup node=px1 to=2s",
				zh = "号码 +1-555-0100 变成哪个 URI？\n\n    rung show enum kind=lookup node=px1 to=2s" },
		},
	},
}

task {
	find = {
		node = "px1",
		rule = "enum-lookup",
		record = function(t) return made(t, "+1-555-0101") end,
	},
	points = 3,
	why = { "After this decision, only a domain that no longer exists is looked up.", zh = "在这个决定之后，只寻找一个已不存在的域。" },
	hint = { "Go back from `500@px1`: of the three records of `kind=lookup from=15s to=16s` only one chooses between URIs, and the others follow from it.",
		zh = "从 `500@px1` 往回：`kind=lookup from=15s to=16s` 的三条记录中，只有一条在 URI 之间选择，其余由它引起。" },
	others = {
		{
			find = {
				node = "ns2",
				rule = "dns-no-name",
				record = function(t) return { t:first "kind=send src=ns2 rule=dns-no-name", t:first("kind=send src=ns2 rule=dns-no-name"):arrival() } end,
			},
			why = { "Only the name server of Biloxi can know. `rung explain` with the number of that response names the rule.",
				zh = "只有保存 Biloxi 名称的一方才知道。用那个答复的编号运行 `rung explain`，会给出规则。" },
			hint = { "`dst=ns1 from=15s to=16s` has two responses from outside; one is about the number, the other about the domain.",
				zh = "`dst=ns1 from=15s to=16s` 有两个来自外面的答复；一个关于号码，另一个关于域。" },
			ask = { "In the second call a node finds out that a domain no longer exists. Find the message that says so: `node=… rule=… record=…`.\n\n    rung show enum from=15s to=16s",
				zh = "第二次呼叫中有一方发现某个域已不存在。找出说明这一点的消息：`node=… rule=… record=…`。\n\n    rung show enum from=15s to=16s" },
		},
		{
			find = {
				node = "px1",
				rule = "proxy-unreachable",
				record = function(t) return t:first "kind=send status=500 src=px1 dst=alice" end,
			},
			why = { "It is the final response to her INVITE of 15 s; `rung explain` with its number names the rule.",
				zh = "它是对她 15 s 的 INVITE 的最终响应；用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "`dst=alice from=15s` has a 100 and then what ends the call.",
				zh = "`dst=alice from=15s` 中先是 100，然后是结束呼叫的响应。" },
			ask = { "Alice's phone is told that the second call has failed. Find that message: `node=… rule=… record=…`.\n\n    rung show enum node=px1 from=15s to=16s",
				zh = "Alice 的话机得知第二次呼叫失败。找出那条消息：`node=… rule=… record=…`。\n\n    rung show enum node=px1 from=15s to=16s" },
		},
	},
}

task {
	choice = {
		{ "It has the greater preference, and a greater number always comes before a smaller one.",
			zh = "它的 preference 更大，大的数总是在小的数之前。",
			why = { "Smaller numbers come first, in both places; and one of the two places decides.",
				zh = "两处都是小的数在前；而且起决定作用的只有其中一处。" } },
		{ "The other record, which has the lesser order, has matched before it.", right = true,
			zh = "它的 order 更大，而另一条记录先匹配了。" },
		{ "Its rule is for another service than SIP, which is skipped here.",
			zh = "它的规则用于 SIP 之外的服务，在这里被跳过。",
			why = { "Both are for SIP: look at `numbers.zone`.", zh = "两条都用于 SIP：看 `numbers.zone`。" } },
		{ "It comes before the other one in the zone, and the last one of a name counts.",
			zh = "它在区中排在另一条之前，而同名的记录以最后一条为准。",
			why = { "Records of one name have no order except the one that they contain.", zh = "同名的记录没有次序，只有它们自己所说的。" } },
	},
	points = 2,
	rule = "enum-target",
	hint = { "RFC 6116 3.4.3 reads NAPTR records as RFC 3403 4.1 does, which says what their two numbers mean, and which is compared first; they are in `numbers.zone`.", zh = "NAPTR 记录的两个数各是什么意思、先看哪一个，见 RFC 3403 第 4.1 节，RFC 6116 第 3.4.3 节照此办理；它们写在 `numbers.zone` 中。" },
}

task {
	goal = {
		{ "Alice dials +1-555-0100, and Bob's phone rings", zh = "Alice 拨打 +1-555-0100，Bob 的话机振铃",
			function(t) return reached(t, "+1-555-0100") end },
		{ "she dials +1-555-0101, and Bob's phone rings", zh = "她拨打 +1-555-0101，Bob 的话机振铃",
			function(t) return reached(t, "+1-555-0101") end, rule = "enum-target" },
		{ "px1 has learnt that from the DNS", zh = "px1 是从 DNS 得知的",
			function(t)
				local r = made(t, "+1-555-0101")
				return r ~= nil and r.status == "ok", r
			end, rule = "enum-lookup" },
	},
	points = 3,
	hint = { "`ns3:put` and `ns3:erase` (docs/roles/dns.md) change the records of a name; write a NAPTR as in the zone.",
		zh = "`ns3:put` 和 `ns3:erase`（docs/roles/dns.md）改变一个域名的记录；NAPTR 的写法与区中相同。" },
}
