-- The tasks of phone-loop; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "phone.clock=25MHz..45MHz:1MHz", "seed=1..999:1" }

-- The turns of the phone's loop in which it did WHAT.
local function turns(t, what)
	return t:all("kind=board node=phone what=turn", function(r)
		return r.did ~= nil and r.did:find('"' .. what .. '"', 1, true) ~= nil
	end)
end

-- Timer E of the BYE: when it was set, and when it fired.
local function set(t)
	return t:first("kind=timer node=phone", function(r) return r.op == "set" and r.name == "E" end)
end

local function fired(t)
	return t:first("kind=timer node=phone", function(r) return r.op == "fire" and r.name == "E" end)
end

local function late(t)
	return fired(t).time - set(t).time - 0.5
end

-- The turns of the call's beginning, from the key # to the 200.
local function beginning(t)
	local from = turns(t, "ICT SND_REQINVITE")[1]
	local to = turns(t, "ICT RCV_STATUS_2XX")[1]
	return t:all("kind=board node=phone what=turn", function(r)
		return r.seq >= from.seq and r.seq <= to.seq
	end)
end

task {
	choice = {
		{ "It asks the network controller every millisecond.", zh = "每毫秒询问一次网络控制器。",
			why = { "A processor that asks never rests. Here the records show sleeps of a second and more.",
				zh = "不断询问的处理器不能休眠。而这里的记录显示它一次休眠一秒以上。" } },
		{ "It sleeps, and an interrupt of the controller wakes it.", zh = "它休眠，由控制器的中断唤醒。", right = true },
		{ "It waits in select(), and a byte in a pipe wakes it.", zh = "它在 select() 中等待，由管道中的一个字节唤醒。",
			why = { "That is how eXosip's thread waits, on a system with sockets and pipes. This board has neither.",
				zh = "eXosip 的线程在有套接字和管道的系统上这样等待。这块电路板两者都没有。" } },
		{ "A second thread waits for the network and calls it.", zh = "另一个线程等待网络并调用它。",
			why = { "There is one thread: the interrupt's handler only puts the frame into a ring.",
				zh = "只有一个线程：中断处理程序只把帧放进环形缓冲区。" } },
	},
	records = function(t) return turns(t, "sip_receive")[1] end,
	hint = { "`node=phone what=turn` says of each turn what woke it, and its `slept` how long the loop had slept before.",
		zh = "`node=phone what=turn` 的每条记录说明由什么唤醒，其中的 `slept` 说明此前休眠了多久。" },
	ahead = true,
}

task {
	find = {
		node = "phone",
		record = function(t) return turns(t, "OSIP_ICT_KILL_TRANSACTION")[1] end,
	},
	points = 2,
	rule = "ict-2xx",
	why = { "Which callback says that libosip2 has no more use for a transaction?",
		zh = "哪个回调说明 libosip2 不再需要一个事务？" },
	records = function(t) return turns(t, "OSIP_ICT_KILL_TRANSACTION")[1] end,
	hint = { "Callbacks of this kind end in KILL_TRANSACTION: look for ICT's in `node=phone what=turn`.",
		zh = "这类回调的名称以 KILL_TRANSACTION 结尾：在 `node=phone what=turn` 中找 ICT 的那一个。" },
	others = {
		{
		number = function(t) return #beginning(t) end,
		unit = { "turns", zh = "轮" },
		wrong = {
			{ 1, why = { "One turn ends when the INVITE has left; the loop does not wait in it for the answer.",
				zh = "INVITE 发出后这一轮就结束了；循环不会在其中等待响应。" } },
			{ 3, why = { "Each response wakes it once, and the key had woken it before.", zh = "每个响应唤醒它一次，而此前按键也唤醒过一次。" } },
		},
		why = { "Count the records `what=turn` from the one with SND_REQINVITE to the one with RCV_STATUS_2XX.",
			zh = "从带 SND_REQINVITE 的记录数到带 RCV_STATUS_2XX 的记录，只数 `what=turn`。" },
		records = beginning,
		hint = { "`node=phone what=turn from=1.6s to=2.7s` lists them.", zh = "`node=phone what=turn from=1.6s to=2.7s` 列出它们。" },
			ask = { "How many turns does the loop take from the turn that sends the INVITE to the turn that gets its 200, both included?\n\n    rung show phone-loop node=phone what=turn from=1.6s to=2.7s",
				zh = "从发出 INVITE 的那一轮到收到它的 200 的那一轮，连同这两轮，循环一共用了几轮？\n\n    rung show phone-loop node=phone what=turn from=1.6s to=2.7s" },
		},
		{ find = {
				node = "phone",
				record = function(t) return turns(t, "OSIP_ICT_INVITE_SENT")[1] end,
			},
			rule = "ict-send",
			ask = { "In which turn does libosip2 tell the firmware that an INVITE is to leave? `node=… record=…`\n\n    rung show phone-loop node=phone what=turn",
				zh = "在哪一轮中，libosip2 告诉固件要发出 INVITE？`node=… record=…`\n\n    rung show phone-loop node=phone what=turn" },
			why = { "The callback's name has the machine, the message and what happened to it.", zh = "回调的名称由状态机、消息和发生的事情组成。" },
			records = function(t) return turns(t, "OSIP_ICT_INVITE_SENT")[1] end,
			hint = { "Filter `node=phone what=turn from=1.6s to=1.7s`.", zh = "用 `node=phone what=turn from=1.6s to=1.7s` 过滤。" } },
	},
}

task {
	choice = {
		{ "ICT: a BYE belongs to the dialog that the INVITE made.", zh = "ICT：BYE 属于 INVITE 建立的对话。",
			why = { "The dialog is the same, the transaction is not: a BYE has its own, and it is no INVITE.",
				zh = "对话相同，事务不同：BYE 有自己的事务，而且它不是 INVITE。" }, rule = "nict-send" },
		{ "NIST: what comes from the network meets a server transaction.", zh = "NIST：从网络收到的消息对应服务器事务。",
			why = { "Requests from the network do. A response meets the client transaction that sent its request.",
				zh = "收到的请求如此。响应对应的是发出请求的客户端事务。" } },
		{ "NICT, and it holds the BYE's transaction until Timer K fires.", zh = "NICT，它保存 BYE 的事务，直到 定时器 K 到期。",
			why = { "That is libosip2's own way. The records show that this list loses the transaction in the turn that made it.",
				zh = "libosip2 原本如此。但记录显示，在创建事务的同一轮中，它就从该列表中移走了。" } },
		{ "NICT, but the firmware keeps its transactions in a list of its own.", zh = "NICT，但固件把事务保存在自己的列表中。", right = true },
	},
	points = 2,
	records = function(t) return turns(t, "OSIP_NICT_BYE_SENT")[1] end,
	hint = { "Open the turn of `node=phone what=turn from=3.65s to=3.75s` and read what it did before SND_REQUEST, and its `lists`.",
		zh = "打开 `node=phone what=turn from=3.65s to=3.75s` 的那一轮，看 SND_REQUEST 之前做了什么，以及其中的 `lists`。" },
}

task {
	time = late,
	tolerance = 0.0006,
	points = 2,
	wrong = {
		{ 0.5, why = { "So long it runs. How much later than that does it fire?", zh = "这是它的时长。它比这晚多少到期？" } },
		{ function(t) return fired(t).time - set(t).time end,
			why = { "That is the time from set to fired, with the 500 ms in it.", zh = "这是从设置到到期的时间，其中包括那 500 ms。" } },
	},
	why = { "Timer E of the BYE was set for 500 ms. Subtract when it was due from when it fired.",
		zh = "BYE 的 定时器 E 设为 500 ms。用到期的时刻减去应当到期的时刻。" },
	records = function(t) return { set(t), fired(t) } end,
	hint = { "`node=phone kind=timer from=3.6s to=4.4s`: the line where Timer E is set, and the line where it fired.",
		zh = "`node=phone kind=timer from=3.6s to=4.4s`：定时器 E 被设置的一行和它到期的一行。" },
}

task {
	choice = {
		{ "The clock of the board is too coarse for that.", zh = "电路板的时钟太粗，不够准确。",
			why = { "It counts microseconds. In a quiet second the same timers fire on time, like Timer K at the end.",
				zh = "它以微秒计。空闲时同样的定时器准时到期，例如最后的 定时器 K。" } },
		{ "A turn takes all datagrams first, then the timers.", zh = "一轮先取完数据报，然后才看定时器。", right = true },
		{ "libosip2 looks at its timers only once a second.", zh = "libosip2 每秒只看一次定时器。",
			why = { "Nobody calls osip_timers_*_execute here: the firmware has timers of its own, as the turns show.",
				zh = "这里没有人调用 osip_timers_*_execute：各轮记录显示，固件有自己的定时器。" } },
		{ "The messages use the transaction of the lost BYE.", zh = "这些消息与 BYE 使用同一个事务。",
			why = { "Each MESSAGE is a server transaction of its own.", zh = "每条 MESSAGE 都有自己的服务器事务。" }, rule = "nist-request" },
	},
	points = 2,
	records = function(t) return { fired(t) } end,
	hint = { "Look what lies between when it was due and when it fired: `node=phone from=4.18s to=4.3s`.",
		zh = "看应当到期与实际到期之间有什么：`node=phone from=4.18s to=4.3s`。" },
	others = {
		{
		choice = {
			{ "Nothing: an interrupt always wakes it.", zh = "没什么：中断总能唤醒它。",
				why = { "A datagram or a key does. A timer of SIP is no interrupt, and the watchdog waits for nobody.",
					zh = "数据报和按键可以。SIP 的定时器不是中断，看门狗也不等人。" } },
			{ "Timers fire late, and after 3 s the watchdog resets it.", zh = "定时器迟到，3 s 之后看门狗使它复位。", right = true },
			{ "Datagrams are lost, since nobody reads the controller.", zh = "数据报丢失，因为没有人读取控制器。",
				why = { "A datagram ends the sleep. They are lost when the loop is awake too long, not asleep.",
					zh = "数据报会结束休眠。循环忙得太久时才会丢失，休眠时不会。" } },
			{ "libosip2 ends its transactions by itself.", zh = "libosip2 自行结束它的事务。",
				why = { "libosip2 has no thread and no clock interrupt: it does something only when it is called.",
					zh = "libosip2 没有线程，也没有时钟中断：只有被调用时才做事。" } },
		},
		hint = { "docs/HANDSET.md, *How the firmware uses the board*: how long it sleeps at most, and why. The longest `slept` of `node=phone what=turn` is not all of it: turns without an event have no record.",
			zh = "见 docs/HANDSET.md 的 *How the firmware uses the board*：它最多休眠多久，为什么。`node=phone what=turn` 中最长的 `slept` 并不说明全部：没有事件的轮次没有记录。" },
			ask = { "What happens if the loop sleeps for 5 s although timers are due?", zh = "如果定时器应当到期时循环却休眠 5 s，会发生什么？" },
		},
	},
}

task {
	goal = {
		{ "twelve messages or more reach the phone after its BYE and before its second BYE", zh = "在话机的 BYE 之后、第二个 BYE 之前，有十二条或更多的消息到达话机",
			function(t)
				local list = t:all "method=BYE src=phone kind=send"
				if #list < 2 then return false end
				local n = t:count("method=MESSAGE dst=phone kind=recv", function(r)
					return r.time > list[1].time and r.time < list[2].time
				end)
				return n >= 12, list[2]
			end },
		{ "Timer E of the BYE fires at most 2 ms late", zh = "BYE 的 定时器 E 最多迟到 2 ms",
			function(t)
				local r = fired(t)
				return r ~= nil and late(t) <= 0.002, r
			end,
			why = { "Something keeps the loop busy when the timer is due.", zh = "定时器应当到期时，有什么使循环忙碌。" } },
	},
	points = 3,
	hint = { "The phone needs some ms for each message, and nothing says that they have to come together: `node=phone what=turn from=4.1s`.",
		zh = "话机处理每条消息需要几毫秒，而没有规定它们必须一起到来：`node=phone what=turn from=4.1s`。" },
}
