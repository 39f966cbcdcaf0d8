-- The tasks of asserted-identity; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "bob.answer=1s..3s:1s", "lan1--lan2.delay=10ms..40ms:10ms", "seed=1..999:1" }

local function last_invite(t)
	return t:last "method=INVITE dst=bob kind=send"
end

task {
	find = {
		node = "proxy1",
		rule = "identity-asserted",
		record = function(t) return t:first "kind=note node=proxy1" end,
	},
	points = 3,
	why = { "Who adds the field is the first that sends the INVITE with it, and it says so in a note. Explain that record: the rule stands in it.",
		zh = "加上这个字段的，是第一个带着它发出 INVITE 的节点，它在一条 note 中说明了这一点。对该记录用 explain，规则写在其中。" },
	hint = { "Only who has asked for the password can know.", zh = "只有要求过密码的那一台才能知道。" },
}

task {
	choice = {
		{ "Proxy 2 is trusted and may know; Bob's phone is not.", right = true, rule = "identity-private",
			zh = "代理服务器 2 受信任；Bob 的话机不受信任。" },
		{ "Proxy 1 has not noticed that Alice wants privacy.", zh = "代理服务器 1 没有注意到 Alice 要求保密。", rule = "identity-private",
			why = { "It has: its INVITE to Proxy 2 carries Privacy: id on.", zh = "它注意到了：它发给代理服务器 2 的 INVITE 仍带着 Privacy: id。" } },
		{ "Proxy 2 is the last that could need to know it.", zh = "代理服务器 2 是最后一个可能需要知道它的。", rule = "identity-private",
			why = { "In the first call it left it in. What counts is what the caller asked, and whom a proxy trusts.",
				zh = "第一个呼叫中它保留了。要看主叫要求什么，以及代理服务器信任谁。" } },
		{ "From is anonymous, and the two may not contradict each other.", zh = "From 是匿名的，它与这个字段不能互相矛盾。", rule = "identity-private",
			why = { "Between the proxies they do. From is what the caller says, the other what a proxy has proved.",
				zh = "在两台代理服务器之间就是矛盾的。From 是主叫的说法，另一个是代理服务器核实的。" } },
	},
	points = 2,
	records = function(t) return t:last "kind=note node=proxy2" end,
}

task {
	text = function(t) return last_invite(t):header("From"):match "<([^>]*)>" end,
	wrong = {
		{ "sip:alice@atlanta.example.com", why = { "So it was in the first call.", zh = "第一个呼叫中是这样。" } },
		{ "anonymous", why = { "Write the whole URI.", zh = "请写出完整的 URI。" } },
	},
	rule = "privacy-left",
	why = { "Read From in the second INVITE that arrives at Bob's phone: what stands between the angle brackets.",
		zh = "读到达 Bob 的话机的第二个 INVITE 的 From：尖括号之间的内容。" },
	records = last_invite,
}

-- The header fields of that INVITE in which her name stands, be it in a branch.
local function naming_alice(t)
	local names = {}
	for name, value in last_invite(t).text:match("^(.-)\r\n\r\n"):gmatch "\r\n([%w-]+): ([^\r]*)" do
		if value:lower():find("alice", 1, true) then
			table.insert(names, 1, name)
		end
	end
	return names
end

task {
	text = naming_alice,
	points = 2,
	rule = "privacy-left",
	wrong = {
		{ "P-Asserted-Identity", why = { "Proxy 2 has taken it out.", zh = "代理服务器 2 已把它删除。" } },
		{ "P-Preferred-Identity", why = { "Proxy 1 has taken it out: it is between Alice's phone and her proxy.", zh = "代理服务器 1 已把它删除：它只用于 Alice 的话机和她的代理服务器之间。" } },
		{ "Call-ID", why = { "It has the phone's address, no name.", zh = "里面是话机的地址，没有名字。" } },
		{ "From", why = { "That is the one that is anonymous.", zh = "它正是匿名的那个。" } },
	},
	why = { "Read that INVITE field by field and look for Alice's name in whatever it has of hers.",
		zh = "逐个字段读这个 INVITE，找写有 Alice 名字的地方。" },
	records = last_invite,
}

task {
	choice = {
		{ "by the URIs of From and To, whatever they say", zh = "凭 From 和 To 的 URI，不管写的是什么", rule = "dialog-none",
			why = { "Many callers are anonymous at the same time: the URIs do not count.", zh = "同时可能有许多匿名主叫：URI 不算数。" } },
		{ "by the P-Asserted-Identity that Proxy 2 remembers", zh = "凭代理服务器 2 记住的 P-Asserted-Identity", rule = "dialog-none",
			why = { "Proxies keep no dialogs, and the phone has never seen it.", zh = "代理服务器不保存对话，话机也从未见过它。" } },
		{ "by Call-ID and the tags of From and To", right = true, zh = "凭 Call-ID 以及 From 和 To 的 tag", rule = "dialog-none" },
		{ "by the branch of the INVITE, which the BYE repeats", zh = "凭 INVITE 的 branch，BYE 照抄了它", rule = "dialog-none",
			why = { "The BYE is a transaction of its own, with another branch.", zh = "BYE 是独立的事务，branch 不同。" } },
	},
	records = function(t) return t:last "method=BYE dst=bob kind=send" end,
}

task {
	build = {
		{ "Proxy 1 asserts sip:boss@atlanta.example.com", zh = "代理服务器 1 声明 sip:boss@atlanta.example.com",
			function(t)
				return t:first("method=INVITE src=proxy1 kind=send", function(r)
					local who = r:header "P-Asserted-Identity"
					return who and who:find("sip:boss@atlanta.example.com", 1, true)
				end)
			end, rule = "identity-asserted",
			why = { "It asserts only what it knows to be hers: identities, and what she prefers among them.",
				zh = "它只声明确知属于她的身份：identities，以及她从中选定的。" } },
		{ "Bob's phone is told", zh = "Bob 的话机得知",
			function(t)
				return t:first("method=INVITE dst=bob kind=send", function(r)
					local who = r:header "P-Asserted-Identity"
					return who and who:find("sip:boss@", 1, true)
				end)
			end,
			why = { "Not if she asks for privacy.", zh = "若她要求保密就不会。" } },
		{ "her From still says Alice", zh = "她的 From 仍是 Alice",
			function(t)
				local r = t:first "method=INVITE dst=bob kind=send"
				return r ~= nil and r:header("From"):find("sip:alice@", 1, true) ~= nil, r
			end },
	},
	points = 3,
}
