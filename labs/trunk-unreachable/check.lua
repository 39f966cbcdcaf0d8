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
		{ 503, why = { "That one of the provider's servers has said; the PBX went on to the other.", zh = "那是运营商的一台服务器说的；PBX 接着去找了另一台。" } },
		{ { 480, 408 }, why = { "It is another one: look at what comes to his phone.", zh = "是另一个：看看到达他话机的是什么。" } },
	},
	rule = "proxy-final",
	why = { "It is the last response to his second INVITE.", zh = "它是他第二个 INVITE 的最后一个响应。" },
}

task {
	choice = {
		{ "since her PBX is registered, and his PBX has to be looked up", zh = "因为她的 PBX 已注册，而他的 PBX 需要查找",
			why = { "It is the other way round: who is looked up?", zh = "正相反：查找的是谁？" } },
		{ "since his PBX is known by its name, and nobody looks it up", zh = "因为他的 PBX 由名称得知，无需查找", right = true },
		{ "since the first server still lets calls from her account pass", zh = "因为第一台服务器仍放行来自她的账号的呼叫",
			why = { "It has said 503 to her call, too.", zh = "它对她的呼叫也返回了 503。" } },
		{ "since her call goes straight from PBX to PBX, past all servers", zh = "因为她的呼叫从 PBX 直达 PBX，绕过所有服务器",
			why = { "Look who has sent it to pbxb.", zh = "看看是谁把它发给 pbxb 的。" } },
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
	hint = { "At one second somebody was asked for the same account. Who was it then, and who is it now?", zh = "在第一秒也问过同一个账号。那时问的是谁，现在问的是谁？" },
	why = { "Follow Bob's second call from his PBX on, and compare each step with his first.", zh = "从 PBX 起跟踪 Bob 的第二个呼叫，逐步与第一个比较。" },
}

task {
	text = { "reg" },
	points = 1,
	wrong = {
		{ "store", why = { "Nothing was ever stored there.", zh = "那里从未存入任何内容。" } },
		{ { "sp1", "sp2" }, why = { "They are servers for calls; look where the REGISTER went.", zh = "它们是处理呼叫的服务器；看看 REGISTER 发往哪里。" } },
		{ "ns", why = { "That one knows servers, no users.", zh = "它知道服务器，不知道用户。" } },
	},
	rule = "register-ok",
	why = { "Who has answered the REGISTER with 200?", zh = "谁以 200 应答了 REGISTER？" },
	records = function(t) return t:first "kind=send status=200 cseq=REGISTER" end,
}

task {
	choice = {
		{ "Yes: it goes to both registrars, each of which stores the Contact.", zh = "会：它发往两台注册服务器，各自存放 Contact。",
			why = { "Look where the first ones went.", zh = "看看最初的那些发往哪里。" } },
		{ "No: it goes to the registrar that knows it; the other is not told.", zh = "不会：它发往已经知道它的注册服务器，另一台无从得知。", right = true },
		{ "Yes: as soon as the old binding expires, the call goes to To's number.", zh = "会：旧绑定一到期，呼叫就发往 To 中的号码。",
			why = { "Without a binding there is nowhere to go.", zh = "没有绑定就无处可去。" } },
		{ "No: while sp1 says 503 no REGISTER gets to anybody at all.", zh = "不会：只要 sp1 返回 503，任何 REGISTER 都到不了任何人那里。",
			why = { "It does not go by sp1.", zh = "它不经过 sp1。" } },
	},
	points = 2,
	hint = { "In a copy that lasts for 40 s it can be seen (`duration`).", zh = "在持续 40 s 的副本中可以看到（`duration`）。" },
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
			why = { "Where does sp2 have to send the call?", zh = "sp2 应该把呼叫发往哪里？" } },
		{ "she answers", zh = "她接听",
			function(t)
				local asked = t:first "kind=send status=503 src=sp1"
				return asked ~= nil and t:first("kind=send status=200 cseq=INVITE src=anna from=" .. asked.time .. "s")
			end },
	},
	points = 3,
	hint = { "In the network sp2 may have the program of sp1; or the second registrar is told what the first one knows (`bind`).",
		zh = "在网络文件中，sp2 可以使用 sp1 的程序；或者让第二台注册服务器得知第一台所知道的（`bind`）。" },
}
