-- The tasks of rfc5359-2.6; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "alice--router.delay=5ms..45ms:10ms", "router--carol.delay=5ms..45ms:10ms" }

local function replacing(t)
	return t:first "kind=send src=carol method=INVITE"
end

task {
	choice = {
		{ "to Bob, with the dialog between Bob and Alice: he sends Carol's call on",
			zh = "指向 Bob，指明 Bob 与 Alice 的对话：由他把 Carol 的呼叫转过去",
			why = { "Then Carol would take Alice's place. It is Bob's that she is to have.",
				zh = "那样 Carol 会取代 Alice。她要取代的是 Bob。" }, rule = "replaces-accept" },
		{ "to Carol's Contact, with the dialog of Bob and Carol, hers as to-tag",
			zh = "指向 Carol 的 Contact，指明 Bob 与 Carol 的对话，她的 tag 作 to-tag",
			why = { "There is none: a MESSAGE begins no dialog.", zh = "没有这个对话：MESSAGE 不建立对话。" }, rule = "message-send" },
		{ "to Alice's Contact, with the dialog of Bob and Alice, hers as to-tag",
			zh = "指向 Alice 的 Contact，指明 Bob 与 Alice 的对话，她的 tag 作 to-tag",
			right = true, rule = "replaces-send" },
		{ "to Alice's Contact, with the Call-ID alone: the tags are secret",
			zh = "指向 Alice 的 Contact，只写 Call-ID：tag 是秘密",
			why = { "Without both tags it matches no dialog, and they are no secret.",
				zh = "缺少两个 tag 就不匹配任何对话，而且它们不是秘密。" }, rule = "replaces-bad" },
	},
	points = 2,
	records = replacing,
}

task {
	text = "BYE",
	wrong = {
		{ "NOTIFY", rule = "refer-send",
			why = { "A NOTIFY comes after a REFER; there is none here.", zh = "NOTIFY 随 REFER 而来；这里没有 REFER。" } },
		{ "MESSAGE", rule = "message-send",
			why = { "That goes from him to Carol; its 200 says that it was delivered.", zh = "那是他发给 Carol 的；它的 200 只说明已送达。" } },
		{ "INVITE", why = { "Carol's INVITE goes past him, to Alice.", zh = "Carol 的 INVITE 直接发给 Alice，不经过他。" } },
	},
	rule = "replaces-bye",
	why = { "List the requests that arrive at Bob's phone after his hold: the last of them ends his own call.",
		zh = "列出保持之后到达 Bob 的话机的请求：最后一个结束了他自己的呼叫。" },
	records = function(t) return t:last "kind=recv dst=bob" end,
}

local function told(t)
	return t:first "kind=recv dst=bob method=BYE"
end

task {
	time = function(t) return told(t).time - replacing(t).time end,
	tolerance = "1ms",
	wrong = {
		{ function(t) return t:first("kind=recv dst=carol status=200 cseq=INVITE").time - replacing(t).time end,
			why = { "Then Carol has the call; Alice's phone waits for her ACK before it hangs up on Bob.",
				zh = "那时 Carol 已得到呼叫；Alice 的话机要等到她的 ACK 才挂断 Bob。" } },
		{ function(t) return t:first("kind=send src=alice method=BYE").time - replacing(t).time end,
			why = { "Then Alice's phone sends it.", zh = "那是 Alice 的话机发送它的时间。" } },
	},
	why = { "Count from the sending of Carol's INVITE to the arrival of the BYE at Bob's phone, which tells him.",
		zh = "从 Carol 发送 INVITE 算起，到告知 Bob 的 BYE 到达他的话机为止。" },
	records = function(t) return { replacing(t), told(t) } end,
}

task {
	goal = {
		{ "Bob's MESSAGE is refused, and his phone is told", zh = "Bob 的 MESSAGE 被拒绝，他的话机得到通知",
			function(t)
				return t:first("kind=recv dst=bob cseq=MESSAGE", function(r) return r.status ~= nil and r.status >= 400 end)
			end, rule = "message-declined" },
		{ "Carol calls nobody", zh = "Carol 没有呼叫任何人",
			function(t) return t:count "kind=send src=carol method=INVITE" == 0, replacing(t) end },
		{ "Alice and Bob still talk at the end", zh = "最后 Alice 与 Bob 仍在通话",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local last = t:last { kind = "call", node = name }
					if last == nil or last.state ~= "confirmed" then
						return false, last
					end
				end
				return true
			end },
	},
	points = 3,
}
