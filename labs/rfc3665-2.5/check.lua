-- The tasks of rfc3665-2.5; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "bob--lan.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	choice = {
		{ "A request may be sent again with credentials only once.", zh = "一个请求只能带凭据重发一次。", rule = "auth-refused",
			why = { "There is no such number: a second realm, or stale=true, would be answered.",
				zh = "没有这样的次数限制：另一个 realm 或 stale=true 都会得到回答。" } },
		{ "The registrar has locked the account after the first try.", zh = "第一次尝试之后注册服务器锁定了账户。", rule = "auth-refused",
			why = { "No response says that; it would be a 403. The phone stops by itself.", zh = "没有任何响应这么说；那应是 403。话机是自己停下的。" } },
		{ "These very credentials were refused; they would be again.", right = true,
			zh = "正是这份凭据被拒绝了；再发仍会被拒绝。", rule = "auth-refused" },
		{ "The registrar retransmits the second 401 until an ACK comes.", zh = "第二个 401 由注册服务器重传，直到收到 ACK。",
			rule = "nist-final",
			why = { "Only INVITE has an ACK; this 401 is sent once.", zh = "只有 INVITE 才有 ACK；这个 401 只来一次。" } },
	},
	points = 2,
	records = function(t) return t:last "kind=auth node=bob" end,
	ahead = true,
}

task {
	text = { "stale", "stale=true" },
	rule = "auth-stale",
	wrong = {
		{ "nonce", why = { "Each challenge has a nonce, and a new one does not say why it was sent.", zh = "每个质询都有 nonce，新的 nonce 并不说明原因。" } },
		{ "nc", why = { "nc is the client's: it counts in the credentials.", zh = "nc 属于客户端：它在凭据中计数。" } },
	},
	why = { "RFC 2617 and 3261, section 22, name the parameters of a challenge: one is true if only the nonce was wrong.",
		zh = "RFC 2617 和 RFC 3261 第 22 节列出质询的参数：其中一个为 true 时表示只是 nonce 的问题。" },
	records = function(t) return t:last "status=401 kind=send" end,
	hint = { "It is missing in `401@registrar#2`; RFC 7616 3.3 has the list.", zh = "`401@registrar#2` 中没有它；清单见 RFC 7616 第 3.3 节。" },
	others = {
		{ text = "nonce", rule = "auth-401",
			ask = { "Which parameter of the second challenge has another value than in the first?\n\n    rung show rfc3665-2.5 -m status=401", zh = "第二个质询的哪个参数与第一个的值不同？\n\n    rung show rfc3665-2.5 -m status=401" },
			wrong = { { { "realm", "qop", "algorithm" }, why = { "That is the same in both.", zh = "两者中相同。" } }, { "stale", why = { "That is in neither of them.", zh = "两者中都没有它。" } }, { "tag", why = { "The tag belongs to To, and not to the challenge.", zh = "tag 属于 To，不是质询的一部分。" } } },
			why = { "Compare the WWW-Authenticate of both.", zh = "把两者的 WWW-Authenticate 并排。" },
			hint = { "Compare `401@registrar` with `401@registrar#2`.", zh = "比较 `401@registrar` 与 `401@registrar#2`。" },
			records = function(t) return t:all "status=401 kind=send" end },
		{ text = "response", rule = "auth-answer",
			ask = { "Which parameter of the credentials would differ with the right password, if everything else is equal?\n\n    rung show rfc3665-2.5 -m method=REGISTER from=1.03s", zh = "其他都相同时，如果密码正确，凭据的哪个参数会不同？\n\n    rung show rfc3665-2.5 -m method=REGISTER from=1.03s" },
			wrong = { { { "nonce", "realm" }, why = { "The registrar has made that, before the phone answered.", zh = "那是注册服务器在话机回答之前产生的。" } }, { "cnonce", why = { "The phone chooses that at random, whatever the password is.", zh = "那是话机随机产生的，与密码无关。" } }, { "username", why = { "Bob is Bob with either.", zh = "不管哪个密码，Bob 都是 Bob。" } } },
			why = { "Read the Authorization of the second REGISTER: one value is the digest itself.", zh = "读第二个 REGISTER 的 Authorization：有一个值就是摘要本身。" },
			hint = { "Which of the values in `REGISTER@bob#2` are computed, and from what?", zh = "`REGISTER@bob#2` 中哪些值是算出来的，由什么算出？" },
			records = function(t) return t:last "method=REGISTER kind=send" end },
	},
}

task {
	choice = {
		{ "It reads it: the digest is decrypted with the realm.", zh = "它读到密码：摘要用 realm 解密。", rule = "auth-accept",
			why = { "Nothing is decrypted. It computes a digest from the password that it knows, and compares.",
				zh = "没有解密这回事。它用自己知道的密码算出摘要，再作比较。" } },
		{ "Only that it is not the one of Bob's account.", right = true, zh = "只知道它不是 Bob 账户的密码。", rule = "auth-wrong-password" },
		{ "How many characters of it are right, and where.", zh = "其中有多少个字符是对的，在什么位置。", rule = "auth-wrong-password",
			why = { "One wrong character changes the whole digest.", zh = "错一个字符，整个摘要都会变。" } },
		{ "Its hash, with which anybody can answer as Bob.", zh = "它的散列，谁有了它都能冒充 Bob 回答。", rule = "auth-answer",
			why = { "The digest is valid for one nonce, method and URI; the hash in it can't be computed back.",
				zh = "摘要只对一个 nonce、方法和 URI 有效；由它反算不出其中的散列。" } },
	},
	points = 2,
	records = function(t) return t:last "kind=auth node=registrar" end,
}

task {
	find = {
		node = "registrar",
		rule = "auth-wrong-password",
		record = function(t) return t:last "kind=auth node=registrar" end,
	},
	points = 3,
	why = { "The node that stores the passwords compares them: its records of kind auth have the result. Take the one for the REGISTER with the wrong password.",
		zh = "比较密码的是保存密码的节点：它的 auth 记录说明结果。取密码错误的那个 REGISTER 的那一条。" },
	hint = { "Among the records of `kind=auth` at the registrar: one challenges, one decides.", zh = "在注册服务器的 `kind=auth` 记录之中：一条质询，一条作出决定。" },
	others = {
		{ find = { node = "registrar", rule = function(t) return t:first("kind=auth op=challenge").rule end, record = function(t) return t:first "kind=auth op=challenge" end }, rule = "auth-401",
			ask = { "Find the record in which Bob's phone is first challenged: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.5 kind=auth", zh = "找出第一次询问 Bob 的话机是谁的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.5 kind=auth" },
			why = { "Its record of kind auth comes before the first 401; `rung explain` names the rule.", zh = "它的 auth 记录在第一个 401 之前；`rung explain` 给出规则。" },
			hint = { "It is directly before `401@registrar`: open the record that it names as its `cause`, and explain it.",
				zh = "它就在 `401@registrar` 之前：打开后者的 `cause` 所指的记录，并用 explain。" },
			records = function(t) return t:first "kind=auth op=challenge" end },
		{ find = { node = "bob", rule = function(t) return t:last("kind=auth node=bob").rule end, record = function(t) return t:last "kind=auth node=bob" end }, rule = "auth-refused",
			ask = { "Find the record in which the attempt is given up: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.5 kind=auth", zh = "找出放弃这次尝试的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.5 kind=auth" },
			why = { "It comes after the arrival of the second 401; `rung explain` names the rule.", zh = "它在第二个 401 到达之后；`rung explain` 给出规则。" },
			hint = { "Which phone stops? `kind=auth node=bob` has one record after `401@registrar` and one after `401@registrar#2`.",
				zh = "停下来的是谁的话机？`kind=auth node=bob` 在 `401@registrar` 之后有一条，在 `401@registrar#2` 之后有一条。" },
			records = function(t) return t:last "kind=auth node=bob" end },
	},
}

task {
	goal = {
		{ "the registrar rejects a wrong password", zh = "注册服务器拒绝一次错误的密码",
			function(t)
				return t:first "kind=auth node=registrar reason=password"
			end },
		{ "later Bob is registered", zh = "之后 Bob 注册成功",
			function(t)
				local r = t:last "status=200 cseq=REGISTER kind=recv"
				local refused = t:first "status=401 kind=send"
				return r ~= nil and refused ~= nil and r.time > refused.time, r
			end },
		{ "nobody has switched the password off", zh = "没有人取消密码",
			function(t)
				return t:first "kind=auth node=registrar op=accept"
			end },
	},
	points = 3,
}
