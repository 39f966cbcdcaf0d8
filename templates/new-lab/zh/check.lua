-- 每个任务的正确答案；任务的文字在 README.zh.md（英文在 README.md）里，每题一条。
-- 全部字段见 docs/LESSONS.md。`rung check --teacher 文件夹` 显示正确答案，
-- `rung check 作业` 评判学生的作业。
lesson { minutes = 20, level = 1 }
-- 各个学生有什么不同：拓扑的设置，以及种子。
vary { "bob.answer=1500ms..4000ms:500ms", "seed=1..999:1" }

-- 选择题；选项的顺序因学号而不同。
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
	-- 先作答，再看运行：首次作答之前，此处之后的运行被遮住。
	ahead = function(t) return t:first "kind=send method=INVITE" end,
	rule = "rfc3261-16.5",
	records = function(t) return t:first "method=REGISTER src=bob" end,
	hint = { "What has Bob's phone sent before Alice called?",
		zh = "Alice 呼叫之前，Bob 的话机发过什么？" },
}

-- 由运行得出的值：函数得到这个学生的实验的跟踪记录，所以这里不写死答案。
task {
	time = function(t)
		return t:last("status=200 cseq=INVITE dst=alice"):arrival().time
			- t:first("method=INVITE src=alice").time
	end,
	-- 常见的误解，以及为什么不对。
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

-- 要指出的：是谁，在哪条记录里。
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

-- 学生自己的运行要达到什么。
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
