-- The tasks of rfc3666-2.2; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "pbx.pick_up=1s..4s:1s", "alice--proxy1.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "For the RLC, by which the circuit is free",
			zh = "等待 RLC，电路由它变为空闲",
			why = { "Look at the times: the 200 to the BYE is sent before the RLC arrives.", zh = "看时刻：对 BYE 的 200 在 RLC 到来之前就发送了。" } },
		{ "For a REL of the company's exchange",
			zh = "等待公司交换机自己发来的 REL",
			why = { "Alice hangs up: the gateway sends the REL.", zh = "挂断的是 Alice：REL 由网关发送。" } },
		{ "For nothing: the two sides end each by itself", right = true,
			zh = "什么也不等：两侧各自结束" },
		{ "For its own timer T1, which runs from the REL on",
			zh = "等待自己的定时器 T1，它从 REL 开始计时",
			why = { "T1 retransmits the REL if no RLC arrives; the BYE is answered long before.", zh = "没有 RLC 时 T1 使 REL 重发；BYE 早已得到响应。" } },
	},
	rule = "gateway-bye",
	ahead = true,
}

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "There are five types of message, one each; `machine=circuit node=gw1` shows which message changes the state of the circuit.", zh = "五种消息，各一条；`machine=circuit node=gw1` 说出使电路状态改变的消息。" },
	others = {
		{ draw = "kind=send src=gw1,proxy1 dst=gw1,proxy1 cseq=INVITE,ACK",
			ask = { "Draw all SIP messages between Proxy 1 and GW 1 until the call is set up, from the INVITE to the ACK, such as `proxy1 -> gw1 INVITE`.\n\n    rung show rfc3666-2.2 kind=send node=gw1 proto=sip",
				zh = "画出呼叫建立之前 Proxy 1 与 GW 1 之间的消息：从 INVITE 到 ACK 的所有 SIP 消息，如 `proxy1 -> gw1 INVITE`。\n\n    rung show rfc3666-2.2 kind=send node=gw1 proto=sip" },
			rule = "gateway-acm",
			hint = { "There are three responses: one from the gateway itself, one for the ACM, one for the ANM. See `src=gw1 proto=sip`.", zh = "三个响应：一个是网关自己的，一个由 ACM 得出，一个由 ANM 得出。看 `src=gw1 proto=sip`。" } },
		{ draw = "kind=send cseq=BYE",
			ask = { "Draw how SIP ends the call: each BYE and each response to it, one line each, such as `alice -> proxy1 BYE`.\n\n    rung show rfc3666-2.2 kind=send cseq=BYE",
				zh = "画出 SIP 怎样结束呼叫：每个 BYE 和对它的每个响应，每条一行，如 `alice -> proxy1 BYE`。\n\n    rung show rfc3666-2.2 kind=send cseq=BYE" },
			rule = "bye-recv",
			hint = { "The node that has the dialog answers a BYE, and that is no proxy: RFC 3261, 15.1.2, `200@gw1#2`.", zh = "响应 BYE 的是拥有对话的一方，而不是代理服务器：RFC 3261 第 15.1.2 节，`200@gw1#2`。" } },
	},
}

task {
	text = { "4445550001" },
	wrong = {
		{ "+14445550001", why = { "That is its form in SIP; in the IAM it is a national number, without the country code.", zh = "SIP 中是这样；在 IAM 中它是国内号码，没有国家代码。" } },
		{ "3145551111", why = { "That is the calling one.", zh = "那是主叫号码。" } },
	},
	why = { "The called party number is in the field of Q.763 3.9.", zh = "被叫号码在 Q.763 3.9 的字段中。" },
	rule = "gateway-invite",
	records = function(t) return t:first "kind=send method=IAM" end,
	points = 2,
	hint = { "`IAM@gw1` has two numbers, of the called and of the calling party: Q.763 3.9 and 3.10.", zh = "`IAM@gw1` 有被叫和主叫两个号码：Q.763 3.9 和 3.10。" },
	others = {
		{ text = "3145551111",
			ask = { "Which number is the calling number of the IAM? Write its digits.\n\n    rung show rfc3666-2.2 -m method=IAM kind=send",
				zh = "IAM 中的主叫号码是什么？写出它的数字。\n\n    rung show rfc3666-2.2 -m method=IAM kind=send" },
			wrong = {
				{ "+13145551111", why = { "That is its form in SIP; in the IAM it is a national number, without the country code.", zh = "SIP 中是这样；在 IAM 中它是国内号码，没有国家代码。" } },
				{ "4445550001", why = { "That is the called one.", zh = "那是被叫号码。" } },
			},
			why = { "The calling party number is in the field of Q.763 3.10.", zh = "主叫号码在 Q.763 3.10 的字段中。" },
			rule = "gateway-invite",
			records = function(t) return t:first "kind=send method=IAM" end,
			hint = { "From of `INVITE@alice` has it with the country code; the trunk removes that.", zh = "`INVITE@alice` 的 From 中带国家代码；中继把它去掉。" } },
		{ number = function(t) return t:first("kind=send src=gw1 status=180").status end,
			ask = { "Which status does the gateway send for the ACM of this exchange?\n\n    rung show rfc3666-2.2 kind=send src=gw1\n    rung show rfc3666-2.2 -m method=ACM kind=send",
				zh = "网关由这台交换机的 ACM 得出哪个状态码？\n\n    rung show rfc3666-2.2 kind=send src=gw1\n    rung show rfc3666-2.2 -m method=ACM kind=send" },
			wrong = {
				{ 183, why = { "That is for an ACM that says that there is sound in band.", zh = "那是由说明有声音可听的 ACM 得出的。" } },
				{ 100, why = { "That was sent before the ACM arrived.", zh = "那是在 ACM 到来之前发送的。" } },
			},
			why = { "Look for what gw1 sends to proxy1 after the ACM has arrived.", zh = "看 ACM 到来之后 gw1 向 proxy1 发送什么。" },
			rule = "gateway-acm",
			records = function(t) return t:first "kind=send src=gw1 status=180" end,
			hint = { "This ACM has no optional backward call indicators (Q.763 3.37): read `ACM@pbx`.", zh = "这个 ACM 没有可选后向呼叫指示（Q.763 3.37）：读 `ACM@pbx`。" } },
	},
}

task {
	time = function(t) return t:first("kind=send method=REL").time - t:first("kind=send method=BYE src=alice").time end,
	wrong = {
		{ function(t) return t:first("kind=send method=REL").time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
		{ 0, why = { "The BYE has two links to cross first.", zh = "BYE 要先经过两段链路。" } },
	},
	why = { "Take two transmissions: the BYE of alice and the REL of gw1. Subtract.", zh = "两次发送：alice 的 BYE 和 gw1 的 REL，相减。" },
	rule = "gateway-bye",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
	hint = { "`BYE@alice` and `REL@gw1`: there are two links between the two nodes, and one of them differs from copy to copy.", zh = "`BYE@alice` 和 `REL@gw1`：两个节点之间有两段链路，其中一段因副本而异。" },
}

task {
	goal = {
		{ "the exchange releases the call", zh = "交换机释放呼叫",
			function(t)
				return t:first "kind=send method=REL src=pbx"
			end },
		{ "Alice's phone gets 486", zh = "Alice 的话机收到 486",
			function(t)
				return t:first "kind=recv node=alice status=486"
			end,
			why = { "Which cause of Q.850 is mapped to 486? docs/roles/switch.md says where the table is.", zh = "哪个 Q.850 原因值对应 486？docs/zh/ROLES.md 说明在哪里。" } },
		{ "it contains a cause of Q.850", zh = "其中写有 Q.850 原因值",
			function(t)
				local r = t:first "kind=recv node=alice status=486"
				return r ~= nil and tostring(r:header "Reason"):match "^Q.850;cause=" ~= nil, r
			end },
	},
	points = 3,
}
