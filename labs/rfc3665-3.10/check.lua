-- The tasks of rfc3665-3.10; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "method=INVITE src=proxy2 dst=bob kind=send" end,
	points = 2,
	rule = "ict-timer-a",
	wrong = {
		{ 6, why = { "So often it is repeated; the first time counts as well.", zh = "那是重传的次数；第一次也要算。" } },
		{ 1, why = { "Over UDP the INVITE is repeated until something comes back.", zh = "UDP 下，INVITE 一直重传，直到有响应回来。" } },
		{ 11, rule = "nict-timer-e", why = { "So many times other requests are sent; an INVITE's distance goes on doubling.", zh = "那是其他请求的次数；INVITE 的间隔一直加倍。" } },
	},
	why = { "Count the sends of the INVITE from proxy2 to Bob's phone, the first and all repetitions.",
		zh = "数 proxy2 向 Bob 的话机发送 INVITE 的次数，第一次和所有重传都算。" },
	records = function(t) return t:all "method=INVITE src=proxy2 dst=bob kind=send" end,
}

task {
	choice = {
		{ "nothing: to repeat is the task of the proxies", zh = "没有什么：重传是代理服务器的事", rule = "ict-timer-a",
			why = { "Every client transaction repeats, a phone's too. Timer A was set here, and stopped.",
				zh = "每个客户端事务都会重传，话机的也是。这里定时器 A 曾启动，然后停止。" } },
		{ "the 100 that Bob's phone sends at once", zh = "Bob 的话机立即发出的 100", rule = "proxy-100",
			why = { "Bob's phone says nothing at all. A 100 comes from the next hop.", zh = "Bob 的话机什么也没说。100 来自下一跳。" } },
		{ "the 100 that proxy1 sends at once", right = true, zh = "proxy1 立即发出的 100", rule = "ict-1xx" },
		{ "an ACK by which proxy1 confirms the INVITE", zh = "proxy1 确认 INVITE 的 ACK", rule = "ict-1xx",
			why = { "ACK is a request of the caller's. What confirms a request is a response.", zh = "ACK 是主叫的请求。确认请求的是响应。" } },
	},
	points = 2,
	records = function(t) return t:first "status=100 dst=alice kind=send" end,
}

task {
	choice = {
		{ "proxy2, because its Timer B has fired", right = true, zh = "proxy2，因为它的定时器 B 到期了", rule = "proxy-unanswered" },
		{ "Bob's phone, when it had come back", zh = "Bob 的话机，在它恢复之后", rule = "proxy-unanswered",
			why = { "It stays down to the end; every INVITE to it was lost.", zh = "它始终停机；发给它的每个 INVITE 都丢失了。" } },
		{ "proxy1, because it had waited too long", zh = "proxy1，因为它等得太久", rule = "proxy-final",
			why = { "proxy1 has heard a 100 and passes on what comes. Follow the causes.", zh = "proxy1 收到过 100，只转发收到的响应。请沿着因果链追溯。" } },
		{ "Alice's phone, for want of any answer", zh = "Alice 的话机，因为没有收到响应", rule = "uac-timeout-408",
			why = { "It would count silence as 408; but it has heard a 480 from proxy1.", zh = "它会把沉默当作 408；但它从 proxy1 收到了 480。" } },
	},
	points = 2,
	records = function(t) return t:first "status=480 kind=send" end,
}

task {
	time = function(t)
		return t:first("status=480 src=proxy2 kind=send").time - t:first("method=INVITE dst=bob kind=send").time
	end,
	rule = "ict-timer-b",
	wrong = {
		{ "31.5s", why = { "Then the last INVITE is sent.", zh = "那时发送最后一个 INVITE。" } },
		{ "181s", rule = "proxy-timer-c", why = { "That is Timer C, for a phone that has given a sign of life.", zh = "那是定时器 C，用于有过回应的话机。" } },
		{ "33s", why = { "That is near the time of the run; the INVITE was sent after 1 s.", zh = "那接近运行的时刻；INVITE 是在 1 s 之后发送的。" } },
	},
	why = { "Count from the first send of the INVITE to Bob's phone to the send of the 480; Timer B lies between them.",
		zh = "从第一次向 Bob 的话机发送 INVITE 算起，到发送 480 为止；两者之间是定时器 B。" },
	records = function(t) return t:first "status=480 src=proxy2 kind=send" end,
}

task {
	goal = {
		{ "some INVITEs to Bob's phone are lost, for it is down", zh = "有些发给 Bob 话机的 INVITE 因停机而丢失",
			function(t)
				local r = t:first "method=INVITE dst=bob kind=drop"
				return r ~= nil, r
			end },
		{ "later it has one", zh = "之后它收到一个",
			function(t)
				local r = t:first "method=INVITE node=bob kind=recv"
				return r ~= nil and t:count "method=INVITE dst=bob kind=drop" > 0, r
			end, rule = "ict-timer-a",
			why = { "It has to be up again before 32.5 s, when the last one is sent.", zh = "它必须在发送最后一个的 32.5 s 之前恢复。" } },
		{ "Bob takes the call", zh = "Bob 接听",
			function(t)
				return t:first "kind=call node=bob state=confirmed"
			end },
	},
	points = 3,
}
