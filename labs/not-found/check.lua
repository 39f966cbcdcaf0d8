-- The tasks of not-found; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "the one with 404: the server may be up again by then", zh = "404 的那次：那时服务器可能已恢复",
			why = { "The domain does not know the name: an hour changes nothing.",
				zh = "该域没有这个名字：过一小时也一样。" }, rule = "proxy-404" },
		{ "the one with 480: the phone may be there by then", zh = "480 的那次：那时话机可能已接入", right = true },
		{ "the one with 500: the line may be free again by then", zh = "500 的那次：那时线路可能空闲",
			why = { "There is no such domain, as the explanation says; it must be spelt correctly first.",
				zh = "解释说明没有这个域；必须先改正拼写。" }, rule = "proxy-unreachable" },
		{ "none: by then, the final response still forbids to try again", zh = "一次也没有：那时最终响应仍不允许再试",
			why = { "It ends this attempt. Another one may be made at any time.",
				zh = "它结束的是这一次尝试。任何时候都可以再试。" } },
	},
	rule = "proxy-480",
	records = function(t) return { t:get "404@bil", t:get "480@bil", t:get "500@atl" } end,
	ahead = true,
}

task {
	find = {
		node = "bil",
		rule = "proxy-480",
		record = function(t) return t:get "480@bil" end,
	},
	points = 3,
	rule = "proxy-480",
	why = { "A 480 says: the user is known here, but has no binding. Look which node sends it first; explain that record.",
		zh = "480 的意思是：这里知道该用户，但没有绑定。看谁最先发送它；对该记录用 explain。" },
	records = function(t) return t:get "480@bil" end,
	hint = { "The first sender of a `480` in `kind=send status=480` has decided; explain that record.", zh = "`kind=send status=480` 中最先发送 `480` 的作出了决定；对该记录用 explain。" },
	others = {
		{ find = { node = "bil", rule = "proxy-404", record = function(t) return t:get "404@bil" end }, rule = "proxy-404",
			ask = { "Nobody is called bab: 404. Find which server answers this, by which rule, in which record: `node=… rule=… record=…`.\n\n    rung show not-found status=404\n    rung explain not-found RECORD", zh = "没有人叫 bab：404。找出是哪个服务器、按哪条规则、在哪条记录中这样响应的：`node=… rule=… record=…`。\n\n    rung show not-found status=404\n    rung explain not-found RECORD" },
			why = { "Look which node sends the 404 first; explain that record: which node is responsible for the domain of the name?", zh = "看谁最先发送 404；对该记录用 explain：谁负责这个名字的域？" },
			hint = { "Go through `kind=send status=404` from its beginning: the second node only forwards it.", zh = "从头看 `kind=send status=404`：第二个只是转发。" },
			records = function(t) return t:get "404@bil" end },
		{ find = { node = "atl", rule = "proxy-unreachable", record = function(t) return t:get "500@atl" end }, rule = "proxy-unreachable",
			ask = { "There is no domain bilox.example.com: 500. Find which server answers this, by which rule, in which record: `node=… rule=… record=…`.\n\n    rung show not-found status=500\n    rung explain not-found RECORD", zh = "没有 bilox.example.com 这个域：500。找出是哪个服务器、按哪条规则、在哪条记录中这样响应的：`node=… rule=… record=…`。\n\n    rung show not-found status=500\n    rung explain not-found RECORD" },
			why = { "The INVITE gets no further than the server that can't find a next hop; explain its response.", zh = "INVITE 只到找不到下一跳的服务器为止；对它的响应用 explain。" },
			hint = { "How far does the third INVITE get? `method=INVITE from=5s` shows its hops.", zh = "第三个 INVITE 到了哪里？`method=INVITE from=5s` 显示它的各跳。" },
			records = function(t) return t:get "500@atl" end },
	},
}

task {
	time = function(t)
		return t:get("404@atl"):arrival().time - t:get("INVITE@alice").time
	end,
	wrong = {
		{ function(t) return t:get("404@bil").time - t:get("INVITE@alice").time end,
			why = { "At that time bil sends it; the 404 must still reach her.", zh = "那时 bil 刚返回 404；它还在途中。" } },
		{ function(t) return t:get("404@atl").time - t:get("INVITE@alice").time end,
			why = { "At that time atl sends it; the line takes 10 ms more.", zh = "那时 atl 刚发送它；线路还要 10 ms。" } },
		{ function(t) return t:get("404@atl"):arrival().time end,
			why = { "That is the time since the start of the run; count from the INVITE.", zh = "那是运行的时刻；应从 INVITE 算起。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of its first INVITE, and the arrival of the 404. Subtract their times.",
		zh = "看 Alice 的话机的两条记录：它发送第一个 INVITE，以及 404 到达。两个时刻相减。" },
	records = function(t) return t:get("404@atl"):arrival() end,
	hint = { "The time begins with `INVITE@alice`; of the records of the 404 only `status=404 node=alice kind=recv` is at her phone.",
		zh = "从 `INVITE@alice` 开始；404 的记录中只有 `status=404 node=alice kind=recv` 在她的话机上。" },
}

task {
	text = "503",
	rule = "proxy-unreachable",
	wrong = {
		{ "404", why = { "atl is not responsible for that domain: it can't know whether the name exists.",
			zh = "atl 不负责那个域：它无法知道这个名字是否存在。" } },
		{ "408", why = { "No INVITE was sent to it, so nothing timed out.", zh = "没有问过任何人，所以也没有人不回答。" } },
	},
	why = { "The explanation of the 500 has a step about a failure on the way: which status stands for it?",
		zh = "对 500 的解释里有一步说到途中的失败：哪个状态码代表它？" },
	records = function(t) return t:get "500@atl" end,
	hint = { "RFC 3261 16.7, step 6, has one status that a proxy forwards as 500; 16.9, in the first step of `rung explain not-found 500@atl`, says for which targets it assumes that status.", zh = "RFC 3261 第 16.7 节第 6 步有一个状态码，代理服务器不原样转发，而是以 500 转发；`rung explain not-found 500@atl` 的第一步引用第 16.9 节，说明对怎样的目标把它当作其响应。" },
	others = {
		{ number = function(t) return t:count "method=INVITE kind=recv node=bil" end, rule = "proxy-unreachable", unit = { "INVITEs", zh = "个 INVITE" },
			ask = { "How many INVITEs reach `bil` in the whole run?\n\n    rung show not-found method=INVITE", zh = "在整个运行中，有多少个 INVITE 到达 `bil`？\n\n    rung show not-found method=INVITE" },
			wrong = { { 3, why = { "One of the three calls gets no further than `atl`.", zh = "三个呼叫中有一个只到 `atl` 为止。" } }, { 1, why = { "It decides about more than one of the calls.", zh = "它处理的呼叫不止一个。" } } },
			why = { "Alice calls three times; for which domains does `atl` forward the INVITE?", zh = "Alice 呼叫三次；哪些域的 INVITE 在 `atl` 之后继续前行？" },
			hint = { "`kind=route node=atl` shows for which of the calls `atl` finds a next hop, by the domain of the name.",
				zh = "`kind=route node=atl` 说明 `atl` 按名字的域，为哪几次呼叫找到了转发的去处。" },
			records = function(t) return t:all "method=INVITE kind=recv node=bil" end },
		{ number = function(t) return t:count "method=INVITE kind=recv node=bob" end, rule = "proxy-480", unit = { "INVITEs", zh = "个 INVITE" },
			ask = { "How many INVITEs reach Bob's phone in the whole run?\n\n    rung show not-found method=INVITE", zh = "在整个运行中，有多少个 INVITE 到达 Bob 的话机？\n\n    rung show not-found method=INVITE" },
			wrong = { { 1, why = { "He is called, but has removed his binding before.", zh = "有人呼叫他，但他先前已撤销绑定。" } }, { 2, why = { "Two reach his proxy. What does the proxy know about his location?", zh = "有两个到达他的代理服务器。它知道他在哪里吗？" } } },
			why = { "See for each call how far its INVITE gets.", zh = "对每个呼叫，看它的 INVITE 到了哪里。" },
			hint = { "Which line of `method=INVITE kind=recv` has his phone as its receiver?", zh = "`method=INVITE kind=recv` 的哪一行里有他的话机？" },
			records = function(t) return t:get "480@bil" end },
	},
}

task {
	goal = {
		{ "Alice calls bab of biloxi.example.com", zh = "Alice 呼叫 biloxi.example.com 的 bab",
			function(t) return t:count 'method=INVITE kind=send src=alice text=sip:bab@biloxi.example.com' > 0 end },
		{ "she gets 410", zh = "她收到 410",
			function(t)
				local gone = t:first "status=410 kind=recv node=alice"
				return gone ~= nil, gone
			end },
		{ "no node sends 404", zh = "没有人返回 404",
			function(t) return t:count "status=404" == 0 end },
	},
	points = 2,
}
