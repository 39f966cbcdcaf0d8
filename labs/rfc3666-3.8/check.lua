-- The tasks of rfc3666-3.8; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send method=INVITE src=ngw1" end,
	wrong = {
		{ 1, why = { "So it was with a proxy that says 100.", zh = "代理服务器返回 100 时才是这样。" } },
		{ 12, why = { "Those are the sends of both.", zh = "那是两者发送的总数。" } },
	},
	why = { "Count what ngw1 sends to proxy1.", zh = "数 ngw1 发给 proxy1 的次数。" },
	rule = "ict-timer-a",
	records = function(t) return t:last "kind=send method=INVITE src=ngw1" end,
	points = 2,
}

task {
	number = { 0 },
	wrong = {
		{ 1, why = { "That was so where a 100 had come.", zh = "收到过 100 时才是这样。" } },
	},
	why = { "Look for a send with that method.", zh = "找这个方法的发送记录。" },
	rule = "cancel-wait",
	records = function(t) return t:last "kind=recv node=ngw1 method=REL" end,
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
		{ "some INVITEs are lost", zh = "有些 INVITE 丢失",
			function(t)
				return t:first "kind=drop method=INVITE"
			end },
		{ "the exchange gets an ACM", zh = "交换机收到 ACM",
			function(t)
				return t:first "kind=recv node=switcha method=ACM"
			end,
			why = { "It has to be up before 16.5 s, when the last INVITE is sent.", zh = "它必须在发送最后一个 INVITE 的 16.5 s 之前恢复。" } },
		{ "and an ANM", zh = "以及 ANM",
			function(t)
				return t:first "kind=recv node=switcha method=ANM"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Bob's phone is dead, and has sent none",
			zh = "Bob 的话机已停机，没有发送",
			why = { "A 100 is of the next hop, not of the phone: see rfc3666-3.7.", zh = "100 来自下一跳，不是来自话机：见 rfc3666-3.7。" } },
		{ "It keeps no state, and passes on only what others say", right = true,
			zh = "它不保存状态，只转发别人说的" },
		{ "The 100 was lost on its way to the gateway",
			zh = "100 在去网关的途中丢失了",
			why = { "Nothing of Proxy 1's was sent, so nothing was lost.", zh = "Proxy 1 什么也没有发送，也就没有丢失。" } },
		{ "The gateway has asked it for none, by a field of its INVITE",
			zh = "网关用 INVITE 的一个字段要求它不发送",
			why = { "There is no such field.", zh = "没有这样的字段。" } },
	},
	rule = "proxy-stateless-branch",
}
