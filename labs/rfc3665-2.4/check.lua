-- The tasks of rfc3665-2.4; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob--lan.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	choice = {
		{ "Contact: * and Expires: 0", zh = "Contact: * 和 Expires: 0", right = true, rule = "register-star" },
		{ "Expires: 0, and no Contact at all", zh = "Expires: 0，完全没有 Contact", rule = "register-fetch",
			why = { "Without a Contact it would be a question.", zh = "没有 Contact 就是询问。" } },
		{ "To: * and Expires: 0", zh = "To: * 和 Expires: 0", rule = "register-aor",
			why = { "To names whose bindings they are: Bob's. The star stands for his contacts.",
				zh = "To 说明是谁的绑定：Bob 的。星号代表他的各个联系地址。" } },
		{ "the phone's Contact with expires=0", zh = "话机的 Contact 加 expires=0", rule = "register-remove",
			why = { "That takes this one away, and leaves those of other phones.", zh = "那只撤销这一个，其他话机的保留。" } },
	},
	points = 2,
	records = function(t) return t:first "method=REGISTER kind=send" end,
}

task {
	number = function(t)
		local r, n = t:first "status=200 kind=send", 0
		while r:header("Contact", n + 1) do
			n = n + 1
		end
		return n
	end,
	rule = "register-ok",
	wrong = {
		{ 1, why = { "The 200 lists what is bound now, not what was: nothing.", zh = "200 列出现在的绑定，而不是以前的：一个也没有。" } },
	},
	why = { "Read the 200 field by field, and think of what the state of the registrar at 2 s has left.",
		zh = "逐个字段读 200，并看 2 s 时注册服务器的状态里还剩什么。" },
	records = function(t) return t:first "status=200 kind=send" end,
}

task {
	time = function(t)
		return t:first("kind=timer node=bob name=refresh op=stop").time
	end,
	points = 2,
	rule = "register-remove",
	wrong = {
		{ function(t) return t:first("status=200 kind=recv").time end,
			why = { "So late the phone knows that it worked. It stops the timer as soon as it wants to be gone.",
				zh = "那时话机才知道成功了。它一打算撤销就停掉定时器。" } },
		{ "3240s", why = { "Then it would have fired.", zh = "那时定时器本来会到期。" } },
	},
	why = { "Look for the record in which the timer called refresh is stopped at Bob's phone: its time is asked for.",
		zh = "找 Bob 的话机停止 refresh 定时器的记录：要的是它的时刻。" },
}

task {
	find = {
		node = "registrar",
		rule = { "register-remove", "register-star" },
		record = function(t)
			return t:first "kind=binding op=remove"
		end,
	},
	points = 3,
	why = { "The record is one of kind binding whose op is remove: who keeps the bindings, and by which rule does this one go? `rung explain` names it.",
		zh = "这是一条 op 为 remove 的 binding 记录：绑定由谁保存，按哪条规则删除？`rung explain` 会给出。" },
	hint = { "The second command of this task says the rule.", zh = "本题的第二条命令会说明规则。" },
}

local function forbidden(r)
	return r:header "Contact" == "*" and (r:header "Expires" or "0") ~= "0"
end

task {
	goal = {
		{ "a REGISTER with Contact * and an Expires other than 0 arrives", zh = "带 Contact * 而 Expires 不为 0 的 REGISTER 到达",
			function(t)
				return t:first("method=REGISTER kind=recv", forbidden)
			end },
		{ "the registrar refuses it with 400", zh = "注册服务器以 400 拒绝",
			function(t)
				local r = t:first "status=400 cseq=REGISTER kind=send"
				return r ~= nil, r
			end, rule = "register-star",
			why = { "With a password the registrar asks first: 401.", zh = "要求密码时，注册服务器先询问：401。" } },
		{ "Bob's binding stays", zh = "Bob 的绑定保留",
			function(t)
				local r = t:first "kind=binding op=remove"
				return r == nil, r
			end },
	},
	points = 3,
	rule = "register-star",
}
