-- The tasks of rfc5407-3.2.4; their texts are in README.md.
lesson { minutes = 20, level = 3 }
vary { "alice--bob.delay=90ms..140ms:10ms" }

task {
	choice = {
		{ "a call that she herself has ended in the meantime",
			zh = "她自己在其间已结束的呼叫",
			why = { "That is rfc5407-3.2.1, and it is not forbidden.", zh = "那是 rfc5407-3.2.1，没有谁禁止。" } },
		{ "a call that rings: the 200 may be late, or lost",
			zh = "还在振铃的呼叫：200 可能晚到或丢失",
			right = true, rule = "bye-too-early" },
		{ "no dialog: without ACK Alice's phone has none",
			zh = "没有对话：没有 ACK，Alice 的话机就没有对话",
			why = { "It has one since the 180; the ACK is sent within it.", zh = "从 180 起它就有对话；ACK 就在其中发送。" },
			rule = "dialog-uac" },
		{ "nothing that could go wrong: the rule only saves a message",
			zh = "不会出什么问题：这条规则只是省一条消息",
			why = { "No message is saved; what it makes sure is the order of two of them.", zh = "并没有省消息；它保证了两条消息的顺序。" },
			rule = "bye-held" },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=BYE" end,
}

task {
	choice = {
		{ "it starts the session, and the BYE ends it",
			zh = "开始会话，再由 BYE 结束",
			why = { "The session is over since the BYE was sent; it does not start again.",
				zh = "BYE 一发出会话就结束了；不会再开始。" } },
		{ "it ignores it: the dialog is mortal",
			zh = "不予理会：对话处于 mortal",
			right = true, rule = "dialog-mortal" },
		{ "it answers 481, since the dialog is gone",
			zh = "返回 481，因为对话已不存在", rule = "ack-none",
			why = { "An ACK is never answered.", zh = "ACK 从来没有响应。" } },
		{ "it retransmits its 200, since its offer has no answer",
			zh = "重传 200，因为它的提议没有应答", rule = "invite-acked",
			why = { "The ACK has arrived, so nothing is retransmitted; and the session is over.",
				zh = "ACK 已到，不再重传；而且会话已结束。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=recv method=ACK" end,
}

local function ack(t)
	return t:first "kind=recv dst=bob method=ACK"
end

local function bye(t)
	return t:first "kind=send src=bob method=BYE"
end

task {
	draw = "from=1.95s",
	rule = "bye-held",
	hint = { "`dst=alice kind=recv from=1.95s` is what Alice's phone receives: what does it send for each of these, RFC 3261, 13.2.2.4 and 15.1.2?",
		zh = "`dst=alice kind=recv from=1.95s` 是来到 Alice 话机的：对每一个它发送什么，RFC 3261 第 13.2.2.4 和 15.1.2 节？" },
	others = {
		{
			time = function(t) return ack(t).time - bye(t).time end,
			ask = { "How much later would the BYE be sent if Bob's phone waited for the ACK?\n\n    rung show rfc5407-3.2.4 node=bob from=2s",
				zh = "如果 Bob 的话机等待 ACK，BYE 会晚多久发出？\n\n    rung show rfc5407-3.2.4 node=bob from=2s" },
			wrong = {
				{ function(t) return t:first("kind=send method=ACK").time - bye(t).time end, why = { "At that time Alice's phone sends it.", zh = "那是 Alice 的话机发送它的时间。" } },
				{ function(t) return ack(t).time - t:first("kind=send src=bob status=200").time end, why = { "That is the time from the 200 to the ACK; Bob has waited for part of it anyway.", zh = "这是 200 之后 ACK 所需的时间；其中一部分 Bob 本来就已等过。" } },
			},
			why = { "Take two records at Bob's phone: it sends the BYE, and the ACK arrives.",
				zh = "看 Bob 的话机的两条记录：它发送 BYE，以及 ACK 到达。" },
			hint = { "Take two records at one phone: `node=bob method=ACK,BYE`.",
				zh = "看同一部话机的两条记录：`node=bob method=ACK,BYE`。" },
			records = function(t) return { bye(t), ack(t) } end,
		},
	},
}

task {
	goal = {
		{ "Bob hangs up before the ACK has arrived", zh = "Bob 在 ACK 到达之前挂断",
			function(t)
				local act = t:last "kind=act node=bob"
				return act ~= nil and act.verb == "bye" and ack(t) ~= nil and act.seq < ack(t).seq, act
			end },
		{ "his phone waits: the BYE is sent after the ACK has arrived", zh = "他的话机等待：ACK 到达之后才发出 BYE",
			function(t)
				return bye(t) ~= nil and ack(t) ~= nil and ack(t).seq < bye(t).seq, bye(t)
			end, rule = "bye-held" },
		{ "the call is over on both sides", zh = "双方的呼叫都结束",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local last = t:last { kind = "call", node = name }
					if last == nil or last.state ~= "terminated" then
						return false, last
					end
				end
				return true
			end },
	},
	points = 3,
}

task {
	time = 32,
	tolerance = "1s",
	wrong = {
		{ 0.5, rule = "invite-2xx-again",
			why = { "At that time it retransmits the 200 for the first time.", zh = "那是第一次重传 200 的时间。" } },
		{ 180, rule = "invite-no-ack",
			why = { "Timer C belongs to a proxy, for a phone that rings.", zh = "定时器 C 属于代理服务器，用于振铃的话机。" } },
	},
	rule = "invite-no-ack",
	points = 2,
	why = { "Make the run. The 200 is retransmitted for 64 times T1, and when that is over the BYE is sent.",
		zh = "进行这次运行。200 的重传持续 64 倍 T1，之后发送 BYE。" },
	ahead = function() end,
	hint = { "RFC 3261, 13.3.1.4 says for how many T1 a 200 is retransmitted without an ACK, and what follows then; `kind=timer node=bob name=2xx` has the length of T1.",
		zh = "没有 ACK 时 200 要重复多少个 T1、然后如何，见 RFC 3261 第 13.3.1.4 节；T1 的长度在 `kind=timer node=bob name=2xx` 中。" },
	others = {
		{
			number = 11,
			ask = { "Before you try it: what if the ACK never arrived? How often would the phone that waits have sent its 200 when it hangs up, including the first time? (Then try it with all ACKs lost, and a duration of a minute.)",
				zh = "先不要试：如果 ACK 一直不来呢？等待的话机挂断之前，包括第一次在内会发送多少次 200？（然后使所有 ACK 丢失，时长设为一分钟，试一试。）" },
			ahead = function() end,
			wrong = {
				{ 7, rule = "invite-2xx-again", why = { "That would be the number if the intervals doubled without limit. T2 limits them.", zh = "如果间隔一直加倍才会这么少。T2 限制了它。" } },
				{ 1, rule = "invite-2xx-again", why = { "Over UDP no other node retransmits it.", zh = "使用 UDP 时没有别人重传它。" } },
				{ 10, why = { "The first transmission counts as well.", zh = "第一次也要计入。" } },
			},
			rule = "invite-2xx-again",
			why = { "Make the run, and count the transmissions of Bob's 200 whose CSeq says INVITE.",
				zh = "进行这次运行，数 Bob 发送的、CSeq 为 INVITE 的 200。" },
			hint = { "The intervals double from T1 up to T2, 4 s, and stay at that until 64 times T1 are over: `node=bob name=2xx`.",
				zh = "间隔从 T1 起加倍，到 T2 即 4 s 为止，之后不变，直到 64 倍 T1 过去：`node=bob name=2xx`。" },
		},
		{
			time = 4,
			ask = { "Before you try it: what if the ACK never arrived? How long would be the longest interval between two 200s of the phone that waits? (Then try it with all ACKs lost, and a duration of a minute.)",
				zh = "先不要试：如果 ACK 一直不来呢？等待的话机的两个 200 之间，最长的间隔会是多久？（然后使所有 ACK 丢失，时长设为一分钟，试一试。）" },
			ahead = function() end,
			wrong = {
				{ 0.5, why = { "That is the first one.", zh = "那是第一个间隔。" } },
				{ 16, rule = "invite-2xx-again", why = { "They do not double without limit.", zh = "间隔并不一直加倍。" } },
				{ 32, why = { "That is how long the phone continues in total.", zh = "那是总共持续的时间。" } },
			},
			rule = "invite-2xx-again",
			why = { "Make the run, and read the lengths of Bob's 2xx timer: the last ones are equal.",
				zh = "进行这次运行，读 Bob 的 2xx 定时器的时长：最后几个相同。" },
			hint = { "The timer is called `name=2xx`; RFC 3261, section 13.3.1.4, says up to which value it doubles.",
				zh = "这个定时器名为 `name=2xx`；RFC 3261 第 13.3.1.4 节说明它加倍到多大为止。" },
		},
	},
}
