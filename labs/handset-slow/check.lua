-- The tasks of handset-slow; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "phone.clock=18MHz..26MHz:1MHz", "seed=1..999:1" }

-- The answers to the burst, without those to what is sent again.
local function answers(t)
	return t:all "status=200 src=phone kind=send from=1.9s to=2.4s"
end

local function again(t)
	return t:first("method=MESSAGE src=bob kind=send", function(r) return r.retx end)
end

-- Nanoseconds an instruction: 68 at 22 MHz.
local function pace(t)
	local r = t:first "kind=board node=phone what=cycles"
	return r and r.ns / r.count or 0, r
end

task {
	choice = {
		{ "by the answers: to what it has no room for, the phone says 503", zh = "凭响应：对容纳不下的消息，话机返回 503",
			why = { "To send it, the handset would have to read the message, for which it had no memory.", zh = "要这样说，它得先读到消息，而缺的正是存放它的地方。" } },
		{ "by nothing: both mean silence and then a retransmission", zh = "无从区分：同样是先沉默再重传", right = true },
		{ "by ICMP: the phone reports each packet that it throws away", zh = "凭 ICMP：话机报告它丢弃的每个数据包",
			why = { "Its controller drops frames before any program sees them; the handset sends nothing for that.", zh = "控制器在程序看到之前就丢弃了帧；话机没有为此发出什么。" } },
		{ "by the time: what a line loses is retransmitted sooner than this", zh = "凭时间：线路丢失的比这更早重传",
			why = { "Bob's phone knows about neither; the same timer runs for both.", zh = "两种情形 Bob 的话机都不知道；运行的是同一个定时器。" }, rule = "nict-timer-e" },
	},
	records = function(t) return t:all "kind=drop" end,
}

task {
	number = function(t) return t:count "kind=drop" end,
	unit = { "messages", zh = "条消息" },
	wrong = {
		{ 12, why = { "That is 24 minus the twelve places: but while these fill up the handset answers some.",
			zh = "24 减去十二个位置：但在位置被占满的同时，话机也在响应。" } },
		{ function(t) return 24 - t:count "kind=drop" end, why = { "Those were answered the first time.", zh = "这些第一次就得到了响应。" } },
		{ function(t) return 2 * t:count "kind=drop" end, why = { "Each was lost once; the retransmission arrives.", zh = "每条只丢失一次；重传到达了。" } },
	},
	why = { "Each discarded message has its own record: count them by `kind=drop`.",
		zh = "每条被丢弃的消息都有自己的记录：用 `kind=drop` 数一数。" },
	records = function(t) return t:all "kind=drop" end,
	hint = { "In `kind=drop` each has a line. Or calculate: how many arrive in 48 ms, how many are answered in 48 ms, and for how many is there room?",
		zh = "`kind=drop` 中每条占一行。或者想一想：48 ms 内来多少，响应多少，能存多少？" },
	ahead = true,
}

task {
	time = function(t)
		local list = answers(t)
		return (list[#list].time - list[1].time) / (#list - 1)
	end,
	tolerance = 0.0008,
	points = 2,
	wrong = {
		{ 0.002, why = { "That is how often they arrive. The handset answers less often.", zh = "这是消息到来的间隔。话机响应得没有这么快。" } },
		{ 0.0111, why = { "That was the single message at 1 s, for which the handset also drew its screen for the first time.",
			zh = "那是 1 s 时的那一条消息，当时话机还要首次绘制屏幕。" } },
		{ function(t) return answers(t)[1].time - t:first("method=MESSAGE src=bob kind=send from=1.9s").time end,
			why = { "This includes the line, 10 ms.", zh = "其中还包括线路的 10 ms。" } },
	},
	why = { "Take the transmissions of several consecutive 200s: the time from the first to the last, divided by the number of intervals.",
		zh = "取连续几个 200 的发送：从第一个到最后一个的时间，除以它们之间的间隔数。" },
	records = answers,
	hint = { "`node=phone kind=board what=cycles from=2.05s to=2.15s` has the time of each piece of work; the intervals in `src=phone status=200 kind=send` are a little longer.",
		zh = "`node=phone kind=board what=cycles from=2.05s to=2.15s` 写出每次工作的时间；`src=phone status=200 kind=send` 的间隔略长一些。" },
}

task {
	find = {
		node = "bob",
		rule = { "nict-timer-e" },
		record = function(t) return { again(t), again(t).cause } end,
	},
	points = 3,
	why = { "No node asks for missing messages. Whose timer has waited for a response?", zh = "没有人请求缺少的消息。是谁的定时器在等待响应？" },
	records = again,
	hint = { "`src=bob from=2.4s kind=send`: before the first of them a timer fires; RFC 3261 17.1.2.2 names it.",
		zh = "`src=bob from=2.4s kind=send`：其中第一条之前有一个定时器到期；RFC 3261 17.1.2.2 给出它的名称。" },
	others = {
		{ find = {
				node = "phone",
				record = function(t) local r = t:first "kind=drop" return { r, r.cause or r } end,
			},
			why = { "It is not where the message is sent, but where it ends. In the ladder it has a cross.", zh = "不是发送之处，而是终止之处。消息流程图中它带有叉号。" },
			records = function(t) return t:first "kind=drop" end,
			ask = { "Which node discards the first message, and which record shows that? `node=… record=…`\n\n    rung show handset-slow from=2.02s to=2.05s",
				zh = "哪个节点丢弃了第一条消息，哪个记录说明了这一点？`node=… record=…`\n\n    rung show handset-slow from=2.02s to=2.05s" },
			hint = { "Filter `kind=drop to=2.1s`, and take the first.",
				zh = "用 `kind=drop to=2.1s` 过滤，取第一条。" } },
		{ number = function(t) return #answers(t) end,
			unit = { "responses", zh = "个响应" },
			wrong = {
				{ 24, why = { "Not all of them have a response at that time.", zh = "到那时并非每条都得到响应。" } },
				{ function(t) return t:count "kind=drop" end, why = { "Those are answered later, when they are retransmitted.", zh = "这些是重传之后才得到响应的。" } },
			},
			records = answers,
			ask = { "How many 200s does the handset send for the burst before anything is retransmitted, up to 2.5 s? The message at 1 s does not count.\n\n    rung show handset-slow src=phone from=2s to=2.5s kind=send",
				zh = "在重传开始之前，即 2.5 s 之前，话机为这一阵消息发送了多少个 200？1 s 时的那个不算。\n\n    rung show handset-slow src=phone from=2s to=2.5s kind=send" },
			why = { "Each that was not discarded has its 200 by then.",
				zh = "未被丢弃的每一条到那时都有了 200。" },
			hint = { "Count only transmissions, not arrivals: `src=phone status=200 kind=send from=2s to=2.5s`. Check it by `kind=drop` and the size of the burst.",
				zh = "只数发送，不数到达：`src=phone status=200 kind=send from=2s to=2.5s`。用 `kind=drop` 和这批消息的总数核对。" } },
	},
}

task {
	choice = {
		{ "None: over UDP everybody may send as fast as he likes.", zh = "没有违反：走 UDP 时谁都可以任意快地发送。",
			why = { "UDP does not slow a sender down. That is why the RFC does.", zh = "UDP 不会使任何人放慢。正因为如此才由 RFC 来规定。" } },
		{ "MESSAGE may be sent within a dialog only, made by an INVITE.", zh = "MESSAGE 只能在由 INVITE 建立的对话内发送。",
			why = { "It makes no dialog and needs none.", zh = "它不建立对话，也不需要对话。" }, rule = "message-send" },
		{ "A MESSAGE to a URI must wait for the answer to the last.", zh = "发往同一 URI 的 MESSAGE 要等上一条得到响应。", right = true },
		{ "MESSAGEs must be sent by TCP, since UDP may lose them.", zh = "MESSAGE 必须走 TCP，因为 UDP 可能丢失它们。",
			why = { "Only those above 1300 bytes; these have some 320.", zh = "只有超过 1300 字节的才必须；这些只有约 320 字节。" }, rule = "message-tcp" },
	},
	points = 2,
	records = function(t) return t:all "method=MESSAGE src=bob kind=send from=1.9s to=2.01s" end,
}

task {
	goal = {
		{ "24 messages or more reach the handset within 5 s", zh = "24 条或更多的消息在 5 s 之内到达话机",
			function(t)
				local list = t:all "method=MESSAGE dst=phone kind=recv"
				return #list >= 24 and list[24].time - list[1].time <= 5, list[24]
			end },
		{ "none is lost", zh = "没有丢失",
			function(t) return t:count "kind=drop" == 0, t:first "kind=drop" end,
			why = { "The handset needs some 8 ms for each.", zh = "话机处理每条约需 8 ms。" } },
		{ "none is retransmitted", zh = "没有重传",
			function(t) return again(t) == nil, again(t) end, rule = "nict-timer-e" },
		{ "the processor is as slow as it was", zh = "处理器和原来一样慢",
			function(t) return pace(t) > 55, select(2, pace(t)) end,
			why = { "A faster clock would help as well, but is not the task.", zh = "更快的时钟也能解决，但这里不要求。" } },
	},
	points = 3,
	hint = { "docs/SCENARIO.md: `bob:message` waits for the response to the previous one; the burst of `method=MESSAGE src=bob from=1.9s to=2.01s` was not sent in this way.", zh = "docs/SCENARIO.md：`bob:message` 会等待前一条的响应；`method=MESSAGE src=bob from=1.9s to=2.01s` 那一批不是这样发出的。" },
}
