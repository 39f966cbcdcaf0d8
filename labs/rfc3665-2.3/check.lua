-- The tasks of rfc3665-2.3; their texts are in README.md.
lesson { minutes = 10, level = 1 }
vary { "bob.expires=300s..3600s:300s", "seed=1..999:1" }

local function seconds_left(t)
	return tonumber(t:first("status=200 kind=send"):header("Contact"):match "expires=(%d+)")
end

-- The record in which the registrar reads the bindings.
local function fetch(t)
	return t:first "kind=lookup node=registrar"
end

task {
	number = seconds_left,
	unit = { "s", zh = "秒" },
	rule = "register-fetch",
	wrong = {
		{ function(t) return seconds_left(t) + 1 end,
			why = { "That was the time when the run began; since then time has passed, and a query refreshes nothing.",
				zh = "那是运行开始时的值；时间已经过去，而询问不会刷新。" } },
	},
	why = { "Read `expires` after the Contact of the 200.",
		zh = "读 200 的 Contact 之后的 `expires`。" },
	records = function(t) return t:first "status=200 kind=send" end,
	ahead = true,
	hint = { "Does a query refresh anything? Read `expires` after the Contact of `200@registrar`.", zh = "询问会刷新什么吗？`200@registrar` 的 Contact 之后的 `expires` 会说明。" },
}

task {
	choice = {
		{ "It removes all bindings of the user.", zh = "撤销该用户已有的所有绑定。", rule = "register-star",
			why = { "That is Contact: * with Expires: 0.", zh = "那是 Contact: * 加 Expires: 0。" } },
		{ "It binds the address that the request came from.", zh = "把请求的来源地址绑定到该用户。", rule = "register-fetch",
			why = { "Only the content of Contact is bound.", zh = "只有写在 Contact 里的才会被绑定。" } },
		{ "It is incomplete: the answer to it is 400.", zh = "它不完整：注册服务器返回 400。", rule = "register-fetch",
			why = { "Contact may be missing in a REGISTER; To, From, Call-ID, CSeq, Via and Max-Forwards may not.",
				zh = "REGISTER 可以没有 Contact；To、From、Call-ID、CSeq、Via 和 Max-Forwards 则不能没有。" } },
		{ "It only asks for a list of the bindings.", right = true, rule = "register-fetch",
			zh = "只要求列出现有的绑定。" },
	},
	points = 2,
	records = function(t) return t:first "method=REGISTER kind=send" end,
}

task {
	find = {
		node = "registrar",
		rule = { "location-fetch", "register-fetch" },
		record = fetch,
	},
	points = 2,
	rule = "register-fetch",
	why = { "A node that changes a binding writes a record of kind binding. Here the bindings are only read.",
		zh = "改变绑定的一方会有 binding 类的记录。这里只是读出已有的。" },
	hint = { "No record of `kind=binding` comes after 0 s; which record of another kind, `kind=lookup`, does?", zh = "0 s 之后没有 `kind=binding` 的记录；另一种，即 `kind=lookup`，有吗？" },
	records = fetch,
	others = {
		{ find = { node = "registrar", rule = "auth-accept", record = function(t) return t:first "kind=auth op=accept" end }, rule = "auth-accept",
			ask = { "Find the record in which the registrar accepts that Bob sends the query: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.3 kind=auth", zh = "找出注册服务器确认询问者是 Bob 的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.3 kind=auth" },
			why = { "The node that also knows the password computes the digest again.", zh = "也知道密码的一方再算一次摘要。" },
			hint = { "A query must be authenticated as well: `kind=auth from=1.01s`.", zh = "询问也要证明身份：`kind=auth from=1.01s`。" },
			records = function(t) return t:first "kind=auth op=accept" end },
		{ find = { node = "bob", rule = function(t) return t:first("kind=auth op=answer").rule end, record = function(t) return t:first "kind=auth op=answer" end }, rule = "auth-ahead-server",
			ask = { "Find the record in which the credentials for this query are made: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.3 kind=auth", zh = "找出为这次询问产生凭据的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.3 kind=auth" },
			why = { "The first REGISTER of the run already has an Authorization: look which node has computed it.", zh = "运行中的第一个 REGISTER 就带有 Authorization：看是谁算出的。" },
			hint = { "It comes before anything is sent: `kind=auth to=1.01s`.", zh = "它在发送任何消息之前：`kind=auth to=1.01s`。" },
			records = function(t) return t:first "kind=auth op=answer" end },
	},
}

task {
	goal = {
		{ "Bob adds the mailbox", zh = "Bob 添加了邮箱",
			function(t) return t:count "kind=binding mailto" > 0 end },
		{ "a REGISTER without Contact is answered with two contacts", zh = "不带 Contact 的 REGISTER 得到两个联系地址",
			function(t)
				for _, q in ipairs(t:all "method=REGISTER kind=send") do
					for _, a in ipairs(t:all "status=200 kind=send cseq=REGISTER") do
						if not q:header "Contact" and a:header("CSeq") == q:header("CSeq") and
						    a:header("Contact", 2) then
							return true, a
						end
					end
				end
				return false
			end, rule = "register-fetch",
			why = { "contact = \"\" is a REGISTER without Contact.", zh = "contact = \"\" 就是不带 Contact 的 REGISTER。" } },
	},
	points = 3,
}
