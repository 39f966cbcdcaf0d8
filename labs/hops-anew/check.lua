-- The tasks of hops-anew; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "lan--boxa.delay=17ms..22ms:1ms", "lan--boxb.delay=17ms..22ms:1ms", "seed=1..999:1" }

local function first(t)
	return t:first "kind=send method=INVITE src=boxa"
end

local function loop(t)
	return t:all("kind=send method=INVITE src=boxa,boxb", function(r) return r.time > 4 end)
end

task {
	choice = {
		{ "Never in this run: each of them is followed by another INVITE of a box", right = true,
			zh = "在这个运行中永远不结束：每个后面都有 B2BUA 的下一个 INVITE" },
		{ "At once: a CANCEL goes from box to box and ends all of them on its way",
			zh = "立即结束：CANCEL 逐台传递，途中结束全部 INVITE",
			why = { "It ends those that it reaches. Does it reach the last one?", zh = "它结束追上的那些。它追得上最后一个吗？" } },
		{ "One second after it was sent, as the others do: each box gives up then",
			zh = "发送之后一秒，与其他的一样：那时每台 B2BUA 都放弃",
			why = { "Only Alice gives up; the boxes have no such time.", zh = "放弃的只有 Alice；B2BUA 没有这样的时间。" } },
		{ "After 70 hops, when a box finds none left and answers the INVITE with 483",
			zh = "70 跳之后，某台 B2BUA 发现没有跳数了，以 483 响应",
			why = { "So it has to be. Look at the hops of each INVITE.", zh = "本应如此。看看各个 INVITE 的跳数。" } },
	},
	ahead = true,
	rule = "pair-hops",
	hint = { "RFC 7332, section 5: what does a B2BUA do with Max-Forwards? What if it does not?", zh = "RFC 7332 第 5 节：B2BUA 怎样处理 Max-Forwards？如果不这样做呢？" },
	records = function(t) return loop(t)[1] end,
}

task {
	find = { node = "boxa", rule = { "pair-hops", "proxy-483" }, record = first },
	points = 2,
	rule = "pair-hops",
	why = { "Compare the Max-Forwards of each INVITE with that of the INVITE which a box has made it of.", zh = "把各个 INVITE 的 Max-Forwards 与它所由来的 INVITE 的比较。" },
	hint = { "`method=INVITE kind=send to=3s` has two records; the rule is that of RFC 7332, section 5, which `rung help clauses` lists.", zh = "`method=INVITE kind=send to=3s` 有两条记录；规则是 RFC 7332 第 5 节的，`rung help clauses` 列出它。" },
	records = first,
}

task {
	number = 14,
	rule = "pair-hops",
	wrong = {
		{ 6, why = { "That line says where the call goes. Two boxes may do so, as long as the hops run out.", zh = "那一行说明呼叫去哪里。只要跳数会用完，两台 B2BUA 可以这样做。" } },
		{ 19, why = { "That line joins the two calls, so that the end of one ends the other.", zh = "那一行把两个呼叫连在一起，一个结束，另一个也结束。" } },
	},
	why = { "Which line decides how many hops the INVITE has that leaves?", zh = "哪一行决定发出的 INVITE 有多少跳？" },
	hint = { "Search the program for the name of the field of task 2.", zh = "在程序中找任务 2 的那个字段的名称。" },
	records = first,
}

task {
	number = function(t) return #loop(t) end,
	unit = { "INVITEs", zh = "个 INVITE" },
	rule = "pair-hops",
	wrong = {
		{ function(t) return #loop(t) + 1 end, why = { "One of those is Alice's own.", zh = "其中一个是 Alice 自己的。" } },
		{ function(t) return t:count "kind=send method=INVITE" end, why = { "Some of those are for Bob.", zh = "其中有找 Bob 的。" } },
		{ 70, why = { "So many it would be, if each box took one hop off.", zh = "每台 B2BUA 都减一跳时才是这么多。" } },
	},
	why = { "Count the INVITEs from 4 s on that the two boxes send.", zh = "数 4 s 以后两台 B2BUA 发送的 INVITE。" },
	hint = { "`method=INVITE kind=send src=boxa,boxb from=4s` has them, a line each.", zh = "`method=INVITE kind=send src=boxa,boxb from=4s` 就是它们，每行一个。" },
	records = function(t) return loop(t)[1] end,
}

task {
	agent = {
		{ "Bob is called, and answers", zh = "Bob 被呼叫并接听",
			function(t) return t:first "kind=send status=200 cseq=INVITE src=boxa dst=alice" end, rule = "invite-accept",
			why = { "A call with hops left goes on.", zh = "还有跳数的呼叫继续。" } },
		{ "Each INVITE that a box sends has one hop less than the one that it got", zh = "B2BUA 发送的每个 INVITE 都比收到的少一跳",
			function(t)
				local hops = 70
				for _, r in ipairs(loop(t)) do
					hops = hops - 1
					if tonumber(r:header "Max-Forwards") ~= hops then return false, r end
				end
				return hops < 70
			end, rule = "pair-hops",
			why = { "Which number came in, and which one goes out?", zh = "进来的是哪个数，出去的是哪个？" } },
		{ "A box says 483, and no INVITE comes after it", zh = "某台 B2BUA 返回 483，其后没有 INVITE",
			function(t)
				local over = t:first "kind=send status=483 src=boxa,boxb"
				return over and not t:first("kind=send method=INVITE", function(r) return r.seq > over.seq end), over
			end, rule = "pair-hops",
			why = { "What does a box do with a call that has no hops left?", zh = "对没有跳数的呼叫，B2BUA 怎么做？" } },
		program = "box.lua",
		node = "boxa",
		points = 3,
	},
	hint = { "`a:reject(483)` ends a call that has come in; a field of `headers` is a text.", zh = "`a:reject(483)` 结束到来的呼叫；`headers` 的字段是文本。" },
}
