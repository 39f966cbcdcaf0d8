-- The tasks of volte-telephone; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "exchange.pick_up=2000ms..4000ms:500ms", "mgcf--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=5s",
	points = 2,
}

task {
	text = { "2.2.2.2.5.5.5.4.1.3.1.e164.arpa", "2.2.2.2.5.5.5.4.1.3.1.e164.arpa." },
	wrong = {
		{ "13145552222.e164.arpa", why = { "Each digit is a label, and the last one comes first.", zh = "每个数字自成一段，最后一个在最前。" } },
		{ "1.3.1.4.5.5.5.2.2.2.2.e164.arpa", why = { "A name of the DNS has the most general part at its end.", zh = "DNS 名字的最后才是最大的范围。" } },
		{ { "tel:+13145552222", "+13145552222" }, why = { "That is the number; how is it asked for?", zh = "那是号码；查询时用什么名字？" } },
	},
	rule = "enum-lookup",
	why = { "The question that the S-CSCF sends names it.", zh = "S-CSCF 发出的查询中有这个名字。" },
	records = function(t) return t:first "kind=lookup op=enum" end,
}

task {
	choice = {
		{ "the I-CSCF", zh = "I-CSCF",
			why = { "It stays out of the way, too, but this call never got there.", zh = "它也不留在路上，但这个呼叫从未到过那里。" } },
		{ "the BGCF", zh = "BGCF", right = true },
		{ "the MGCF", zh = "MGCF",
			why = { "It is the other end of the dialog: the BYE is for it.", zh = "它是对话的另一端：BYE 正是给它的。" } },
		{ "the P-CSCF", zh = "P-CSCF",
			why = { "The phone has no other way into the network.", zh = "话机没有别的路进入网络。" } },
	},
	why = { "It has put no Record-Route into the INVITE, so it is in no Route of what follows (RFC 3261 16.6).", zh = "它没有在 INVITE 中加入 Record-Route，所以后续请求的 Route 中没有它（RFC 3261 第 16.6 节）。" },
	records = function(t) return t:first "kind=send method=BYE dst=mgcf" end,
}

task {
	number = { 17 },
	wrong = {
		{ 486, why = { "That is what the MGCF makes of it.", zh = "那是 MGCF 由它得出的。" } },
		{ 16, why = { "That is how the first call ends.", zh = "那是第一个呼叫的结束。" } },
	},
	why = { "Look at the REL of the exchange.", zh = "看交换机的 REL。" },
	rule = "gateway-cause",
	records = function(t) return t:last "kind=send method=REL src=exchange" end,
}

task {
	choice = {
		{ "since the number has more digits than those of the network", zh = "因为这个号码比网内号码长",
			why = { "All have eleven; Bob's is of another area.", zh = "都是十一位；Bob 的只是另一个地区。" } },
		{ "since the HSS has said that it knows no such user", zh = "因为 HSS 说没有这个用户",
			why = { "Nobody has asked it.", zh = "没有人询问它。" } },
		{ "since the DNS knows no name for the number", zh = "因为 DNS 中没有这个号码的名字", right = true, rule = "enum-lookup" },
		{ "since tel URIs always go to the telephone network", zh = "因为 tel URI 总是通往电话网",
			why = { "Bob has a tel URI, too, and a phone of this network.", zh = "Bob 也有 tel URI，他的话机却在本网。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=lookup op=enum" end,
}

task {
	goal = {
		{ "the BGCF sends a call of Alice's on", zh = "BGCF 转发 Alice 的一个呼叫",
			function(t) return t:first "kind=send method=INVITE src=bgcf" end },
		{ "the exchange releases it with a cause that becomes 404", zh = "交换机以会变成 404 的原因值释放它",
			function(t)
				return t:first "kind=send src=mgcf status=404"
			end,
			why = { "Of a number that no telephone of the exchange has.", zh = "用交换机上没有话机的号码。" } },
	},
	points = 3,
}
