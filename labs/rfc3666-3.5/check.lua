-- The tasks of rfc3666-3.5; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = { 17 },
	wrong = {
		{ 600, why = { "That is the status of SIP.", zh = "那是 SIP 的状态码。" } },
		{ 21, why = { "603 would be that: call rejected.", zh = "603 才是它：呼叫拒绝。" } },
		{ 31, why = { "That stands for statuses that the table does not have.", zh = "那代表表中没有的状态码。" } },
	},
	why = { "The cause indicators stand in the field of Q.763 3.12.", zh = "原因指示在 Q.763 3.12 的字段中。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
}

task {
	time = function(t) return t:first "kind=recv method=REL".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=REL".time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records of switcha count; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=recv method=REL" end,
	points = 2,
}

task {
	goal = {
		{ "Bob's phone says 603", zh = "Bob 的话机返回 603",
			function(t)
				return t:first "kind=send src=bob status=603"
			end },
		{ "the gateway releases the circuit", zh = "网关释放电路",
			function(t)
				return t:first "kind=send method=REL src=ngw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Bob's phone, by RTP",
			zh = "Bob 的话机，以 RTP 传送",
			why = { "It has refused: there is no session.", zh = "它拒绝了：没有会话。" } },
		{ "Proxy 1, which has the 600 first",
			zh = "Proxy 1，它最先收到 600",
			why = { "A proxy has no part in media.", zh = "代理服务器不参与媒体。" } },
		{ "NGW 1, before it releases the circuit",
			zh = "NGW 1，在释放电路之前",
			why = { "It releases at once: see rfc3666-3.6 for the other way.", zh = "它立即释放：另一种做法见 rfc3666-3.6。" } },
		{ "Switch A, as soon as the REL has come", right = true,
			zh = "Switch A，REL 一到就产生" },
	},
	rule = "gateway-status",
}
