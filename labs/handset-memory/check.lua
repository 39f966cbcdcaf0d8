-- The tasks of handset-memory; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "lan--phone.delay=3ms..12ms:1ms", "seed=1..999:1" }

-- Of the memory, beside the program: what the boot loader and the stack have.
local RESERVED = 32 + 64

local function panic(t)
	return t:first("kind=board node=phone what=uart", function(r) return r.text:find "out of memory" end)
end

-- What was computed last before the memory was used up: it tells of the heap.
local function before(t)
	local full = panic(t)
	return t:last("kind=board node=phone what=cycles", function(r) return r.seq < full.seq end)
end

local function again(t)
	return t:first("method=INVITE dst=phone kind=send", function(r) return r.retx end)
end

-- The INVITE of Bob's that the phone breaks down at.
local function fourth(t)
	return t:all("method=INVITE src=bob kind=send")[4]
end

task {
	number = function(t)
		local r = before(t)
		return math.floor((r.ram - r.image - r.heap) / 1024 - RESERVED + 0.5)
	end,
	tolerance = 1.4,
	points = 2,
	unit = { "KiB", zh = "KiB" },
	wrong = {
		{ function(t)
			local r = before(t)
			return { (r.ram - r.image - r.heap) // 1024, (r.ram - r.image - r.heap) // 1024 + 1,
				(r.ram - r.image - r.heap) // 1024 - 3 }
		end,
			why = { "Boot loader and stack have their share, 96 together.", zh = "引导程序和栈也占一部分，共 96。" } },
		{ function(t)
			local r = before(t)
			return { (r.ram - r.image) // 1024 - RESERVED, (r.ram - r.image) // 1024 - RESERVED + 1 }
		end,
			why = { "That is the size of the whole heap; 118 KiB of it are used.", zh = "这是堆的总量；其中 118 KiB 已用。" } },
		{ 0, why = { "Some memory is left, but less than the next INVITE needs.", zh = "还剩一些，但不够下一个 INVITE 用。" } },
	},
	why = { "From the RAM subtract the image, the used part of the heap, and the fixed share of boot loader and stack. All are in the state at 8 s.",
		zh = "从 RAM 中减去映像、堆已用的部分，以及引导程序和栈固定占用的部分。它们都在 8 s 时的状态中。" },
	records = function(t) return { before(t), panic(t) } end,
	hint = { "`rung show handset-memory --at=8s --node=phone` has a line `memory` under Board; 32 and 64 of the RAM belong to boot loader and stack.",
		zh = "`rung show handset-memory --at=8s --node=phone` 的 Board 下有一行 `memory`；RAM 中的 32 和 64 另有用处。" },
	others = {
		{ number = function(t) return t:count "kind=timer node=phone op=set name=L,J to=8s" end,
			unit = { "transactions", zh = "个事务" },
			rule = "ist-timer-l",
			wrong = {
				{ 3, why = { "Each call has left more than that of its INVITE.", zh = "每个呼叫留下的不只是 INVITE 的事务。" } },
				{ 0, why = { "The calls are over, their transactions are not.", zh = "呼叫结束了，它们的事务没有。" } },
			},
			ask = { "The calls are over. How many server transactions does the handset still hold at 8 s?\n\n    rung show handset-memory --at=8s --node=phone",
				zh = "呼叫都结束了。8 s 时话机还有多少个服务器事务？\n\n    rung show handset-memory --at=8s --node=phone" },
			why = { "Count what the state lists as server transactions, of both kinds.",
				zh = "数一数状态中列出的服务器事务，两种都算。" },
			hint = { "The state at 8 s lists them under Transactions, with `Timer L` or `Timer J`.",
				zh = "8 s 时的状态在 Transactions 下列出它们，带有 `Timer L` 或 `Timer J`。" } },
		{ time = function(t)
				local full = panic(t)
				return t:first("kind=board node=phone what=cycles", function(r) return r.seq > full.seq end).ns / 1e9
			end,
			tolerance = 0.00005,
			wrong = {
				{ { 3, 2.999 }, why = { "That is how long it stands still until the watchdog fires.", zh = "这是它停住到看门狗动作的时间。" } },
				{ 0.01, why = { "That is the time of the INVITE on the line.", zh = "那是 INVITE 在线路上的时间。" } },
			},
			records = panic,
			ask = { "How long does the handset compute for the fourth INVITE before it stops? Write it in milliseconds, with two decimals at least.\n\n    rung show handset-memory node=phone kind=board from=8s to=8.5s",
				zh = "对第四个 INVITE，话机在停止之前计算了多久？以毫秒写出，至少两位小数。\n\n    rung show handset-memory node=phone kind=board from=8s to=8.5s" },
			why = { "The record after the console's last line has the number of instructions and the time.",
				zh = "控制台最后一行之后的记录说明执行了多少条指令、用了多久。" },
			hint = { "It is the record after `out of memory`, of `what=cycles`: `rung show` with its number shows `ns`.",
				zh = "`out of memory` 之后的那条 `what=cycles` 记录：用它的编号 `rung show` 可以看到 `ns`。" } },
	},
}

task {
	choice = {
		{ "The program has a leak: what it takes never comes back.", zh = "程序有内存泄漏：取走的永远不会归还。",
			why = { "After 32 s all of it is freed: see the timers of the transactions.", zh = "32 s 之后全部归还：看各事务的定时器。" }, rule = "nist-timer-j" },
		{ "The list of missed calls keeps it for the user to look at.", zh = "未接来电列表占着它，供用户查看。",
			why = { "None of the calls was missed, and an entry in the list is one line.", zh = "没有未接来电，而且那里一个条目只有一行。" } },
		{ "Its two transactions live on and need it for another 32 s.", right = true,
			zh = "它的两个事务还存活着，还要用 32 s。" },
		{ "The BYE has no answer yet, and the phone waits for it.", zh = "BYE 还没有得到响应，话机在等它。",
			why = { "Each has its 200; the transaction stays to retransmit it.", zh = "每个 BYE 都有 200；事务保留下来是为了能重传它。" }, rule = "nist-final" },
	},
	rule = "ist-timer-l",
	records = function(t)
		return t:all "kind=timer node=phone op=set name=L,J"
	end,
	ahead = true,
}

task {
	find = {
		node = "px",
		rule = { "ict-timer-a" },
		record = function(t) return { again(t), again(t).cause } end,
	},
	points = 3,
	why = { "Bob's phone sends the fourth INVITE once. Whose transaction has received nothing?",
		zh = "Bob 的话机只发送一次第四个 INVITE。谁的事务什么也没收到？" },
	records = again,
	hint = { "`kind=timer name=A op=fire from=8s` shows a single node: take its transmission directly after the first of these.",
		zh = "`kind=timer name=A op=fire from=8s` 都属于同一个节点：取紧接第一条之后它的那次发送。" },
	others = {
		{ draw = "method=INVITE kind=send from=8s",
			rule = "ict-timer-a",
			records = again,
			ask = { "Draw the path of the fourth INVITE with all its retransmissions, one line each, `bob -> px INVITE`.\n\n    rung show handset-memory method=INVITE from=8s",
				zh = "画出第四个 INVITE 及其所有重传，每条一行，如 `bob -> px INVITE`。\n\n    rung show handset-memory method=INVITE from=8s" },
			hint = { "A client that receives nothing retransmits: compare what the proxy receives, `src=phone dst=px from=8s`, with what Bob's phone receives, `dst=bob from=8s kind=send`.",
				zh = "什么也没有收到的一方才重传：把回到代理服务器的 `src=phone dst=px from=8s` 与发给 Bob 的话机的 `dst=bob from=8s kind=send` 比较。" } },
		{ find = {
				node = "phone",
				rule = { "ict-1xx" },
				record = function(t) local r = t:last "status=180 src=phone kind=send" return { r, r:arrival() } end,
			},
			why = { "Any provisional response has that effect. Which is the first that the handset itself sends for this INVITE?", zh = "任何临时响应都可以。对这个 INVITE，话机自己给出的第一个是哪个？" },
			ask = { "The proxy retransmits the fourth INVITE, until a message stops it. Which node has sent that message, by which rule does it stop the retransmissions, and which record is it? `node=… rule=… record=…`\n\n    rung show handset-memory from=11s to=12s",
				zh = "代理服务器一再重传第四个 INVITE，直到一条消息使它停止。这条消息由谁发送，按哪条规则使重传停止，是哪个记录？`node=… rule=… record=…`\n\n    rung show handset-memory from=11s to=12s" },
			hint = { "They end at `node=px kind=timer name=A op=stop from=11s`: what has arrived directly before it? RFC 3261 17.1.1.2 has the rule.",
				zh = "重传在 `node=px kind=timer name=A op=stop from=11s` 处结束：在它之前到达了什么？规则见 RFC 3261 17.1.1.2。" } },
	},
}

task {
	number = function(t)
		for _, r in ipairs(t:all "dst=bob kind=send") do
			if r.status and r:header("Call-ID") == fourth(t):header "Call-ID" then
				return r.status
			end
		end
	end,
	rule = "ict-1xx",
	wrong = {
		{ 180, why = { "It comes three seconds later; Timer A would have fired three times by then.",
			zh = "它三秒多之后才到；那时定时器 A 已到期三次。" }, rule = "ict-timer-a" },
		{ 200, why = { "That ends the transaction; something else has stopped the retransmissions long before.",
			zh = "它使事务结束；但重传早已被别的响应停止。" } },
	},
	why = { "See what arrives at Bob's phone after its last INVITE, before the first retransmission would be due, and which node sends it.",
		zh = "看 Bob 的话机发送最后一个 INVITE 之后、第一次重传之前收到了什么，由谁发送。" },
	records = fourth,
	hint = { "Timer A would fire 500 ms after `INVITE@bob#4`: which response of `dst=bob kind=send from=8s` comes before that?",
		zh = "定时器 A 会在 `INVITE@bob#4` 之后 500 ms 触发：`dst=bob kind=send from=8s` 中哪个响应在此之前？" },
	others = {
		{ number = function(t) return t:count "method=INVITE src=px dst=phone kind=send" end,
			unit = { "INVITEs", zh = "个 INVITE" },
			wrong = {
				{ 4, why = { "That is the number of calls. Some are sent more than once.", zh = "这是呼叫的个数。有的发送了不止一次。" } },
			},
			rule = "ict-timer-a",
			ask = { "How many INVITEs does the proxy send to the handset in the whole run, including retransmissions?\n\n    rung show handset-memory method=INVITE src=px",
				zh = "整个运行中代理服务器向话机发送多少个 INVITE，重传也算在内？\n\n    rung show handset-memory method=INVITE src=px" },
			why = { "Each transmission counts, with ↻ or without.",
				zh = "每次发送都算，带不带 ↻ 都一样。" },
			hint = { "One for each call, and of the fourth one more for each record of `node=px name=A op=fire from=8s`.",
				zh = "每个呼叫一个；第四个呼叫中，`node=px name=A op=fire from=8s` 的每条记录再加一个。" } },
		{ number = function(t) return tonumber(t:last("method=REGISTER src=phone kind=send"):header("CSeq"):match "%d+") end,
			rule = "register-order",
			wrong = {
				{ 2, why = { "That would be the number if the handset remembered its first registration.", zh = "若话机还记得第一次注册，就会是这样。" } },
			},
			records = function(t) return t:last "method=REGISTER src=phone kind=send" end,
			ask = { "What is the CSeq number of the handset's second REGISTER?\n\n    rung show handset-memory -m method=REGISTER src=phone",
				zh = "话机的第二个 REGISTER 的 CSeq 是几号？\n\n    rung show handset-memory -m method=REGISTER src=phone" },
			why = { "A phone keeps its count in memory; what is left of it after the watchdog?",
				zh = "话机的计数在内存里；看门狗之后还剩下什么？" },
			hint = { "`REGISTER@phone#2` comes from a handset that has restarted at 11.249 s: compare its Call-ID with that of `REGISTER@phone`.",
				zh = "`REGISTER@phone#2` 来自 11.249 s 重新启动的话机：把它的 Call-ID 与 `REGISTER@phone` 的比较。" } },
	},
}

task {
	choice = {
		{ "take it for a refresh, and start the binding's time again", zh = "当作刷新，重新计算绑定的时间",
			why = { "A refresh has a CSeq above the last.", zh = "刷新的 CSeq 要大于上一次的。" }, rule = "register-order" },
		{ "add a second binding, with the same Contact as the old one", zh = "添加第二个绑定，联系地址与旧的相同",
			why = { "The Contact is the same, so it is the same binding.", zh = "Contact 相同，所以是同一个绑定。" }, rule = "register-order" },
		{ "reject it: the CSeq is not above that of the binding", zh = "拒绝：CSeq 不大于绑定的 CSeq", right = true },
		{ "forget the old binding, since the phone has restarted", zh = "忘掉旧的绑定，因为话机重新启动了",
			why = { "The registrar can't know that; an old REGISTER that was delayed would look the same.",
				zh = "注册服务器无从得知；一个迟到的旧 REGISTER 看起来也一样。" }, rule = "register-order" },
	},
	points = 2,
	rule = "register-order",
	records = function(t) return t:all "method=REGISTER src=phone kind=send" end,
}

task {
	goal = {
		{ "the handset answers four INVITEs with 200", zh = "话机以 200 响应四个 INVITE",
			function(t)
				local list = t:all "status=200 cseq=INVITE src=phone kind=send"
				local calls, n = {}, 0
				for _, r in ipairs(list) do
					local id = r:header "Call-ID"
					n = n + (calls[id] and 0 or 1)
					calls[id] = true
				end
				return n >= 4, list[#list]
			end },
		{ "its memory is never used up", zh = "内存从不用尽",
			function(t) return panic(t) == nil, panic(t) end, rule = "ist-timer-l",
			why = { "The memory of a call is in use for 32 s.", zh = "呼叫留下的东西存活 32 s。" } },
		{ "it has no more memory than before", zh = "内存没有增加",
			function(t)
				local r = t:first "kind=board node=phone what=cycles"
				return r ~= nil and r.ram <= 884736, r
			end },
	},
	points = 3,
	hint = { "`rung show handset-memory --at=8s --node=phone` shows how long each Timer L still runs: its memory is freed only then. Make `duration` in `lab.lua` long enough for the calls that wait for that.", zh = "`rung show handset-memory --at=8s --node=phone` 显示每个定时器 L 还要多久：之后它占用的才会释放。`lab.lua` 的 `duration` 要容得下为此等待的呼叫。" },
}
