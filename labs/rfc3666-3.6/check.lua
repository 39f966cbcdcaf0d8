-- The tasks of rfc3666-3.6; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = { 16 },
	wrong = {
		{ 17, why = { "So it is in rfc3666-3.5, where the gateway releases.", zh = "rfc3666-3.5 中是这样，那里由网关释放。" } },
		{ 600, why = { "That is the status of SIP.", zh = "那是 SIP 的状态码。" } },
	},
	why = { "Read the cause indicators of the only REL.", zh = "读唯一的 REL 的原因指示。" },
	rule = "trunk-release",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv method=RLC").time - t:first("kind=recv node=ngw1 status=600").time end,
	wrong = {
		{ 0, why = { "With the 600 the call of SIP is over, not the circuit.", zh = "600 结束 SIP 的呼叫，但不结束电路。" } },
		{ function(t) return t:first("kind=recv method=RLC").time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "From the arrival of the 600 at ngw1 to that of the RLC at switcha.", zh = "从 600 到达 ngw1 到 RLC 到达 switcha。" },
	rule = "trunk-free",
	records = function(t) return t:first "kind=recv method=RLC" end,
	points = 2,
}

task {
	goal = {
		{ "Bob's phone says 600", zh = "Bob 的话机返回 600",
			function(t)
				return t:first "kind=send src=bob status=600"
			end },
		{ "the gateway names the cause: REL", zh = "网关说出原因值：REL",
			function(t)
				return t:first "kind=send method=REL src=ngw1"
			end,
			why = { "What does the IAM say of interworking?", zh = "IAM 对互通说了什么？" } },
		{ "and sends no ACM", zh = "并且不发送 ACM",
			function(t)
				return t:count "kind=send method=ACM" == 0, t:first "kind=send method=REL"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "From the status: a 486 would have been a REL",
			zh = "由状态码：486 就会成为 REL",
			why = { "Each refusal would be told in this way here.", zh = "在这里每种拒绝都这样告知。" } },
		{ "From the IAM: its forward call indicators say it", right = true,
			zh = "由 IAM：其中的前向呼叫指示说明了" },
		{ "From the number: national ones get tones, others causes",
			zh = "由号码：国内号码用信号音，其他用原因值",
			why = { "In rfc3666-3.5 the same telephone calls the same number.", zh = "rfc3666-3.5 中是同一部电话呼叫同一号码。" } },
		{ "From the REL, in which the exchange asks for the tone",
			zh = "由 REL：交换机在其中要求信号音",
			why = { "Look at the times: the REL ends the tone.", zh = "看时刻：REL 结束信号音。" } },
	},
	rule = "trunk-tone",
}
