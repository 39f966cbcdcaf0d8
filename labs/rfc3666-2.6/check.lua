-- The tasks of rfc3666-2.6; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "ngw1--switchb.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "No telephone was reached, so the circuit is seized and released: `machine=circuit node=switchb`.", zh = "没有找到电话，电路被占用又归还：`machine=circuit node=switchb`。" },
	others = {
		{ draw = "kind=send proto=sip node=alice",
			ask = { "Draw all messages between Alice's phone and Proxy 1, one line each, such as `alice -> proxy1 INVITE`.\n\n    rung show rfc3666-2.6 kind=send node=alice",
				zh = "画出 Alice 的话机与 Proxy 1 之间的消息，每条一行，如 `alice -> proxy1 INVITE`。\n\n    rung show rfc3666-2.6 kind=send node=alice" },
			rule = "gateway-cause",
			hint = { "There are two from each side: `dst=alice kind=recv` has those of Proxy 1.", zh = "双方各两条：`dst=alice kind=recv` 有 Proxy 1 的。" } },
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all SIP messages between Proxy 1 and NGW 1, one line each, such as `proxy1 -> ngw1 INVITE`.\n\n    rung show rfc3666-2.6 kind=send node=ngw1 proto=sip",
				zh = "画出 Proxy 1 与 NGW 1 之间的 SIP 消息，每条一行，如 `proxy1 -> ngw1 INVITE`。\n\n    rung show rfc3666-2.6 kind=send node=ngw1 proto=sip" },
			rule = "gateway-rel",
			hint = { "NGW 1 answers twice, before and after the message of Switch B: `src=ngw1 proto=sip`.", zh = "NGW 1 响应两次，在 Switch B 说话之前和之后：`src=ngw1 proto=sip`。" } },
	},
}

task {
	number = { 404 },
	wrong = {
		{ 1, why = { "That is the cause of Q.850; the question asks for a status.", zh = "那是 Q.850 原因值；问的是状态码。" } },
		{ 480, why = { "That would be a telephone that rang, or could not be reached.", zh = "那是振过铃或叫不到的电话。" } },
	},
	why = { "Look for the final response that reaches her phone.", zh = "看她的话机收到的最终响应。" },
	rule = "gateway-cause",
	records = function(t) return t:first "kind=recv node=alice status=404" end,
	points = 2,
	hint = { "The gateway maps it from the cause in `REL@switchb`: RFC 3398, 7.2.4.1 has the table.", zh = "网关由 `REL@switchb` 中的原因值得出：RFC 3398 第 7.2.4.1 节有表。" },
	ahead = true,
	others = {
		{ number = 1,
			ask = { "Before you look at the run: which cause of Q.850 will the REL of Switch B have? Write the number.\n\n    rung show rfc3666-2.6 -m method=REL kind=send",
				zh = "先不看运行：Switch B 的 REL 将带哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-2.6 -m method=REL kind=send" },
			ahead = true,
			wrong = {
				{ 404, why = { "That is the SIP status.", zh = "那是 SIP 的状态码。" } },
				{ 17, why = { "That would be a telephone that is busy.", zh = "那是电话忙。" } },
				{ 16, why = { "Nobody has hung up.", zh = "没有人挂机。" } },
			},
			why = { "Read the cause indicators of the REL.", zh = "读 REL 的原因指示。" },
			rule = "gateway-rel",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "The number does not exist, so no user can have sent it. The field is Q.763 3.12 of `REL@switchb`; Q.850 has the meanings.",
				zh = "号码不属于任何人，所以不会是用户说的。字段是 `REL@switchb` 的 Q.763 3.12；含义见 Q.850。" } },
		{ number = function(t) return t:count "kind=send method=ACK" end,
			ask = { "Before you look at the run: how many ACKs will be sent?\n\n    rung show rfc3666-2.6 method=ACK kind=send",
				zh = "先不看运行：将发送多少个 ACK？\n\n    rung show rfc3666-2.6 method=ACK kind=send" },
			ahead = true,
			wrong = {
				{ 1, why = { "That would be the number if it went from end to end.", zh = "如果它端到端传送才是这样。" } },
				{ 3, why = { "On the circuit there is an RLC instead.", zh = "在电路上由 RLC 代替它。" } },
				{ 0, why = { "Each final response to an INVITE has one.", zh = "对 INVITE 的每个最终响应都有 ACK。" } },
			},
			why = { "Count the transmissions of alice and proxy1.", zh = "数 alice 和 proxy1 的发送。" },
			rule = "ict-ack",
			records = function(t) return t:last "kind=send method=ACK" end,
			hint = { "A rejection is acknowledged by the hop before it (RFC 3261, 17.1.1.3): count the hops with `status=404 kind=send`.", zh = "拒绝由前一跳确认（RFC 3261 第 17.1.1.3 节）：用 `status=404 kind=send` 数跳数。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv node=alice status=404").time - t:first("kind=send method=INVITE src=alice").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=alice status=404").time end, why = { "That is the time since the start of the run; she called later than at 0.", zh = "那是运行的时刻；她并不是在 0 时呼叫的。" } },
		{ function(t) return t:first("kind=send src=ngw1 status=404").time - t:first("kind=send method=INVITE src=alice").time end, why = { "At that time the gateway sends it; it must still cross two links.", zh = "那时网关才发送；它还要经过两段链路。" } },
	},
	why = { "Take the transmission of her INVITE and the arrival of the rejection, and subtract.", zh = "取她发送 INVITE 和收到拒绝的时刻，相减。" },
	rule = "gateway-rel",
	records = function(t) return t:first "kind=recv node=alice status=404" end,
	points = 2,
	hint = { "There are six links on the way: it begins with `INVITE@alice` and ends with the arrival of `404@proxy1`.", zh = "路上有六段链路：`INVITE@alice` 是开始，`404@proxy1` 的到达是结束。" },
}

task {
	goal = {
		{ "the exchange releases the call", zh = "交换机释放呼叫",
			function(t)
				return t:first "kind=send method=REL src=switchb"
			end },
		{ "Alice's phone gets 502", zh = "Alice 的话机收到 502",
			function(t)
				return t:first "kind=recv node=alice status=502"
			end,
			why = { "Which cause means that a telephone is out of order? docs/roles/switch.md says where the list is.", zh = "哪个原因值表示电话故障？docs/zh/ROLES.md 说明列表在哪里。" } },
	},
	points = 3,
}

task {
	choice = {
		{ "It does not: the status is all that is left",
			zh = "传不到：只剩下状态码",
			why = { "Look at the fields of the response.", zh = "看响应的各个字段。" } },
		{ "As a body of the response, as application/ISUP",
			zh = "作为响应的消息体，类型为 application/ISUP",
			why = { "That would be SIP-T; this response has no body.", zh = "那是 SIP-T；这个响应没有消息体。" } },
		{ "In a Warning field, after the code of the bearer",
			zh = "在 Warning 字段中，写在承载代码之后",
			why = { "Look at the fields of the response: it has no field of that name.", zh = "看响应的各个字段：没有这个名称。" } },
		{ "In a field Reason of the response, as Q.850", right = true,
			zh = "在响应的 Reason 字段中，协议为 Q.850" },
	},
	rule = "gateway-cause",
}
