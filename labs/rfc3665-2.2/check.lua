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
	number = function(t) return count_contacts(t:first "method=REGISTER kind=send") end,
	unit = { "contacts", zh = "个联系地址" },
	points = 2,
	rule = "register-send",
	ahead = true,
	wrong = {
		{ 2, why = { "A REGISTER adds or changes the contacts that it names; the others stay, and need not be named.",
			zh = "REGISTER 只增加或更改它所写的联系地址；其余保持不变，不必写出。" } },
	},
	why = { "Count the Contacts in the REGISTER, not those in the 200.", zh = "数 REGISTER 中的 Contact，而不是 200 中的。" },
	hint = { "What is new, and what exists already? `REGISTER@bob` has what is new.", zh = "什么是新的，什么已经有了？新的在 `REGISTER@bob` 中。" },
	records = function(t) return t:first "method=REGISTER kind=send" end,
	others = {
		{ number = function(t) return t:count("kind=binding from=1ms", function(r) return r.contact:find("192.0.2.1", 1, true) end) end, rule = "register-ok", unit = { "times", zh = "次" }, ahead = true,
			ask = { "Before you look at the run: how often will the binding of the phone itself be changed after 0 s?\n\n    rung show rfc3665-2.2 kind=binding", zh = "先不看运行：0 s 之后，话机自己的绑定会被改变几次？\n\n    rung show rfc3665-2.2 kind=binding" },
			wrong = { { 1, why = { "Only what the REGISTER names is changed.", zh = "只改变 REGISTER 所写的。" } }, { 2, why = { "One record is for the mailbox, one for the time before the run.", zh = "一条记录是邮箱的，一条是运行之前的。" } } },
			why = { "The record at 0 s is for the registration before the run; which address does the one at 1.02 s have?", zh = "0 s 的记录是运行之前的注册；1.02 s 的那条是哪个地址？" },
			hint = { "`kind=binding from=0.5s` shows what the REGISTER has changed.", zh = "`kind=binding from=0.5s` 显示 REGISTER 改变了什么。" },
			records = function(t) return changed(t, "add", "mailto:") end },
		{ number = function(t) return count_contacts(t:first "status=200 kind=send") end, rule = "register-ok", unit = { "contacts", zh = "个联系地址" }, ahead = true,
			ask = { "Before you look at the run: the REGISTER names only the mailbox. How many contacts will the registrar have at 2 s?\n\n    rung show rfc3665-2.2 --at=2s --node=registrar", zh = "先不看运行：REGISTER 只写了邮箱。2 s 时注册服务器会有几个联系地址？\n\n    rung show rfc3665-2.2 --at=2s --node=registrar" },
			wrong = { { 1, why = { "A REGISTER adds or changes the contacts that it names; the others stay.", zh = "REGISTER 只增加或更改它所写的联系地址，其余保持不变。" } } },
			why = { "Read the state of the registrar at that time, or the 200, which lists all of them.", zh = "读那时注册服务器的状态，或列出全部的 200。" },
			hint = { "The state (`--at=2s --node=registrar`) has them, and so has `200@registrar`.", zh = "状态（`--at=2s --node=registrar`）中有它们，`200@registrar` 中也有。" },
			records = function(t) return t:first "status=200 kind=send" end },
	},
}

task {
	choice = {
		{ "Bob is registered already; a registered user need not prove anything.", zh = "Bob 已经注册；已注册的人不必再证明什么。",
			rule = "auth-401",
			why = { "Each request is authenticated separately: anybody could send a REGISTER and claim to be Bob.",
				zh = "每个请求都要单独证明：任何人都能发出自称是 Bob 的 REGISTER。" } },
		{ "The registrar knows the phone by the address it sends from.", zh = "注册服务器凭发送地址认得这部话机。", rule = "raw-send",
			why = { "A sender's address proves nothing. Remove the password, --set bob.password=, and there is a 401.",
				zh = "发送者的地址什么也证明不了。去掉密码（--set bob.password=），401 就出现了。" } },
		{ "This registrar asks nobody for a password, unlike the other.", zh = "与那一台不同，这台注册服务器不要求密码。", rule = "auth-accept",
			why = { "It does: at 1.02 s it has checked and accepted the digest.", zh = "它要求：1.02 s 时它检查并接受了摘要。" } },
		{ "The phone has a nonce already and gives credentials with it.", right = true,
			zh = "话机已有 nonce，预先带上了凭据。", rule = "auth-ahead-server" },
	},
	points = 2,
	records = function(t) return t:all "kind=auth" end,
}

task {
	find = {
		node = "bob",
		rule = function(t) return t:first("kind=auth op=answer").rule end,
		record = function(t) return t:first "kind=auth op=answer" end,
	},
	rule = "auth-ahead-server",
	why = { "There is no challenge in this run: look which node still computes a digest.", zh = "在这次运行中没有人询问：看是谁仍然算出摘要。" },
	hint = { "It comes before the REGISTER: `kind=auth to=1.01s`; `rung explain` names the rule.", zh = "它在 REGISTER 之前：`kind=auth to=1.01s`；`rung explain` 给出规则。" },
	records = function(t) return t:first "kind=auth op=answer" end,
	others = {
		{ find = { node = "registrar", rule = "auth-accept", record = function(t) return t:first "kind=auth op=accept" end }, rule = "auth-accept",
			ask = { "Find the record in which the credentials are accepted: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.2 kind=auth", zh = "找出认定凭据正确的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.2 kind=auth" },
			why = { "The node that also knows the password computes the digest again.", zh = "也知道密码的一方再算一次摘要。" },
			hint = { "It comes after the arrival of the REGISTER: `kind=auth from=1.01s`.", zh = "它在 REGISTER 到达之后：`kind=auth from=1.01s`。" },
			records = function(t) return t:first "kind=auth op=accept" end },
		{ find = { node = "registrar", rule = function(t) return changed(t, "add", "mailto:").rule end, record = function(t) return changed(t, "add", "mailto:") end }, rule = "register-ok",
			ask = { "Find the record in which the mailbox is stored: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.2 kind=binding", zh = "找出保存邮箱的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.2 kind=binding" },
			why = { "It is between the check of the credentials and the 200; one of the records is for the time before the run.", zh = "它在检查凭据与 200 之间；有一条记录是运行之前的。" },
			hint = { "`kind=binding from=1s` leaves out what existed before.", zh = "`kind=binding from=1s` 去掉原来就有的。" },
			records = function(t) return changed(t, "add", "mailto:") end },
	},
}

task {
	choice = {
		{ "the phone, by an expires parameter in its Contact", zh = "话机，用 Contact 的 expires 参数",
			why = { "Look at the Contact of the REGISTER: it has none, and there is no Expires either.",
				zh = "看 REGISTER 的 Contact：没有这个参数，也没有 Expires。" } },
		{ "the registrar; the REGISTER names no time", right = true, rule = "register-ok",
			zh = "注册服务器；REGISTER 没有写时长" },
		{ "nobody: a binding lasts until it is removed", zh = "没有人：绑定一直有效，直到被撤销", rule = "binding-expired",
			why = { "The 200 has a time for each contact: a binding that nobody refreshes expires.",
				zh = "200 为每个联系地址都给出时间：没有人刷新的绑定会自行结束。" } },
		{ "both: the shorter of the times that they propose", zh = "双方：取各自建议的时长中较短的一个",
			why = { "The phone has proposed none: there is no expires parameter and no Expires.",
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
		{ "it is removed again", zh = "它又被撤销",
			function(t)
				local r = changed(t, "remove", "mailto:")
				return r ~= nil, r
			end, rule = "register-remove",
			why = { "A contact with expires=0 removes that one.", zh = "带 expires=0 的联系地址只撤销它自己。" } },
		{ "the phone itself stays registered", zh = "话机本身仍然注册着",
			function(t)
				local r = changed(t, "remove", "sip:bob@192.0.2.1")
				return r == nil, r
			end, rule = "register-star",
			why = { "With Contact * all bindings are removed.", zh = "Contact * 会撤销所有绑定。" } },
	},
	points = 3,
	hint = { "docs/SCENARIO.md describes the parameters of `bob:register` of `lab.lua`, RFC 3261 10.2.2 how a single binding is removed; then `kind=binding from=0.5s` should have one more record.",
		zh = "`lab.lua` 的 `bob:register` 可以带什么，见 docs/SCENARIO.md；怎样只去掉一个绑定，见 RFC 3261 10.2.2。之后 `kind=binding from=0.5s` 应多出一条记录。" },
}
