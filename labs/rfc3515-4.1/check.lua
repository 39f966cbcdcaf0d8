-- The tasks of rfc3515-4.1; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "carol.answer=500ms..4000ms:500ms", "seed=1..999:1" }

local function notify(t)
	return t:first "kind=send method=NOTIFY src=bob"
end

-- When the subscription at Bob's phone reaches STATE.
local function reached(t, state)
	for _, r in ipairs(t:all "kind=fsm node=bob") do
		if r.machine == "subscription" and r.to == state then
			return r.time
		end
	end
end

task {
	find = {
		record = function(t) return { notify(t), notify(t):arrival(), t:first "kind=dialog node=alice" } end,
	},
	points = 2,
	rule = "dialog-notify",
	why = { "The dialog record of Alice's phone is after the arrival of the message that creates it; a NOTIFY may even overtake the 202.",
		zh = "Alice 的话机的 dialog 记录跟在建立它的消息到达之后；NOTIFY 甚至可能先于 202 到达。" },
	records = function(t) return { t:first "status=202", notify(t):arrival() } end,
	hint = { "See what has arrived just before the first record of `kind=dialog node=alice`.", zh = "看 `kind=dialog node=alice` 的第一条记录之前刚到了什么。" },
	others = {
		{ find = { record = function(t)
			local r = t:first "kind=send method=REFER"
			return { r, r:arrival(), t:first "kind=dialog node=bob" }
		end }, rule = "refer-accept",
			ask = { "Which message creates the dialog with Alice at Bob's phone? Write the record: `record=…`.\n\n    rung show rfc3515-4.1 kind=dialog node=bob", zh = "在 Bob 的话机上，与 Alice 的对话由哪条消息建立？给出记录：`record=…`。\n\n    rung show rfc3515-4.1 kind=dialog node=bob" },
			why = { "The dialog record of Bob's phone is after the arrival of the message that creates it.", zh = "Bob 的话机的 dialog 记录跟在建立它的消息到达之后。" },
			hint = { "It comes before anything that Bob's phone sends: `kind=dialog node=bob to=1.02s`.", zh = "它在 Bob 的话机发送任何消息之前：`kind=dialog node=bob to=1.02s`。" },
			records = function(t) return t:first "kind=send method=REFER" end },
		{ find = { record = function(t)
			local r = t:first "kind=send status=180 src=carol"
			return { r, r:arrival(), t:first("kind=dialog node=bob", function(x) return x.remote_target and x.remote_target:find("carol", 1, true) end) }
		end }, rule = "dialog-uac",
			ask = { "Which message creates the dialog with Carol at Bob's phone? Write the record: `record=…`.\n\n    rung show rfc3515-4.1 kind=dialog node=bob", zh = "在 Bob 的话机上，与 Carol 的对话由哪条消息建立？给出记录：`record=…`。\n\n    rung show rfc3515-4.1 kind=dialog node=bob" },
			why = { "A dialog may exist before the call is answered: look for its first record at Bob's phone.", zh = "呼叫被接听之前就可以有对话：找 Bob 的话机上它的第一条记录。" },
			hint = { "At first it is an early one: `kind=dialog node=bob text=carol`.", zh = "它起初是早期对话：`kind=dialog node=bob text=carol`。" },
			records = function(t) return t:first "kind=send status=180 src=carol" end },
	},
}

task {
	choice = {
		{ "No: a person may take longer than the 32 s that a REFER lasts",
			zh = "不可以：人需要的时间会超过 REFER 的 32 s", right = true },
		{ "Yes: a 180 would keep the REFER alive meanwhile, as it does an INVITE", zh = "可以：其间用 180 维持 REFER，就像 INVITE 那样",
			why = { "That works only for an INVITE. Timer F of any other request keeps running, whatever 1xx arrives.",
				zh = "只有 INVITE 能这样维持。其他请求的定时器 F 不受 1xx 影响，继续运行。" }, rule = "non-invite-1xx" },
		{ "No: Alice's phone would send its REFER to Carol instead", zh = "不可以：Alice 的话机会改把 REFER 发给 Carol",
			why = { "A phone does not choose another target by itself. It would retransmit the REFER to Bob, and then give up.",
				zh = "不会自动另找目标。它会向 Bob 重传 REFER，然后放弃。" }, rule = "nict-timer-f" },
		{ "Yes: then a 200 with the outcome takes the place of the NOTIFYs", zh = "可以：带结果的 200 一到，就代替了 NOTIFY",
			why = { "Each 2xx to a REFER creates a subscription, with a NOTIFY at once.",
				zh = "对 REFER 的任何 2xx 都建立订阅，并立即带来 NOTIFY。" }, rule = "notify-first" },
	},
	rule = "refer-accept",
	records = function(t) return t:first "status=202" end,
	hint = { "`node=alice kind=timer to=1.01s` has the timers of the REFER: which one ends it if no final response arrives, and is that longer than a telephone may ring (RFC 3261 17.1.2.2; RFC 3515 2.4.2)?", zh = "`node=alice kind=timer to=1.01s` 中有 REFER 的定时器：没有最终响应时哪一个结束它，这比话机振铃的时间长吗（RFC 3261 17.1.2.2，RFC 3515 2.4.2）？" },
}

task {
	time = function(t) return reached(t, "terminated") - t:first("kind=fsm node=bob machine=subscription").time end,
	rule = "notify-final",
	wrong = {
		{ 180, why = { "That is the granted time; it ends as soon as there is nothing more to report.",
			zh = "这是准许的时长；不再有消息可通知时就结束了。" } },
		{ function(t) return reached(t, "terminated") - t:first("kind=send method=REFER").time end,
			why = { "That is counted from the transmission of the REFER; Bob's phone has it 10 ms later.",
				zh = "这是从发送 REFER 算起的；Bob 的话机 10 ms 后才收到。" } },
		{ function(t) return reached(t, "terminated") end,
			why = { "That is the time since the start of the run at which it ends.", zh = "那是它在运行中结束的时刻。" } },
		{ function(t) return t:last("kind=send method=BYE").time - t:first("kind=fsm node=bob machine=subscription").time end,
			why = { "At that time Carol hangs up. The call lasts longer than the subscription: its end is not reported.",
				zh = "那时 Carol 挂断。呼叫比订阅持续得久：它何时结束，没有人通知。" } },
	},
	why = { "Take two records of kind fsm at Bob's phone, both of the subscription: its first and its last. Subtract their times.",
		zh = "看 Bob 的话机上关于订阅的两条 fsm 记录：第一条和最后一条。两个时刻相减。" },
	records = function(t) return t:last "kind=send method=NOTIFY src=bob" end,
	hint = { "It begins when `REFER@alice` arrives, and ends when the outcome is sent, `NOTIFY@bob#2`: take the records of the state machine at these times.",
		zh = "它在 `REFER@alice` 到达时开始，在结果（`NOTIFY@bob#2`）发出时结束：取紧挨着这两处的状态机记录。" },
}

task {
	draw = "proto=sip kind=send cseq=REFER,NOTIFY",
	points = 2,
	ahead = true,
	hint = { "`src=bob dst=alice kind=send` is his half: when may he report by RFC 3515 2.4.4, and what must her phone send for each report (RFC 6665 4.1.3)?",
		zh = "`src=bob dst=alice kind=send` 是他的一半：按 RFC 3515 2.4.4 他何时报告？对每次报告，她的话机应当怎样（RFC 6665 4.1.3）？" },
	others = {
		{ draw = "proto=sip kind=send cseq=INVITE,ACK,BYE", rule = "refer-invite", ahead = true,
			ask = { "Before you look at the run: draw all messages between Bob and Carol, who hangs up: one line for each message.\n\n    rung show rfc3515-4.1 cseq=INVITE,ACK,BYE kind=send", zh = "先不看运行：画出 Bob 与 Carol 之间的消息，每条一行；由 Carol 挂断。\n\n    rung show rfc3515-4.1 cseq=INVITE,ACK,BYE kind=send" },
			hint = { "Bob's phone is the caller here: `src=bob cseq=INVITE,ACK,BYE kind=send` has what he sends, and the same with `src=carol` what she sends.", zh = "这里 Bob 的话机是主叫：`src=bob cseq=INVITE,ACK,BYE kind=send` 是他发送的，换成 `src=carol` 则是她的，条数相同。" } },
		{ draw = "proto=sip kind=send status=2xx", rule = "refer-accept", ahead = true,
			ask = { "Before you look at the run: draw all final responses of the run, including those of Bob's call with Carol: one line for each.\n\n    rung show rfc3515-4.1 status=2xx kind=send", zh = "先不看运行：画出运行中的所有最终响应，包括 Bob 与 Carol 的呼叫中的，每个一行。\n\n    rung show rfc3515-4.1 status=2xx kind=send" },
			hint = { "`method=REFER,NOTIFY,INVITE,BYE kind=send` are the requests that need one, in this order as they are sent: which node gets each of them?",
				zh = "`method=REFER,NOTIFY,INVITE,BYE kind=send` 是需要最终响应的请求，按发送的次序：每个由谁收到？" } },
	},
}

task {
	goal = {
		{ "Alice sends a REFER outside any call", zh = "Alice 在呼叫之外发送 REFER",
			function(t)
				local r = t:first "kind=send method=REFER src=alice"
				return r ~= nil and r:header("To"):find "tag=" == nil, r
			end },
		{ "Bob's phone declines it with 603", zh = "Bob 的话机用 603 拒绝",
			function(t)
				local r = t:first "kind=send src=bob status=603"
				return r ~= nil, r
			end, rule = "refer-outside",
			why = { "Remove the setting that lets the phone accept a REFER from anywhere.", zh = "去掉使话机接受任何人的 REFER 的那一行。" } },
		{ "there is no subscription: no NOTIFY, and nobody calls Carol", zh = "没有订阅：没有 NOTIFY，也没有人呼叫 Carol",
			function(t) return t:count "method=NOTIFY" == 0 and t:count "method=INVITE dst=carol" == 0 end,
			rule = "refer-refused" },
	},
	points = 2,
}
