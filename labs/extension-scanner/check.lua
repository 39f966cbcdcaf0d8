-- The tasks of extension-scanner; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary {
	"bob.aor=sip:1004@example.com,sip:1005@example.com,sip:1006@example.com,sip:1007@example.com,sip:1008@example.com,sip:1009@example.com",
	"dave.aor=sip:1012@example.com,sip:1013@example.com,sip:1014@example.com,sip:1015@example.com,sip:1016@example.com,sip:1017@example.com",
	"seed=1..999:1",
}

local function answers(t, status)
	return t:all("kind=send cseq=OPTIONS src=px dst=mallory status=" .. status)
end

local function number(t, r)
	return r:header("To"):match "sip:(%d+)@"
end

local function off(t)
	return answers(t, 480)[1]
end

task {
	choice = {
		{ "The status: 404 for what there is not, something else for the rest", right = true,
			zh = "状态码：不存在的是 404，其余是别的" },
		{ "The Server field, which names another program for each of the phones",
			zh = "Server 字段，它为每部话机写着不同的程序",
			why = { "Every node of this network is the same program.", zh = "这个网络中的每个节点都是同样的程序。" } },
		{ "The time: the proxy thinks longer about an extension that there is",
			zh = "时间：对存在的分机，代理服务器考虑得更久",
			why = { "Where a phone answers it takes longer, but a phone that is off makes no difference in time. What does differ?", zh = "话机应答时要久一些，但关机的话机在时间上没有差别。有差别的是什么？" } },
		{ "The silence: the proxy answers nothing to what it does not know",
			zh = "沉默：对不知道的分机，代理服务器不作响应",
			why = { "Each request gets a final response (RFC 3261, section 8.2).", zh = "每个请求都得到最终响应（RFC 3261 第 8.2 节）。" } },
	},
	ahead = true,
	rule = "location-query",
	records = function(t) return answers(t, 404)[1] end,
}

task {
	text = function(t) return number(t, off(t)) end,
	points = 2,
	rule = "proxy-480",
	wrong = {
		{ function(t) return number(t, answers(t, 200)[1]) end, why = { "A phone answers there, so it is on.", zh = "那里有话机应答，所以它开着。" } },
		{ function(t) return number(t, answers(t, 200)[2]) end, why = { "A phone answers there, so it is on.", zh = "那里有话机应答，所以它开着。" } },
	},
	why = { "Look for the one response to her that is neither 404 nor 200, and read its To.", zh = "找给她的响应中唯一既非 404 也非 200 的，看它的 To。" },
	hint = { "RFC 3261, section 21.4.18, has the status for who is known but not there: `-m dst=mallory from=6s`.", zh = "已知但不在的人得到的状态码见 RFC 3261 第 21.4.18 节：`-m dst=mallory from=6s`。" },
	records = off,
	others = {
		{
			text = function(t) return number(t, answers(t, 200)[2]) end,
			ask = { "Which is the highest extension at which a phone has answered her?\n\n    rung show extension-scanner -m dst=mallory", zh = "有话机应答她的最高分机号是多少？\n\n    rung show extension-scanner -m dst=mallory" },
			rule = "location-query",
			wrong = { { function(t) return number(t, off(t)) end, why = { "There the proxy has answered, since the phone is off.", zh = "那里是代理服务器应答的，因为话机关着。" } },
				{ function(t) return number(t, answers(t, 200)[1]) end, why = { "There is a higher one.", zh = "还有更高的。" } } },
			why = { "Look for the later of the two 200s to her, and read its To.", zh = "找给她的两个 200 中较后的一个，看它的 To。" },
			hint = { "`-m status=200 dst=mallory` has two responses; the extensions are asked in order.", zh = "`-m status=200 dst=mallory` 有两个响应；分机是按顺序问的。" },
			records = function(t) return answers(t, 200)[2] end,
		},
	},
}

task {
	find = {
		node = "px",
		rule = "proxy-480",
		record = off,
	},
	rule = "proxy-480",
	why = { "Look for the record in which the proxy sends the status of task 2; `rung explain` has its rule.", zh = "找代理服务器发送任务 2 那个状态码的记录；`rung explain` 给出规则。" },
	hint = { "`src=px dst=mallory kind=send from=6s` has the second half of the answers.", zh = "`src=px dst=mallory kind=send from=6s` 是响应的后一半。" },
	records = off,
}

task {
	choice = {
		{ "`px.auth=true`: who claims to be a user of the domain is asked for a password",
			zh = "`px.auth=true`：自称本域用户的人被索要密码",
			why = { "She claims to be of another domain, and nobody can check that.", zh = "她自称属于另一个域，而没有人能核实。" } },
		{ "`px.auth=all`: everybody is asked for a password before the proxy looks anything up",
			zh = "`px.auth=all`：代理服务器在查找之前向每个人索要密码", right = true },
		{ "`px.tls=1.3` and `mallory.transport=tls`: nothing can be read on the line any more",
			zh = "`px.tls=1.3` 和 `mallory.transport=tls`：线路上什么也读不到了",
			why = { "She does not read what others send. The proxy answers her, encrypted or not.", zh = "她不读别人发送的内容。加密与否，代理服务器都答复她。" } },
		{ "`bob.aor=sip:1011@example.com`: the extension is moved to one that is not in use",
			zh = "`bob.aor=sip:1011@example.com`：把分机移到没有使用的号码",
			why = { "She asks for all of them, also for that one.", zh = "她全都问，包括那一个。" } },
	},
	points = 2,
	rule = "auth-407",
	hint = { "Add each setting to `rung show extension-scanner kind=note`: what does her program have to tell at the end?", zh = "把各个设置加到 `rung show extension-scanner kind=note` 上：她的程序最后说了什么？" },
	records = function(t) return answers(t, 404)[1] end,
}

task {
	number = 407,
	rule = "auth-407",
	wrong = {
		{ 401, why = { "A registrar asks so; a proxy has another status (RFC 3261, section 22.3).", zh = "注册服务器这样索要；代理服务器用另一个状态码（RFC 3261 第 22.3 节）。" } },
		{ { 403, 404, 480 }, why = { "The proxy does not come to that: it asks first.", zh = "代理服务器还没到那一步：它先索要密码。" } },
		{ 200, why = { "So it is as the lab stands.", zh = "实验原样才是这样。" } },
	},
	why = { "Look at what Carol's phone gets in that run, after 12 s.", zh = "看那个运行中 12 s 之后 Carol 的话机得到什么。" },
	hint = { "`-m cseq=INVITE dst=carol`, with the same `--set`, has but one response.", zh = "`-m cseq=INVITE dst=carol` 加上同样的 `--set`，只有一个响应。" },
	records = function(t) return t:first "kind=send method=INVITE src=carol" end,
}

task {
	goal = {
		{ "Mallory asks for ten extensions or more, and learns of none: each response to her is the same", zh = "Mallory 问十个以上的分机，一个也没有得知：给她的响应都相同",
			function(t)
				local first = t:first "kind=send cseq=OPTIONS dst=mallory"
				local all = t:count "kind=send cseq=OPTIONS dst=mallory"
				return first and all >= 10 and t:count("kind=send cseq=OPTIONS dst=mallory status=" .. first.status) == all, first
			end, rule = "auth-407",
			why = { "Who has to be asked for a password, so that she is?", zh = "须向谁索要密码，才会问到她？" } },
		{ "Carol's phone calls Bob, and gets a 200", zh = "Carol 的话机呼叫 Bob，得到 200",
			function(t) return t:first "kind=send status=200 cseq=INVITE src=px dst=carol" end, rule = "auth-407",
			why = { "Her phone needs an account in this domain: `accounts`.", zh = "她的话机需要这个域的一个账号：`accounts`。" } },
	},
	points = 3,
}
