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
		{ 49170, why = { "A phone in a call has such a port. This one answers a query.",
			zh = "通话中的话机才有这样的端口。这里它只是回答询问。" } },
		{ 5060, why = { "That is the port of SIP, in Contact and Via.", zh = "那是 Contact 和 Via 中 SIP 的端口。" } },
	},
	why = { "Read the session description in Bob's 200 to the OPTIONS: the number after `m=audio`. What does it mean outside a call?",
		zh = "读 Bob 对 OPTIONS 的 200 中的会话描述：`m=audio` 之后的数字。在呼叫之外它意味着什么？" },
	records = function(t) return t:first "status=200 cseq=OPTIONS src=bob" end,
	hint = { "`200/OPTIONS@bob`, below its header fields, as RFC 3261 11.2 has it; RFC 3264 9 says what such a description is for.",
		zh = "看 `200/OPTIONS@bob` 的头字段之后（RFC 3261 11.2）；RFC 3264 9 说明这种描述的用途。" },
	others = {
		{ number = function(t) return select(2, t:first("status=200 cseq=OPTIONS src=bob"):header("Allow"):gsub("%u+", "")) end,
			unit = { "methods", zh = "个方法" },
			rule = "options-recv",
			wrong = {
				{ 1, why = { "There is one field; its methods are separated by commas.", zh = "字段是一个；其中的方法以逗号分隔。" } },
			},
			records = function(t) return t:first "status=200 cseq=OPTIONS src=bob" end,
			ask = { "How many methods does Bob's phone list as allowed?\n\n    rung show keep-alive -m status=200 src=bob",
				zh = "Bob 的话机说它接受多少种方法？\n\n    rung show keep-alive -m status=200 src=bob" },
			why = { "Count the words in the header field that lists methods.",
				zh = "数列出方法的那个头字段中的词。" },
			hint = { "Count `Allow` of `200/OPTIONS@bob`, and not Supported, which has extensions.",
				zh = "看 `200/OPTIONS@bob` 的 `Allow`，而不是列出扩展的 Supported。" } },
		{ number = function(t) return t:count "status=200 cseq=OPTIONS src=bob kind=send" end,
			unit = { "times", zh = "次" },
			rule = "options-recv",
			wrong = {
				{ 1, why = { "That is the first; there is another one outside a call, and one within.", zh = "那只是第一次；呼叫之外还有一次，呼叫之内有一次。" } },
				{ 4, why = { "One of the OPTIONS from Alice's phone does not reach it, and one is sent when the proxy does not know where it is.", zh = "Alice 的询问中有一个到不了它，有一个到来时没有人知道它在哪里。" } },
			},
			records = function(t) return t:all "status=200 cseq=OPTIONS src=bob kind=send" end,
			ask = { "How often does Bob's phone answer an OPTIONS with 200 in the whole run?\n\n    rung show keep-alive cseq=OPTIONS src=bob kind=send",
				zh = "整个运行中 Bob 的话机用 200 响应了几次 OPTIONS？\n\n    rung show keep-alive cseq=OPTIONS src=bob kind=send" },
			why = { "Only what Bob's own phone sends counts.",
				zh = "只算从 Bob 的话机发出的。" },
			hint = { "Compare `method=OPTIONS src=alice kind=send to=6s` with `method=OPTIONS dst=bob kind=recv`: what arrives is answered, RFC 3261 11.2.",
				zh = "把 `method=OPTIONS src=alice kind=send to=6s` 与 `method=OPTIONS dst=bob kind=recv` 对照：到达的都会得到响应，RFC 3261 11.2。" } },
	},
}

task {
	find = {
		node = "px",
		rule = "proxy-max-forwards",
		record = function(t) return t:first "status=483 src=px" end,
	},
	points = 3,
	rule = "proxy-max-forwards",
	why = { "A node that gets a request with Max-Forwards 0 and would have to forward it rejects it: look for the 483, and explain it.",
		zh = "收到 Max-Forwards 为 0 而又需要转发的节点予以拒绝：找 483，并用 explain 看它。" },
	records = function(t) return t:first "status=483 src=px" end,
	hint = { "Which of `cseq=OPTIONS src=px dst=alice kind=send to=6s` is no success? RFC 3261 16.3 lists what a proxy checks, and `rung explain` with the number names the rule.",
		zh = "`cseq=OPTIONS src=px dst=alice kind=send to=6s` 中哪一个不是成功？代理服务器检查什么，见 RFC 3261 16.3；用编号运行 `rung explain` 可看到规则。" },
	others = {
		{ find = {
				node = "px",
				rule = "proxy-404",
				record = function(t) return t:last "status=404 kind=send" end,
			},
			rule = "proxy-404",
			records = function(t) return t:last "status=404 kind=send" end,
			ask = { "After the crash the OPTIONS from Alice's phone does not reach Bob's phone. Find which node answers it, by which rule, and in which record: `node=… rule=… record=…`.\n\n    rung show keep-alive from=50s cseq=OPTIONS",
				zh = "崩溃之后，Alice 的 OPTIONS 到不了 Bob 的话机。找出由谁、按哪条规则、在哪条记录中响应它：`node=… rule=… record=…`。\n\n    rung show keep-alive from=50s cseq=OPTIONS" },
			why = { "Which node should know where Bob is, and does not any more?",
				zh = "谁本应知道 Bob 在哪里，却已不知道？" },
			hint = { "RFC 3261 16.5 says what a proxy does that finds no target; look for it in `cseq=OPTIONS dst=alice kind=send from=50s`, and use its number for `rung explain`.",
				zh = "代理服务器找不到目标时怎样做，见 RFC 3261 16.5；在 `cseq=OPTIONS dst=alice kind=send from=50s` 中找到它，用编号运行 `rung explain`。" } },
		{ draw = "cseq=OPTIONS kind=send from=4.3s to=6s",
			rule = "options-recv",
			ask = { "Draw the OPTIONS that Alice's phone sends within the call, and its response, one line for each hop, `alice -> px OPTIONS`.\n\n    rung show keep-alive cseq=OPTIONS from=4s to=6s",
				zh = "画出 Alice 在呼叫之内询问的 OPTIONS 及其响应，每一跳一行，如 `alice -> px OPTIONS`。\n\n    rung show keep-alive cseq=OPTIONS from=4s to=6s" },
			hint = { "Within a dialog it follows the route set, like the ACK: see the Route of `-m method=ACK`, RFC 3261 12.2.1.1. Its response returns along the Vias.",
				zh = "对话内的请求与 ACK 一样按路由集发送：看 `-m method=ACK` 的 Route，RFC 3261 12.2.1.1。响应按 Via 返回。" } },
	},
}

task {
	number = function(t) return #given_up(t) end,
	unit = { "times", zh = "次" },
	rule = "nict-timer-e",
	wrong = {
		{ function(t) return #given_up(t) - 1 end,
			why = { "That is the number of retransmissions; the first transmission counts as well.", zh = "这是重传的次数；第一次也算。" } },
		{ 7, why = { "An INVITE would be sent 7 times: its intervals double without a limit. Those of other requests stop at 4 s.",
			zh = "INVITE 会发 7 次：其间隔无限加倍。其他请求的间隔到 4 s 为止。" } },
	},
	why = { "Count the transmissions of the last OPTIONS at Alice's phone, all with one branch, until Timer F ends it.",
		zh = "数 Alice 的话机最后一个 OPTIONS（branch 相同）的发送次数，直到定时器 F 使其结束。" },
	records = given_up,
	ahead = true,
	hint = { "Timer E begins with 0.5 s and doubles up to T2, RFC 3261 17.1.2.2, until Timer F: `node=alice name=E op=fire from=15s` has a record for each retransmission.",
		zh = "定时器 E 从 0.5 s 起加倍，直到 T2，RFC 3261 17.1.2.2，至定时器 F 为止：`node=alice name=E op=fire from=15s` 中每次重传有一条记录。" },
	others = {
		{ time = function(t) local l = given_up(t) return l[#l].time - l[1].time end,
			tolerance = 0.01,
			rule = "nict-timer-e",
			wrong = {
				{ 32, why = { "At that time it gives up; the last transmission is a little before.", zh = "那时它放弃；最后一次发送略早于此。" } },
				{ 63.5, why = { "That would be the time if the intervals doubled without a limit.", zh = "间隔无限加倍时才会这样。" } },
			},
			records = given_up,
			ask = { "Before you look at the run: the proxy has crashed, and Alice's phone sends it an OPTIONS. How long after its first transmission of that OPTIONS will the last one be?\n\n    rung show keep-alive src=alice method=OPTIONS from=15s",
				zh = "先不看运行：代理服务器崩溃了，Alice 的话机询问它。第一次发送这个 OPTIONS 之后多久，会是最后一次发送？\n\n    rung show keep-alive src=alice method=OPTIONS from=15s" },
			why = { "T1 first, then twice as much each time up to T2; the last one is before Timer F.",
				zh = "先是 T1，以后每次加倍，到 T2 为止；最后一次在定时器 F 之前。" },
			hint = { "Add the intervals of RFC 3261 17.1.2.2 while the sum is below 64*T1; then compare with the last of `node=alice name=E op=fire from=15s`.",
				zh = "把 RFC 3261 17.1.2.2 的间隔相加，只要总和小于 64*T1；再与 `node=alice name=E op=fire from=15s` 的最后一条比较。" },
			ahead = true },
		{ time = function(t) local l = given_up(t) return l[#l].time - l[#l - 1].time end,
			tolerance = 0.01,
			rule = "nict-timer-e",
			wrong = {
				{ { 16, 8 }, why = { "For an INVITE the interval keeps doubling; for other requests there is a limit.", zh = "INVITE 的间隔一直加倍；其他请求有上限。" } },
				{ 0.5, why = { "That is the first interval.", zh = "那是第一个间隔。" } },
				{ 10, why = { "That is the time between two queries; here one query is retransmitted.", zh = "这是它重新询问的间隔；这里是重复同一个询问。" } },
			},
			records = given_up,
			ask = { "Before you look at the run: the proxy has crashed, and Alice's phone retransmits an OPTIONS. How long will it be between the last two transmissions?\n\n    rung show keep-alive src=alice method=OPTIONS from=15s",
				zh = "先不看运行：代理服务器崩溃了，Alice 的话机重传一个 OPTIONS。最后两次发送之间会相隔多久？\n\n    rung show keep-alive src=alice method=OPTIONS from=15s" },
			why = { "The interval doubles up to T2, and stays there.",
				zh = "间隔加倍到 T2 为止，此后不变。" },
			hint = { "`T2` in RFC 3261 17.1.2.1 limits it; the records of `node=alice name=E op=set from=15s` show the value of the timer each time.",
				zh = "它以 RFC 3261 17.1.2.1 中的 `T2` 为上限；`node=alice name=E op=set from=15s` 的记录说明每次设为多久。" },
			ahead = true },
	},
}

task {
	time = function(t) return lost_note(t).time - given_up(t)[1].time end,
	rule = "nict-timer-f",
	wrong = {
		{ function(t) return lost_note(t).time - t:first("kind=act verb=crash").time end,
			why = { "That is counted from the crash; for a part of that time the phone had not sent anything.",
				zh = "这是崩溃之后的时间；其中一部分时间话机还没有询问。" } },
		{ function(t) return lost_note(t).time end,
			why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Count from the first transmission of that OPTIONS to the note that the proxy does not answer.",
		zh = "从该 OPTIONS 的第一次发送算起，到说明代理服务器没有响应的 note 为止。" },
	records = lost_note,
	hint = { "`kind=note node=alice` shows when; the first transmission without a response is in `src=alice method=OPTIONS from=15s`.",
		zh = "`kind=note node=alice` 说明何时；没有响应的第一次发送在 `src=alice method=OPTIONS from=15s` 中。" },
	others = {
		{ time = function(t) return lost_note(t).time - t:first("kind=act verb=crash").time end,
			tolerance = 0.05,
			rule = "nict-timer-f",
			wrong = {
				{ 32, why = { "That is counted from its query; it did not send one at the time of the crash.", zh = "这是询问之后的时间；崩溃的那一刻它并没有询问。" } },
				{ function(t) return lost_note(t).time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
			},
			records = lost_note,
			ask = { "How long after the crash does the phone know that the proxy is down?\n\n    rung show keep-alive kind=act,note from=9s",
				zh = "崩溃之后多久，话机才确定代理服务器不在了？\n\n    rung show keep-alive kind=act,note from=9s" },
			why = { "Take two records: the crash of the proxy, and the note of the phone that it does not answer.",
				zh = "取两条记录：代理服务器崩溃，话机记下它没有响应。" },
			hint = { "`kind=act verb=crash`, and the record with `ping-lost`.",
				zh = "`kind=act verb=crash`，以及带 `ping-lost` 的记录。" } },
		{ time = function(t)
				local lost = lost_note(t)
				return t:first("kind=recv status=200 cseq=OPTIONS node=alice", function(r) return r.seq > lost.seq end).time - lost.time
			end,
			tolerance = 0.05,
			wrong = {
				{ 0, why = { "It is restarted at once, but no phone has queried it yet.", zh = "它立即重新启动，但还没有人询问它。" } },
				{ { 9, 10, 11, 12 }, why = { "That is the time between two queries; the last one was some time ago.", zh = "那是两次询问的间隔；上一次已过了一会儿。" } },
			},
			records = lost_note,
			ask = { "The proxy is restarted as soon as Alice's phone considers it down. How long is it from then until the phone has a 200 from it?\n\n    rung show keep-alive node=alice from=45s",
				zh = "Alice 的话机一发现代理服务器不在，它就被重新启动。从那时到话机得到它的 200 要多久？\n\n    rung show keep-alive node=alice from=45s" },
			why = { "The phone keeps its schedule: the next query is at the next whole multiple.",
				zh = "话机保持它的节拍：下一次询问在下一个整倍数的时刻。" },
			hint = { "`ping-lost` is a `kind=note`; then the next `status=200 node=alice kind=recv`.",
				zh = "`ping-lost` 是一条 `kind=note`；然后看下一条 `status=200 node=alice kind=recv`。" } },
	},
}

task {
	choice = {
		{ "Bob's phone has also crashed, and does not answer.", zh = "Bob 的话机也崩溃了，不再响应任何请求。",
			why = { "It works as before; the proxy does not know where it is.", zh = "它一切正常；只是没有人知道它在哪里。" } },
		{ "The proxy has forgotten all bindings, and Bob's among them.",
			zh = "代理服务器忘记了所有绑定，包括 Bob 的。", right = true },
		{ "A 404 is the answer of a server that is overloaded by a crash.", zh = "因崩溃而过载的服务器返回 404。",
			why = { "That would be 503. A 404 says that the user is not known here.",
				zh = "那会是 503。404 说明这里不认识该用户。" }, rule = "proxy-404" },
		{ "Alice's phone has to register again before it may ask.", zh = "Alice 的话机必须重新注册才能询问。",
			why = { "A sender need not be registered; the target must be.",
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
