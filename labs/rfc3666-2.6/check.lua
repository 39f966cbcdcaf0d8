-- The tasks of rfc3666-2.6; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "ngw1--switchb.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = { 404 },
	wrong = {
		{ 1, why = { "That is the cause of Q.850; a status was asked for.", zh = "那是 Q.850 原因值；问的是状态码。" } },
		{ 480, why = { "That would be a telephone that rang, or was not to be had.", zh = "那是振过铃或叫不到的电话。" } },
	},
	why = { "Look for the final response that comes to her phone.", zh = "看她的话机收到的最终响应。" },
	rule = "gateway-cause",
	records = function(t) return t:first "kind=recv node=alice status=404" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv node=alice status=404").time - t:first("kind=send method=INVITE src=alice").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=alice status=404").time end, why = { "That is the time of the run; she called later than at 0.", zh = "那是运行的时刻；她并不是在 0 时呼叫的。" } },
		{ function(t) return t:first("kind=send src=ngw1 status=404").time - t:first("kind=send method=INVITE src=alice").time end, why = { "Then the gateway sends it; it has two links to cross.", zh = "那时网关才发送；它还要经过两段链路。" } },
	},
	why = { "Take the send of her INVITE and the arrival of the refusal, and subtract.", zh = "取她发送 INVITE 和收到拒绝的时刻，相减。" },
	rule = "gateway-rel",
	records = function(t) return t:first "kind=recv node=alice status=404" end,
	points = 2,
}

task {
	goal = {
		{ "the exchange releases the call", zh = "交换机释放呼叫",
			function(t)
				return t:first "kind=send method=REL src=switchb"
			end },
		{ "Alice's phone hears 502", zh = "Alice 的话机收到 502",
			function(t)
				return t:first "kind=recv node=alice status=502"
			end,
			why = { "Which cause is a telephone that is out of order? docs/ISUP.md says where the list is.", zh = "哪个原因值表示电话故障？docs/zh/ISUP.md 说明列表在哪里。" } },
	},
	points = 3,
}

task {
	choice = {
		{ "It does not: 404 is all that is left of it",
			zh = "传不到：只剩下 404",
			why = { "Look at the fields of the 404.", zh = "看 404 的各个字段。" } },
		{ "As a body of the 404, of the type application/ISUP",
			zh = "作为 404 的消息体，类型为 application/ISUP",
			why = { "That would be SIP-T; the 404 has no body.", zh = "那是 SIP-T；这个 404 没有消息体。" } },
		{ "In a Warning field, behind the code of the bearer",
			zh = "在 Warning 字段中，写在承载代码之后",
			why = { "Look at the fields of the 404: there is none of that name.", zh = "看 404 的各个字段：没有这个名称。" } },
		{ "In a field Reason of the 404, with the protocol Q.850", right = true,
			zh = "在 404 的 Reason 字段中，协议为 Q.850" },
	},
	rule = "gateway-cause",
}
