-- The tasks of rfc3665-2.4; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob--lan.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	time = function(t)
		return t:first("kind=timer node=bob name=refresh op=stop").time
	end,
	points = 2,
	rule = "register-remove",
	wrong = {
		{ function(t) return t:first("status=200 kind=recv").time end,
			why = { "At that time the phone knows that it worked. It stops the timer as soon as it wants to remove the binding.",
				zh = "那时话机才知道成功了。它一打算撤销就停掉定时器。" } },
		{ "3240s", why = { "At that time it would have fired.", zh = "那时定时器本来会到期。" } },
	},
	why = { "Look for the record in which the timer called refresh is stopped at Bob's phone: the question asks for its time.",
		zh = "找 Bob 的话机停止 refresh 定时器的记录：要的是它的时刻。" },
	ahead = true,
	hint = { "`kind=timer name=refresh node=bob` has the time: does it wait for the 200?", zh = "`kind=timer name=refresh node=bob` 中有这个时刻：它等 200 吗？" },
	others = {
		{ time = function(t) return t:first("kind=binding op=remove").time end, rule = "register-star", ahead = true,
			ask = { "Before you look at the run: the path from Bob's phone to the registrar takes 20 ms in the lab as it stands, in a copy the sum of the delays in its topology. At which time of the run will the registrar remove the binding?\n\n    rung show rfc3665-2.4 kind=binding", zh = "先不看运行：从 Bob 的话机到注册服务器，原实验中需要 20 ms，副本中是其拓扑中各段时延之和。注册服务器会在运行的哪个时刻撤销绑定？\n\n    rung show rfc3665-2.4 kind=binding" },
			wrong = { { function(t) return t:first("status=200 kind=recv").time end, why = { "At that time the phone knows it.", zh = "那时话机才得知。" } }, { 1, why = { "At that time the phone sends the REGISTER.", zh = "那时 REGISTER 刚离开话机。" } } },
			why = { "It does so when the REGISTER has arrived.", zh = "它在 REGISTER 到达时这样做。" },
			hint = { "The phone sends it at 1 s; the binding is removed when it arrives, `method=REGISTER kind=recv`, and neither before nor when the response has arrived.",
				zh = "它在 1 s 离开话机；到达时（`method=REGISTER kind=recv`）绑定消失，既不更早，也不是在响应到达之后。" },
			records = function(t) return t:first "kind=binding op=remove" end },
		{ time = function(t) return t:first("status=200 kind=recv").time end, rule = "register-ok", ahead = true,
			ask = { "Before you look at the run: each direction between Bob's phone and the registrar takes 20 ms in the lab as it stands, in a copy the sum of the delays in its topology. At which time of the run will the phone know that its bindings are removed?\n\n    rung show rfc3665-2.4 cseq=REGISTER", zh = "先不看运行：Bob 的话机与注册服务器之间的单程，原实验中为 20 ms，副本中是其拓扑中各段时延之和。话机会在运行的哪个时刻知道绑定已撤销？\n\n    rung show rfc3665-2.4 cseq=REGISTER" },
			wrong = { { function(t) return t:first("status=200 kind=send").time end, why = { "At that time the registrar sends the 200, which must still arrive.", zh = "那时注册服务器刚返回；200 还在途中。" } }, { 1, why = { "At that time it sends the REGISTER; it does not know the result yet.", zh = "那时它打算撤销；还不知道结果。" } } },
			why = { "The REGISTER is sent at 1 s; add the delay of both directions.", zh = "REGISTER 在 1 s 发出；去一程，回一程。" },
			hint = { "Add both directions to 1 s; `status=200 kind=recv node=bob` has the time.", zh = "从 1 s 起两程；`status=200 kind=recv node=bob` 中有这个时刻。" },
			records = function(t) return t:first "status=200 kind=recv" end },
	},
}

task {
	choice = {
		{ "Contact: * and Expires: 0", zh = "Contact: * 和 Expires: 0", right = true, rule = "register-star" },
		{ "no Contact, and Expires: 0", zh = "无 Contact，有 Expires: 0", rule = "register-fetch",
			why = { "Without a Contact it would be a query.", zh = "没有 Contact 就是询问。" } },
		{ "To: * and Expires: 0", zh = "To: * 和 Expires: 0", rule = "register-aor",
			why = { "To names whose bindings they are: Bob's. The star stands for his contacts.",
				zh = "To 说明是谁的绑定：Bob 的。星号代表他的各个联系地址。" } },
		{ "Contact: the phone's and expires=0", zh = "Contact: 话机的 URI 和 expires=0", rule = "register-remove",
			why = { "That removes this one, and leaves those of other phones.", zh = "那只撤销这一个，其他话机的保留。" } },
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
		{ 1, why = { "The 200 lists what is bound now, not what was bound before.", zh = "200 列出现在的绑定，而不是以前的。" } },
	},
	why = { "Read the 200 field by field, and think of which bindings the registrar still has at 2 s.",
		zh = "逐个字段读 200，并看 2 s 时注册服务器的状态里还剩什么。" },
	records = function(t) return t:first "status=200 kind=send" end,
	hint = { "Compare `200@registrar` with the state of the registrar at that time (`--at=2s --node=registrar`).", zh = "把 `200@registrar` 与那时注册服务器的状态（`--at=2s --node=registrar`）比较。" },
	others = {
		{ number = function(t) return t:first("kind=timer node=bob name=refresh op=set").length / 1e9 end, rule = "register-refresh", unit = { "s", zh = "秒" },
			ask = { "Bob's phone had planned to refresh its binding. How many seconds after 0 s would it have done so?\n\n    rung show rfc3665-2.4 kind=timer node=bob", zh = "Bob 的话机曾计划刷新它的绑定。它本来会在 0 s 之后多少秒刷新？\n\n    rung show rfc3665-2.4 kind=timer node=bob" },
			wrong = { { 3600, why = { "That is how long the binding would have lasted; the phone refreshes it before that.", zh = "这是绑定的时长；话机会在那之前来。" } }, { { 1, 1.02 }, why = { "At that time the refresh was given up.", zh = "那时计划被放弃了。" } } },
			why = { "Look for the record in which the timer called refresh is set: the question asks for its length.", zh = "找设置 refresh 定时器的记录：要的是它的长度。" },
			hint = { "`kind=timer name=refresh node=bob` has two records: at the beginning, and at 1 s.", zh = "`kind=timer name=refresh node=bob` 有两条记录：开头的，以及 1 s 的。" },
			records = function(t) return t:first "kind=timer node=bob name=refresh op=set" end },
		{ number = function(t)
			local r, n = t:first "method=REGISTER kind=send", 0 while r:header("Contact", n + 1) do
				n = n + 1
			end
			return n
		end, rule = "register-star", unit = { "fields", zh = "个字段" },
			ask = { "How many Contact fields does the REGISTER have that removes all bindings?\n\n    rung show rfc3665-2.4 -m method=REGISTER", zh = "撤销所有绑定的 REGISTER 有几个 Contact 字段？\n\n    rung show rfc3665-2.4 -m method=REGISTER" },
			wrong = { { 0, why = { "Without one it would be a query.", zh = "没有就是询问。" } }, { 2, why = { "The star may have no other contact next to it.", zh = "代表全部的那个旁边不得有别的。" } } },
			why = { "Count the lines that begin with Contact; their content does not matter.", zh = "数以 Contact 开头的行；里面写什么不重要。" },
			hint = { "A star stands for all of them (RFC 3261 10.2.2): count the lines of `REGISTER@bob` that begin with Contact, not the bindings in `kind=binding op=remove`.", zh = "星号代表全部（RFC 3261 10.2.2）：数 `REGISTER@bob` 中以 Contact 开头的行，而不是 `kind=binding op=remove` 中的绑定。" },
			records = function(t) return t:first "method=REGISTER kind=send" end },
	},
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
	why = { "The record is one of kind binding whose op is remove: which node keeps the bindings, and by which rule is this one removed? `rung explain` names it.",
		zh = "这是一条 op 为 remove 的 binding 记录：绑定由谁保存，按哪条规则删除？`rung explain` 会给出。" },
	hint = { "At 0 s a binding is created: `kind=binding from=0.5s` leaves that out. RFC 3261 10.3 step 6 is about what the REGISTER asks for, and `rung explain` names the rule.",
		zh = "0 s 时建立绑定：`kind=binding from=0.5s` 把它去掉。REGISTER 所要求的见 RFC 3261 10.3 第 6 步，`rung explain` 给出规则。" },
	others = {
		{ find = { node = "registrar", rule = "auth-accept", record = function(t) return t:first "kind=auth op=accept" end }, rule = "auth-accept",
			ask = { "Find the record in which the registrar decides that Bob may do this: `node=… rule=… record=…`. Replace N by its number.\n\n    rung show rfc3665-2.4 kind=auth\n    rung explain rfc3665-2.4 N", zh = "找出认定 Bob 可以这样做的记录：`node=… rule=… record=…`。N 取它的编号。\n\n    rung show rfc3665-2.4 kind=auth\n    rung explain rfc3665-2.4 N" },
			why = { "The record is one of kind auth whose op is accept: which node compares the digests, and by which rule? `rung explain` names it.", zh = "这是一条 op 为 accept 的 auth 记录：由谁比较摘要，按哪条规则？`rung explain` 会给出。" },
			hint = { "It comes just before the binding is removed: `kind=auth from=1.01s`.", zh = "它就在绑定删除之前：`kind=auth from=1.01s`。" },
			records = function(t) return t:first "kind=auth op=accept" end },
		{ find = { node = "bob", rule = function(t) return t:first("kind=timer node=bob name=refresh op=stop").rule end, record = function(t) return t:first "kind=timer node=bob name=refresh op=stop" end },
			ask = { "Find the record in which the refresh of the binding is given up: `node=… rule=… record=…`. Replace N by its number.\n\n    rung show rfc3665-2.4 kind=timer\n    rung explain rfc3665-2.4 N", zh = "找出放弃刷新绑定的记录：`node=… rule=… record=…`。N 取它的编号。\n\n    rung show rfc3665-2.4 kind=timer\n    rung explain rfc3665-2.4 N" },
			why = { "The record is one of kind timer whose op is stop and whose name is refresh; `rung explain` names its rule.", zh = "这是一条 op 为 stop、名为 refresh 的 timer 记录；`rung explain` 给出它的规则。" },
			hint = { "`kind=timer name=refresh` has two records: set, and stopped.", zh = "`kind=timer name=refresh` 有两条记录：设置和停止。" },
			records = function(t) return t:first "kind=timer node=bob name=refresh op=stop" end },
	},
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
		{ "the registrar rejects it with 400", zh = "注册服务器以 400 拒绝",
			function(t)
				local r = t:first "status=400 cseq=REGISTER kind=send"
				return r ~= nil, r
			end, rule = "register-star",
			why = { "With a password the registrar first sends a challenge: 401.", zh = "要求密码时，注册服务器先询问：401。" } },
		{ "Bob's binding stays", zh = "Bob 的绑定保留",
			function(t)
				local r = t:first "kind=binding op=remove"
				return r == nil, r
			end },
	},
	points = 3,
	rule = "register-star",
}
