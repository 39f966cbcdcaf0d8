-- The tasks of rfc3666-2.4; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "bob.answer=1s..4s:1s", "proxy3--dnsserver.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=sip kind=send",
	points = 2,
}

task {
	text = { "2.2.2.2.5.5.5.2.7.9.1.e164.arpa", "2.2.2.2.5.5.5.2.7.9.1.e164.arpa." },
	wrong = {
		{ "1.9.7.2.5.5.5.2.2.2.2.e164.arpa", why = { "A name of the DNS ends with what is largest: the country comes last before e164.arpa.", zh = "DNS 名称以最大的部分结尾：国家代码在 e164.arpa 之前的最后。" } },
	},
	why = { "The question stands in the message to dnsserver.", zh = "查询内容在发给 dnsserver 的消息里。" },
	rule = "enum-lookup",
	records = function(t) return t:first "kind=send proto=dns" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=send src=proxy3 method=INVITE").time - t:first("kind=recv node=proxy3 method=INVITE").time end,
	wrong = {
		{ function(t) return (t:first("kind=send src=proxy3 method=INVITE").time - t:first("kind=recv node=proxy3 method=INVITE").time) / 2 end, why = { "The question goes there, and the answer comes back.", zh = "查询要过去，应答还要回来。" } },
	},
	why = { "Two records of proxy3: recv and send of the INVITE. Subtract.", zh = "proxy3 的两条记录：INVITE 的 recv 和 send，相减。" },
	rule = "enum-lookup",
	records = function(t) return t:first "kind=send src=proxy3 method=INVITE" end,
	points = 2,
}

task {
	goal = {
		{ "Alice's phone calls a tel: URI that ends with 2223", zh = "Alice 的话机呼叫以 2223 结尾的 tel: URI",
			function(t)
				return t:first("kind=send src=alice method=INVITE", function(r) return r.start == nil or r.text == nil or r.text:match "2223" ~= nil end)
			end },
		{ "the DNS is asked", zh = "查询了 DNS",
			function(t)
				return t:first "kind=send proto=dns src=proxy3"
			end },
		{ "the call is refused with 404", zh = "呼叫以 404 被拒绝",
			function(t)
				return t:first "kind=recv node=alice status=404"
			end,
			why = { "Which number has the zone no record for?", zh = "区域中没有哪个号码的记录？" } },
	},
	points = 3,
}

task {
	choice = {
		{ "So that nobody can read the number on its way",
			zh = "使途中没有人能读出号码",
			why = { "Whoever can turn it round once more can read it.", zh = "再反过来一次就能读出。" } },
		{ "In the DNS the largest part stands last: a country is a zone", right = true,
			zh = "DNS 中最大的部分写在最后：国家是区域" },
		{ "The digits are asked for one by one, the last first",
			zh = "数字逐位查询，从最后一位开始",
			why = { "There is a single question, with all digits.", zh = "查询只有一次，带全部数字。" } },
		{ "So that numbers of one subscriber stand side by side in the answer",
			zh = "使同一用户的号码在应答中排在一起",
			why = { "The answer is about one number alone.", zh = "应答只涉及一个号码。" } },
	},
	rule = "enum-lookup",
}
