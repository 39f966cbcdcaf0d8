-- The tasks of trunk-unreachable; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "net--sp1.delay=5ms..45ms:5ms", "seed=1..999:1" }

-- The question that found nobody, and whence the call had come there.
local function nobody(t)
	return t:first("kind=lookup op=query node=store", function(r) return r.targets == "[]" end)
end

local function sent_there(t)
	return t:first "kind=route node=sp2 how=program from=9s"
end

task {
	number = 404,
	wrong = {
		{ 503, why = { "That is what one of the provider's servers has said; the PBX continued with the other.", zh = "那是运营商的一台服务器说的；PBX 接着去找了另一台。" } },
		{ { 480, 408 }, why = { "It is another one: look at what arrives at his phone.", zh = "是另一个：看看到达他话机的是什么。" } },
	},
	rule = "proxy-final",
	why = { "It is the last response to his second INVITE.", zh = "它是他第二个 INVITE 的最后一个响应。" },
	ahead = true,
	hint = { "Compare `dst=pbxb from=9s` and `dst=bob from=9s`: the PBX continues with the next server after a 503, and after nothing else.",
		zh = "比较 `dst=pbxb from=9s` 和 `dst=bob from=9s`：PBX 只在收到 503 之后才去找下一台服务器。" },
	others = {
		{
			number = function(t) return t:count "kind=send method=INVITE from=8s" end,
			ask = { "Before you look at the run: how many INVITEs are sent for Bob's second call, on all hops together, until it has failed?\n\n    rung show trunk-unreachable method=INVITE kind=send from=8s",
				zh = "先不看运行：Bob 的第二个呼叫失败之前，各跳总共会发送多少个 INVITE？\n\n    rung show trunk-unreachable method=INVITE kind=send from=8s" },
			ahead = true,
			wrong = {
				{ 3, why = { "The second server of the provider does not itself reject the call.", zh = "运营商的第二台服务器并不自己拒绝。" } },
				{ { 5, 6 }, why = { "It does not reach Shanghai.", zh = "它没有到达上海。" } },
			},
			rule = "uac-failover",
			why = { "Count the transmissions of INVITE after 9 s, from his phone on.",
				zh = "数 9 s 之后从他的话机起 INVITE 的发送。" },
			hint = { "`kind=route from=9s to=10s` has the choices of a next hop in the call: those with a `→` are INVITEs that are sent, whatever the answer is.",
				zh = "`kind=route from=9s to=10s` 是这个呼叫中对下一跳的选择：带 `→` 的都是发出的 INVITE，不论随后返回什么。" },
			records = function(t) return t:all "kind=send method=INVITE from=8s" end,
		},
		{
			number = function(t) return t:count "kind=send status=404 from=8s" end,
			ask = { "Before you look at the run: Bob's second call fails with a 404. How many hops does that 404 take, from the node that makes it to Bob's phone?\n\n    rung show trunk-unreachable status=4xx kind=send from=8s",
				zh = "先不看运行：Bob 的第二个呼叫以 404 失败。从产生它的一方到 Bob 的话机，这个 404 会走几跳？\n\n    rung show trunk-unreachable status=4xx kind=send from=8s" },
			ahead = true,
			wrong = {
				{ 2, why = { "sp2 has not made it, either.", zh = "它也不是 sp2 产生的。" } },
				{ 4, why = { "It does not come from Shanghai, nor through sp1.", zh = "它不是来自上海，也不经过 sp1。" } },
			},
			rule = "proxy-final",
			why = { "Count the transmissions of that response after 9 s.",
				zh = "数 9 s 之后这个响应的发送。" },
			hint = { "The Vias of `404@store` say through which nodes it goes back: each removes its own, RFC 3261, 16.7, step 3.",
				zh = "`404@store` 的各个 Via 说明它经哪些节点返回：每个节点取走自己的一个，RFC 3261 第 16.7 节第 3 步。" },
			records = function(t) return t:all "kind=send status=404 from=8s" end,
		},
	},
}

task {
	choice = {
		{ "since her PBX is registered, and his PBX has to be looked up", zh = "因为她的 PBX 已注册，而他的 PBX 需要查找",
			why = { "It is the other way round: which PBX is looked up?", zh = "正相反：查找的是谁？" } },
		{ "since his PBX is known by its name, and nobody looks it up", zh = "因为他的 PBX 由名称得知，无需查找", right = true },
		{ "since the first server still lets calls from her account pass", zh = "因为第一台服务器仍放行来自她的账号的呼叫",
			why = { "It has said 503 to her call, too.", zh = "它对她的呼叫也返回了 503。" } },
		{ "since her call goes straight from PBX to PBX, past all servers", zh = "因为她的呼叫从 PBX 直达 PBX，绕过所有服务器",
			why = { "See which node has sent it to pbxb.", zh = "看看是谁把它发给 pbxb 的。" } },
	},
	points = 2,
	rule = "proxy-program",
}

task {
	find = {
		node = { "store", "sp2" },
		record = function(t) return { nobody(t), sent_there(t) } end,
	},
	points = 3,
	hint = { "At one second a node was asked for the same account: compare `kind=lookup op=query to=2s` with that of 9 s.",
		zh = "在第一秒也问过同一个账号：把 `kind=lookup op=query to=2s` 与 9 s 的比较。" },
	why = { "Follow Bob's second call from his PBX on, and compare each step with his first.", zh = "从 PBX 起跟踪 Bob 的第二个呼叫，逐步与第一个比较。" },
	others = {
		{
			draw = "method=INVITE to=2s",
			ask = { "Draw the INVITEs of Bob's first call, one line for each hop, such as `bob -> pbxb BYE`. Which node had the address of Shanghai's PBX?\n\n    rung show trunk-unreachable method=INVITE kind=send to=2s",
				zh = "画出 Bob 的第一个呼叫的 INVITE，每一跳一行，如 `bob -> pbxb BYE`。是谁知道上海的 PBX 在哪里？\n\n    rung show trunk-unreachable method=INVITE kind=send to=2s" },
			rule = "proxy-by-location",
			hint = { "`kind=lookup op=query to=2s` says which node had the address of Shanghai's PBX; `kind=route from=1s to=2s` has the choice of each next hop before and after that.",
				zh = "`kind=lookup op=query to=2s` 说明谁知道上海的 PBX 在哪里；`kind=route from=1s to=2s` 是在此之前和之后每次对下一跳的选择。" },
		},
		{
			draw = "method=INVITE from=4500ms to=8s",
			ask = { "Draw the INVITEs of Anna's call, one line for each hop, such as `anna -> pbxa BYE`. Why does no registrar receive it?\n\n    rung show trunk-unreachable method=INVITE kind=send from=4500ms to=8s",
				zh = "画出 Anna 的呼叫的 INVITE，每一跳一行，如 `anna -> pbxa BYE`。为什么没有注册服务器看到它？\n\n    rung show trunk-unreachable method=INVITE kind=send from=4500ms to=8s" },
			rule = "proxy-program",
			hint = { "`kind=route from=4.5s to=5.5s` has the choice of each next hop in her call, and how it was made; `status=503 kind=send to=6s` says which of them failed.",
				zh = "`kind=route from=4.5s to=5.5s` 是她的呼叫中每次对下一跳的选择及其依据；`status=503 kind=send to=6s` 说明哪一次没有结果。" },
		},
	},
}

task {
	text = { "reg" },
	points = 1,
	wrong = {
		{ "store", why = { "Nothing was ever stored there.", zh = "那里从未存入任何内容。" } },
		{ { "sp1", "sp2" }, why = { "They are servers for calls; see where the REGISTER was sent.", zh = "它们是处理呼叫的服务器；看看 REGISTER 发往哪里。" } },
		{ "ns", why = { "That one has servers, not users.", zh = "它知道服务器，不知道用户。" } },
	},
	rule = "register-ok",
	why = { "Which node has answered the REGISTER with 200?", zh = "谁以 200 应答了 REGISTER？" },
	records = function(t) return t:first "kind=send status=200 cseq=REGISTER" end,
	hint = { "A binding is stored where the REGISTER is accepted, RFC 3261, 10.3: `kind=binding text=trunks` has the record of that.",
		zh = "REGISTER 在哪里被接受，绑定就写在哪里，RFC 3261 第 10.3 节：`kind=binding text=trunks` 是那条记录。" },
	others = {
		{
			text = "sp2",
			ask = { "Which node has forwarded Anna's call to `pbxb`?\n\n    rung show trunk-unreachable method=INVITE dst=pbxb",
				zh = "是哪个节点把 Anna 的呼叫转发给 `pbxb`？\n\n    rung show trunk-unreachable method=INVITE dst=pbxb" },
			wrong = {
				{ "sp1", why = { "It answers 503 since 4 s.", zh = "它从 4 s 起就没有空闲。" } },
				{ { "reg", "store" }, why = { "They keep registrations; hers is a call to a PBX that has none.", zh = "它们保存注册；她呼叫的 PBX 没有注册。" } },
				{ "pbxa", why = { "It has sent the call to the provider.", zh = "它把呼叫发给了运营商。" } },
			},
			rule = "proxy-program",
			why = { "Look for the INVITE that arrives at `pbxb` after 5 s, and where it comes from.",
				zh = "找 5 s 之后到达 `pbxb` 的 INVITE，看它从哪里来。" },
			hint = { "At 5 s the maintenance has begun: `method=INVITE dst=pbxb from=4500ms to=8s`.",
				zh = "5 s 时维护已经开始：`method=INVITE dst=pbxb from=4500ms to=8s`。" },
			records = function(t) return t:first "kind=send method=INVITE dst=pbxb from=4500ms" end,
		},
		{
			text = "ns",
			ask = { "Which node has told `pbxa` at which server it can register?\n\n    rung show trunk-unreachable kind=send,lookup to=100ms",
				zh = "是哪个节点告诉 `pbxa` 可以向哪台服务器注册？\n\n    rung show trunk-unreachable kind=send,lookup to=100ms" },
			wrong = {
				{ "reg", why = { "That is the server itself; it has only waited.", zh = "那是服务器本身；它只是在等。" } },
				{ { "sp1", "sp2" }, why = { "They are servers for calls.", zh = "它们是处理呼叫的服务器。" } },
				{ "store", why = { "That one was not mentioned to it.", zh = "没有谁提到过它。" } },
			},
			rule = "dns-ask",
			why = { "Look for the message that arrives at `pbxa` before it sends anything but a query.",
				zh = "看 `pbxa` 除询问之外还没有发送任何消息时收到的是什么。" },
			hint = { "`dst=pbxa kind=send to=100ms` is everything that `pbxa` receives at first: which of these says where to send, RFC 3263, 4, answers a query, RFC 1034, 5.3.1, and arrives before `REGISTER@pbxa`?",
				zh = "`dst=pbxa kind=send to=100ms` 是 `pbxa` 最初听到的全部：哪一条说明该去哪里（RFC 3263 第 4 节），回答所问（RFC 1034 第 5.3.1 节），而且先于 `REGISTER@pbxa`？" },
			records = function(t) return t:first "kind=send method=answer dst=pbxa" end,
		},
	},
}

task {
	choice = {
		{ "Yes: it goes to both registrars; each of them stores the Contact.", zh = "会：它发往两台注册服务器；各自存放 Contact。",
			why = { "See where the first ones were sent.", zh = "看看最初的那些发往哪里。" } },
		{ "No: it goes to the registrar that knows it and leaves the other untold.", zh = "不会：它发往已经知道它的注册服务器，另一台无从得知。", right = true },
		{ "Yes: as soon as the old binding expires, the call goes to To's number.", zh = "会：旧绑定一到期，呼叫就发往 To 中的号码。",
			why = { "Without a binding there is no address to send it to.", zh = "没有绑定就无处可去。" } },
		{ "No: while sp1 says 503 no REGISTER gets to anybody at all.", zh = "不会：只要 sp1 返回 503，任何 REGISTER 都到不了任何人那里。",
			why = { "It does not pass sp1.", zh = "它不经过 sp1。" } },
	},
	points = 2,
	hint = { "`method=REGISTER kind=send to=1s` shows where the first ones were sent. A refresh takes the same path: is there a second registrar on it, or one that informs the other?",
		zh = "`method=REGISTER kind=send to=1s` 显示最初的 REGISTER 去了哪里。刷新走同样的路：路上有第二个注册服务器吗，或者有谁告知另一个？" },
}

task {
	goal = {
		{ "the first server has no time", zh = "第一台服务器没有空闲",
			function(t) return t:first "kind=send status=503 src=sp1" end },
		{ "Bob's call comes to Anna by the second one", zh = "Bob 的呼叫经第二台服务器到达 Anna",
			function(t)
				local asked = t:first "kind=send status=503 src=sp1"
				return asked ~= nil and t:first("kind=send method=INVITE dst=pbxa from=" .. asked.time .. "s")
			end,
			why = { "Where must sp2 send the call?", zh = "sp2 应该把呼叫发往哪里？" } },
		{ "she answers", zh = "她接听",
			function(t)
				local asked = t:first "kind=send status=503 src=sp1"
				return asked ~= nil and t:first("kind=send status=200 cseq=INVITE src=anna from=" .. asked.time .. "s")
			end },
	},
	points = 3,
	hint = { "In the network sp2 may have the program of sp1; or the second registrar gets the bindings of the first one (`bind`).",
		zh = "在网络文件中，sp2 可以使用 sp1 的程序；或者让第二台注册服务器得知第一台所知道的（`bind`）。" },
}
