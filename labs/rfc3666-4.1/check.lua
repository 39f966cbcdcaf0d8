-- The tasks of rfc3666-4.1; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "switchc.pick_up=1s..4s:1s", "gw2--switchc.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "The circuit: it leads from Switch A to Switch C",
			zh = "电路：从 Switch A 通到 Switch C",
			why = { "A circuit ends at the gateway; each network has its own.", zh = "电路止于网关；每个网络有自己的电路。" } },
		{ "All parameters: the INVITE carries the first IAM along",
			zh = "所有参数：INVITE 带着第一个 IAM",
			why = { "The INVITE here has a number and SDP; GW 2 sets the rest itself.", zh = "这里的 INVITE 只有号码和 SDP；其余由 GW 2 重新生成。" } },
		{ "The called number, as the INVITE between them has it", right = true,
			zh = "被叫号码，两者之间的 INVITE 中有" },
		{ "The call reference, by which both networks know the call",
			zh = "呼叫标识，两个网络都以它识别呼叫",
			why = { "Each network identifies the call by its own circuit.", zh = "每个网络以自己的电路识别呼叫。" } },
	},
	rule = "gateway-invite",
	ahead = true,
}

task {
	draw = "proto=isup kind=send",
	given = 3,
	points = 2,
	hint = { "There are two circuits, and each has all five types: `machine=circuit node=switcha`, then that of switchc.", zh = "两条电路，每条都有全部五种消息：`machine=circuit node=switcha`，再看 switchc 的。" },
	others = {
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all SIP messages between NGW 1 and Proxy 1 in the whole call, one line each, such as `ngw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-4.1 kind=send node=ngw1 proto=sip",
				zh = "画出整个呼叫中 NGW 1 与 Proxy 1 之间的 SIP 消息，每条一行，如 `ngw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-4.1 kind=send node=ngw1 proto=sip" },
			rule = "bye-send",
			hint = { "The BYE comes from the other side here, RFC 3261, 15.1.1: `dst=ngw1 proto=sip kind=send` is what NGW 1 gets.", zh = "这里 BYE 来自另一侧，RFC 3261 第 15.1.1 节：`dst=ngw1 proto=sip kind=send` 是 NGW 1 收到的。" } },
		{ draw = "kind=send proto=sip src=proxy1,gw2 dst=proxy1,gw2",
			ask = { "Draw all SIP messages between Proxy 1 and GW 2 in the whole call, one line each, such as `proxy1 -> gw2 INVITE`.\n\n    rung show rfc3666-4.1 kind=send node=gw2 proto=sip",
				zh = "画出整个呼叫中 Proxy 1 与 GW 2 之间的 SIP 消息，每条一行，如 `proxy1 -> gw2 INVITE`。\n\n    rung show rfc3666-4.1 kind=send node=gw2 proto=sip" },
			rule = "gateway-acm",
			hint = { "GW 2 answers the INVITE three times and ends the call: `src=gw2 proto=sip kind=send`.", zh = "GW 2 对 INVITE 响应三次，并结束呼叫：`src=gw2 proto=sip kind=send`。" } },
	},
}

task {
	number = function(t) return t:first("kind=send src=gw2 status=183").status end,
	wrong = {
		{ 180, why = { "Then the caller's own exchange would generate the ringback tone.", zh = "那样就由主叫自己的交换机产生回铃音。" } },
		{ 100, why = { "That was sent before the IAM.", zh = "那是在 IAM 之前发送的。" } },
	},
	why = { "Look for what gw2 sends to proxy1 after the ACM.", zh = "看 ACM 之后 gw2 向 proxy1 发送什么。" },
	rule = "gateway-acm",
	records = function(t) return t:first "kind=send src=gw2 status=183" end,
	points = 2,
	hint = { "GW 2 has an ACM with Q.763 3.37, `ACM@switchc`; RFC 3398, 7.2.6 says what that is mapped to.", zh = "GW 2 收到带 Q.763 3.37 的 ACM，`ACM@switchc`；RFC 3398 第 7.2.6 节说明它变成什么。" },
	others = {
		{ number = 16,
			ask = { "Which cause of Q.850 does the REL have that Switch A gets? Write the number.\n\n    rung show rfc3666-4.1 -m method=REL kind=send\n    rung show rfc3666-4.1 -m method=BYE kind=send",
				zh = "Switch A 收到的 REL 带哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-4.1 -m method=REL kind=send\n    rung show rfc3666-4.1 -m method=BYE kind=send" },
			wrong = {
				{ 31, why = { "The BYE has a Reason that is more exact.", zh = "BYE 带有 Reason，说得更多。" } },
			},
			why = { "Read the cause indicators of the REL that ngw1 sends.", zh = "读 ngw1 发送的 REL 的原因指示。" },
			rule = "gateway-bye",
			records = function(t) return t:first "kind=send src=ngw1 method=REL" end,
			hint = { "It goes from `REL@switchc` through a BYE into `REL@ngw1`, Q.763 3.12.", zh = "它从 `REL@switchc` 经过 BYE 到 `REL@ngw1`，Q.763 3.12。" } },
		{ number = function(t) return t:count "kind=send proto=sip cseq=BYE" end,
			ask = { "How many SIP messages end the call, the BYEs and their responses together?\n\n    rung show rfc3666-4.1 cseq=BYE kind=send",
				zh = "有多少条 SIP 消息结束呼叫，BYE 和对它的响应一起算？\n\n    rung show rfc3666-4.1 cseq=BYE kind=send" },
			wrong = {
				{ 2, why = { "Proxy 1 is in the path of both.", zh = "两者都经过 Proxy 1。" } },
				{ 8, why = { "Those of ISUP are not SIP messages.", zh = "ISUP 的消息不是 SIP 消息。" } },
			},
			why = { "Count the transmissions whose CSeq says BYE.", zh = "数 CSeq 为 BYE 的发送。" },
			rule = "gateway-pstn-rel",
			records = function(t) return t:last "kind=send cseq=BYE" end,
			hint = { "The proxy has recorded its route: it also forwards what it gets of this, `dst=proxy1 kind=recv from=8s`.", zh = "代理服务器记录了路由：它收到的 `dst=proxy1 kind=recv from=8s`，它也都转发。" } },
	},
}

task {
	time = function(t) return t:last("kind=recv method=ANM").time - t:first("kind=send method=ANM").time end,
	wrong = {
		{ function(t) return t:first("kind=recv method=ANM").time - t:first("kind=send method=ANM").time end, why = { "At that time it has reached the first gateway.", zh = "那时它刚到第一个网关。" } },
	},
	why = { "Count from the transmission of switchc to the arrival at switcha.", zh = "取 switchc 的发送和 switcha 的收到。" },
	rule = "gateway-2xx",
	records = function(t) return t:last "kind=recv method=ANM" end,
	points = 2,
	hint = { "`ANM@switchc` is mapped to a 200, and then to an ANM again; the last arrival is at Switch A.", zh = "`ANM@switchc` 变成 200，再变成 ANM；最后一次到达在 Switch A。" },
}

task {
	goal = {
		{ "the call was answered", zh = "呼叫被应答",
			function(t)
				return t:first "kind=recv node=switcha method=ANM"
			end },
		{ "Switch A releases it", zh = "Switch A 释放它",
			function(t)
				return t:first "kind=send method=REL src=switcha"
			end },
		{ "GW 2 releases its circuit", zh = "GW 2 释放它的电路",
			function(t)
				return t:first "kind=send method=REL src=gw2"
			end },
		{ "both are idle: RLC", zh = "两条都空闲：RLC",
			function(t)
				return t:count "kind=recv method=RLC" == 2, t:last "kind=recv method=RLC"
			end,
			why = { "Each REL has its RLC.", zh = "每个 REL 都有自己的 RLC。" } },
	},
	points = 3,
}
