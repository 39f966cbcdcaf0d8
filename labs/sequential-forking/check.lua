-- The tasks of sequential-forking; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "px.ring_time=3000ms..5000ms:250ms", "seed=1..999:1" }

task {
	choice = {
		{ "from the order in which the phones have registered", zh = "来自话机注册的先后",
			why = { "They have all registered before; each says how much Bob prefers it.", zh = "它们都在此之前注册；每一部都说明了 Bob 对它的偏好。" } },
		{ "from the q in the Contact of each registration", zh = "来自每次注册的 Contact 中的 q", right = true },
		{ "from Alice, who names the phones in her INVITE", zh = "来自 Alice，她在 INVITE 中列出话机",
			why = { "She calls Bob, and does not know his phones.", zh = "她呼叫的是 Bob，并不知道有哪些话机。" } },
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
		{ 32, why = { "That is how long the proxy would wait for the 487.", zh = "那是代理服务器等待 487 的时间。" } },
	},
	why = { "Take two transmissions: the desk phone's 180 and the proxy's CANCEL. Subtract their times.",
		zh = "看两次发送：桌面话机的 180 和代理服务器的 CANCEL。两个时刻相减。" },
	records = function(t) return t:get "CANCEL@px" end,
	hint = { "The ring timer of `px` starts with the INVITE, not with the 180: `node=px name=ring`.",
		zh = "`px` 的 ring 定时器随 INVITE 启动，而不是随 180：`node=px name=ring`。" },
}

task {
	draw = "cseq=INVITE src=px dst=alice",
	points = 2,
	hint = { "`src=desk,mobile,home cseq=INVITE kind=send` is what the phones answer: RFC 3261, 16.7 says which of that is forwarded. In addition, there are the responses that the proxy makes itself, RFC 6228.",
		zh = "`src=desk,mobile,home cseq=INVITE kind=send` 是各话机所说的：哪些会被转发，见 RFC 3261 第 16.7 节。此外还有代理服务器自己说的，RFC 6228。" },
	others = {
		{
			draw = "cseq=INVITE dst=px src=desk,mobile,home",
			ask = { "Draw what the three phones answer to their INVITEs until the call is answered, one line for each, such as `desk -> px 100`. Which of these responses does Alice's phone never receive?\n\n    rung show sequential-forking dst=px cseq=INVITE kind=send",
				zh = "画出呼叫被接听之前三部话机对 INVITE 的响应，每条一行，如 `desk -> px 100`。其中哪些 Alice 的话机听不到？\n\n    rung show sequential-forking dst=px cseq=INVITE kind=send" },
			rule = "proxy-final",
			hint = { "`src=px dst=desk,mobile,home method=INVITE,CANCEL kind=send` are the requests to them: which phone gets two requests, and what does its INVITE end with, RFC 3261, 9.2?",
				zh = "`src=px dst=desk,mobile,home method=INVITE,CANCEL kind=send` 是它们收到的请求：哪部话机收到两个，它的 INVITE 以什么结束，RFC 3261 第 9.2 节？" },
		},
		{
			draw = "src=px dst=desk,mobile",
			ask = { "Draw what the proxy sends to the desk and to the mobile, one line for each, such as `px -> desk BYE`. To which of them does it send no CANCEL, and why?\n\n    rung show sequential-forking src=px dst=desk,mobile kind=send",
				zh = "画出代理服务器发给桌面话机和手机的消息，每条一行，如 `px -> desk BYE`。它没有向哪一部发送 CANCEL，为什么？\n\n    rung show sequential-forking src=px dst=desk,mobile kind=send" },
			rule = "ict-ack",
			hint = { "`src=desk,mobile cseq=INVITE kind=send` is what the two answer. A CANCEL is sent only while there is no final response, RFC 3261, 9.1; each rejection gets its ACK from the previous hop, 17.1.1.3.",
				zh = "`src=desk,mobile cseq=INVITE kind=send` 是两者的响应。只有还没有最终响应时 CANCEL 才有意义，RFC 3261 第 9.1 节；每个拒绝由相邻一跳以 ACK 确认，第 17.1.1.3 节。" },
		},
	},
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
		{ "199", why = { "The proxy itself sends that, when it has what it waits for.", zh = "那是代理服务器等到之后自己发送的。" } },
	},
	why = { "Take the response of the desk phone whose CSeq says INVITE: it ends the branch that was cancelled.",
		zh = "取桌面话机的、CSeq 为 INVITE 的响应：它结束被取消的分支。" },
	records = function(t) return t:first "status=4xx kind=send src=desk" end,
	hint = { "Two responses come from `src=desk` after the CANCEL; read CSeq in both.",
		zh = "CANCEL 之后 `src=desk` 发来两个响应；读二者的 CSeq。" },
	others = {
		{
			text = function(t) return tostring(t:first("status=4xx kind=send src=mobile").status) end,
			ask = { "The proxy has sent its INVITE to the mobile. Which response makes it call the phone at home? Write its status.\n\n    rung show sequential-forking node=mobile kind=send",
				zh = "代理服务器已把 INVITE 发给手机。哪个响应使它去呼叫家里的话机？写出状态码。\n\n    rung show sequential-forking node=mobile kind=send" },
			wrong = {
				{ "487", why = { "That comes from the phone that was cancelled.", zh = "那来自被取消的话机。" } },
				{ "480", why = { "Somebody is there, but is in another call.", zh = "有人在，但正在通话。" } },
				{ "603", why = { "The user was not even asked.", zh = "根本没有问过用户。" } },
			},
			rule = "proxy-final",
			why = { "Take the response of the mobile whose CSeq says INVITE.",
				zh = "取手机的、CSeq 为 INVITE 的响应。" },
			hint = { "The mobile says no more than that: `src=mobile kind=send`.",
				zh = "手机只说了这一句：`src=mobile kind=send`。" },
			records = function(t) return t:first "status=4xx kind=send src=mobile" end,
		},
		{
			text = function(t) return tostring(t:first("kind=send src=desk cseq=CANCEL").status) end,
			ask = { "The proxy cancels the branch to the desk. With which status does the desk phone answer the CANCEL itself? Write it.\n\n    rung show sequential-forking node=desk from=3s",
				zh = "代理服务器取消通往桌面话机的分支。桌面话机用哪个状态码响应 CANCEL 本身？写出来。\n\n    rung show sequential-forking node=desk from=3s" },
			wrong = {
				{ "487", why = { "That is the response to the INVITE.", zh = "那是对 INVITE 的响应。" } },
				{ "481", why = { "The INVITE that it cancels still exists.", zh = "它所针对的 INVITE 还在。" } },
				{ "486", why = { "That comes from the mobile.", zh = "那来自手机。" } },
			},
			rule = "cancel-recv",
			why = { "Take the response of the desk phone whose CSeq says CANCEL.",
				zh = "取桌面话机的、CSeq 为 CANCEL 的响应。" },
			hint = { "The second part of CSeq distinguishes the two responses of `src=desk from=3s`.",
				zh = "`src=desk from=3s` 的两个响应由 CSeq 的后一半区分。" },
			records = function(t) return t:first "kind=send src=desk cseq=CANCEL" end,
		},
	},
}

task {
	choice = {
		{ "487, since the desk came first", zh = "487，因为桌面话机最先",
			why = { "The proxy itself has caused that 487; it says nothing about Bob.",
				zh = "那个 487 是代理服务器自己引起的；它与 Bob 无关。" }, rule = "proxy-best-cancelled" },
		{ "both 486s, one after the other", zh = "两个 486，一个接一个",
			why = { "An INVITE gets one final response other than 2xx; the proxy chooses it.",
				zh = "一个 INVITE 只得到一个非 2xx 的最终响应；由代理服务器选择。" }, rule = "proxy-final" },
		{ "one 486, the best response", zh = "一个 486，即最佳响应", right = true },
		{ "600, since all phones have refused", zh = "600，因为所有话机都拒绝了",
			why = { "No phone has said so: a 600 comes from a phone that knows it.", zh = "没有人这样说：600 来自知道这一点的话机。" },
			rule = "proxy-final" },
	},
	rule = "proxy-best-cancelled",
	ahead = function() end,
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
