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
	why = { "The first node that sends the INVITE with the field has added it, and a note says so. Explain that record: it names the rule.",
		zh = "加上这个字段的，是第一个带着它发出 INVITE 的节点，它在一条 note 中说明了这一点。对该记录用 explain，规则写在其中。" },
	hint = { "`kind=note to=4s` shows only the first call: which node writes that record, and which rule does `rung explain` name for it?",
		zh = "`kind=note to=4s` 只留下第一个呼叫：那条记录是谁写的，`rung explain` 说它按哪条规则？" },
	others = {
		{
			find = {
				node = "proxy2",
				rule = "identity-private",
				record = function(t) return t:first "kind=note node=proxy2 rule=identity-private" end,
			},
			why = { "Between the INVITE with the field and the INVITE without it, a note says what a node does. Explain that record.",
				zh = "在带有该字段的 INVITE 与不带它的 INVITE 之间，有一个节点在 note 中说明它做了什么。对该记录用 explain。" },
			hint = { "It is a `note` between two INVITEs of the second call: follow the field from hop to hop by `method=INVITE from=4s`.",
				zh = "它是第二个呼叫的两个 INVITE 之间的一条 `note`：用 `method=INVITE from=4s` 逐跳跟踪这个字段。" },
			ask = { "In the second call P-Asserted-Identity does not reach Bob's phone. Find the record where this is decided: `node=… rule=… record=…`.",
				zh = "第二个呼叫中，P-Asserted-Identity 没有到达 Bob 的话机。找出作出这一决定的记录：`node=… rule=… record=…`。" },
		},
		{
			find = {
				node = "proxy1",
				rule = "auth-407",
				record = function(t)
					return { t:first "kind=auth node=proxy1 rule=auth-407", t:first "kind=send src=proxy1 status=407" }
				end,
			},
			why = { "It is before the response that makes the phone send the request again, and it names a realm.",
				zh = "它在使请求再来一次的那个响应之前，其中写有 realm。" },
			hint = { "`INVITE@alice` is sent again as `INVITE@alice#2`: of the three records of `kind=auth to=1.1s` one asks, one answers, one accepts.",
				zh = "`INVITE@alice` 再次发送，即 `INVITE@alice#2`：`kind=auth to=1.1s` 的三条记录中，一条要求，一条回答，一条接受。" },
			ask = { "A proxy can assert nothing about a caller who has not authenticated. Find where Alice's phone is first asked to do so: `node=… rule=… record=…`.\n\n    rung show asserted-identity kind=auth\n    rung explain asserted-identity N",
				zh = "没有证明身份的人，什么也不能为他声明。找出 Alice 的话机第一次被要求证明身份的记录：`node=… rule=… record=…`。\n\n    rung show asserted-identity kind=auth\n    rung explain asserted-identity N" },
		},
	},
}

task {
	choice = {
		{ "Proxy 2 is trusted and may know it, unlike Bob's phone.", right = true, rule = "identity-private",
			zh = "代理服务器 2 受信任，而 Bob 的话机不受信任。" },
		{ "Proxy 1 has not noticed that Alice wants privacy.", zh = "代理服务器 1 没有注意到 Alice 要求保密。", rule = "identity-private",
			why = { "It has: its INVITE to Proxy 2 still has Privacy: id.", zh = "它注意到了：它发给代理服务器 2 的 INVITE 仍带着 Privacy: id。" } },
		{ "Proxy 2 needs to know it; it is the last that does.", zh = "代理服务器 2 可能需要知道它；它是最后一个。", rule = "identity-private",
			why = { "In the first call Proxy 2 left it in. What counts is what the caller asked, and which nodes a proxy trusts.",
				zh = "第一个呼叫中它保留了。要看主叫要求什么，以及代理服务器信任谁。" } },
		{ "From is anonymous: the two may not contradict each other.", zh = "From 是匿名的：它与这个字段不能互相矛盾。", rule = "identity-private",
			why = { "Between the proxies they contradict each other. From is what the caller says; the other field is what a proxy has authenticated.",
				zh = "在两台代理服务器之间就是矛盾的。From 是主叫的说法，另一个是代理服务器核实的。" } },
	},
	points = 2,
	records = function(t) return t:last "kind=note node=proxy2" end,
	ahead = true,
}

task {
	text = function(t) return last_invite(t):header("From"):match "<([^>]*)>" end,
	wrong = {
		{ "sip:alice@atlanta.example.com", why = { "That is the From of the first call.", zh = "第一个呼叫中是这样。" } },
		{ "anonymous", why = { "Write the whole URI.", zh = "请写出完整的 URI。" } },
	},
	rule = "privacy-left",
	why = { "Read From in the second INVITE that arrives at Bob's phone: the URI between the angle brackets.",
		zh = "读到达 Bob 的话机的第二个 INVITE 的 From：尖括号之间的内容。" },
	records = last_invite,
	hint = { "`INVITE@proxy2` is that of the first call, `INVITE@proxy2#2` that of the second: what is between the angle brackets of its From?",
		zh = "`INVITE@proxy2` 属于第一个呼叫，`INVITE@proxy2#2` 属于第二个：它的 From 的尖括号里是什么？" },
	others = {
		{
			text = { "sip:alice@atlanta.example.com", "<sip:alice@atlanta.example.com>" },
			rule = "identity-asserted",
			wrong = {
				{ "sip:anonymous@anonymous.invalid", why = { "Her From says that. What has the proxy authenticated?", zh = "她的 From 是这样写的。代理服务器核实的是什么？" } },
				{ "tel:+14085551212", why = { "That is one of her identities, but not the one that she prefers.", zh = "那是她的身份之一，但不是她选定的。" } },
			},
			why = { "One INVITE of the second call has the field: between which two nodes? Read its URI.",
				zh = "第二个呼叫中有一个 INVITE 带有这个字段：在哪两个节点之间？读其中的 URI。" },
			hint = { "Of the three INVITEs after 4 s look at the one with `src=proxy1`.",
				zh = "4 s 之后的三个 INVITE 中，看 `src=proxy1` 的那一个。" },
			ask = { "Which URI is in the P-Asserted-Identity of the second call, while the call still has one?\n\n    rung show asserted-identity -m method=INVITE from=4s",
				zh = "第二个呼叫的 P-Asserted-Identity 还在时，其中是哪个 URI？\n\n    rung show asserted-identity -m method=INVITE from=4s" },
		},
		{
			text = function(t) return last_invite(t):header("Contact"):match "@([%d.]+)" end,
			rule = "contact-one",
			wrong = {
				{ "192.0.2.2", why = { "That is Proxy 1.", zh = "那是代理服务器 1。" } },
				{ "198.51.100.1", why = { "That is Proxy 2.", zh = "那是代理服务器 2。" } },
			},
			why = { "Read the Contact in the second INVITE that arrives at Bob's phone: its host is a number.",
				zh = "读到达 Bob 的话机的第二个 INVITE 的 Contact：其中的主机是数字。" },
			hint = { "Each proxy adds a Via, and none changes this field: compare it with the single Via of `INVITE@alice#3` (RFC 3261 8.1.1.8).",
				zh = "每个代理服务器都加一个 Via，而谁也不改这个头字段：与 `INVITE@alice#3` 唯一的 Via 比较（RFC 3261 第 8.1.1.8 节）。" },
			ask = { "Bob's phone does not learn who calls. From which address does Alice call, according to the Contact of the second INVITE?\n\n    rung show asserted-identity -m method=INVITE dst=bob",
				zh = "Bob 的话机不知道谁在呼叫。但按第二个 INVITE 的 Contact，Alice 是从哪个地址呼叫的？\n\n    rung show asserted-identity -m method=INVITE dst=bob" },
		},
	},
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
		{ "P-Asserted-Identity", why = { "Proxy 2 has removed it.", zh = "代理服务器 2 已把它删除。" } },
		{ "P-Preferred-Identity", why = { "Proxy 1 has removed it: it is only between Alice's phone and her proxy.", zh = "代理服务器 1 已把它删除：它只用于 Alice 的话机和她的代理服务器之间。" } },
		{ "Call-ID", why = { "It has the phone's address, but no name.", zh = "里面是话机的地址，没有名字。" } },
		{ "From", why = { "That one is anonymous.", zh = "它正是匿名的那个。" } },
	},
	why = { "Read that INVITE field by field and look for Alice's name.",
		zh = "逐个字段读这个 INVITE，找写有 Alice 名字的地方。" },
	records = last_invite,
	hint = { "Look at the second call only, `-m method=INVITE dst=bob from=4s`: which fields has Alice's phone written so that others can reach it or authenticate it (RFC 3323, 4.1)? No proxy may remove these.",
		zh = "只看第二个呼叫，`-m method=INVITE dst=bob from=4s`：哪些字段是 Alice 的话机为了能被找到、或为了证明身份而写的（RFC 3323 第 4.1 节）？代理服务器不能去掉它们。" },
	others = {
		{
			text = { "P-Preferred-Identity" },
			rule = "identity-asserted",
			wrong = {
				{ "P-Asserted-Identity", why = { "The proxy has added that one.", zh = "那是多出来的：由代理服务器加入。" } },
				{ "Privacy", why = { "That one is forwarded to Proxy 2.", zh = "它继续到达代理服务器 2。" } },
			},
			why = { "Compare the INVITE that reaches Proxy 1 with the one that it sends, line by line: one field is gone, another is new.",
				zh = "逐行比较到达代理服务器 1 的 INVITE 与它发出的：少了一个，多了一个。" },
			hint = { "RFC 3325 9.2 describes it; compare `INVITE@alice#2` with `INVITE@proxy1`.",
				zh = "它见 RFC 3325 第 9.2 节；把 `INVITE@alice#2` 与 `INVITE@proxy1` 并排即可看到。" },
			ask = { "In one header field Alice's phone says which identity it prefers. It is in the INVITE that Proxy 1 receives, and in none that Proxy 1 sends. Write its name.\n\n    rung show asserted-identity -m method=INVITE",
				zh = "有一个头字段，Alice 的话机用它说明想以哪个身份出现；它在代理服务器 1 收到的 INVITE 中，却不在它发出的 INVITE 中。写出它的名称。\n\n    rung show asserted-identity -m method=INVITE" },
		},
		{
			text = { "Proxy-Authorization" },
			rule = "auth-answer-proxy",
			wrong = {
				{ "Proxy-Authenticate", why = { "That is the challenge, in the 407.", zh = "那是问题，在 407 中。" } },
				{ { "Authorization", "WWW-Authenticate" }, why = { "That is between a phone and a server that is no proxy.", zh = "那用于话机与不是代理服务器的服务器之间。" } },
			},
			why = { "The response to a challenge has its own field; in the second call the phone sends it without a challenge.",
				zh = "对质询的回答有专门的头字段；第二个呼叫中话机不等要求就带上它。" },
			hint = { "The `auth` records of Alice's phone show when it makes one; RFC 3261 22.3 has its name.",
				zh = "Alice 的话机何时生成它，见它的 `auth` 记录；名称见 RFC 3261 第 22.3 节。" },
			ask = { "Proxy 1 asks for a password once, but not in the second call. Which header field of the second INVITE of Alice's phone makes that unnecessary?\n\n    rung show asserted-identity -m method=INVITE src=alice\n    rung show asserted-identity kind=auth",
				zh = "代理服务器 1 要求过一次密码，第二个呼叫中没有再要求。这是靠 Alice 的话机第二个呼叫的 INVITE 中的哪个头字段？\n\n    rung show asserted-identity -m method=INVITE src=alice\n    rung show asserted-identity kind=auth" },
		},
	},
}

task {
	choice = {
		{ "by the URIs of From and To, whatever they say", zh = "凭 From 和 To 的 URI，不管写的是什么", rule = "dialog-none",
			why = { "Many callers are anonymous at the same time: the URIs are not compared.", zh = "同时可能有许多匿名主叫：URI 不算数。" } },
		{ "by the P-Asserted-Identity that Proxy 2 remembers", zh = "凭代理服务器 2 记住的 P-Asserted-Identity", rule = "dialog-none",
			why = { "Proxies keep no dialogs, and the phone has never seen it.", zh = "代理服务器不保存对话，话机也从未见过它。" } },
		{ "by Call-ID and the tags of From and To", right = true, zh = "凭 Call-ID 以及 From 和 To 的 tag", rule = "dialog-none" },
		{ "by the branch of the INVITE, which is the same in the BYE", zh = "凭 INVITE 的 branch，BYE 照抄了它", rule = "dialog-none",
			why = { "The BYE is a separate transaction, with another branch.", zh = "BYE 是独立的事务，branch 不同。" } },
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
			why = { "It asserts only identities that it knows to be hers (`identities`), and of these the one that she prefers.",
				zh = "它只声明确知属于她的身份：identities，以及她从中选定的。" } },
		{ "Bob's phone is told", zh = "Bob 的话机得知",
			function(t)
				return t:first("method=INVITE dst=bob kind=send", function(r)
					local who = r:header "P-Asserted-Identity"
					return who and who:find("sip:boss@", 1, true)
				end)
			end,
			why = { "This does not happen if she asks for privacy.", zh = "若她要求保密就不会。" } },
		{ "her From still says Alice", zh = "她的 From 仍是 Alice",
			function(t)
				local r = t:first "method=INVITE dst=bob kind=send"
				return r ~= nil and r:header("From"):find("sip:alice@", 1, true) ~= nil, r
			end },
	},
	points = 3,
}
