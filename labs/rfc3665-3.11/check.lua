-- The tasks of rfc3665-3.11; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	time = function(t)
		return t:first("status=480 src=bob kind=send").time - t:first("status=180 src=bob kind=send").time
	end,
	rule = "invite-reject",
	wrong = {
		{ function(t) return t:first("status=480 src=bob kind=send").time end,
			why = { "That is the time of the run, not how long it has rung.", zh = "那是运行的时刻，不是振铃的时长。" } },
		{ function(t)
			return t:first("status=480 src=bob kind=send").time - t:first("method=INVITE src=alice kind=send").time
		end, why = { "The INVITE had to find the phone first.", zh = "INVITE 先要找到话机。" } },
	},
	why = { "Two sends of Bob's phone: its 180 and its 480. Subtract their times.",
		zh = "看 Bob 的话机的两次发送：它的 180 和它的 480。两个时刻相减。" },
	records = function(t) return { t:first "status=180 src=bob kind=send", t:first "status=480 src=bob kind=send" } end,
}

task {
	choice = {
		{ "486", rule = "invite-everywhere",
			why = { "Busy *Here*: another phone of his may be free.", zh = "Busy *Here*：只是这里忙，他的另一部话机也许空闲。" } },
		{ "480", rule = "invite-unanswered",
			why = { "He may be reached elsewhere, without this phone's knowing.", zh = "他也许在别处能接听，只是这部话机不知道。" } },
		{ "603", right = true, rule = "invite-everywhere" },
		{ "none", zh = "都不是", rule = "proxy-6xx",
			why = { "A phone that knows it may say so: all 6xx mean that nobody else will take the call, and proxies stop searching.",
				zh = "话机若确知就可以这样说：6xx 都表示别人也不会接，代理服务器停止查找。" } },
	},
	points = 2,
}

task {
	choice = {
		{ "It ends, as the INVITE has failed that made it.", right = true, zh = "它结束，因为建立它的 INVITE 失败了。", rule = "invite-failed" },
		{ "It stays until Alice's phone sends a BYE.", zh = "它一直保留，直到 Alice 的话机发送 BYE。", rule = "invite-failed",
			why = { "There is nothing to hang up: the INVITE has failed.", zh = "没有什么可挂断：INVITE 已失败。" } },
		{ "It becomes a confirmed one, since a final response has come.", zh = "它变为已确认，因为收到了最终响应。", rule = "invite-failed",
			why = { "Only a 2xx confirms a dialog.", zh = "只有 2xx 才能确认对话。" } },
		{ "There never was one; a dialog begins with the 200.", zh = "从来没有；对话从 200 开始。", rule = "dialog-uac",
			why = { "The 180 has a To tag: with it the early dialog begins.", zh = "180 带 To tag：早期对话由此开始。" } },
	},
	points = 2,
	records = function(t) return t:last "kind=dialog node=alice" end,
}

task {
	text = { "Retry-After", "retry after" },
	wrong = {
		{ "Expires", why = { "That says how long a request or a binding is valid.", zh = "那说明请求或绑定的有效时间。" } },
		{ "Min-Expires", why = { "That belongs to 423, and says which time a registrar would accept.", zh = "那属于 423，说明注册服务器接受的最短时间。" } },
		{ "Date", why = { "That says when the message was made.", zh = "那说明消息产生的时间。" } },
	},
	why = { "Read what RFC 3261, section 21.4.18, says of a 480: it names the field that tells a better time to call.",
		zh = "读 RFC 3261 第 21.4.18 节对 480 的说明：其中给出了告诉主叫何时再呼叫的字段。" },
}

task {
	goal = {
		{ "Bob's phone has rung", zh = "Bob 的话机振过铃",
			function(t)
				local r = t:first "status=180 src=bob kind=send"
				return r ~= nil, r
			end },
		{ "Alice's phone hears a 480", zh = "Alice 的话机收到 480",
			function(t)
				local r = t:first "status=480 node=alice kind=recv"
				return r ~= nil, r
			end },
		{ "it says Retry-After: 60", zh = "它写着 Retry-After: 60",
			function(t)
				local r = t:first "status=480 node=alice kind=recv"
				return r ~= nil and tostring(r:header "Retry-After"):match "^60" ~= nil, r
			end,
			why = { "call:reject takes a table: code, and headers, a table of its own.", zh = "call:reject 接受一个表：code 和 headers，后者又是一个表。" } },
	},
	points = 3,
}
