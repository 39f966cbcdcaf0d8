-- The tasks of rfc5359-2.2; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "carol.answer=500ms..3000ms:500ms" }

task {
	text = "Call-ID",
	wrong = {
		{ "CSeq", rule = "dialog-request",
			why = { "Each dialog counts for itself, so the numbers may be alike.", zh = "每个对话各自编号，编号可能相同。" } },
		{ "From", rule = "dialog-uas",
			why = { "Bob is in it in both; only its tag differs, and in his re-INVITE he is in From, too.",
				zh = "两个呼叫中都是 Bob；只有 tag 不同，而且他的 re-INVITE 的 From 也是他。" } },
		{ "To", why = { "It may change sides with From within one call.", zh = "在同一呼叫中它会与 From 互换。" }, rule = "dialog-request" },
		{ "Via", why = { "Its branch is another one for each transaction.", zh = "它的 branch 每个事务都不同。" } },
	},
	why = { "Compare Bob's two INVITEs to Alice and the one to Carol: which field is alike in one call and another in the other, whole and without its parameters?",
		zh = "比较 Bob 给 Alice 的两个 INVITE 和给 Carol 的那个：哪个字段的整个值在同一呼叫中相同、在另一呼叫中不同？" },
	records = function(t) return t:all "kind=send src=bob method=INVITE" end,
}

task {
	choice = {
		{ "yes: the proxy tells it, since both calls go by it",
			zh = "会：两个呼叫都经过代理服务器，由它告知",
			why = { "A proxy tells nobody of calls that are not theirs.", zh = "代理服务器不会把别人的呼叫告诉任何人。" } },
		{ "yes: the re-INVITE that holds the call names Carol",
			zh = "会：保持呼叫的 re-INVITE 中写有 Carol",
			why = { "Look into it: it says a=sendonly, and nothing of a reason.", zh = "请看：其中只有 a=sendonly，没有理由。" }, rule = "hold-send" },
		{ "no: it hears only that it is held, and later not any more",
			zh = "不会：它只知道自己被保持，后来又被解除",
			right = true, rule = "hold-send" },
		{ "no: it does not even learn that it is being held",
			zh = "不会：它连自己被保持也不知道",
			why = { "That is what the re-INVITE says, which it has to answer.", zh = "re-INVITE 说明了这一点，它还必须应答。" }, rule = "hold-send" },
	},
	points = 2,
	records = function(t) return t:all "kind=send method=INVITE dst=alice" end,
}

task {
	number = function(t)
		local seen, n = {}, 0
		for _, r in ipairs(t:all "kind=dialog node=bob") do
			if not seen[r.id] then
				seen[r.id] = true
				n = n + 1
			end
		end
		return n
	end,
	wrong = {
		{ 1, rule = "hold-send",
			why = { "The call with Alice is on hold; its dialog goes on.", zh = "与 Alice 的呼叫被保持；它的对话仍在。" } },
		{ 3, why = { "There is none between Alice and Carol, and the proxy has no dialogs.", zh = "Alice 与 Carol 之间没有对话，代理服务器也没有对话。" } },
		{ 4, why = { "A dialog is one thing, seen from either end: it is counted once.",
				zh = "对话是从任何一端看到的同一个东西：只算一次。" } },
	},
	why = { "Count the dialogs in the state of Bob's phone at 7 s: one for each far end that it has a call with, on hold or not.",
		zh = "数一数 7 s 时 Bob 的话机的状态中的对话：每个与它有呼叫的对端一个，不论是否保持。" },
	records = function(t) return t:all "kind=dialog node=bob to=8s" end,
}

local function changes(t)
	local list = t:all "kind=recv dst=alice method=INVITE"
	return list[1], list[2]
end

task {
	time = function(t)
		local hold, resume = changes(t)
		return resume.time - hold.time
	end,
	wrong = {
		{ function(t) return t:first("kind=act node=bob bye").time - changes(t).time end,
			why = { "Then Bob hangs up on Carol; Alice is still on hold.", zh = "那时 Bob 挂断与 Carol 的呼叫；Alice 仍被保持。" } },
		{ function(t)
			local _, resume = changes(t)
			return resume.time - t:first("kind=recv dst=carol method=INVITE").time
		end,
			why = { "Then Carol's phone begins to ring; Alice has been on hold for a second already.",
				zh = "那时 Carol 的话机刚振铃；Alice 已被保持一秒。" } },
	},
	tolerance = "2ms",
	why = { "Take the arrivals of two re-INVITEs at Alice's phone: that which puts her on hold and that which takes her back.",
		zh = "取两个 re-INVITE 到达 Alice 的话机的时刻：使她保持的和使她恢复的。" },
	records = function(t) return { changes(t) } end,
}

task {
	goal = {
		{ "Bob holds Alice and calls Carol", zh = "Bob 保持 Alice 并呼叫 Carol",
			function(t) return t:count "kind=act node=bob hold" > 0 and t:count "kind=recv dst=carol method=INVITE" > 0, t:first "kind=recv dst=carol method=INVITE" end },
		{ "Carol's phone is put on hold", zh = "Carol 的话机被保持",
			function(t)
				return t:first("kind=send dst=carol method=INVITE", function(r)
					return r.text:find("a=sendonly", 1, true)
				end)
			end, rule = "hold-send" },
		{ "meanwhile Alice's is taken off hold", zh = "同时 Alice 的话机被解除保持",
			function(t)
				local held
				for _, r in ipairs(t:all "kind=send method=INVITE") do
					local offer = r.text
					if r.dst == "carol" and offer:find("a=sendonly", 1, true) then
						held = r
					elseif r.dst == "alice" and offer:find("a=sendrecv", 1, true) then
						local bye = t:first "kind=send dst=carol method=BYE"
						return bye == nil or r.seq < bye.seq, r
					end
				end
				return false, held
			end, rule = "resume-send",
			why = { "She has to hear him before the call with Carol ends.", zh = "她必须在与 Carol 的呼叫结束之前就能听到他。" } },
	},
	points = 3,
	hint = { "In front of question:bye(): swap, and a sleep. Without call:resume() behind it.",
		zh = "在 question:bye() 之前：swap 和 sleep；后面不要 call:resume()。" },
}
