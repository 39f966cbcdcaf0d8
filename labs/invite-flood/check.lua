-- The tasks of invite-flood; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "px.capacity=30..36:1", "lan--mallory.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function reached(t)
	return t:all "kind=send method=INVITE src=px dst=dave"
end

local function full(t)
	return t:first "kind=send status=503 src=px"
end

task {
	number = 503,
	rule = "proxy-overload",
	wrong = {
		{ 200, why = { "Bob's phone is free, but the request has to get there.", zh = "Bob 的话机空闲，但请求得先到达那里。" } },
		{ { 486, 600 }, why = { "That would be Bob's phone saying so. Does the INVITE come to it?", zh = "那得由 Bob 的话机说出。INVITE 到得了它吗？" } },
		{ 408, why = { "The server is not silent: it says that it has no room.", zh = "服务器并不沉默：它说自己没有余地。" } },
	},
	ahead = true,
	why = { "The server keeps each call that rings. What does it say when it can keep no more?", zh = "服务器要保留每个正在振铃的呼叫。再也保留不下时它怎么说？" },
	hint = { "RFC 3261, section 21.5.4, has the status of a server that can't handle more at the moment.", zh = "一时处理不了更多请求的服务器所用的状态码，见 RFC 3261 第 21.5.4 节。" },
	records = function(t) return t:last "kind=send cseq=INVITE dst=carol" end,
}

task {
	number = function(t) return #reached(t) end,
	unit = { "INVITEs", zh = "个 INVITE" },
	rule = "proxy-overload",
	wrong = {
		{ function(t) return t:count "kind=send method=INVITE src=mallory" end,
			why = { "So many she sends. The rest is rejected.", zh = "她发送这么多。其余的被拒绝。" } },
		{ function(t) return t:count "kind=send status=503 dst=mallory" end,
			why = { "So many are rejected.", zh = "这么多被拒绝。" } },
	},
	why = { "Count the INVITEs that the server sends to Dave's phone.", zh = "数服务器发给 Dave 的话机的 INVITE。" },
	hint = { "`-m method=INVITE dst=dave` has them all.", zh = "`-m method=INVITE dst=dave` 就是全部。" },
	records = function(t) return reached(t)[1] end,
	others = {
		{
			number = function(t) return t:count "kind=send status=503 dst=mallory" end,
			unit = { "INVITEs", zh = "个 INVITE" },
			ask = { "How many of Mallory's INVITEs does the server reject, since it has no room for them?\n\n    rung show invite-flood -m status=503", zh = "服务器因为没有余地而拒绝了 Mallory 的多少个 INVITE？\n\n    rung show invite-flood -m status=503" },
			rule = "proxy-overload",
			wrong = {
				{ function(t) return t:count "kind=send status=503 src=px" end, why = { "Some of those go to Carol.", zh = "其中有发给 Carol 的。" } },
				{ function(t) return #reached(t) end, why = { "So many reach Dave's phone.", zh = "这么多到达 Dave 的话机。" } },
			},
			why = { "Count the 503s to Mallory alone.", zh = "只数发给 Mallory 的 503。" },
			hint = { "`-m status=503 dst=mallory` has them.", zh = "`-m status=503 dst=mallory` 就是它们。" },
			records = full,
		},
	},
}

task {
	find = { node = "px", rule = "proxy-overload", record = full },
	points = 2,
	rule = "proxy-overload",
	why = { "Look for the first record in which the server sends a 503; `rung explain` has its rule.", zh = "找服务器发送 503 的第一条记录；`rung explain` 给出规则。" },
	hint = { "`kind=send status=503 src=px to=16s` begins with it.", zh = "`kind=send status=503 src=px to=16s` 的第一条就是。" },
	records = full,
}

task {
	choice = {
		{ "`px.auth=all`: whoever calls has to show that he knows a password",
			zh = "`px.auth=all`：呼叫的人须证明自己知道密码",
			why = { "Then nothing of Mallory's comes through. And of Carol's?", zh = "那么 Mallory 的什么也通不过。Carol 的呢？" } },
		{ "`px.settings=limit=5`: at most five calls in ten seconds from one address",
			zh = "`px.settings=limit=5`：每个地址十秒内至多五个呼叫", right = true },
		{ "`px.capacity=100`: a server that can handle three times as many requests",
			zh = "`px.capacity=100`：能处理三倍请求的服务器",
			why = { "Carol's calls come through. How often does Dave's phone get called?", zh = "Carol 的呼叫通过了。Dave 的话机被呼叫多少次？" } },
		{ "`px.tls=1.3` and `mallory.transport=tls`: no caller can hide behind UDP",
			zh = "`px.tls=1.3` 和 `mallory.transport=tls`：主叫不能再躲在 UDP 之后",
			why = { "She does not hide: her calls are as many by TLS.", zh = "她并没有躲：用 TLS 呼叫也一样多。" } },
	},
	points = 2,
	rule = "proxy-program-refuses",
	hint = { "With each setting, look at both: `-m cseq=INVITE dst=carol` and `-m method=INVITE dst=dave`.", zh = "对每个设置都看两处：`-m cseq=INVITE dst=carol` 和 `-m method=INVITE dst=dave`。" },
	records = full,
}

task {
	choice = {
		{ "Nothing: nobody who is honest calls more than five times in ten seconds",
			zh = "没有代价：诚实的人不会在十秒内呼叫五次以上",
			why = { "One person does not. What comes from one address?", zh = "一个人不会。同一个地址发来的又是什么？" } },
		{ "Bob and Dave can get no more than five calls in ten seconds, whoever calls",
			zh = "不论谁呼叫，Bob 和 Dave 十秒内至多接到五个呼叫",
			why = { "It is counted by who sends, not by the callee.", zh = "按发送者计数，不按被叫。" } },
		{ "All phones of a firm behind one NAT share the five calls, as one address", right = true,
			zh = "同一个 NAT 之后一家公司的所有话机作为一个地址，共用五个呼叫" },
		{ "Each call takes ten seconds longer, for which the server has to wait",
			zh = "每个呼叫多花十秒，服务器须等这么久",
			why = { "The program looks back over ten seconds; it does not wait.", zh = "程序回看十秒，并不等待。" } },
	},
	points = 1,
	rule = "proxy-program-refuses",
	hint = { "Read `guard.lua`: what is the key of the table `seen`?", zh = "读 `guard.lua`：表 `seen` 的键是什么？" },
	records = function(t) return reached(t)[1] end,
}

task {
	goal = {
		{ "Mallory sends forty INVITEs or more, and at most ten reach Dave's phone", zh = "Mallory 发送四十个以上 INVITE，至多十个到达 Dave 的话机",
			function(t)
				return t:count "kind=send method=INVITE src=mallory" >= 40 and #reached(t) <= 10,
					t:first "kind=send method=INVITE src=mallory"
			end, rule = "proxy-program-refuses",
			why = { "Which limit of the server's program is low enough?", zh = "服务器的程序的哪个上限够低？" } },
		{ "Carol calls Bob four times within ten seconds during the flood, and each call is answered", zh = "洪泛期间 Carol 在十秒内呼叫 Bob 四次，每次都接通",
			function(t)
				local calls = t:all("kind=send status=200 cseq=INVITE src=px dst=carol", function(r)
					return r.time > 5
				end)
				for i = 4, #calls do
					if calls[i].time - calls[i - 3].time <= 10 then return true, calls[i] end
				end
				return false, calls[1]
			end, rule = "proxy-program-refuses",
			why = { "The limit has to be above what honest callers do. And a call that rings for a second and lasts none leaves time for the next.", zh = "上限须高于诚实的主叫所为。振铃一秒、接通即挂断的呼叫，为下一个留出时间。" } },
	},
	points = 3,
}
