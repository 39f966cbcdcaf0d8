-- The tasks of rfc3515-4.2; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "alice--router.delay=5ms..40ms:5ms", "carol.answer=500ms..2000ms:500ms", "seed=1..999:1" }

local function body(r)
	return r.text:match "\r\n\r\n(.*)" or ""
end

local function cseq(r)
	return r and tonumber(r:header("CSeq"):match "%d+")
end

local function refers(t)
	return t:all "kind=send method=REFER"
end

-- The steps of subscriptions at Bob's phone that reach STATE.
local function steps(t, state)
	return t:all("kind=fsm node=bob machine=subscription into=" .. state)
end

task {
	number = function(t) return cseq(refers(t)[2]) end,
	wrong = {
		{ function(t) return cseq(t:last "kind=send method=NOTIFY") end,
			why = { "That is the CSeq of the last NOTIFY itself, which Alice's phone counts.",
				zh = "那是最后一个 NOTIFY 自己的 CSeq，由 Alice 的话机计数。" } },
		{ function(t) return cseq(refers(t)[1]) end,
			why = { "That would be the first REFER, which was over at 4.1 s.", zh = "那是第一个 REFER，它在 4.1 s 已结束。" } },
	},
	why = { "The number in Event is taken from the request that has made the subscription: look at CSeq of the REFERs.",
		zh = "Event 里的编号来自建立订阅的那个请求：看各个 REFER 的 CSeq。" },
	records = function(t) return { refers(t)[2], t:last "kind=send method=NOTIFY" } end,
	hint = { "It stands behind refer;id= and is the number of another message.", zh = "它在 refer;id= 之后，是另一条消息的编号。" },
}

task {
	choice = {
		{ "The Call-ID and the tags tell the two apart already", zh = "凭 Call-ID 和 tag 已经能区分两者",
			why = { "These are the same in all NOTIFYs: one dialog.", zh = "它们在所有 NOTIFY 中都相同：只有一个对话。" } },
		{ "Each REFER has a branch of its own, which NOTIFYs repeat", zh = "每个 REFER 有自己的 branch，NOTIFY 照抄它",
			why = { "A NOTIFY is a transaction of its own, with a branch of its own.", zh = "NOTIFY 是另一个事务，有自己的 branch。" },
			rule = "branch-unique" },
		{ "As long as there is but one REFER nothing can be mixed up",
			zh = "只有一个 REFER 时不会混淆", right = true },
		{ "They should have it; Alice's phone is too old for it", zh = "本来应当有；Alice 的话机太旧",
			why = { "It may be left out for the first REFER of a dialog, and the second NOTIFYs have it.",
				zh = "对话中的第一个 REFER 可以不要；后来的 NOTIFY 有。" } },
	},
	records = function(t) return t:all "kind=send method=NOTIFY" end,
}

task {
	choice = {
		{ "the session of Alice and Bob, which no BYE has ended", zh = "Alice 与 Bob 的会话，还没有 BYE 结束它", right = true },
		{ "the first subscription, whose 180 s are not over", zh = "第一个订阅，它的 180 s 还没有到",
			why = { "Its last NOTIFY says terminated; what was granted does not count any more.",
				zh = "它的最后一个 NOTIFY 写明 terminated；准许的时长不再有意义。" }, rule = "notify-final" },
		{ "nothing has to: a dialog lasts until its Timer ends", zh = "什么都不需要：对话持续到它的定时器到期",
			why = { "Dialogs have no timer. They end with the last thing that uses them.",
				zh = "对话没有定时器。它随最后一种用法结束。" } },
		{ "the second REFER makes a new dialog, with the same tags", zh = "第二个 REFER 建立新的对话，tag 相同",
			why = { "It has a To tag: it is a request within the dialog that there is.", zh = "它有 To tag：是已有对话内的请求。" },
			rule = "form-to-tag" },
	},
	rule = "usage-bye",
	records = function(t) return t:all "kind=dialog node=bob" end,
	hint = { "A dialog may have several usages (RFC 5057).", zh = "一个对话可以有几种用法（usage，RFC 5057）。" },
}

task {
	time = function(t) return steps(t, "terminated")[1].time - refers(t)[1].time end,
	tolerance = 0.001,
	wrong = {
		{ 180, why = { "So long it could have lasted; it ends with what there is to tell.", zh = "这是最长的时长；没有可通知的消息时就结束了。" } },
		{ function(t) return t:all("kind=send method=NOTIFY")[2].time - refers(t)[1].time end,
			why = { "Then Alice's phone sends the last NOTIFY; Bob's phone does not have it yet.",
				zh = "那时 Alice 的话机发出最后一个 NOTIFY；Bob 的话机还没有收到。" } },
		{ function(t) return refers(t)[2].time - refers(t)[1].time end,
			why = { "Between the two there is no subscription.", zh = "两个 REFER 之间有一段时间没有订阅。" } },
		{ function(t) return t:all("kind=send method=NOTIFY")[1]:arrival().time - refers(t)[1].time end,
			why = { "With the first NOTIFY it becomes active.", zh = "第一个 NOTIFY 使它变为 active。" } },
	},
	rule = "notify-final",
	why = { "Count from the sending of the first REFER to the first record at Bob's phone in which a subscription is terminated.",
		zh = "从第一个 REFER 的发送算起，到 Bob 的话机上第一条订阅终止的记录为止。" },
	records = function(t) return steps(t, "terminated")[1] end,
}

task {
	goal = {
		{ "Bob's phone sends two REFERs in one dialog", zh = "Bob 的话机在同一对话中发送两个 REFER",
			function(t)
				local r = refers(t)
				return #r == 2 and r[1]:header "Call-ID" == r[2]:header "Call-ID", r[2]
			end },
		{ "Carol is busy both times, and Bob is told so twice", zh = "Carol 两次都忙，Bob 两次得知",
			function(t)
				local n, last = 0, nil
				for _, r in ipairs(t:all "kind=recv dst=bob method=NOTIFY") do
					if body(r.of):find "^SIP/2.0 486" then
						n, last = n + 1, r
					end
				end
				return n == 2, last
			end, rule = "notify-final" },
		{ "then Bob's phone ends the call with Alice", zh = "然后 Bob 的话机结束与 Alice 的呼叫",
			function(t)
				local bye, told = t:first "kind=send method=BYE src=bob", t:last "kind=recv dst=bob method=NOTIFY"
				return bye ~= nil and told ~= nil and bye.time > told.time, bye
			end, rule = "transfer-failed",
			why = { "A transfer that fails leaves the call as it was: somebody has to hang up.",
				zh = "转接失败不改变呼叫：必须有人挂断。" } },
	},
	points = 3,
}
