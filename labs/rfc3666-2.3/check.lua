-- The tasks of rfc3666-2.3; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "switchb.pick_up=1s..4s:1s", "proxy1--ngw1.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "kind=send from=1s to=1.9s",
	points = 2,
}

task {
	number = { 34 },
	wrong = {
		{ 503, why = { "That is the status; a cause of Q.850 was asked for.", zh = "那是状态码；问的是 Q.850 原因值。" } },
		{ 17, why = { "Nobody's telephone is busy: it was not even asked.", zh = "没有电话在忙：连问都没有问。" } },
	},
	why = { "The gateway writes it into a Reason.", zh = "网关把它写进 Reason。" },
	rule = "gateway-no-circuit",
	records = function(t) return t:first "kind=send src=ngw1 status=503" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=send method=INVITE dst=ngw2").time - t:first("kind=send method=INVITE dst=ngw1").time end,
	wrong = {
		{ function(t) return t:first("kind=recv method=INVITE node=ngw1").time - t:first("kind=send method=INVITE dst=ngw1").time end, why = { "Then NGW 1 has it; its refusal has to come back.", zh = "那时它才到 NGW 1；拒绝还要传回来。" } },
	},
	why = { "Two sends of proxy1: its INVITE to the one and to the other gateway. Subtract.", zh = "proxy1 的两次发送：发给两个网关的 INVITE，时刻相减。" },
	rule = "proxy-forward",
	records = function(t) return t:first "kind=send method=INVITE dst=ngw2" end,
	points = 2,
}

task {
	goal = {
		{ "NGW 1 has no circuit", zh = "NGW 1 没有电路",
			function(t)
				return t:first "kind=send src=ngw1 status=503"
			end },
		{ "neither has NGW 2", zh = "NGW 2 也没有",
			function(t)
				return t:first "kind=send src=ngw2 status=503"
			end,
			why = { "Its circuits are 3 and 4.", zh = "它的电路是 3 和 4。" } },
		{ "Alice's phone hears 500", zh = "Alice 的话机收到 500",
			function(t)
				return t:first "kind=recv node=alice status=500"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "It is no final response, and the call goes on",
			zh = "它不是最终响应，呼叫继续进行",
			why = { "Whatever is 200 or more is final: that branch is over.", zh = "200 及以上都是最终响应：那条分支已结束。" } },
		{ "NGW 1 has sent it to NGW 2, which takes the call over",
			zh = "NGW 1 把它发给了 NGW 2，由 NGW 2 接管呼叫",
			why = { "Look at what the two send: nothing passes between them.", zh = "看两者发送的消息：它们之间没有消息。" } },
		{ "Proxy 1 keeps it while there is one more place to try", right = true,
			zh = "只要还有地方可试，Proxy 1 就留着它" },
		{ "Her phone has got it, and goes on ringing all the same",
			zh = "她的话机收到了它，但仍继续等待",
			why = { "Look for it among what comes to her phone.", zh = "在她的话机收到的消息中找找看。" } },
	},
	rule = "proxy-final",
}
