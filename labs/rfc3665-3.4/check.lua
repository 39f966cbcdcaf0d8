-- The tasks of rfc3665-3.4; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..50ms:10ms", "bob.answer=1s..4s:1s", "seed=1..999:1" }

local function gave_up(t)
	return t:first "kind=timer node=alice name=B op=fire"
end

task {
	number = function(t) return t:count "method=INVITE src=alice dst=proxy1 kind=send" - 1 end,
	rule = "ict-timer-a",
	points = 2,
	wrong = {
		{ function(t) return t:count "method=INVITE src=alice dst=proxy1 kind=send" end,
			why = { "So often it is sent, the first time included.", zh = "那是包括第一次在内的发送次数。" } },
		{ 10, rule = "nict-timer-e",
			why = { "That is the number for other requests, whose distance grows to 4 s only. An INVITE's goes on doubling.",
				zh = "那是其他请求的次数，其间隔最多到 4 s。INVITE 的间隔一直加倍。" } },
	},
	why = { "Count the sends of that INVITE to proxy1 and leave out the first: only repetitions are asked for.",
		zh = "数向 proxy1 发送该 INVITE 的次数，去掉第一次：只问重传。" },
	records = function(t) return t:all "method=INVITE src=alice dst=proxy1 kind=send" end,
}

task {
	time = function(t) return gave_up(t).time - t:first("method=INVITE src=alice kind=send").time end,
	rule = "ict-timer-b",
	points = 2,
	wrong = {
		{ "31.5s", why = { "Then it sends the INVITE for the last time; half a second later Timer B fires.",
			zh = "那时它最后一次发送 INVITE；半秒后定时器 B 到期。" } },
		{ "33s", why = { "That is the time of the run; the INVITE was sent at 1 s.", zh = "那是运行的时刻；INVITE 是在 1 s 发送的。" } },
		{ "180s", rule = "proxy-timer-c", why = { "Timer C is a proxy's, for a phone that rings too long.", zh = "定时器 C 属于代理服务器，用于振铃过久的话机。" } },
	},
	why = { "Count from the first INVITE to the record in which Timer B fires: it is 64 times T1.",
		zh = "从第一个 INVITE 算起，到定时器 B 到期的记录为止：它是 T1 的 64 倍。" },
	records = gave_up,
}

task {
	choice = {
		{ "the same request, in a new transaction by another Route", right = true,
			rule = "uac-failover", zh = "同一个请求，在新的事务中，Route 不同" },
		{ "a repetition: Call-ID and CSeq are the same as before", zh = "重传：Call-ID 和 CSeq 与以前相同", rule = "uac-failover",
			why = { "A repetition has the same bytes, its Via too. Put both side by side.",
				zh = "重传的每个字节都相同，Via 也一样。请把两者对照。" } },
		{ "a new call: Call-ID and the tag in From are new ones", zh = "新的呼叫：Call-ID 和 From 的 tag 是新的", rule = "uac-failover",
			why = { "Compare them: both are as before, it is still the same call.", zh = "比较一下：两者都没变，仍是同一个呼叫。" } },
		{ "the INVITE that proxy1 has passed on, just before it failed", zh = "proxy1 在失效之前转发的 INVITE", rule = "ict-timer-b",
			why = { "proxy1 is down: nothing has reached it.", zh = "proxy1 已停机：什么也没有到达它。" } },
	},
	points = 2,
	records = function(t) return t:first "method=INVITE src=alice dst=proxy2 kind=send" end,
}

task {
	number = function(t)
		for _, r in ipairs(t:all "kind=call node=alice") do
			if r.time >= gave_up(t).time then
				return r.status
			end
		end
	end,
	rule = "uac-timeout-408",
	wrong = {
		{ 503, rule = "uac-transport-503", why = { "That stands for a transport that fails, a refused connection for example. Over UDP there is only silence.",
			zh = "那代表传输失败，例如连接被拒绝。UDP 下只是没有响应。" } },
		{ 480, why = { "Nobody says so: the phone hears nothing at all. Which status stands for a time-out?", zh = "没有人这样说：话机什么也没收到。哪个状态码代表超时？" } },
		{ 487, why = { "That would be the answer to an INVITE that was cancelled.", zh = "那是被撤回的 INVITE 的响应。" } },
	},
	why = { "The record of kind call at which the attempt fails has a status: which response means that nobody has answered in time?",
		zh = "尝试失败的那条 call 记录带有状态码：哪个响应表示没有人及时响应？" },
}

task {
	goal = {
		{ "proxy1 answers the INVITE with 503", zh = "proxy1 以 503 响应 INVITE",
			function(t)
				local r = t:first "status=503 src=proxy1 kind=send"
				return r ~= nil, r
			end, rule = "proxy-overload" },
		{ "within a second of it the phone asks proxy2", zh = "此后一秒之内话机改试 proxy2",
			function(t)
				local a = t:first "status=503 src=proxy1 kind=send"
				local b = t:first "method=INVITE src=alice dst=proxy2 kind=send"
				return a ~= nil and b ~= nil and b.time - a.time < 1, b
			end, rule = "uac-failover" },
		{ "Bob takes the call", zh = "Bob 接听",
			function(t)
				return t:first "kind=call node=bob state=confirmed"
			end },
	},
	points = 3,
}
