-- The tasks of programmed-proxy; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "carol.answer=2000ms..5000ms:250ms", "seed=1..999:1" }

local function line(r)
	return r.where:match ":(%d+)$"
end

-- The record in which the program refuses.
local function refusal(t)
	return t:first "kind=route verdict=reject"
end

task {
	choice = {
		{ "487, since the branch to Bob is cancelled", zh = "487，因为发往 Bob 的分支被取消",
			why = { "A branch with a final response is not cancelled.", zh = "已有最终响应的分支不会被取消。" } },
		{ "486 first, and then the 180 of Carol's phone", zh = "先是 486，然后是 Carol 话机的 180",
			why = { "A 486 would be final; nothing comes after it.", zh = "486 是最终响应，其后不会再有别的。" }, rule = "proxy-final" },
		{ "nothing as long as another place is left to try", zh = "什么也没有，因为还有别的去处可试", right = true },
		{ "181, which says that the call goes elsewhere", zh = "181，说明呼叫转到了别处",
			why = { "The proxy has not forwarded the call to another user: it tries the next of its targets.", zh = "代理服务器没有前转任何人的呼叫：它只是尝试下一个目标。" } },
	},
	rule = "proxy-final",
	ahead = true,
}

task {
	text = function(t)
		return line(refusal(t))
	end,
	rule = "proxy-program-refuses",
	wrong = {
		{ "4", why = { "That is where the function begins; the record names the line that decides.", zh = "函数从那里开始；记录写的是作出决定的那一行。" } },
		{ "8", why = { "That line has routed Alice's first call.", zh = "那一行转发了 Alice 的第一个呼叫。" } },
	},
	why = { "The `route` record before px's 403 has `where`.", zh = "px 的 403 之前的 `route` 记录里有 `where`。" },
	records = refusal,
	hint = { "`kind=route node=px from=10s to=11s` shows where in the program the decision was made.", zh = "`kind=route node=px from=10s to=11s` 说明决定在程序的哪里作出。" },
	others = {
		{ text = function(t) return line(t:first "kind=route node=px verdict=in_turn") end, rule = "proxy-program",
			ask = { "Which line of `route.lua` has routed Alice's first call?\n\n    rung show programmed-proxy kind=route node=px", zh = "`route.lua` 的哪一行转发了 Alice 的第一个呼叫？\n\n    rung show programmed-proxy kind=route node=px" },
			wrong = { { "4", why = { "That is where the function begins; the record names the line that decides.", zh = "函数从那里开始；记录写的是作出决定的那一行。" } }, { "7", why = { "That line is for the night.", zh = "那一行是夜间用的。" } }, { "2", why = { "That line only lists the phones.", zh = "那里只是列出话机。" } } },
			why = { "The first `route` record of px has `where`.", zh = "px 的第一条 `route` 记录里有 `where`。" },
			hint = { "It decides before the first INVITE goes to Bob: `kind=route node=px to=1.02s`.", zh = "它在第一个 INVITE 发给 Bob 之前作出决定：`kind=route node=px to=1.02s`。" },
			records = function(t) return t:first "kind=route node=px verdict=in_turn" end },
		{ text = function(t) return line(t:first("kind=route node=px", function(r) return r.time > 1.02 and r.where ~= nil end)) end, rule = "proxy-program",
			ask = { "Which line of `route.lua` was used when Bob was busy?\n\n    rung show programmed-proxy kind=route node=px to=2s", zh = "Bob 忙时，起作用的是 `route.lua` 的哪一行？\n\n    rung show programmed-proxy kind=route node=px to=2s" },
			wrong = { { "8", why = { "That line was used before Bob was tried.", zh = "那一行在询问 Bob 之前起作用。" } }, { "10", why = { "That is where the function begins; the record names the line that decides.", zh = "函数从那里开始；记录写的是作出决定的那一行。" } } },
			why = { "After the 486 px runs its program again: that `route` record also has `where`.", zh = "486 之后 px 再次询问程序：那条 `route` 记录也有 `where`。" },
			hint = { "Look for what px decides between `486@bob` and its next INVITE.", zh = "看 px 在 `486@bob` 与下一个 INVITE 之间的决定。" },
			records = function(t) return t:first("kind=route node=px", function(r) return r.time > 1.02 and r.where ~= nil end) end },
	},
}

task {
	choice = {
		{ "since his phone has registered with the higher q", zh = "因为他的话机注册时的 q 值更高",
			why = { "No phone has registered here: the program names the targets.", zh = "这里没有人注册：是程序给出了各个地方。" } },
		{ "since the program says so: in turn, he first", zh = "因为程序写的是依次，而他在先", right = true },
		{ "since his phone is the nearest one to the proxy", zh = "因为他的话机离代理服务器最近",
			why = { "The proxy measures nothing.", zh = "代理服务器什么也不测量。" } },
		{ "since a proxy never sends to two places at once", zh = "因为代理服务器从不同时发往两处",
			why = { "It forks if the program says parallel.", zh = "程序写 parallel 时它就分叉。" } },
	},
	rule = "proxy-program",
}

task {
	draw = "method=INVITE src=px",
	points = 2,
	hint = { "The program decides each of them: in `kind=route node=px` the lines that end with (program) name the next hop, and one rejects with a status.",
		zh = "每一个都由程序决定：`kind=route node=px` 中以 (program) 结尾的行写着下一跳，拒绝的那一行写着状态码。" },
	others = {
		{ draw = "status=2xx,4xx cseq=INVITE", rule = "proxy-final",
			ask = { "Draw all final responses to INVITEs in the whole run, one line for each hop.\n\n    rung show programmed-proxy cseq=INVITE kind=send", zh = "画出整个运行中对 INVITE 的所有最终响应，每一跳一行。\n\n    rung show programmed-proxy cseq=INVITE kind=send" },
			hint = { "`dst=alice,mallory cseq=INVITE kind=send` is what the callers get in the end; before that `src=bob,carol,box cseq=INVITE kind=send` shows what the phones have answered to `px`.",
				zh = "`dst=alice,mallory cseq=INVITE kind=send` 是主叫最后收到的；在那之前各话机对 `px` 的响应在 `src=bob,carol,box cseq=INVITE kind=send` 中。" } },
		{ draw = "method=ACK", rule = "ict-ack",
			ask = { "Draw all ACKs of the whole run, one line for each hop.\n\n    rung show programmed-proxy method=ACK kind=send", zh = "画出整个运行中的所有 ACK，每一跳一行。\n\n    rung show programmed-proxy method=ACK kind=send" },
			hint = { "Each of `cseq=INVITE status=4xx kind=recv` is acknowledged on its hop, RFC 3261 17.1.1.3. For a 200 the caller does it: see whether `-m status=200 cseq=INVITE dst=alice` has a Record-Route.",
				zh = "`cseq=INVITE status=4xx kind=recv` 的每一个都在它那一跳上确认，RFC 3261 17.1.1.3。200 由主叫确认：看 `-m status=200 cseq=INVITE dst=alice` 有没有 Record-Route。" } },
	},
}

task {
	choice = {
		{ "nothing: the proxy goes on as if it had no program", zh = "没有影响：代理服务器像没有程序一样继续",
			why = { "A request without a target goes nowhere.", zh = "没有人说出目标的请求哪里也去不了。" } },
		{ "500, and a new chance with the next call", zh = "500，而下一个呼叫又有机会", right = true },
		{ "500 for this call and for all that follow", zh = "这个呼叫和以后所有的呼叫都得到 500",
			why = { "One call of a function fails; the next one runs normally.", zh = "失败的只是一次函数调用；下一次照常询问。" } },
		{ "no answer, until Timer B fires", zh = "没有响应，直到定时器 B 触发",
			why = { "The program is stopped by its limits, and no time passes meanwhile.", zh = "程序受限度约束而停止，其间不耗费时间。" } },
	},
	rule = "proxy-program-failed",
}

task {
	goal = {
		{ "before six o'clock the mailbox answers a call of Alice's", zh = "六点之前，留言箱接听了 Alice 的一个呼叫",
			function(t)
				local r = t:first "status=200 cseq=INVITE kind=send src=box"
				return r ~= nil and r.time < 30, r
			end,
			why = { "Line 11 names it when somebody is busy; the targets before it must not answer.", zh = "有人忙时第 11 行给出它；排在它前面的人不能接听。" } },
		{ "after both Bob and Carol were tried", zh = "而且此前 Bob 和 Carol 都问过了",
			function(t)
				return t:count "method=INVITE kind=send dst=bob" > 0 and t:count "method=INVITE kind=send dst=carol" > 0
			end },
	},
	points = 3,
}
