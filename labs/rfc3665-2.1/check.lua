-- The tasks of rfc3665-2.1; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "bob--lan.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	choice = {
		{ "Bob is not known there; the registration has failed.", zh = "那里不认识 Bob 这个用户，注册失败了。",
			rule = "auth-401",
			why = { "A final response ends the transaction, not the attempt: the same request may come again with credentials.",
				zh = "最终响应结束的是事务，不是这次尝试：同样的请求可以带着凭据再来。" } },
		{ "The REGISTER has a mistake in its syntax, as all 4xx say.", zh = "REGISTER 有语法错误，4xx 都是这个意思。",
			rule = "auth-401",
			why = { "4xx says that this request does not do for this server. What is wrong with it is said by the number: 400 would be the syntax.",
				zh = "4xx 表示这台服务器不能接受这样的请求。错在哪里由具体的状态码说明：语法错误是 400。" } },
		{ "It is asked who it is, and may answer with a new REGISTER.", right = true, rule = "auth-401",
			zh = "有人问它是谁，它可以用新的 REGISTER 回答。" },
		{ "It has to wait for a while before it may send it again.", zh = "它必须等一段时间才能再次发送。", rule = "auth-401",
			why = { "That would be a 503, or another response with Retry-After. After a 401 the phone goes on at once.",
				zh = "那是 503 或其他带 Retry-After 的响应。收到 401 后话机立即继续。" } },
	},
	points = 2,
	records = function(t) return t:first "status=401 kind=send" end,
}

task {
	draw = "proto=sip kind=send",
	points = 3,
	hint = { "Two transactions, each a request and its response.", zh = "两个事务，各有一个请求和一个响应。" },
}

task {
	number = function(t)
		return tonumber((t:last("method=REGISTER kind=send"):header("CSeq"):match "%d+"))
	end,
	rule = "auth-answer",
	wrong = {
		{ function(t) return tonumber((t:first("method=REGISTER kind=send"):header("CSeq"):match "%d+")) end,
			why = { "It is another request, in another transaction: the number goes up. Only a repetition would keep it.",
				zh = "这是另一个请求，属于另一个事务：序号要增加。只有重传才保持不变。" } },
	},
	why = { "Read the number in CSeq of the REGISTER with the credentials. A new request gets the next one.",
		zh = "读带凭据的 REGISTER 的 CSeq 中的数。新请求用下一个数。" },
	records = function(t) return t:all "method=REGISTER kind=send" end,
}

task {
	choice = {
		{ "All but the password: who registers, where, for how long.", right = true,
			zh = "除密码外的一切：谁在哪里注册多久。" },
		{ "Nothing: the digest encrypts the message and its fields.", zh = "什么都不知道：摘要把消息及其字段加密了。", rule = "auth-answer",
			why = { "Every line stays readable. A digest proves that one knows the password; it hides nothing.",
				zh = "每一行都照样可读。摘要只证明知道密码，并不隐藏任何内容。" } },
		{ "The password: one can compute it back from the digest.", zh = "密码：可以由摘要反算出来。", rule = "auth-answer",
			why = { "There is no way back from a hash. She can only try passwords until one gives this digest.",
				zh = "散列不能逆推。她只能逐个试密码，直到得出同样的摘要。" } },
		{ "Only the nonce, and that is of no use to anybody.", zh = "只有 nonce，而它对谁都没有用。", rule = "auth-answer",
			why = { "Look at the whole message: From, To, Contact and the user name stand in it as they are.",
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
			why = { "At that moment the registrar knows nothing yet but that somebody says he is Bob.",
				zh = "那时注册服务器只知道有人自称是 Bob。" } },
		{ function(t) return t:first("status=200 kind=recv").time end,
			why = { "That is when the phone hears of it.", zh = "那是话机得知的时间。" } },
		{ function(t) return t:last("method=REGISTER kind=send").time end,
			why = { "Then the REGISTER leaves the phone; the registrar has still to get it.", zh = "那时 REGISTER 刚离开话机，注册服务器还没有收到。" } },
	},
	why = { "Read the time of the record of kind binding at the registrar: it is when the second REGISTER has arrived.",
		zh = "读注册服务器上 binding 记录的时刻：即第二个 REGISTER 到达之时。" },
	records = function(t) return t:first "kind=binding" end,
}
