-- The tasks of rfc3665-3.1; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "bob.answer=1s..4s:1s", "alice--router.delay=5ms..45ms:10ms", "seed=1..999:1" }

-- When the call at NODE was confirmed.
local function confirmed(t, name)
	return t:first { kind = "call", node = name, state = "confirmed" }
end

-- Client transactions that have a machine.
local function count_transactions(t)
	return t:count "kind=fsm left=none machine=ICT,NICT"
end

task {
	draw = "proto=sip kind=send",
	points = 3,
}

task {
	-- The ACK for the 200 is one more by name (RFC 3261 6), without a machine.
	number = function(t)
		local n = count_transactions(t)
		return { n, n + 1 }
	end,
	points = 2,
	rule = "invite-ack",
	wrong = {
		{ 6, why = { "A transaction is a request with all its responses.", zh = "事务是一个请求连同它的所有响应。" } },
		{ 4, why = { "Both ends of a transaction count as one here.", zh = "这里事务的两端合起来算一个。" } },
		{ 1, why = { "The call is a dialog. Within it each request has a transaction of its own.", zh = "呼叫是一个对话。其中每个请求都有自己的事务。" } },
	},
	why = { "Name each request of the call, and look for the machines that it has at its two ends: such a pair is one.",
		zh = "列出这次呼叫的每个请求，看它在两端有哪些状态机：每一对算一个。" },
	records = function(t) return t:first "method=ACK kind=send" end,
}

task {
	choice = {
		{ "They are different methods; each is counted by itself.", zh = "它们是不同的方法，各自分别计数。",
			rule = "dialog-request",
			why = { "Had Alice hung up, her BYE would have CSeq 2, after her INVITE.",
				zh = "若由 Alice 挂断，她的 BYE 接在她的 INVITE 之后，就是 CSeq 2。" } },
		{ "Each side counts the requests that it sends itself.", right = true, zh = "双方各自为自己的请求计数。", rule = "dialog-request" },
		{ "The BYE belongs to another dialog than the INVITE.", zh = "BYE 与 INVITE 属于不同的对话。", rule = "dialog-request",
			why = { "Call-ID and both tags are the same: it is the same dialog.", zh = "Call-ID 和两个 tag 都相同：是同一个对话。" } },
		{ "The branch is another one, and CSeq plays no part.", zh = "branch 不同，CSeq 不起作用。", rule = "dialog-cseq",
			why = { "In a dialog whatever has too low a number is refused.", zh = "在对话中，比该方上一个序号小的请求会被拒绝。" } },
	},
	points = 2,
	records = function(t) return { t:first "method=INVITE kind=send", t:first "method=BYE kind=send" } end,
}

task {
	time = function(t) return confirmed(t, "bob").time - confirmed(t, "alice").time end,
	points = 2,
	rule = "invite-acked",
	wrong = {
		{ 0, why = { "Alice's phone knows it with the 200. Bob's has to wait for the ACK.", zh = "Alice 的话机收到 200 就知道。Bob 的话机要等 ACK。" } },
		{ function(t) return 2 * (confirmed(t, "bob").time - confirmed(t, "alice").time) end,
			why = { "Between the two lies one way of the ACK, not a way there and back.", zh = "二者之间是 ACK 的单程时间，而不是往返时间。" } },
	},
	why = { "Subtract the times at which the two phones' records of kind call say confirmed.",
		zh = "两部话机的 call 记录变为 confirmed 的时刻相减。" },
	records = function(t) return { confirmed(t, "alice"), confirmed(t, "bob") } end,
}

task {
	goal = {
		{ "an ACK is lost", zh = "有一个 ACK 丢失",
			function(t)
				local r = t:first "method=ACK kind=drop"
				return r ~= nil, r
			end },
		{ "Bob's phone sends its 200 again", zh = "Bob 的话机再次发送 200",
			function(t)
				local all = t:all "status=200 cseq=INVITE src=bob kind=send"
				return #all >= 2, all[2]
			end, rule = "invite-2xx-again",
			why = { "Wait longer than 500 ms after the answer.", zh = "接听后要等超过 500 ms。" } },
		{ "in the end Bob's phone has the ACK", zh = "最后 Bob 的话机收到 ACK",
			function(t)
				local r = confirmed(t, "bob")
				return r ~= nil, r
			end, rule = "invite-ack",
			why = { "Lose only the first one.", zh = "只丢第一个。" } },
	},
	points = 3,
}
