-- The tasks of nat-alg; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "bob.answer=500ms..3000ms:500ms", "seed=1..999:1" }

local function rewritten(t)
	return t:all "kind=nat node=home op=rewritten"
end

local function refusal(t)
	return t:first "kind=auth node=pbx op=refuse"
end

task {
	choice = {
		{ "Bob's 200 is shorter than it says, so that the server fails to read it", right = true,
			zh = "Bob 的 200 所写的长度大于实际长度，服务器读取失败" },
		{ "Alice's voice goes to the NAT, and her phone hangs up in silence",
			zh = "Alice 的语音发往 NAT，她的话机在静默中挂断",
			why = { "It does not get that far: does her phone receive a 200?", zh = "还没有到那一步：她收到 200 了吗？" } },
		{ "Bob's phone rejects her INVITE, whose offer is longer than is said",
			zh = "Bob 的话机拒绝她的 INVITE，因为提议比所写的更长",
			why = { "The error is in what goes out, not in what comes in.", zh = "有错的是出去的，不是进来的。" } },
		{ "The call still works, since a datagram has its own end",
			zh = "呼叫照样成功，因为数据报本身就有结尾",
			why = { "Even with one message in each datagram, Content-Length must match (RFC 3261 18.3).", zh = "每个数据报一条消息，但只有 Content-Length 与之相符时才如此（RFC 3261 第 18.3 节）。" } },
	},
	points = 2,
	hint = { "192.168.1.20 has one more character than 203.0.113.7. Which field counts the bytes of a body (RFC 3261 20.14), and what does RFC 3261 18.3 say about a datagram in which that is wrong?",
		zh = "192.168.1.20 比 203.0.113.7 多一个字符。哪个字段记录消息体的字符数（RFC 3261 20.14）？若数据报中它不对，RFC 3261 18.3 怎样规定？" },
	ahead = function() end,
}

task {
	number = function(t) return #rewritten(t) end,
	unit = { "messages", zh = "条消息" },
	rule = "nat-alg",
	wrong = {
		{ function(t) return t:count "kind=nat node=home" end,
			why = { "These include mappings that were created.", zh = "其中还有建立映射的记录。" } },
	},
	why = { "Count the `nat` records that contain `rewritten`.", zh = "数写着“改写”的 `nat` 记录。" },
	records = function(t) return rewritten(t)[1] end,
	hint = { "Count the records of `kind=nat` minus those of `kind=nat op=made`: a mapping is no message.",
		zh = "`kind=nat` 的记录减去 `kind=nat op=made` 的：映射不是消息。" },
	others = {
		{ number = function(t) return t:count("kind=nat node=home op=rewritten", function(r) return r.fields:find("uri", 1, true) end) end, rule = "nat-alg", unit = { "messages", zh = "条消息" },
			ask = { "In how many messages has the NAT rewritten the Request-URI?\n\n    rung show nat-alg kind=nat", zh = "NAT 改写了多少条消息的请求 URI？\n\n    rung show nat-alg kind=nat" },
			wrong = { { function(t) return #rewritten(t) end, why = { "In some of these it has rewritten other fields.", zh = "其中有一些改写的是其他字段。" } } },
			why = { "Count the records that contain `rewritten` and name the first line: they are for messages that come in.", zh = "数写着“改写”并指明首行的记录：都是进来的消息。" },
			hint = { "It rewrites the Request-URI only in messages that come in: `kind=nat text=rewritten`, and read which part each record names.", zh = "只有进来的消息才改写它：用 `kind=nat text=rewritten`，读每条记录指明的部分。" },
			records = function(t) return rewritten(t)[1] end },
		{ number = function(t) return t:count("kind=nat node=home op=rewritten", function(r) return r.fields:find("contact", 1, true) end) end, rule = "nat-alg", unit = { "messages", zh = "条消息" },
			ask = { "In how many messages has the NAT rewritten Contact?\n\n    rung show nat-alg kind=nat", zh = "NAT 改写了多少条消息的 Contact？\n\n    rung show nat-alg kind=nat" },
			wrong = { { function(t) return #rewritten(t) end, why = { "In some of these it has rewritten other fields.", zh = "其中有一些改写的是其他字段。" } } },
			why = { "Count the records that contain `rewritten` and name that field, alone or with others.", zh = "数写着“改写”并指明这个字段（单独或与其他一起）的记录。" },
			hint = { "Which of Bob's messages contain the address where he can be reached (RFC 3261 20.10)? Count only these among `kind=nat text=rewritten to=5s` (RFC 4787 7).",
				zh = "Bob 的哪些消息写明在哪里能找到他（RFC 3261 20.10）？`kind=nat text=rewritten to=5s`（RFC 4787 7）中只有这些算。" },
			records = function(t) return rewritten(t)[1] end },
	},
}

task {
	choice = {
		{ "The registrar has no binding of Bob's, since his REGISTER was rewritten on its way",
			zh = "注册服务器没有 Bob 的绑定，因为他的 REGISTER 在途中被改写",
			why = { "The INVITE reaches his phone. Which node sends the 404?", zh = "INVITE 到达了他的话机。是谁返回 404？" } },
		{ "The INVITE is for the NAT's address, and Bob's phone does not know that as its own", right = true,
			zh = "INVITE 写的是 NAT 的地址，Bob 的话机不认为那是自己的" },
		{ "The NAT answers it by itself, since it has no mapping for the port that is named",
			zh = "NAT 自己返回它，因为它对所写的端口没有映射",
			why = { "A NAT never answers: without a mapping it drops what arrives.", zh = "NAT 从不响应：没有映射，它就丢弃来的数据。" } },
		{ "The server looks the NAT's address up, and no user of that name is known at it",
			zh = "服务器查询 NAT 的地址，而那里没有这个名字的用户",
			why = { "The server forwards the INVITE.", zh = "服务器把 INVITE 往前送了。" } },
	},
	points = 2,
	rule = "uas-uri",
	hint = { "`rung show contact.jsonl status=404 kind=send` begins with its sender; `rung explain` with that number says which part of the INVITE was checked, RFC 3261 8.2.2.1.",
		zh = "`rung show contact.jsonl status=404 kind=send` 的开头说明由谁发送；用它的编号运行 `rung explain`，看检查的是 INVITE 的哪一部分，RFC 3261 8.2.2.1。" },
}

task {
	find = {
		node = "pbx",
		rule = function(t) return refusal(t).rule end,
		record = refusal,
	},
	points = 2,
	why = { "It is a record of the kind `auth` that rejects; `rung explain` with its number names the rule.",
		zh = "它是一条表示拒绝的 `auth` 记录；用它的编号运行 `rung explain`，会给出规则。" },
	records = refusal,
	hint = { "Of the records of `kind=auth`, one is her answer, one is a challenge, one is the decision.", zh = "`kind=auth` 的记录中，一条是询问，一条是回答，一条是决定。" },
	others = {
		{ find = { node = "pbx", rule = function(t) return t:first("kind=auth node=pbx op=challenge").rule end, record = function(t) return t:first "kind=auth node=pbx op=challenge" end },
			ask = { "Find the decision by which `pbx` asks for Erin's password: `node=… rule=… record=…`.\n\n    rung show nat-alg kind=auth", zh = "找出 `pbx` 要求 Erin 提供密码的决定：`node=… rule=… record=…`。\n\n    rung show nat-alg kind=auth" },
			why = { "It is a record of the kind `auth` that challenges; `rung explain` with its number names the rule.", zh = "它是一条表示质询的 `auth` 记录；用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "It comes before her second INVITE: `kind=auth node=pbx`.", zh = "它在她的第二个 INVITE 之前：`kind=auth node=pbx`。" },
			records = function(t) return t:first "kind=auth node=pbx op=challenge" end },
		{ find = { node = "home", rule = "nat-alg", record = function(t) return t:first("kind=nat node=home op=rewritten", function(r) return r.time > 24 end) end },
			ask = { "Find the record in which the NAT first changes a message of Erin's: `node=… rule=… record=…`.\n\n    rung show nat-alg kind=nat from=20s", zh = "找出 NAT 第一次改写 Erin 的消息的记录：`node=… rule=… record=…`。\n\n    rung show nat-alg kind=nat from=20s" },
			why = { "Her call begins at 25 s; look for the first change of a message on its way to `pbx`.", zh = "她的呼叫始于 25 s；找发往 `pbx` 的消息的第一次改写。" },
			hint = { "Continue from `INVITE@erin`, record by record: it is the first of `kind=nat node=home` after it, and not one of Alice's or Bob's call.",
				zh = "从 `INVITE@erin` 起逐条往后看：其后 `kind=nat node=home` 的第一条，而不是 Alice 或 Bob 的呼叫的。" },
			records = function(t) return t:first("kind=nat node=home op=rewritten", function(r) return r.time > 24 end) end },
	},
}

task {
	choice = {
		{ "The nonce was made for the NAT's address, and is stale for any other one that comes",
			zh = "nonce 是为 NAT 的地址产生的，对来自其他地址的请求已经过期",
			why = { "pbx does not say stale: see what it says.", zh = "pbx 没有说过期：看它说了什么。" } },
		{ "Erin's password is for another realm, that of the address which she has called",
			zh = "Erin 的密码属于另一个 realm，即她所呼叫的地址",
			why = { "The realm is that of pbx, and she has a password for it.", zh = "realm 是 pbx 的，她有它的密码。" } },
		{ "The NAT has also rewritten the challenge, so that her phone has answered another",
			zh = "NAT 也改写了质询，所以她的话机回答的是另一个质询",
			why = { "A challenge has no uri.", zh = "质询中没有 uri。" } },
		{ "Her phone has computed its response of the uri as it was, and the NAT can't do that", right = true,
			zh = "她的话机用原 uri 算响应值，NAT 算不了" },
	},
	points = 2,
	rule = "nat-alg",
	hint = { "RFC 7616 3.4 says what a response is computed from, and what one must know for that. Which part of it differs between `INVITE@erin#2` and its arrival, and which nodes know her password? RFC 4787 7 describes what changes it.",
		zh = "response 由什么算出、为此必须知道什么，见 RFC 7616 3.4。`INVITE@erin#2` 中哪一部分与到达时不同，谁知道她的密码？由谁改变，见 RFC 4787 7。" },
}

task {
	goal = {
		{ "The NAT rewrites nothing", zh = "NAT 什么也不改写",
			function(t) return #rewritten(t) == 0 end, rule = "nat-alg" },
		{ "Alice's call to Bob is answered", zh = "Alice 对 Bob 的呼叫被接听",
			function(t)
				local r = t:first "kind=recv status=200 cseq=INVITE dst=alice"
				return r ~= nil, r
			end,
			why = { "What else can use the NAT's address instead of Bob's?", zh = "还有谁能用 NAT 的地址代替 Bob 的地址？" } },
		{ "pbx accepts Erin's password", zh = "pbx 接受 Erin 的密码",
			function(t)
				return t:first "kind=auth node=pbx op=accept"
			end },
	},
	points = 3,
}
