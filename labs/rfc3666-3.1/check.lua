-- The tasks of rfc3666-3.1; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "bob.answer=1s..4s:1s", "ngw1--switcha.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	text = { "+19725552222" },
	wrong = {
		{ "0019725552222", why = { "00 is what people dial; in the IAM the nature of address says international instead.", zh = "00 是人们拨的；在 IAM 中由地址性质说明是国际号码。" } },
		{ "9725552222", why = { "Without the country it would mean another telephone in each country.", zh = "没有国家代码，在每个国家就指不同的电话。" } },
	},
	why = { "Read the start line of the INVITE that ngw1 sends.", zh = "读 ngw1 发送的 INVITE 的起始行。" },
	rule = "gateway-iam",
	records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv node=switcha method=ANM").time - t:first("kind=send src=bob status=200").time end,
	wrong = {
		{ function(t) return t:first("kind=send method=ANM").time - t:first("kind=send src=bob status=200").time end, why = { "Then it is sent; it has a link to cross.", zh = "那时才发送；它还要经过一段链路。" } },
	},
	why = { "The send of the 200 by bob and the arrival of the ANM count.", zh = "看 bob 发送 200 和 ANM 到达的时刻。" },
	rule = "gateway-2xx",
	records = function(t) return t:first "kind=recv node=switcha method=ANM" end,
	points = 2,
}

task {
	goal = {
		{ "the gateway sends an ACM", zh = "网关发送 ACM",
			function(t)
				return t:first "kind=send method=ACM src=ngw1"
			end },
		{ "the telephone releases the call", zh = "电话释放呼叫",
			function(t)
				return t:first "kind=send method=REL src=switcha"
			end },
		{ "the gateway cancels with a cause of Q.850", zh = "网关取消时带 Q.850 原因值",
			function(t)
				local r = t:first "kind=send method=CANCEL src=ngw1"
				return r ~= nil and tostring(r:header "Reason"):match "^Q.850" ~= nil, r
			end,
			why = { "Hang up before somebody answers.", zh = "在有人接听之前挂机。" } },
		{ "nobody has answered", zh = "没有人应答",
			function(t)
				return t:count "kind=send method=ANM,CON" == 0, t:first "kind=send method=REL"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "The 100 of Proxy 1",
			zh = "Proxy 1 发来的 100",
			why = { "That one says only that Proxy 1 has the INVITE; nobody rings yet.", zh = "它只说明 Proxy 1 收到了 INVITE；还没有振铃。" } },
		{ "The 200 of Bob's phone",
			zh = "Bob 话机的 200",
			why = { "It becomes the ANM.", zh = "它变成 ANM。" } },
		{ "The 180 of Bob's phone", right = true,
			zh = "Bob 话机的 180" },
		{ "Its own INVITE, once it has been sent",
			zh = "它自己的 INVITE，一经发出",
			why = { "An INVITE only asks; the number may be nobody's.", zh = "INVITE 只是请求；号码可能不属于任何人。" } },
	},
	rule = "gateway-18x",
}
