-- The tasks of rfc3666-3.1; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "bob.answer=1s..4s:1s", "ngw1--switcha.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "The 100 of Proxy 1",
			zh = "Proxy 1 发来的 100",
			why = { "That one only says that Proxy 1 has the INVITE; nothing rings yet.", zh = "它只说明 Proxy 1 收到了 INVITE；还没有振铃。" } },
		{ "The 200 of Bob's phone",
			zh = "Bob 话机的 200",
			why = { "It is mapped to the ANM.", zh = "它变成 ANM。" } },
		{ "The 180 of Bob's phone", right = true,
			zh = "Bob 话机的 180" },
		{ "Its own INVITE, once it has been sent",
			zh = "它自己的 INVITE，一经发出",
			why = { "An INVITE only asks; the number may not exist.", zh = "INVITE 只是请求；号码可能不属于任何人。" } },
	},
	rule = "gateway-18x",
	ahead = true,
}

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "The caller's side begins two of them, the gateway maps three from SIP: `proto=isup src=ngw1`.", zh = "主叫一侧开始其中两条，网关由 SIP 得出三条：`proto=isup src=ngw1`。" },
	others = {
		{ draw = "kind=send proto=sip node=bob",
			ask = { "Draw all messages between Proxy 1 and Bob's phone in the whole call, one line each, such as `proxy1 -> bob INVITE`.\n\n    rung show rfc3666-3.1 kind=send node=bob",
				zh = "画出整个呼叫中 Proxy 1 与 Bob 的话机之间的消息，每条一行，如 `proxy1 -> bob INVITE`。\n\n    rung show rfc3666-3.1 kind=send node=bob" },
			rule = "gateway-iam",
			hint = { "Bob's phone sends three responses, two of them with the CSeq of `INVITE@proxy1`.", zh = "Bob 的话机发送三个响应，其中两个的 CSeq 与 `INVITE@proxy1` 相同。" } },
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all messages between NGW 1 and Proxy 1 in the whole call, one line each, such as `ngw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-3.1 kind=send node=ngw1 proto=sip",
				zh = "画出整个呼叫中 NGW 1 与 Proxy 1 之间的消息，每条一行，如 `ngw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-3.1 kind=send node=ngw1 proto=sip" },
			rule = "gateway-2xx",
			hint = { "Here the gateway is the caller's user agent: `machine=ICT node=ngw1` and its BYE.", zh = "这里网关是主叫的用户代理：看 `machine=ICT node=ngw1` 和它的 BYE。" } },
	},
}

task {
	text = { "+19725552222" },
	wrong = {
		{ "0019725552222", why = { "00 is what people dial; in the IAM the nature of address says international instead.", zh = "00 是人们拨的；在 IAM 中由地址性质说明是国际号码。" } },
		{ "9725552222", why = { "Without the country code it would be a different telephone in each country.", zh = "没有国家代码，在每个国家就指不同的电话。" } },
	},
	why = { "Read the start line of the INVITE that ngw1 sends.", zh = "读 ngw1 发送的 INVITE 的起始行。" },
	rule = "gateway-iam",
	records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
	points = 2,
	hint = { "RFC 3398, 12.1 maps the called number of `IAM@switcha`, with its nature of address, to this.", zh = "RFC 3398 第 12.1 节由 `IAM@switcha` 的被叫号码及其地址性质得出它。" },
	others = {
		{ text = "+13145552222",
			ask = { "What is the user part of From in the INVITE that the gateway makes?\n\n    rung show rfc3666-3.1 -m method=INVITE src=ngw1",
				zh = "网关生成的 INVITE 中，From 的用户部分是什么？\n\n    rung show rfc3666-3.1 -m method=INVITE src=ngw1" },
			wrong = {
				{ "3145552222", why = { "That is its form in the IAM, a national number; something goes before it.", zh = "IAM 中是这样，作为国内号码；前面要加些东西。" } },
				{ "+19725552222", why = { "That is the called one.", zh = "那是被叫号码。" } },
			},
			why = { "Read the field From of the INVITE that ngw1 sends.", zh = "读 ngw1 发送的 INVITE 的 From 字段。" },
			rule = "gateway-iam",
			records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
			hint = { "The calling party number of `IAM@switcha`, Q.763 3.10, is a national one: what does SIP add?", zh = "`IAM@switcha` 的主叫号码（Q.763 3.10）是国内号码：SIP 加上什么？" } },
		{ text = "Q.850;cause=16",
			ask = { "What is the value of Reason in the BYE to which the gateway maps the REL?\n\n    rung show rfc3666-3.1 -m method=BYE src=ngw1",
				zh = "网关由 REL 生成的 BYE 中，Reason 的值是什么？\n\n    rung show rfc3666-3.1 -m method=BYE src=ngw1" },
			wrong = {
				{ { "16", "cause=16" }, why = { "The name of the protocol to which the cause belongs is before it.", zh = "前面还写有这是哪个协议的原因值。" } },
			},
			why = { "Read the field Reason of the BYE that ngw1 sends.", zh = "读 ngw1 发送的 BYE 的 Reason 字段。" },
			rule = "reason-cause",
			records = function(t) return t:first "kind=send src=ngw1 method=BYE" end,
			hint = { "RFC 3326 has its format; its content is in `REL@switcha`, in the cause indicators.", zh = "其形式见 RFC 3326；内容在 `REL@switcha` 的原因指示中。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv node=switcha method=ANM").time - t:first("kind=send src=bob status=200").time end,
	wrong = {
		{ function(t) return t:first("kind=send method=ANM").time - t:first("kind=send src=bob status=200").time end, why = { "At that time it is sent; it must still cross a link.", zh = "那时才发送；它还要经过一段链路。" } },
	},
	why = { "Count from the transmission of the 200 by bob to the arrival of the ANM.", zh = "看 bob 发送 200 和 ANM 到达的时刻。" },
	rule = "gateway-2xx",
	records = function(t) return t:first "kind=recv node=switcha method=ANM" end,
	points = 2,
	hint = { "From `200@bob` to the arrival at Switch A there are three links; one of them is the circuit's.", zh = "从 `200@bob` 到 Switch A 有三段链路；其中一段属于电路。" },
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
