-- The tasks of digest-replay; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "lan--registrar.delay=10ms..40ms:10ms", "seed=1..999:1" }

local function replayed(t)
	return t:first "kind=auth node=registrar op=replay"
end

task {
	choice = {
		{ "from all three, since they are in the same message", zh = "三者都用到，因为它们在同一条消息中", rule = "auth-accept",
			why = { "With qop=auth the digest covers user, realm, password, nonce, nc, cnonce, method and URI, and no other header field.",
				zh = "qop=auth 时，摘要涵盖用户、realm、密码、nonce、nc、cnonce、方法和 URI，不含其他头字段。" } },
		{ "from the Contact alone: it is what matters", zh = "只有 Contact：它才是要紧的", rule = "auth-accept",
			why = { "It matters, and it is not protected. That is why she can change it.", zh = "它要紧，却不受保护。所以她能改。" } },
		{ "from the CSeq alone, which comes after nc", zh = "只有 CSeq，它就是 nc", rule = "auth-replay",
			why = { "nc counts the uses of a nonce; CSeq counts requests, and she can change it.", zh = "nc 记录 nonce 的使用次数；CSeq 给请求编号，而且她能改。" } },
		{ "from none of them: each may be changed at will", right = true, zh = "一个也没有：三者都能更改", rule = "auth-accept" },
	},
	points = 2,
	records = function(t) return t:all "method=REGISTER kind=send" end,
}

task {
	choice = {
		{ "by her address, which is another than Bob's phone has", zh = "凭她的地址，它不是 Bob 的话机的地址", rule = "auth-replay",
			why = { "A phone may register from anywhere; the digest does not include addresses.", zh = "话机可以从任何地方注册；摘要与地址无关。" } },
		{ "by the nonce count, with which this nonce was used before", right = true, zh = "凭 nonce 计数：这个 nonce 已用过这个计数", rule = "auth-replay" },
		{ "by the CSeq, which has made a leap since Bob's REGISTER", zh = "凭 CSeq，它比 Bob 的 REGISTER 跳了一大步", rule = "register-order",
			why = { "A CSeq must be greater than before, by any amount. It would be too small only if she had left it unchanged.", zh = "CSeq 只要比以前大，大多少都行。只有她原样不改，CSeq 才会太小。" } },
		{ "by the Contact, for which the digest in it is wrong", zh = "凭 Contact，其中的摘要与它不符", rule = "auth-replay",
			why = { "The digest is correct, as the task says: the Contact is not included in it.", zh = "题目已说摘要是对的：它与 Contact 无关。" } },
	},
	points = 2,
	records = replayed,
	ahead = true,
}

task {
	find = { node = "registrar", rule = "auth-replay", record = replayed },
	points = 3,
	why = { "Look where the replayed REGISTER arrives: which node checks its credentials, and what does the record say about them? `rung explain` names the rule.",
		zh = "看复制的 REGISTER 到达何处：哪个节点判断它的凭据，那条记录怎样说？`rung explain` 给出规则。" },
	hint = { "The earlier `kind=auth` records are for Bob: take `node=registrar from=3s`.",
		zh = "`kind=auth` 中在它之前的都是 Bob 的：看 `node=registrar from=3s`。" },
	others = {
		{
			find = {
				node = "registrar",
				rule = "auth-accept",
				record = function(t) return t:first "kind=auth node=registrar op=accept" end,
			},
			why = { "Look at what happens when Bob's second REGISTER has arrived, before his Contact is bound. `rung explain` names the rule.",
				zh = "看 Bob 的第二个 REGISTER 到达之后、他的 Contact 被绑定之前，发生了什么。`rung explain` 给出规则。" },
			hint = { "It causes a `kind=binding` record and the first 200.",
				zh = "一条 `kind=binding` 记录由它引起，第一个 200 也是。" },
			ask = { "The same credentials were accepted when Bob's phone sent them. Find where the registrar accepts them: `node=… rule=… record=…`.\n\n    rung show digest-replay kind=auth",
				zh = "同样的凭据由 Bob 的话机发送时是有效的。找出注册服务器接受它们的记录：`node=… rule=… record=…`。\n\n    rung show digest-replay kind=auth" },
		},
		{
			find = {
				node = "registrar",
				rule = "auth-401",
				record = function(t) return { t:first "kind=auth node=registrar op=challenge", t:first "kind=send src=registrar status=401" } end,
			},
			why = { "A nonce comes with a challenge: which of Bob's requests does not have one yet? `rung explain` names the rule.",
				zh = "nonce 随质询而来：Bob 的哪个请求还没有它？`rung explain` 给出规则。" },
			hint = { "`REGISTER@bob` has no Authorization, `REGISTER@bob#2` has: what came between them?",
				zh = "`REGISTER@bob` 没有 Authorization，`REGISTER@bob#2` 有：两者之间有什么？" },
			ask = { "The nonce that Mallory uses was made for Bob. Find where the registrar sends it: `node=… rule=… record=…`.\n\n    rung show digest-replay kind=auth",
				zh = "Mallory 所用的 nonce 是为 Bob 生成的。找出注册服务器发出它的记录：`node=… rule=… record=…`。\n\n    rung show digest-replay kind=auth" },
		},
	},
}

task {
	choice = {
		{ "the registrar, which rejects it as before, with 401 to Mallory", zh = "注册服务器：像之前一样以 401 拒绝 Mallory", rule = "nist-final",
			why = { "That happens with a new branch. With the old branch the registrar never sees the request.", zh = "换了 branch 才是这样。用旧的 branch，注册服务器根本看不到这个请求。" } },
		{ "the server transaction, which sends its 200 to Mallory", zh = "服务器事务：把 200 发给 Mallory", rule = "nist-final",
			why = { "The response goes to the address in the top Via of the first request, which is Bob's phone.", zh = "响应发往首个请求最上面的 Via 所指之处，即 Bob 的话机。" } },
		{ "nobody: a request with a known branch is thrown away", zh = "没有人：branch 已知的请求会被丢弃", rule = "nist-final",
			why = { "A retransmitted request gets the same response again; the first may have been lost.", zh = "重传的请求会再次得到同样的响应；前一个也许丢了。" } },
		{ "the server transaction, which sends its 200 to Bob", right = true, rule = "nist-request",
			zh = "服务器事务：把 200 发给 Bob" },
	},
	points = 2,
	records = function(t) return t:last "method=REGISTER kind=send" end,
}

task {
	goal = {
		{ "no REGISTER of Bob's with credentials reaches the registrar", zh = "Bob 的带凭据的 REGISTER 没有到达注册服务器",
			function(t)
				for _, r in ipairs(t:all "method=REGISTER src=bob kind=send") do
					if r:header "Authorization" and r:arrival() then
						return false, r
					end
				end
				return t:count "method=REGISTER src=bob kind=drop" > 0
			end },
		{ "Bob's address-of-record is bound to Mallory's address", zh = "Bob 的记录地址绑定到 Mallory 的地址",
			function(t)
				return t:first("kind=binding node=registrar op=add", function(r)
					return r.contact:find("192.0.2.66", 1, true)
				end)
			end, rule = "auth-accept" },
		{ "the registrar still asks for passwords", zh = "注册服务器仍然要求密码",
			function(t)
				return t:first "kind=auth node=registrar op=accept"
			end },
	},
	points = 4,
	hint = { "With the lines under Try in `lab.lua` Bob is never registered: the `wait` of the script would never end, and the rest would not run.", zh = "把“动手试试”的各行写入 `lab.lua` 之后，Bob 永远不会注册成功：脚本中的 `wait` 会一直等下去，其后的什么也不做。" },
}
