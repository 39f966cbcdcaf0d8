-- The tasks of rfc3665-2.3; their texts are in README.md.
lesson { minutes = 10, level = 1 }
vary { "bob.expires=300s..3600s:300s", "seed=1..999:1" }

local function seconds_left(t)
	return tonumber(t:first("status=200 kind=send"):header("Contact"):match "expires=(%d+)")
end

task {
	choice = {
		{ "It takes all bindings of the user away.", zh = "撤销该用户已有的所有绑定。", rule = "register-star",
			why = { "That is Contact: * with Expires: 0.", zh = "那是 Contact: * 加 Expires: 0。" } },
		{ "It binds the address that the request came from.", zh = "把请求的来源地址绑定到该用户。", rule = "register-fetch",
			why = { "Only what stands in Contact is ever bound.", zh = "只有写在 Contact 里的才会被绑定。" } },
		{ "It is incomplete, and answered with 400.", zh = "它不完整，注册服务器返回 400。", rule = "register-fetch",
			why = { "Contact may be missing in a REGISTER; To, From, Call-ID, CSeq, Via and Max-Forwards may not.",
				zh = "REGISTER 可以没有 Contact；To、From、Call-ID、CSeq、Via 和 Max-Forwards 则不能没有。" } },
		{ "It changes nothing; the answer lists what there is.", right = true, rule = "register-fetch",
			zh = "什么也不改变；响应列出现有的绑定。" },
	},
	points = 2,
	records = function(t) return t:first "method=REGISTER kind=send" end,
}

task {
	number = seconds_left,
	unit = { "s", zh = "秒" },
	rule = "register-fetch",
	wrong = {
		{ function(t) return seconds_left(t) + 1 end,
			why = { "So long it had when the run began; the clock has gone on, and a question refreshes nothing.",
				zh = "那是运行开始时的值；时间已经过去，而询问不会刷新。" } },
	},
	why = { "Read `expires` behind the Contact of the 200.",
		zh = "读 200 的 Contact 之后的 `expires`。" },
	records = function(t) return t:first "status=200 kind=send" end,
}

task {
	number = function(t) return t:count "kind=binding from=1ms" end,
	points = 2,
	rule = "register-fetch",
	wrong = {
		{ 1, why = { "What comes at 0 s is the registration before the run; the record at the registrar later is a lookup (fetch), which changes nothing.",
			zh = "0 s 的那条是运行之前的注册；之后注册服务器上的记录是查询（fetch），什么也不改变。" } },
	},
	why = { "Count the records of kind binding behind those of the beginning; a lookup is none.",
		zh = "数开头那些之后的 binding 记录；lookup 不算。" },
	records = function(t) return t:last "kind=lookup" end,
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
