-- What is right in each task; the tasks' wording is in README.md, one item each.
-- docs/LESSONS.md has every field.  `rung check --teacher FOLDER` shows the right
-- answers, `rung check WORK` judges a student's.
lesson { minutes = 20, level = 1 }
-- What differs from student to student: settings of the topology, and the seed.
vary { "bob.answer=1500ms..4000ms:500ms", "seed=1..999:1" }

-- One of a list; the options stand in another order for each student number.
task {
	choice = {
		{ "Alice's phone, by the address that stands in its own INVITE",
			zh = "Alice 的话机：它自己的 INVITE 里写着这个地址",
			why = { "Its INVITE says example.com, which is a domain and not a phone.",
				zh = "它的 INVITE 里写的是 example.com，那是一个域，不是话机。" } },
		{ "the server px, by the Contact that Bob's phone has registered",
			zh = "服务器 px：Bob 的话机注册了联系地址", right = true },
		{ "the server px, by the Via that stands on top of the INVITE",
			zh = "服务器 px：INVITE 最上面的 Via 里写着它",
			why = { "Via says where responses go back to.",
				zh = "Via 说的是响应往哪里返回。" } },
		{ "Bob's phone, by a message in which it asks px who is calling",
			zh = "Bob 的话机：它发消息问 px 是谁在呼叫",
			why = { "No such message stands in the ladder.",
				zh = "消息流程图中没有这样的消息。" } },
	},
	-- Asked first: until the first try the run is hidden from here on.
	ahead = function(t) return t:first "kind=send method=INVITE" end,
	rule = "rfc3261-16.5",
	records = function(t) return t:first "method=REGISTER src=bob" end,
	hint = { "What has Bob's phone sent before Alice called?",
		zh = "Alice 呼叫之前，Bob 的话机发过什么？" },
}

-- A value that follows from the run: a function gets the trace of the lab as this
-- student has it, so that no key is written down here.
task {
	time = function(t)
		return t:last("status=200 cseq=INVITE dst=alice"):arrival().time
			- t:first("method=INVITE src=alice").time
	end,
	-- What people believe, and why it is not so.
	wrong = {
		{ function(t)
				return t:last("status=180 dst=alice"):arrival().time
					- t:first("method=INVITE src=alice").time
			end,
			why = { "Then Bob's phone only rings.", zh = "那时 Bob 的话机只是在振铃。" } },
	},
	why = { "Two records count, both at Alice's phone: it sends the INVITE, and the 200 to it arrives. Subtract their times.",
		zh = "只看 Alice 的话机的两条记录：它发送 INVITE，以及对它的 200 到达。两个时刻相减。" },
	records = function(t)
		return t:last("status=200 cseq=INVITE dst=alice"):arrival()
	end,
	hint = { "Look for the 200 whose CSeq says INVITE.", zh = "找 CSeq 为 INVITE 的 200。" },
}

-- What is to be pointed at: who it is, and in which record.
task {
	find = {
		node = "bob",
		record = function(t)
			local bye = t:first "method=BYE"
			return { bye, bye:arrival() }
		end,
	},
	why = { "Follow the call to its end and see from whose lifeline the first BYE starts.",
		zh = "沿着呼叫看到最后，看第一个 BYE 从谁的生命线出发。" },
	records = function(t) return t:first "method=BYE" end,
}

-- What a run of the student's own has to bring about.
task {
	goal = {
		{ "Alice hears 486", zh = "Alice 收到 486",
			function(t)
				local busy = t:first "status=486 dst=alice"
				return busy ~= nil and busy:arrival() ~= nil, busy
			end },
		{ "nobody talks", zh = "双方没有通话",
			function(t) return t:count "status=200 cseq=INVITE" == 0 end },
	},
	points = 2,
	hint = { "One line is enough: docs/SCENARIO.md has what a phone can be set to.",
		zh = "一行就够：话机可以设置什么，见 docs/SCENARIO.md。" },
}
