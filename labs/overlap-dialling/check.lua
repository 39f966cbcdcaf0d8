-- The tasks of overlap-dialling; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "ngw1--exchange.delay=5ms..45ms:5ms", "alice.answer=1s..4s:1s", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send method=SAM" end,
	wrong = {
		{ 5, why = { "One of the messages is the IAM.", zh = "其中一条是 IAM。" } },
		{ 11, why = { "So many digits has the number; most are in the IAM.", zh = "号码有这么多位；大多数在 IAM 里。" } },
	},
	why = { "Count the sends with that method.", zh = "数这个方法的发送次数。" },
	rule = "exchange-digits",
	records = function(t) return t:first "kind=send method=SAM" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=send src=ngw1 method=INVITE").time - t:last("kind=send method=SAM").time end,
	wrong = {
		{ function(t) return t:first("kind=send src=ngw1 method=INVITE").time - t:first("kind=recv method=IAM").time end, why = { "That is counted from the first digits.", zh = "那是从头几位数字算起的。" } },
		{ 15, why = { "That is T35, which an exchange has.", zh = "那是 T35，交换机才有。" } },
	},
	why = { "From the send of the last SAM to the INVITE of ngw1.", zh = "从发送最后一个 SAM 到 ngw1 的 INVITE。" },
	rule = "overlap-collect",
	records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
	points = 2,
}

task {
	draw = "proto=isup kind=send to=15s",
	points = 2,
}

task {
	goal = {
		{ "no SAM is sent", zh = "没有发送 SAM",
			function(t)
				return t:count "kind=send method=SAM" == 0, t:first "kind=send method=IAM"
			end },
		{ "the gateway still waits for the end of numbers", zh = "网关仍然等待号码结束",
			function(t)
				for _, s in ipairs(t.settings) do if s:match "overlap" then return false end end
				return t:first "kind=recv node=ngw1 method=IAM"
			end },
		{ "Alice's phone rings within a second of the IAM", zh = "Alice 的话机在 IAM 之后一秒之内振铃",
			function(t)
				local iam, ring = t:first "kind=send method=IAM", t:first "kind=send src=alice status=180"
				return ring ~= nil and ring.time - iam.time < 1, ring
			end,
			why = { "Leave `later` out.", zh = "不要 `later`。" } },
	},
	points = 3,
}

task {
	choice = {
		{ "An INVITE has a whole number; a part of one may be nobody's, or another's", right = true,
			zh = "INVITE 带完整的号码；一部分可能是别人的号码" },
		{ "A gateway may not send an INVITE before it has sent an ACM",
			zh = "网关在发送 ACM 之前不可以向 SIP 发送 INVITE",
			why = { "It is the other way round: the ACM follows from the answers to the INVITE.", zh = "正好相反：ACM 由对 INVITE 的响应得出。" } },
		{ "The exchange asks it to, by a parameter of the IAM",
			zh = "交换机用 IAM 的一个参数要求它这样做",
			why = { "The IAM only lacks ST, the end of the number.", zh = "IAM 只是没有 ST，即号码的结尾。" } },
		{ "Only the exchange's ST lets any SIP server ring a phone",
			zh = "只有交换机的 ST 才能让 SIP 服务器使话机振铃",
			why = { "No SIP server knows of ST; it rings by the INVITE.", zh = "SIP 服务器不知道 ST；振铃由 INVITE 引起。" } },
	},
	rule = "overlap-collect",
}
