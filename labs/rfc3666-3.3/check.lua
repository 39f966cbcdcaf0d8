-- The tasks of rfc3666-3.3; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1s..4s:1s", "gw1--pbx.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	text = { "+14445550001" },
	wrong = {
		{ "4445550001", why = { "So it stands in the IAM, as a national number; the gateway has put something before it.", zh = "IAM 中是这样，作为国内号码；网关在前面加了些东西。" } },
		{ "+19725552222", why = { "That is Bob himself.", zh = "那是 Bob 自己。" } },
	},
	why = { "The field From of the INVITE tells it.", zh = "看 INVITE 的 From 字段。" },
	rule = "gateway-iam",
	records = function(t) return t:first "kind=send method=INVITE dst=bob" end,
	points = 2,
}

task {
	time = function(t) return t:first "kind=recv method=ACM".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=ACM".time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Two records of pbx count; subtract their times.", zh = "看 pbx 的两条记录，时刻相减。" },
	rule = "gateway-18x",
	records = function(t) return t:first "kind=recv method=ACM" end,
	points = 2,
}

task {
	goal = {
		{ "Bob's phone sends 486", zh = "Bob 的话机发送 486",
			function(t)
				return t:first "kind=send src=bob status=486"
			end },
		{ "the gateway releases the circuit", zh = "网关释放电路",
			function(t)
				return t:first "kind=send method=REL src=gw1"
			end },
		{ "the exchange is content: RLC", zh = "交换机回应 RLC",
			function(t)
				return t:first "kind=send method=RLC src=pbx"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "When it has sent its REL",
			zh = "它发送 REL 之后，不必等待",
			why = { "The other side does not know of it yet.", zh = "对方还不知道。" } },
		{ "When the RLC of the gateway has come", right = true,
			zh = "网关的 RLC 到来之后" },
		{ "When Bob's phone has answered the BYE",
			zh = "Bob 的话机响应 BYE 之后",
			why = { "The circuit ends at the gateway, and so does its release.", zh = "电路止于网关，它的释放也是。" } },
		{ "As soon as the telephone at it is hung up",
			zh = "它那里的电话一挂断就可以",
			why = { "Hanging up begins the release; the other end does not know of it.", zh = "挂断只是释放的开始；另一端还不知道。" } },
	},
	rule = "trunk-free",
}
