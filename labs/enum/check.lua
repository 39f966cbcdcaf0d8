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
		{ "1.5.5.5.0.1.0.0.e164.arpa", why = { "In the DNS the part that many names have in common stands at the end.",
			zh = "在 DNS 中，许多域名共有的部分在末尾。" } },
		{ "e164.arpa", why = { "That is where all numbers are. What stands before it?", zh = "所有号码都在那里。它前面是什么？" } },
	},
	why = { "The first question is for NAPTR records; pane Message or `rung explain` show its name.",
		zh = "第一个询问要的是 NAPTR 记录；消息面板或 `rung explain` 显示其域名。" },
	records = function(t) return t:first "kind=send src=px1 dst=ns1" end,
}

task {
	text = { "sip:room0102@biloxi.example.com", "room0102@biloxi.example.com" },
	rule = "enum-target",
	points = 2,
	wrong = {
		{ { "sip:room\\1@biloxi.example.com", "room\\1@biloxi.example.com" },
			why = { "So the rule is written. What has matched in the parentheses?", zh = "规则是这样写的。括号中匹配到的是什么？" } },
	},
	why = { "The lookup of the number says which URI it has become.", zh = "对号码的查询说明它变成了哪个 URI。" },
	records = function(t) return made(t, "+1-555-0102") end,
}

task {
	find = {
		node = "px1",
		rule = "enum-lookup",
		record = function(t) return made(t, "+1-555-0101") end,
	},
	points = 3,
	why = { "It is the decision after which only a domain that is gone is looked for.", zh = "在这个决定之后，只寻找一个已不存在的域。" },
	hint = { "It is a `lookup` record; `rung explain` with its number names the rule.",
		zh = "它是一条 `lookup` 记录；用它的编号运行 `rung explain`，会给出规则。" },
}

task {
	choice = {
		{ "It has the greater preference, and a greater number always comes before a lesser one.",
			zh = "它的 preference 更大，大的数总是在小的数之前。",
			why = { "Lesser numbers come first, in both places; and one of the two places decides.",
				zh = "两处都是小的数在前；而且起决定作用的只有其中一处。" } },
		{ "Its order is the greater one, and the other record has matched before it.", right = true,
			zh = "它的 order 更大，而另一条记录先匹配了。" },
		{ "Its rule is for another service than SIP, which is passed over here.",
			zh = "它的规则用于 SIP 之外的服务，在这里被跳过。",
			why = { "Both are for SIP: look at `numbers.zone`.", zh = "两条都用于 SIP：看 `numbers.zone`。" } },
		{ "It stands before the other one in the zone, and the last one of a name counts.",
			zh = "它在区中排在另一条之前，而同名的记录以最后一条为准。",
			why = { "Records of one name have no order but the one that they say.", zh = "同名的记录没有次序，只有它们自己所说的。" } },
	},
	points = 2,
	rule = "enum-target",
	hint = { "What do the two numbers of a NAPTR record mean, and which is looked at first?", zh = "NAPTR 记录的两个数各是什么意思，先看哪一个？" },
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
	hint = { "`ns3:put` and `ns3:erase` (docs/roles/dns.md) change the records of a name; a NAPTR stands in them as in the zone.",
		zh = "`ns3:put` 和 `ns3:erase`（docs/roles/dns.md）改变一个域名的记录；NAPTR 的写法与区中相同。" },
}
