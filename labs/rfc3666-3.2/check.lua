-- The tasks of rfc3666-3.2; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = { 0 },
	wrong = {
		{ 1, why = { "In rfc3666-3.1 there is one; here look again.", zh = "rfc3666-3.1 中有一个；这里再看看。" } },
		{ 3, why = { "A 100 is provisional, and says nothing of ringing.", zh = "100 是临时响应，但不说明振铃。" } },
	},
	why = { "Count the responses from 180 to 183 of bob and proxy1.", zh = "数 bob 和 proxy1 的 180 到 183 的响应。" },
	rule = "gateway-2xx",
	records = function(t) return t:first "kind=send src=bob status=200" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv dst=switcha proto=isup").time - t:first("kind=send method=IAM").time end,
	wrong = {
		{ function(t) return t:first("kind=recv dst=switcha proto=isup").time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records of switcha: its first send, and the first arrival. Subtract.", zh = "switcha 的两条记录：第一次发送和第一次收到，时刻相减。" },
	rule = "gateway-2xx",
	records = function(t) return t:first "kind=recv dst=switcha proto=isup" end,
	points = 2,
}

task {
	goal = {
		{ "Bob's phone does not ring", zh = "Bob 的话机不振铃",
			function(t)
				return t:count "kind=send src=bob status=180" == 0, t:first "kind=send src=bob status=200"
			end },
		{ "the gateway says all the same that the number is complete", zh = "网关仍然说明号码完整",
			function(t)
				return t:first "kind=send method=ACM src=ngw1"
			end,
			why = { "Bob's phone answers 20 ms after the INVITE of the gateway; T11 can be shorter.", zh = "网关发送 INVITE 之后 20 ms，Bob 的 200 就到；T11 可以更短。" } },
		{ "and the answer is an ANM", zh = "而应答是 ANM",
			function(t)
				return t:first "kind=send method=ANM src=ngw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "The first words of Bob",
			zh = "Bob 说的头几个字",
			why = { "He is heard from the answer on, as in any call.", zh = "从应答起就能听到他，和任何呼叫一样。" } },
		{ "The tone that the line is free",
			zh = "说明线路空闲的拨号音",
			why = { "That comes from Switch A, before the first digit.", zh = "那由 Switch A 在第一位数字之前给出。" } },
		{ "A ringing tone, before Bob's voice", right = true,
			zh = "Bob 的声音之前的回铃音" },
		{ "The announcement that he is being called",
			zh = "说明正在呼叫的录音通知",
			why = { "Nobody plays one, here or where a phone rings.", zh = "无论这里还是话机振铃时都没有人播放。" } },
	},
	rule = "gateway-2xx",
}
