-- The tasks of sequential-forking; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "px.ring_time=3000ms..5000ms:250ms", "seed=1..999:1" }

task {
	choice = {
		{ "from the order in which the phones have registered", zh = "来自话机注册的先后",
			why = { "They have all registered before; each says how much Bob prefers it.", zh = "它们都在此之前注册；每一部都说明了 Bob 对它的偏好。" } },
		{ "from the q in the Contact of each registration", zh = "来自每次注册的 Contact 中的 q", right = true },
		{ "from Alice, who names the phones in her INVITE", zh = "来自 Alice，她在 INVITE 中列出话机",
			why = { "She calls Bob, and knows of no phones.", zh = "她呼叫的是 Bob，并不知道有哪些话机。" } },
		{ "from the distance: the nearest phone first", zh = "来自距离：最近的话机优先",
			why = { "The proxy measures nothing.", zh = "代理服务器什么也不测量。" } },
	},
	rule = "proxy-by-location",
}

task {
	time = function(t)
		return t:get("CANCEL@px").time - t:first("status=180 kind=send src=desk").time
	end,
	tolerance = "15ms",
	rule = "proxy-ring-time",
	wrong = {
		{ 181, why = { "That is Timer C, for the last phone that rings.", zh = "那是定时器 C，用于最后振铃的话机。" } },
		{ 32, why = { "So long the proxy would wait for the 487.", zh = "那是代理服务器等待 487 的时间。" } },
	},
	why = { "Two sends: the desk phone's 180 and the proxy's CANCEL. Subtract their times.",
		zh = "看两次发送：桌面话机的 180 和代理服务器的 CANCEL。两个时刻相减。" },
	records = function(t) return t:get "CANCEL@px" end,
}

task {
	draw = "cseq=INVITE src=px dst=alice",
	points = 2,
}

task {
	text = function(t)
		return tostring(t:first("status=4xx kind=send src=desk").status)
	end,
	rule = "cancel-recv",
	wrong = {
		{ "200", why = { "That only says that the CANCEL has arrived; the phone may still answer the INVITE.",
			zh = "那只说明 CANCEL 已到达；话机还可能接听。" } },
		{ "486", why = { "That comes from the next phone.", zh = "那来自下一部话机。" } },
		{ "199", why = { "That one the proxy sends, when it has what it waits for.", zh = "那是代理服务器等到之后自己发送的。" } },
	},
	why = { "Take the response of the desk phone whose CSeq says INVITE: it ends the branch that was cancelled.",
		zh = "取桌面话机的、CSeq 为 INVITE 的响应：它结束被取消的分支。" },
	records = function(t) return t:first "status=4xx kind=send src=desk" end,
}

task {
	choice = {
		{ "487, since the desk came first", zh = "487，因为桌面话机最先",
			why = { "The proxy itself has caused that 487; it says nothing about Bob.",
				zh = "那个 487 是代理服务器自己引起的；它与 Bob 无关。" }, rule = "proxy-best-cancelled" },
		{ "both 486s, one after the other", zh = "两个 486，一个接一个",
			why = { "An INVITE gets one final answer other than 2xx; the proxy chooses it.",
				zh = "一个 INVITE 只得到一个非 2xx 的最终响应；由代理服务器选择。" }, rule = "proxy-final" },
		{ "one 486, the best response", zh = "一个 486，即最佳响应", right = true },
		{ "600, since all phones have refused", zh = "600，因为所有话机都拒绝了",
			why = { "Nobody has said so: a 600 comes from a phone that knows it.", zh = "没有人这样说：600 来自知道这一点的话机。" },
			rule = "proxy-final" },
	},
	rule = "proxy-best-cancelled",
}

task {
	goal = {
		{ "the desk phone rings first, and alone", zh = "桌面话机先振铃，而且只有它",
			function(t)
				local desk, mobile = t:first "status=180 kind=send src=desk", t:first "status=180 kind=send src=mobile"
				return desk ~= nil and mobile ~= nil and mobile.time - desk.time > 1, desk
			end },
		{ "the INVITEs to the mobile phone and to that at home go out together", zh = "发给手机和家里的话机的 INVITE 同时发出",
			function(t)
				local mobile, home = t:first "method=INVITE kind=send dst=mobile", t:first "method=INVITE kind=send dst=home"
				return mobile ~= nil and home ~= nil and mobile.time == home.time, home
			end,
			why = { "They need the same q, and a proxy that forks in parallel.", zh = "它们需要相同的 q，以及并行分叉的代理服务器。" } },
		{ "both ring", zh = "两部都振铃",
			function(t)
				return t:count "status=180 kind=send src=mobile" > 0 and t:count "status=180 kind=send src=home" > 0
			end },
	},
	points = 3,
}
