-- The tasks of trunk-unreachable; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "net--sp1.delay=5ms..45ms:5ms", "seed=1..999:1" }

-- The question that found nobody, where it was asked and where it was answered.
local function nobody(t)
	return t:all "kind=lookup aor=sip:+862155500100@sp.example"
end

local function unknown(t, node)
	for _, r in ipairs(nobody(t)) do
		if r.node == node and r.targets == "[]" then return r end
	end
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
		record = function(t) return { unknown(t, "store"), unknown(t, "sp2") } end,
	},
	points = 3,
	hint = { "The same question was asked at one second, too. Who was asked then, and who now?", zh = "在第一秒也问过同样的问题。那时问的是谁，现在问的是谁？" },
	why = { "Follow Bob's second call from his PBX on, and compare each step with his first.", zh = "从 PBX 起跟踪 Bob 的第二个呼叫，逐步与第一个比较。" },
}

task {
	text = { "reg" },
	points = 1,
	wrong = {
		{ "store", why = { "Nothing was ever stored there.", zh = "那里从未存入任何内容。" } },
		{ { "sp1", "sp2" }, why = { "They pass the REGISTER on.", zh = "它们只是转发 REGISTER。" } },
		{ "ns", why = { "That one knows servers, no users.", zh = "它知道服务器，不知道用户。" } },
	},
	rule = "register-ok",
	why = { "Who has answered the REGISTER with 200?", zh = "谁以 200 应答了 REGISTER？" },
	records = function(t) return t:first "kind=send status=200 cseq=REGISTER" end,
}

task {
	choice = {
		{ "Yes: the refresh comes to sp2, which then knows where the PBX is.", zh = "会：刷新来到 sp2，它从此知道 PBX 在哪里。",
			why = { "It comes to sp2. Does sp2 keep it?", zh = "它来到 sp2。sp2 会保存它吗？" } },
		{ "No: sp2 passes it on to the registrar, and goes on looking elsewhere.", zh = "不会：sp2 把它转给注册服务器，自己仍在别处查找。", right = true },
		{ "Yes: as soon as the old binding expires, the call goes to To's number.", zh = "会：旧绑定一到期，呼叫就发往 To 中的号码。",
			why = { "Without a binding there is nowhere to go.", zh = "没有绑定就无处可去。" } },
		{ "No: while sp1 says 503 no REGISTER gets to anybody at all.", zh = "不会：只要 sp1 返回 503，任何 REGISTER 都到不了任何人那里。",
			why = { "For a REGISTER, too, there is a second server.", zh = "REGISTER 也有第二台服务器可去。" } },
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
				return t:first "kind=send method=INVITE src=sp2 dst=pbxa"
			end,
			why = { "Where does sp2 have to look?", zh = "sp2 应该在哪里查找？" } },
		{ "she answers", zh = "她接听",
			function(t)
				local asked = t:first "kind=send status=503 src=sp1"
				return asked ~= nil and t:first("kind=send status=200 cseq=INVITE src=anna from=" .. asked.time .. "s")
			end },
	},
	points = 3,
	hint = { "An attribute of sp2 says whom it asks; `set` changes it.", zh = "sp2 的一个属性说明它问谁；用 `set` 修改。" },
}
