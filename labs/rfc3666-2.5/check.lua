-- The tasks of rfc3666-2.5; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "ngw1--switchb.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = { 487 },
	wrong = {
		{ 183, why = { "That one is provisional.", zh = "那是临时响应。" } },
		{ 404, why = { "So it would be if the exchange had named a cause.", zh = "交换机说出原因值时才是这样。" } },
	},
	why = { "Look for what comes to her phone with CSeq INVITE after she has hung up.", zh = "看她挂断之后话机收到的 CSeq 为 INVITE 的响应。" },
	rule = "gateway-cancel",
	records = function(t) return t:last "kind=recv node=alice cseq=INVITE" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=send method=CANCEL src=alice").time - t:first("kind=recv node=alice status=183").time end,
	wrong = {
		{ function(t) return t:first("kind=send method=CANCEL src=alice").time - t:first("kind=send method=INVITE src=alice").time end, why = { "In the beginning of that time there is nothing to hear yet.", zh = "这段时间的开头还没有声音可听。" } },
	},
	why = { "From the arrival of the 183 to the send of the CANCEL, both at alice.", zh = "从 183 到达到 CANCEL 发出，都在 alice。" },
	rule = "trunk-tone",
	records = function(t) return t:first "kind=recv node=alice status=183" end,
	points = 2,
}

task {
	goal = {
		{ "Alice calls a number that nobody has", zh = "Alice 呼叫没有人的号码",
			function(t)
				return t:first "kind=send method=INVITE src=alice"
			end },
		{ "the exchange names the cause: REL", zh = "交换机说出原因值：REL",
			function(t)
				return t:first "kind=send method=REL src=switchb"
			end,
			why = { "What does the IAM say about another kind of network?", zh = "IAM 对另一种网络说了什么？" } },
		{ "Alice's phone hears 404", zh = "Alice 的话机收到 404",
			function(t)
				return t:first "kind=recv node=alice status=404"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Its INVITE has no final response yet", right = true,
			zh = "它的 INVITE 还没有最终响应" },
		{ "A gateway takes no BYE from phones",
			zh = "网关不接受话机发来的 BYE",
			why = { "It does, once the call is answered: see rfc3666-2.1.", zh = "呼叫应答之后就可以：见 rfc3666-2.1。" } },
		{ "The ACM has refused the INVITE",
			zh = "ACM 已经拒绝了 INVITE",
			why = { "The call is refused, but nothing of ISUP answers an INVITE.", zh = "呼叫被拒绝了，但 ISUP 的消息不是对 INVITE 的响应。" } },
		{ "Proxy 1 makes it out of her BYE",
			zh = "Proxy 1 由她的 BYE 得出它",
			why = { "Look at what her phone itself sends.", zh = "看她的话机自己发送什么。" } },
	},
	rule = "cancel-wait",
}
