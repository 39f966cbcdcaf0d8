-- The tasks of rfc3665-2.2; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.expires=600s..3600s:600s", "seed=1..999:1" }

local function count_contacts(r)
	local n = 0
	while r:header("Contact", n + 1) do
		n = n + 1
	end
	return n
end

local function changed(t, op, part)
	return t:first("kind=binding op=" .. op, function(r) return r.contact:find(part, 1, true) end)
end

task {
	number = function(t) return count_contacts(t:first "status=200 kind=send") end,
	unit = { "contacts", zh = "个联系地址" },
	points = 2,
	rule = "register-ok",
	wrong = {
		{ 1, rule = "register-ok",
			why = { "A REGISTER adds or changes the contacts that it names; the others stay. The 200 lists all there are.",
				zh = "REGISTER 只增加或更改它所写的联系地址，其余保持不变。200 列出现有的全部。" } },
	},
	why = { "Count the Contacts in the 200, not those in the REGISTER.",
		zh = "数 200 中的 Contact，而不是 REGISTER 中的。" },
	records = function(t) return t:first "status=200 kind=send" end,
}

task {
	choice = {
		{ "Bob is registered already; who is registered need not prove anything.", zh = "Bob 已经注册；已注册的人不必再证明什么。",
			rule = "auth-401",
			why = { "Each request is proved for itself: anybody could send a REGISTER that claims to be Bob's.",
				zh = "每个请求都要单独证明：任何人都能发出自称是 Bob 的 REGISTER。" } },
		{ "The registrar knows the phone by the address it sends from.", zh = "注册服务器凭发送地址认得这部话机。", rule = "raw-send",
			why = { "A sender's address proves nothing. Take the password away, --set bob.password=, and the 401 is there.",
				zh = "发送者的地址什么也证明不了。去掉密码（--set bob.password=），401 就出现了。" } },
		{ "This registrar asks nobody for a password, unlike the other.", zh = "与那一台不同，这台注册服务器不要求密码。", rule = "auth-accept",
			why = { "It does: at 1.02 s it has checked and accepted the digest.", zh = "它要求：1.02 s 时它检查并接受了摘要。" } },
		{ "The phone has a nonce already and gives credentials with it.", right = true,
			zh = "话机已有 nonce，预先带上了凭据。", rule = "auth-ahead" },
	},
	points = 2,
	records = function(t) return t:all "kind=auth" end,
}

task {
	text = function(t)
		return t:first("method=REGISTER kind=send"):header("Authorization"):match "nc=(%x+)"
	end,
	wrong = {
		{ "00000002", why = { "The phone was registered before the run began, as the topology says; of this nonce it makes use for the first time.",
			zh = "按拓扑，话机在运行开始前就已注册；这个 nonce 是第一次使用。" } },
		{ "1", why = { "The field has eight hexadecimal digits: write it as it stands there.",
			zh = "该字段是八位十六进制数字：请照原样写。" } },
	},
	why = { "Read the Authorization of the REGISTER: `nc` stands behind the nonce, and counts how often that nonce was used.",
		zh = "读 REGISTER 的 Authorization：`nc` 在 nonce 之后，计数该 nonce 用过几次。" },
	hint = { "nc counts how often this nonce was used.", zh = "nc 记录这个 nonce 用过几次。" },
	records = function(t) return t:first "method=REGISTER kind=send" end,
}

task {
	choice = {
		{ "the phone, by an expires parameter in its Contact", zh = "话机，用 Contact 的 expires 参数",
			why = { "Look at the Contact of the REGISTER: it has none, and there is no Expires either.",
				zh = "看 REGISTER 的 Contact：没有这个参数，也没有 Expires。" } },
		{ "the registrar; the REGISTER names no time", right = true, rule = "register-ok",
			zh = "注册服务器；REGISTER 没有写时长" },
		{ "nobody: a binding lasts until it is taken away", zh = "没有人：绑定一直有效，直到被撤销", rule = "binding-expired",
			why = { "The 200 tells a time for each contact: a binding that nobody refreshes ends by itself.",
				zh = "200 为每个联系地址都给出时间：没有人刷新的绑定会自行结束。" } },
		{ "both: the shorter of the times that they propose", zh = "双方：取各自建议的时长中较短的一个",
			why = { "The phone has proposed none: neither its Contact nor an Expires has one.",
				zh = "话机没有建议时长：Contact 和 Expires 中都没有。" } },
	},
	records = function(t) return t:first "status=200 kind=send" end,
}

task {
	goal = {
		{ "the mailbox is among Bob's contacts", zh = "邮箱曾在 Bob 的联系地址之中",
			function(t)
				local r = changed(t, "add", "mailto:")
				return r ~= nil, r
			end },
		{ "it is taken away again", zh = "它又被撤销",
			function(t)
				local r = changed(t, "remove", "mailto:")
				return r ~= nil, r
			end, rule = "register-remove",
			why = { "A contact with expires=0 takes that one away.", zh = "带 expires=0 的联系地址只撤销它自己。" } },
		{ "the phone itself stays registered", zh = "话机本身仍然注册着",
			function(t)
				local r = changed(t, "remove", "sip:bob@192.0.2.1")
				return r == nil, r
			end, rule = "register-star",
			why = { "With Contact * all bindings go.", zh = "Contact * 会撤销所有绑定。" } },
	},
	points = 3,
	hint = { "bob:register takes contact and expires.", zh = "bob:register 可以带 contact 和 expires。" },
}
