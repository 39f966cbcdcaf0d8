-- The tasks of rfc3666-3.7; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send method=INVITE dst=bob" end,
	wrong = {
		{ 7, why = { "The seventh would go out after 31.5 s; by then it is over.", zh = "第七次要到 31.5 s 之后；那时已经结束。" } },
		{ 5, why = { "Those are the repetitions.", zh = "那是重传的次数。" } },
	},
	why = { "Count the sends of proxy1 to bob.", zh = "数 proxy1 发给 bob 的次数。" },
	rule = "ict-timer-a",
	records = function(t) return t:last "kind=send method=INVITE dst=bob" end,
	points = 2,
}

task {
	number = { 102 },
	wrong = {
		{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
		{ 19, why = { "That would be T9, when somebody was alerted.", zh = "那是 T9，已经振过铃的情况。" } },
		{ 18, why = { "Nobody has said that a user does not respond; a timer has fired.", zh = "没有人说用户没有响应；是定时器到期了。" } },
	},
	why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
	rule = "gateway-t7",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
}

task {
	time = function(t) return t:first "kind=recv method=RLC".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=RLC".time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records of switcha count; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "trunk-free",
	records = function(t) return t:first "kind=recv method=RLC" end,
	points = 2,
}

task {
	goal = {
		{ "the gateway sends an ACM", zh = "网关发送 ACM",
			function(t)
				return t:first "kind=send method=ACM src=ngw1"
			end },
		{ "no T7 has fired", zh = "没有 T7 到期",
			function(t)
				return t:count "kind=timer name=T7 op=fire" == 0, t:first "kind=timer name=T7"
			end,
			why = { "T11 has to be shorter than T7.", zh = "T11 必须比 T7 短。" } },
		{ "the run lasts for 25 s", zh = "运行持续 25 s",
			function(t)
				return t.duration >= 25
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "T7 is shorter than its Timer A",
			zh = "T7 比它的定时器 A 短",
			why = { "Timer A begins with half a second, T7 is 20 s.", zh = "定时器 A 从半秒开始，T7 是 20 s。" } },
		{ "A gateway does not repeat what came from a telephone",
			zh = "网关不重传来自电话的消息",
			why = { "It does, where no answer comes: see rfc3666-3.8.", zh = "没有响应时它会重传：见 rfc3666-3.8。" } },
		{ "Proxy 1 has answered it with 100", right = true,
			zh = "Proxy 1 已经以 100 响应" },
		{ "The INVITE goes by UDP, where nothing is repeated",
			zh = "INVITE 由 UDP 传送，UDP 上不重传",
			why = { "Over UDP above all things are repeated: nothing else mends a loss.", zh = "正是在 UDP 上才重传：没有别的办法弥补丢失。" } },
	},
	rule = "ict-1xx",
}
