-- The tasks of rfc3666-3.3; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1s..4s:1s", "gw1--pbx.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "When it has sent its REL",
			zh = "它发送 REL 之后，不必等待",
			why = { "The other side does not know about it yet.", zh = "对方还不知道。" } },
		{ "When the RLC of the gateway has come", right = true,
			zh = "网关的 RLC 到来之后" },
		{ "When Bob's phone has answered the BYE",
			zh = "Bob 的话机响应 BYE 之后",
			why = { "The circuit ends at the gateway, and so does its release.", zh = "电路止于网关，它的释放也是。" } },
		{ "As soon as the telephone at it is hung up",
			zh = "它那里的电话一挂断就可以",
			why = { "Going on hook begins the release; the other end does not know about it.", zh = "挂断只是释放的开始；另一端还不知道。" } },
	},
	rule = "trunk-free",
	ahead = true,
}

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "PBX is the caller, and it also hangs up: `proto=isup src=pbx` has two messages.", zh = "呼叫的是 PBX，挂断的也是它：`proto=isup src=pbx` 有两条消息。" },
	others = {
		{ draw = "kind=send proto=sip node=bob",
			ask = { "Draw all messages between Proxy 1 and Bob's phone in the whole call, one line each, such as `proxy1 -> bob INVITE`.\n\n    rung show rfc3666-3.3 kind=send node=bob",
				zh = "画出整个呼叫中 Proxy 1 与 Bob 的话机之间的消息，每条一行，如 `proxy1 -> bob INVITE`。\n\n    rung show rfc3666-3.3 kind=send node=bob" },
			rule = "gateway-iam",
			hint = { "There are three responses from Bob's phone, to two requests: `200@bob` is there twice.", zh = "Bob 的话机对两个请求发送三个响应：`200@bob` 有两次。" } },
		{ draw = "kind=send proto=sip src=proxy1,gw1 dst=proxy1,gw1",
			ask = { "Draw all messages between GW 1 and Proxy 1 in the whole call, one line each, such as `gw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-3.3 kind=send node=gw1 proto=sip",
				zh = "画出整个呼叫中 GW 1 与 Proxy 1 之间的消息，每条一行，如 `gw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-3.3 kind=send node=gw1 proto=sip" },
			rule = "gateway-18x",
			hint = { "GW 1 is the user agent for the company: what it receives is `dst=gw1 proto=sip`.", zh = "GW 1 是代表公司的用户代理：它收到的是 `dst=gw1 proto=sip`。" } },
	},
}

task {
	text = { "+14445550001" },
	wrong = {
		{ "4445550001", why = { "That is its form in the IAM, a national number; the gateway has put something before it.", zh = "IAM 中是这样，作为国内号码；网关在前面加了些东西。" } },
		{ "+19725552222", why = { "That is Bob himself.", zh = "那是 Bob 自己。" } },
	},
	why = { "The field From of the INVITE has it.", zh = "看 INVITE 的 From 字段。" },
	rule = "gateway-iam",
	records = function(t) return t:first "kind=send method=INVITE dst=bob" end,
	points = 2,
	hint = { "The calling party number of `IAM@pbx` is a national one; RFC 3398, 12.1 has what goes before it.", zh = "`IAM@pbx` 的主叫号码是国内号码；前面加什么见 RFC 3398 第 12.1 节。" },
	others = {
		{ text = "19725552222",
			ask = { "Which number is the called number of the IAM? Write its digits, as they are there.\n\n    rung show rfc3666-3.3 -m method=IAM kind=send",
				zh = "IAM 呼叫哪个号码？按原样写出它的数字。\n\n    rung show rfc3666-3.3 -m method=IAM kind=send" },
			wrong = {
				{ "0019725552222", why = { "00 is what people dial; the nature of address replaces it.", zh = "00 是人们拨的；由地址性质代替。" } },
				{ "+19725552222", why = { "That is its form in SIP.", zh = "SIP 中才这样写。" } },
				{ "4445550001", why = { "That is the calling one.", zh = "那是主叫号码。" } },
			},
			why = { "The called party number is in the field of Q.763 3.9.", zh = "被叫号码在 Q.763 3.9 的字段中。" },
			rule = "gateway-iam",
			records = function(t) return t:first "kind=send method=IAM" end,
			hint = { "00 is dialled, and means that the number is an international one: `IAM@pbx` says that in another way, Q.763 3.9.", zh = "拨 00 表示国际号码：`IAM@pbx` 用另一种方式说明，见 Q.763 3.9。" } },
		{ number = 16,
			ask = { "Which cause of Q.850 does the REL of the company's exchange have? Write the number.\n\n    rung show rfc3666-3.3 -m method=REL kind=send",
				zh = "公司交换机的 REL 带哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-3.3 -m method=REL kind=send" },
			wrong = {
				{ 17, why = { "Bob was not busy here.", zh = "这里 Bob 并不忙。" } },
			},
			why = { "Read the cause indicators of the REL that pbx sends.", zh = "读 pbx 发送的 REL 的原因指示。" },
			rule = "trunk-release",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "A user goes on hook, seven seconds after dialling: `REL@pbx`, Q.763 3.12.", zh = "拨号七秒后有人放下听筒：`REL@pbx`，Q.763 3.12。" } },
	},
}

task {
	time = function(t) return t:first "kind=recv method=ACM".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=ACM".time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of pbx; subtract their times.", zh = "看 pbx 的两条记录，时刻相减。" },
	rule = "gateway-18x",
	records = function(t) return t:first "kind=recv method=ACM" end,
	points = 2,
	hint = { "The number is complete when a telephone rings: `IAM@pbx`, and the arrival of `ACM@gw1`.", zh = "有人振铃时号码就完整了：`IAM@pbx`，以及 `ACM@gw1` 的到达。" },
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
		{ "the exchange acknowledges: RLC", zh = "交换机回应 RLC",
			function(t)
				return t:first "kind=send method=RLC src=pbx"
			end },
	},
	points = 3,
}
