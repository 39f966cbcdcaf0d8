-- The tasks of rfc3665-2.1; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "bob--lan.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	choice = {
		{ "Bob is not known there; the registration has failed.", zh = "那里不认识 Bob 这个用户，注册失败了。",
			rule = "auth-401",
			why = { "A final response ends the transaction, not the attempt: the same request may be sent again with credentials.",
				zh = "最终响应结束的是事务，不是这次尝试：同样的请求可以带着凭据再来。" } },
		{ "The REGISTER has a mistake in its syntax, as all 4xx say.", zh = "REGISTER 有语法错误，4xx 都是这个意思。",
			rule = "auth-401",
			why = { "4xx says that this server does not accept this request as it is. The number says why: 400 would be the syntax.",
				zh = "4xx 表示这台服务器不能接受这样的请求。错在哪里由具体的状态码说明：语法错误是 400。" } },
		{ "It is asked who it is, and may answer with a new REGISTER.", right = true, rule = "auth-401",
			zh = "注册服务器问它是谁，由新的 REGISTER 回答。" },
		{ "It has to wait for a while before it may send it again.", zh = "它必须等一段时间，才能再次发送 REGISTER。", rule = "auth-401",
			why = { "That would be a 503, or another response with Retry-After. After a 401 the phone continues at once.",
				zh = "那是 503 或其他带 Retry-After 的响应。收到 401 后话机立即继续。" } },
	},
	points = 2,
	records = function(t) return t:first "status=401 kind=send" end,
}

task {
	draw = "proto=sip kind=send",
	points = 3,
	hint = { "`src=bob kind=send` is the phone's half: what makes it send another request after the first (RFC 3261 22.1), and what response does it get each time?",
		zh = "`src=bob kind=send` 是话机的一半：第一次之后它为什么再问一次（RFC 3261 22.1），每次得到什么？" },
	others = {
		{ find = { node = "registrar", rule = "auth-accept", record = function(t) return t:first "kind=auth op=accept" end }, rule = "auth-accept",
			ask = { "Find the record in which the registrar decides that it is Bob's phone: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.1 kind=auth", zh = "找出认定它是 Bob 的话机的那条记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.1 kind=auth" },
			why = { "The node that also knows the password computes the digest again: look for its result.", zh = "也知道密码的一方再算一次摘要：看它怎么说。" },
			hint = { "Of the three records of `kind=auth` it is neither the challenge nor the answer to it.", zh = "在 `kind=auth` 的三条记录中，是既不询问也不回答的那条。" },
			records = function(t) return t:first "kind=auth op=accept" end },
		{ find = { node = "bob", rule = function(t) return t:first("kind=auth op=answer").rule end, record = function(t) return t:first "kind=auth op=answer" end }, rule = "auth-answer",
			ask = { "Find the record in which the password is used for the first time: `node=… rule=… record=…`.\n\n    rung show rfc3665-2.1 kind=auth", zh = "找出第一次使用密码的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-2.1 kind=auth" },
			why = { "The digest is computed on both sides; which node does it first?", zh = "两侧都要算摘要；谁先算？" },
			hint = { "It is between the arrival of `401@registrar` and the next REGISTER.", zh = "它在 `401@registrar` 到达与下一个 REGISTER 之间。" },
			records = function(t) return t:first "kind=auth op=answer" end },
	},
}

task {
	number = function(t)
		return tonumber((t:last("method=REGISTER kind=send"):header("CSeq"):match "%d+"))
	end,
	rule = "auth-answer",
	wrong = {
		{ function(t) return tonumber((t:first("method=REGISTER kind=send"):header("CSeq"):match "%d+")) end,
			why = { "It is another request, in another transaction: the number goes up. Only a retransmission would keep it.",
				zh = "这是另一个请求，属于另一个事务：序号要增加。只有重传才保持不变。" } },
	},
	why = { "Read the number in CSeq of the REGISTER with the credentials. A new request gets the next one.",
		zh = "读带凭据的 REGISTER 的 CSeq 中的数。新请求用下一个数。" },
	records = function(t) return t:all "method=REGISTER kind=send" end,
	ahead = true,
	hint = { "Is it a retransmission, or another request? Compare `REGISTER@bob` and `REGISTER@bob#2`.", zh = "它是重传，还是另一个请求？`REGISTER@bob` 和 `REGISTER@bob#2` 会说明。" },
	others = {
		{ number = function(t) return t:count "kind=send method=ACK" end, rule = "ict-ack", unit = { "ACKs", zh = "个 ACK" }, ahead = true,
			ask = { "Before you look at the run: how many ACKs will be sent?\n\n    rung show rfc3665-2.1 kind=send", zh = "先不看运行：一共会发送多少个 ACK？\n\n    rung show rfc3665-2.1 kind=send" },
			wrong = { { { 1, 2 }, why = { "Not every final response is acknowledged.", zh = "不是每个最终响应都被确认。" } } },
			why = { "To which method alone does that request belong?", zh = "这个请求只属于哪种方法？" },
			hint = { "RFC 3261 17.1.1.3 says to which method an ACK belongs: is `401@registrar` or `200@registrar` a response to it?",
				zh = "它属于哪个方法，见 RFC 3261 17.1.1.3：`401@registrar` 或 `200@registrar` 是对该方法的响应吗？" } },
		{ number = function(t)
			local n, seen = 0, {}
			for _, r in ipairs(t:all "kind=send method=REGISTER") do
				if not seen[r.call_id] then
					seen[r.call_id] = true
					n = n + 1
				end
			end
			return n
		end, rule = "auth-answer", unit = { "Call-IDs", zh = "个 Call-ID" }, ahead = true,
			ask = { "Before you look at the run: how many different Call-IDs will the phone's REGISTERs have?\n\n    rung show rfc3665-2.1 -m method=REGISTER", zh = "先不看运行：话机的 REGISTER 会有多少个不同的 Call-ID？\n\n    rung show rfc3665-2.1 -m method=REGISTER" },
			wrong = { { 2, why = { "The number in CSeq and the branch are new; the rest stays.", zh = "新的是 CSeq 的数和 branch；其余不变。" } } },
			why = { "Compare the two: it is still the same registration.", zh = "把两者并排：仍是同一次注册。" },
			hint = { "RFC 3261 10.2 says what all REGISTERs of a phone to one registrar should share: look at `REGISTER@bob`, then at `REGISTER@bob#2`.",
				zh = "一部话机发给同一注册服务器的所有 REGISTER 应当有什么相同，见 RFC 3261 10.2：先看 `REGISTER@bob`，再看 `REGISTER@bob#2`。" },
			records = function(t) return t:all "kind=send method=REGISTER" end },
	},
}

task {
	choice = {
		{ "All but the password: who registers where for how long.", right = true,
			zh = "除密码外的一切：谁在哪里注册多久。" },
		{ "Nothing: the digest encrypts the message and its fields.", zh = "什么都不知道：摘要把消息及其字段加密了。", rule = "auth-answer",
			why = { "Every line stays readable. A digest proves that the sender knows the password; it hides nothing.",
				zh = "每一行都照样可读。摘要只证明知道密码，并不隐藏任何内容。" } },
		{ "The password: one can compute it back from the digest.", zh = "密码：可以由摘要反算出来。", rule = "auth-answer",
			why = { "There is no way back from a hash. She can only try passwords until one gives this digest.",
				zh = "散列不能逆推。她只能逐个试密码，直到得出同样的摘要。" } },
		{ "Only the nonce, and that is of no use to anybody.", zh = "只有 nonce，而它对谁都没有用。", rule = "auth-answer",
			why = { "Look at the whole message: From, To, Contact and the user name are readable.",
				zh = "看整条消息：From、To、Contact 和用户名都原样写在里面。" } },
	},
	points = 2,
	records = function(t) return t:last "method=REGISTER kind=send" end,
}

task {
	time = function(t) return t:first("kind=binding").time end,
	points = 2,
	rule = "register-ok",
	wrong = {
		{ function(t) return t:first("status=401 kind=send").time end,
			why = { "At that time the registrar only knows that somebody claims to be Bob.",
				zh = "那时注册服务器只知道有人自称是 Bob。" } },
		{ function(t) return t:first("status=200 kind=recv").time end,
			why = { "That is when the phone gets the 200.", zh = "那是话机得知的时间。" } },
		{ function(t) return t:last("method=REGISTER kind=send").time end,
			why = { "At that time the phone sends the REGISTER; it must still reach the registrar.", zh = "那时 REGISTER 刚离开话机，注册服务器还没有收到。" } },
	},
	why = { "Read the time of the record of kind binding at the registrar: it is when the second REGISTER has arrived.",
		zh = "读注册服务器上 binding 记录的时刻：即第二个 REGISTER 到达之时。" },
	records = function(t) return t:first "kind=binding" end,
	hint = { "The registrar does it when `REGISTER@bob#2` has arrived, directly after the record `kind=auth op=accept`.",
		zh = "注册服务器收到 `REGISTER@bob#2` 之后才做这件事，就在记录 `kind=auth op=accept` 之后。" },
}

task {
	goal = {
		{ "Bob's phone registers, and the registrar challenges once", zh = "Bob 的话机注册，注册服务器询问一次",
			function(t)
				local r = t:first "status=401 kind=send"
				return t:count "status=401 kind=send" == 1, r
			end, rule = "auth-401" },
		{ "later it refreshes its binding", zh = "之后它刷新绑定",
			function(t)
				local r = t:first "kind=binding op=refresh"
				return r ~= nil, r
			end },
		{ "and sends its credentials at once then: three REGISTERs in total", zh = "那时它直接带上凭据：一共三个 REGISTER",
			function(t)
				local r = t:all "method=REGISTER kind=send"
				return #r == 3 and r[3]:header "Authorization" ~= nil, r[3]
			end, rule = "auth-ahead-server",
			why = { "It still has the nonce of the challenge.", zh = "它仍持有质询中的 nonce。" } },
	},
	points = 2,
}
