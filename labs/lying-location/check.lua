-- The tasks of lying-location; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "loc--lan.delay=2ms..20ms:2ms", "alice--lan.delay=2ms..20ms:2ms", "seed=1..999:1" }

-- The questions and answers of the third call.
local function third(t, method)
	return t:all("kind=send from=11s to=15s method=" .. method)
end

task {
	find = {
		node = "loc",
		record = function(t)
			local lie = t:all("kind=send method=answer")[2]
			return { lie, lie:arrival(), t:all("kind=lookup node=loc")[2] }
		end,
	},
	points = 2,
	why = { "Follow the INVITE back from Carl's phone: which node's answer did the proxy believe?",
		zh = "从发给 Carl 的话机的 INVITE 往回找：代理服务器相信了谁的话？" },
	records = function(t) return t:all("kind=lookup node=loc")[2] end,
	hint = { "Compare the lookups of the first call, `kind=lookup to=4s`, with those of the second, `kind=lookup from=4s to=10s`: which node gives a different answer than before, and which only believes it?",
		zh = "把第一次呼叫的 `kind=lookup to=4s` 与第二次的 `kind=lookup from=4s to=10s` 对照：谁说的与之前不同，谁只是相信了它？" },
}

task {
	choice = {
		{ "the proxy: the Request-URI names Carl", zh = "代理服务器：它收到的请求 URI 中是 Carl",
			why = { "It has put that there itself, following the service; a user may also be reached under another name.",
				zh = "那是它按位置服务器的话自己写上的；用户完全可能在别的名字下被找到。" },
			rule = "proxy-by-location" },
		{ "Carl's phone, which sees that To names Bob", zh = "Carl 的话机，它看得到 To 中是 Bob",
			right = true },
		{ "Alice's phone, which sees where the INVITE goes",
			zh = "Alice 的话机：它看得到 INVITE 发往的地址",
			why = { "It sends to the proxy; it does not see what the proxy does with the request.",
				zh = "它发给代理服务器；代理服务器把它变成什么，并不会传回来。" } },
		{ "the location service: the call comes back to it", zh = "位置服务器：这个呼叫还会回到它那里",
			why = { "It answers queries and never sees a call.", zh = "它只回答询问，从来看不到呼叫。" } },
	},
	records = function(t) return t:first "method=INVITE kind=send dst=carl" end,
	ahead = true,
}

task {
	time = function(t)
		return third(t, "answer")[1]:arrival().time - third(t, "query")[1].time
	end,
	wrong = {
		{ function(t) return third(t, "answer")[1]:arrival().time - third(t, "query")[2].time end,
			why = { "That is counted from the second question.", zh = "这是从第二次询问算起的。" } },
		{ function(t) return third(t, "answer")[1].time - third(t, "query")[1].time end,
			why = { "At that time the service sends it.", zh = "那时位置服务器刚发送它。" } },
		{ 0.7, why = { "That is the time that the service takes; the lines add their delay.",
			zh = "这是位置服务器思考的时间；线路也要时间。" } },
	},
	why = { "Count from the first query of the third call, which the proxy sends, to the arrival of the one answer at the proxy.",
		zh = "从代理服务器发送第三次呼叫的第一个查询算起，到那唯一的应答到达代理服务器为止。" },
	records = function(t) return third(t, "answer")[1]:arrival() end,
	hint = { "The time begins with the first of `method=query src=px kind=send from=11s to=12s`, and ends with `method=answer node=px kind=recv from=11s to=12s`.",
		zh = "从 `method=query src=px kind=send from=11s to=12s` 的第一条开始，到 `method=answer node=px kind=recv from=11s to=12s` 为止。" },
}

task {
	text = "id",
	wrong = {
		{ "aor", why = { "Another call for Bob would have the same.", zh = "另一次对 Bob 的呼叫也有同样的值。" } },
		{ "op", why = { "Every query has the same.", zh = "每个询问都有同样的值。" } },
		{ "Call-ID", why = { "The query is not SIP, and has no branch.", zh = "询问不是 SIP；其中没有它。" } },
	},
	why = { "Put the two queries side by side: the field must be equal in them, and different in every other query.",
		zh = "把两个问题并排看：这个字段在两者中相同，而在其他问题中都不同。" },
	records = function(t) return third(t, "query") end,
	hint = { "Take `-m method=query to=2s` as a third next to the two at 11 s, and cross out what is the same in all three.",
		zh = "把 `-m method=query to=2s` 作为第三个，与 11 s 的两个并排，划去三者都相同的。" },
	others = {
		{ text = "status",
			ask = { "By which field of the service's answers does the proxy learn whether the user is known at all?\n\n    rung show lying-location -m method=answer from=11s to=12s", zh = "代理服务器根据位置服务器应答中的哪个字段得知它究竟是否认识这个用户？\n\n    rung show lying-location -m method=answer from=11s to=12s" },
			wrong = { { { "contacts", "uri" }, why = { "Where he is. For an unknown user it would be empty: which field says so first?", zh = "这是他在哪里。没有他时它是空的：哪个字段先说明这一点？" } }, { "op", why = { "That only says that it is an answer.", zh = "它只说明这是一个应答。" } }, { "id", why = { "That connects it with its query.", zh = "它把应答与询问对应起来。" } } },
			why = { "One field is about the answer as a whole, not about one of the addresses in it.", zh = "有一个字段说的是整个应答，而不是其中的某个地址。" },
			hint = { "`-m method=answer` shows the fields: which of them would also be there for an unknown user?", zh = "`-m method=answer` 显示各个字段：哪个字段在没有人认识该用户时也会有？" },
			records = function(t) return third(t, "answer") end },
		{ text = "aor",
			ask = { "Which field of the queries says whom the proxy is looking for?\n\n    rung show lying-location -m method=query from=11s to=12s", zh = "询问中的哪个字段说明代理服务器在找谁？\n\n    rung show lying-location -m method=query from=11s to=12s" },
			wrong = { { "id", why = { "That distinguishes the queries, whoever they are about.", zh = "它区分各个询问，不管问的是谁。" } }, { "op", why = { "Every query has the same there.", zh = "每个询问的这个字段都一样。" } }, { { "uri", "contacts" }, why = { "Those are in the answer.", zh = "这些在应答中。" } } },
			why = { "It is the field with a SIP URI in it.", zh = "就是含有 SIP URI 的那个字段。" },
			hint = { "Compare the body of a query (`-m method=query`) with the To of the INVITE before it.", zh = "把一个查询的消息体（`-m method=query`）与它之前的 INVITE 的 To 比较。" },
			records = function(t) return third(t, "query") end },
	},
}

task {
	choice = {
		{ "404 is for domains that do not exist; this one does.", zh = "404 用于不存在的域；这个域是有的。",
			why = { "It is for users that are not known in a domain.", zh = "它用于域中不认识的用户。" }, rule = "proxy-404" },
		{ "Bob's phone has answered that he is not there.", zh = "Bob 的话机答复说，他此刻不在。",
			why = { "No INVITE was sent to it.", zh = "没有人问过它。" }, rule = "location-silent" },
		{ "It may well know a Bob, but not where he is.",
			zh = "它只是不知道 Bob 此刻在哪里。", right = true },
		{ "Bob has removed his registration a moment before.", zh = "Bob 在片刻之前撤销了自己的注册。",
			why = { "He may have; the proxy knows nothing about it.", zh = "有可能；但代理服务器什么也没听到。" }, rule = "location-silent" },
	},
	rule = "location-silent",
	records = function(t) return t:get "480@px" end,
}

task {
	goal = {
		{ "nobody has touched the bindings", zh = "没有人动过绑定",
			function(t)
				local act = t:first "kind=act text=bind"
				return act == nil, act
			end },
		{ "the location service names Bob's phone", zh = "位置服务器说的是 Bob 的话机",
			function(t)
				local look = t:first "kind=lookup node=loc text=sip:bob@192.0.2"
				return look ~= nil, look
			end },
		{ "the INVITE reaches Carl's phone", zh = "INVITE 到达 Carl 的话机",
			function(t)
				local invite = t:first "method=INVITE kind=recv node=carl"
				return invite ~= nil, invite
			end },
	},
	points = 3,
}
