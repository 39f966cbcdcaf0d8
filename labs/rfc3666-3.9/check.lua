-- The tasks of rfc3666-3.9; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "ngw1--switcha.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "kind=send from=5s",
	points = 2,
}

task {
	text = { "Q.850;cause=16" },
	wrong = {
		{ { "16", "cause=16" }, why = { "The protocol whose cause that is stands before it.", zh = "前面还写有这是哪个协议的原因值。" } },
		{ { "SIP;cause=487", "487" }, why = { "That is what answers the INVITE.", zh = "那是对 INVITE 的响应。" } },
	},
	why = { "Read the field Reason of the CANCEL that ngw1 sends.", zh = "读 ngw1 发送的 CANCEL 的 Reason 字段。" },
	rule = "gateway-pstn-rel",
	records = function(t) return t:first "kind=send method=CANCEL src=ngw1" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv node=bob method=CANCEL").time - t:first("kind=send method=REL").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=switcha method=RLC").time - t:first("kind=send method=REL").time end, why = { "Then the circuit is free; Bob's phone is farther away.", zh = "那时电路空闲；Bob 的话机更远。" } },
	},
	why = { "From the send of the REL at switcha to the arrival of the CANCEL at bob.", zh = "从 switcha 发送 REL 到 CANCEL 到达 bob。" },
	rule = "gateway-pstn-rel",
	records = function(t) return t:first "kind=recv node=bob method=CANCEL" end,
	points = 2,
}

task {
	goal = {
		{ "the telephone has released the call", zh = "电话释放了呼叫",
			function(t)
				return t:first "kind=send method=REL src=switcha"
			end },
		{ "Bob's 200 comes to the gateway behind the REL", zh = "Bob 的 200 在 REL 之后到达网关",
			function(t)
				local rel, ok = t:first "kind=recv node=ngw1 method=REL", t:first "kind=recv node=ngw1 status=200 cseq=INVITE"
				return rel ~= nil and ok ~= nil and rel.time < ok.time, ok
			end,
			why = { "He has to pick up just before the CANCEL comes to his phone.", zh = "他必须在 CANCEL 到达他的话机之前一点接听。" } },
		{ "the gateway ends that call by BYE", zh = "网关以 BYE 结束这个呼叫",
			function(t)
				return t:first "kind=send method=BYE src=ngw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "It tells Switch A of it by a REL of its own, with cause 31",
			zh = "它用自己的 REL 告诉 Switch A，原因值 31",
			why = { "Look at what passes on the circuit behind the RLC.", zh = "看 RLC 之后电路上有什么。" } },
		{ "It acknowledges it; the telephone network hears nothing of it", right = true,
			zh = "它以 ACK 确认；电话网对此一无所知" },
		{ "It passes it on to Switch A, which acknowledges it by its RLC",
			zh = "它转给 Switch A，后者以 RLC 确认",
			why = { "The RLC is the gateway's, and was sent long before.", zh = "RLC 是网关的，早已发送。" } },
		{ "It sends the INVITE again, as the caller may have changed his mind",
			zh = "它重发 INVITE，因为主叫可能改变主意",
			why = { "Nobody is there for whom it could call.", zh = "已经没有它要替谁呼叫的人。" } },
	},
	rule = "gateway-pstn-rel",
}
