-- The tasks of dns-failover; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--px1.delay=10ms..50ms:10ms", "px1--net.delay=10ms..70ms:10ms", "seed=1..999:1" }

-- The first INVITE of px1 to px3.
local function onward(t)
	return t:first "method=INVITE kind=send src=px1 dst=px3"
end

-- The timer that has ended the wait for px2.
local function timed_out(t)
	return t:first "kind=timer node=px1 rule=ict-timer-b op=fire"
end

task {
	number = function(t)
		return t:count("method=INVITE kind=send src=px1 dst=px2", function(r) return r.time < onward(t).time end)
	end,
	unit = { "times", zh = "次" },
	rule = "ict-timer-a",
	wrong = {
		{ 1, why = { "By UDP nobody tells `px1` that nobody is there: it repeats.", zh = "用 UDP 时没有人告诉 `px1` 那里没有人：它会重传。" } },
		{ 6, why = { "That is how many repetitions there are.", zh = "那是重传的次数。" } },
	},
	why = { "Count what `px1` sends to `px2` before its first INVITE to `px3`.", zh = "数 `px1` 在第一个发给 `px3` 的 INVITE 之前发给 `px2` 的。" },
	records = function(t) return t:first "method=INVITE kind=send src=px1 dst=px2" end,
}

task {
	time = function(t)
		return t:first("status=180 kind=send dst=alice"):arrival().time
			- t:first("method=INVITE kind=send src=alice").time
	end,
	tolerance = "5ms",
	points = 2,
	rule = "ict-timer-b",
	why = { "From the sending of her INVITE to the arrival of the first 180 at her phone.",
		zh = "从她发出 INVITE 到第一个 180 到达她的话机。" },
	records = function(t) return t:first "status=180 kind=send dst=alice" end,
}

task {
	find = {
		node = "px1",
		rule = "ict-timer-b",
		record = timed_out,
	},
	points = 3,
	why = { "The lookup of `px3` has a cause: `rung explain` goes back to it.", zh = "对 `px3` 的查询有其原因：`rung explain` 会回到它。" },
	hint = { "What ends a transaction that has heard nothing at all?", zh = "什么也没有收到的事务因何结束？" },
}

task {
	choice = {
		{ "The TTL is over by then, so that px1 has to ask for the servers once more.",
			zh = "那时 TTL 已过，px1 必须再次询问有哪些服务器。",
			why = { "Not one question goes to `ns` in the second call.", zh = "第二次呼叫中没有任何询问发给 `ns`。" } },
		{ "px3 has refused the second call at first, since it is meant to be a reserve.",
			zh = "px3 是备用的，起初拒绝了第二次呼叫。",
			why = { "It refuses nothing; it is asked late.", zh = "它什么也没有拒绝；只是很晚才轮到它。" } },
		{ "A transaction begins with the first server of the list, and nothing says px2 is dead.", right = true,
			zh = "列表不变，也没有什么说 px2 停机。" },
		{ "The weights are equal, and the draw has put px2 first for the second time, too.",
			zh = "权重相等，第二次抽签又把 px2 排在前面。",
			why = { "A weight counts among servers of one priority; these are of two.", zh = "权重只在同一优先级的服务器之间起作用；这里是两个优先级。" } },
	},
	points = 2,
	rule = "dns-srv",
	hint = { "What does the cache of `px1` know of `px2`?", zh = "`px1` 的缓存知道 `px2` 的什么？" },
}

task {
	goal = {
		{ "px2 answers an INVITE with a final response", zh = "px2 对 INVITE 返回最终响应",
			function(t)
				return t:first "kind=send src=px2 dst=px1 cseq=INVITE status=3xx,4xx,5xx,6xx"
			end },
		{ "px1 sends the INVITE to px3 within a second of its first to px2",
			zh = "px1 在第一次发给 px2 之后一秒之内把 INVITE 发给 px3",
			function(t)
				local first, next = t:first "method=INVITE kind=send src=px1 dst=px2", onward(t)
				return first and next and next.time > first.time
					and next.time - first.time < 1 or false, next
			end, rule = "dns-srv" },
		{ "the call is answered", zh = "呼叫被接听",
			function(t) return t:count "status=200 cseq=INVITE kind=send dst=alice" > 0 end },
	},
	points = 3,
	hint = { "After which status is the next server tried (RFC 3263 4.3)? Which attribute of a proxy makes it say that?",
		zh = "得到哪个状态码之后会试下一个服务器（RFC 3263 第 4.3 节）？代理服务器的哪个属性使它这样说？" },
}
