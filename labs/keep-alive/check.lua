-- The tasks of keep-alive; their texts are in README.md.
lesson { minutes = 30, level = 1 }
vary { "alice.ping=8s..12s:1s", "seed=1..999:1" }

-- The OPTIONS that is given up: all its sends.
local function given_up(t)
	local first
	local list = {}
	for _, s in ipairs(t:all "kind=send src=alice method=OPTIONS") do
		if s:arrival() == nil then
			first = first or s.branch
			if s.branch == first then list[#list + 1] = s end
		end
	end
	return list
end

local function lost_note(t)
	return t:first "kind=note node=alice text=ping-lost"
end

task {
	number = function(t)
		return tonumber(t:first("status=200 cseq=OPTIONS src=bob").text:match "m=audio (%d+)")
	end,
	rule = "options-recv",
	wrong = {
		{ 49170, why = { "A phone in a call has such a port. Here nothing is agreed.",
			zh = "通话中的话机才有这样的端口。这里什么也没有商定。" } },
		{ 5060, why = { "That is the port of SIP, in Contact and Via.", zh = "那是 Contact 和 Via 中 SIP 的端口。" } },
	},
	why = { "Read the session description in Bob's 200 to the OPTIONS: the number behind `m=audio`. What does it mean where there is no call?",
		zh = "读 Bob 对 OPTIONS 的 200 中的会话描述：`m=audio` 之后的数字。没有呼叫时它意味着什么？" },
	records = function(t) return t:first "status=200 cseq=OPTIONS src=bob" end,
}

task {
	find = {
		node = "px",
		rule = "proxy-max-forwards",
		record = function(t) return t:first "status=483 src=px" end,
	},
	points = 3,
	rule = "proxy-max-forwards",
	why = { "Who gets a request with Max-Forwards 0 and would have to pass it on refuses it: look for the 483, and explain it.",
		zh = "收到 Max-Forwards 为 0 而又需要转发的节点予以拒绝：找 483，并用 explain 看它。" },
	records = function(t) return t:first "status=483 src=px" end,
}

task {
	number = function(t) return #given_up(t) end,
	unit = { "times", zh = "次" },
	rule = "nict-timer-e",
	wrong = {
		{ function(t) return #given_up(t) - 1 end,
			why = { "So often it was repeated; the first time counts, too.", zh = "这是重传的次数；第一次也算。" } },
		{ 7, why = { "An INVITE would go 7 times: its intervals double without bound. Those of other requests stop at 4 s.",
			zh = "INVITE 会发 7 次：其间隔无限加倍。其他请求的间隔到 4 s 为止。" } },
	},
	why = { "Count the sends of the last OPTIONS at Alice's phone, all with one branch, until Timer F ends it.",
		zh = "数 Alice 的话机最后一个 OPTIONS（branch 相同）的发送次数，直到定时器 F 使其结束。" },
	records = given_up,
}

task {
	time = function(t) return lost_note(t).time - given_up(t)[1].time end,
	rule = "nict-timer-f",
	wrong = {
		{ function(t) return lost_note(t).time - t:first("kind=act verb=crash").time end,
			why = { "So long after the crash; part of that the phone had not asked.",
				zh = "这是崩溃之后的时间；其中一部分时间话机还没有询问。" } },
		{ function(t) return lost_note(t).time end,
			why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Count from the first send of that OPTIONS to the note that the proxy does not answer.",
		zh = "从该 OPTIONS 的第一次发送算起，到说明代理服务器没有响应的 note 为止。" },
	records = lost_note,
}

task {
	choice = {
		{ "Bob's phone has crashed, too, and does not answer.", zh = "Bob 的话机也崩溃了，不再响应任何请求。",
			why = { "It is as well as before; nobody knows where it is.", zh = "它一切正常；只是没有人知道它在哪里。" } },
		{ "The proxy has forgotten all bindings, and Bob's among them.",
			zh = "代理服务器忘记了所有绑定，包括 Bob 的。", right = true },
		{ "A 404 is what a server says that is overloaded by a crash.", zh = "因崩溃而过载的服务器返回 404。",
			why = { "That would be 503. A 404 says that the user is not known here.",
				zh = "那会是 503。404 说明这里不认识该用户。" }, rule = "proxy-404" },
		{ "Alice's phone has to register again before it may ask.", zh = "Alice 的话机必须重新注册才能询问。",
			why = { "Who asks need not be registered; it is about whom is asked for.",
				zh = "询问的一方不必注册；要看的是被询问的一方。" } },
	},
	rule = "proxy-404",
	records = function(t) return t:last "status=404" end,
}

task {
	goal = {
		{ "the proxy never crashes", zh = "代理服务器始终没有崩溃",
			function(t) return t:count "kind=act verb=crash" == 0 end },
		{ "Alice's phone finds that the proxy does not answer any more", zh = "Alice 的话机发现代理服务器不可用",
			function(t)
				local note = lost_note(t)
				return note ~= nil, note
			end, rule = "ping-lost" },
		{ "no Timer F has fired", zh = "没有定时器 F 到期",
			function(t)
				local r = t:first "kind=timer name=F op=fire"
				return r == nil, r
			end },
	},
	points = 3,
}
