-- The tasks of no-answer; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "bob.expires=600s..3600s:300s", "seed=1..999:1" }

local function to_bob(t)
	return t:all "method=INVITE kind=send src=bil dst=bob"
end

task {
	number = function(t) return #to_bob(t) end,
	unit = { "times", zh = "次" },
	rule = "ict-timer-a",
	wrong = {
		{ function(t) return #to_bob(t) - 1 end,
			why = { "That is the number of retransmissions; the first transmission counts as well.", zh = "这是重传的次数；第一次也算。" } },
		{ 11, why = { "Other requests are sent 11 times: their intervals stop at 4 s. Timer A doubles without a limit.",
			zh = "其他请求发 11 次：其间隔到 4 s 为止。定时器 A 无限加倍。" } },
	},
	why = { "Count the transmissions of the INVITE from `bil` to Bob's phone, the first and all retransmissions, until Timer B.",
		zh = "数 `bil` 向 Bob 的话机发送 INVITE 的次数，第一次和所有重传都算，直到定时器 B 到期。" },
	records = to_bob,
	ahead = true,
	hint = { "Each record of `node=bil name=A op=fire` is one transmission after the first; RFC 3261 17.1.1.2 says until when Timer A may fire.",
		zh = "第一次发送之后，`node=bil name=A op=fire` 的每条记录多一次发送；定时器 A 到何时为止可以到期，见 RFC 3261 17.1.1.2。" },
	others = {
		{ time = function(t) return to_bob(t)[#to_bob(t)].time - to_bob(t)[1].time end, rule = "ict-timer-a", ahead = true,
			ask = { "Before you look at the run: how long after its first INVITE to Bob's phone will `bil` send it for the last time?\n\n    rung show no-answer src=bil dst=bob\n    rung show no-answer node=bil kind=timer", zh = "先不看运行：`bil` 最后一次向 Bob 的话机发送 INVITE，会在第一次之后多久？\n\n    rung show no-answer src=bil dst=bob\n    rung show no-answer node=bil kind=timer" },
			wrong = { { 32, why = { "At that time it gives up, and sends no INVITE any more.", zh = "那时它放弃，不再发送 INVITE。" } }, { 15.5, why = { "There is time for one more before Timer B.", zh = "定时器 B 之前还有一次。" } } },
			why = { "Add the intervals of Timer A, each twice as long as the one before, while the sum is below Timer B.", zh = "把定时器 A 的间隔相加，每个是前一个的两倍，只要总和小于定时器 B。" },
			hint = { "Subtract the first line of `src=bil dst=bob` from the last; without the run, add the intervals of Timer A in RFC 3261 17.1.1.2.", zh = "`src=bil dst=bob` 的最后一行减去第一行；不看运行，就按 RFC 3261 第 17.1.1.2 节把定时器 A 的间隔相加。" },
			records = to_bob },
		{ time = function(t) return to_bob(t)[4].time - to_bob(t)[1].time end, rule = "ict-timer-a", ahead = true,
			ask = { "Before you look at the run: how long after its first INVITE to Bob's phone will `bil` send the fourth?\n\n    rung show no-answer src=bil dst=bob\n    rung show no-answer node=bil kind=timer", zh = "先不看运行：`bil` 向 Bob 的话机发送的第四个 INVITE，会在第一个之后多久？\n\n    rung show no-answer src=bil dst=bob\n    rung show no-answer node=bil kind=timer" },
			wrong = { { { 2, 4 }, why = { "That is one interval. Add those before it.", zh = "那是一个间隔。要把之前的也加上。" } }, { 1.5, why = { "Between four there are three intervals; T1 does not stay the same.", zh = "四次之间有三个间隔；T1 不是一直不变。" } }, { 7.5, why = { "That is the fifth.", zh = "那是第五个。" } } },
			why = { "Between the first and the fourth there are three intervals of Timer A: T1, and each time twice as long.", zh = "第一个与第四个之间有定时器 A 的三个间隔：T1，然后每次加倍。" },
			hint = { "The first is `INVITE@bil`; each later one follows a record of `node=bil name=A op=fire`. Which of these belongs to the fourth?", zh = "第一个是 `INVITE@bil`；之后的每个都跟在 `node=bil name=A op=fire` 的一条记录之后。其中哪条属于第四个？" },
			records = to_bob },
	},
}

task {
	time = function(t) return t:get("408@bil").time - to_bob(t)[1].time end,
	rule = "ict-timer-b",
	wrong = {
		{ function(t) return t:get("408@bil").time end,
			why = { "That is the time since the start of the run; count from the INVITE.", zh = "那是运行的时刻；应从 INVITE 算起。" } },
		{ function(t) return to_bob(t)[#to_bob(t)].time - to_bob(t)[1].time end,
			why = { "At that time it sends for the last time; it still waits.", zh = "那是最后一次发送；之后它还在等待。" } },
		{ 181, why = { "That is Timer C, which waits for phones that ring.", zh = "那是定时器 C，它等待的是正在振铃的话机。" } },
	},
	why = { "Look for the transmission of the 408 and its cause; count from the first INVITE that `bil` sends to the phone.",
		zh = "找 408 的发送及其起因；从 `bil` 向话机发送的第一个 INVITE 算起。" },
	records = function(t) return t:get "408@bil" end,
	hint = { "What has caused the `408@bil`? `rung explain` names the timer; `kind=timer node=bil` has its length.", zh = "`408@bil` 由什么引起？`rung explain` 给出定时器；`kind=timer node=bil` 有它的长度。" },
	others = {
		{ time = function(t) return t:get("408@atl"):arrival().time - t:get("INVITE@alice").time end, rule = "ict-timer-b",
			ask = { "How long after her INVITE does Alice's phone get the 408?\n\n    rung show no-answer node=alice from=1s", zh = "Alice 的话机在发送 INVITE 之后多久收到 408？\n\n    rung show no-answer node=alice from=1s" },
			wrong = { { 32, why = { "That is how long `bil` waits. The INVITE needs its time to `bil`, and the 408 to return.", zh = "这是 `bil` 等待的时间。INVITE 要过去，408 还要回来。" } }, { function(t) return t:get("408@atl"):arrival().time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } } },
			why = { "Take two records at her phone: the transmission of the INVITE, and the arrival of the 408. Subtract their times.", zh = "她的话机的两条记录：发送 INVITE，以及 408 到达。两个时刻相减。" },
			hint = { "Both records are of her phone: `INVITE@alice`, and the last that arrives with `node=alice kind=recv`.", zh = "两条都是她的话机的记录：`INVITE@alice`，以及 `node=alice kind=recv` 的最后一条。" },
			records = function(t) return t:get("408@atl"):arrival() end },
		{ time = function(t) return t:first("kind=timer node=bil name=C").length / 1e9 end, rule = "proxy-timer-c",
			ask = { "`bil` also sets Timer C, which does not fire. How long is it?\n\n    rung show no-answer kind=timer node=bil", zh = "`bil` 也设置了定时器 C，但轮不到它。它设置了多久？\n\n    rung show no-answer kind=timer node=bil" },
			wrong = { { 32, why = { "That is Timer B.", zh = "那是定时器 B。" } }, { 180, why = { "It must be more than three minutes.", zh = "它必须大于三分钟。" } } },
			why = { "It is set when the INVITE is forwarded; the record has its length.", zh = "它在转发 INVITE 时设置；记录中有它的长度。" },
			hint = { "`kind=timer node=bil name=C` has two records: it is set, and stopped.", zh = "`kind=timer node=bil name=C` 有两条记录：设置和停止。" },
			records = function(t) return t:first "kind=timer node=bil name=C" end },
	},
}

task {
	find = {
		node = "atl",
		rule = { "ict-1xx", "proxy-100" },
		record = function(t) return { t:get "100@atl", t:get("100@atl"):arrival() } end,
	},
	rule = "ict-1xx",
	why = { "In the state Calling a client transaction retransmits its INVITE. Which message has moved it into another state?",
		zh = "客户端事务在 Calling 状态下重传 INVITE。是什么使它进入了另一个状态？" },
	hint = { "`node=alice kind=recv,timer to=1.1s`: what has arrived directly before Timers A and B are stopped?",
		zh = "`node=alice kind=recv,timer to=1.1s`：定时器 A 和 B 停止之前，刚刚到达的是什么？" },
	records = function(t) return t:get("100@atl"):arrival() end,
	others = {
		{ find = { node = "bil", rule = "ict-timer-b", record = function(t) return { t:first "kind=timer node=bil name=B op=fire", t:get "408@bil" } end }, rule = "ict-timer-b",
			ask = { "Find what makes `bil` give up: `node=… rule=… record=…`. The record is at `bil` itself.\n\n    rung show no-answer kind=timer node=bil", zh = "找出使 `bil` 放弃的原因：`node=… rule=… record=…`。记录在 `bil` 自己那里。\n\n    rung show no-answer kind=timer node=bil" },
			why = { "Nothing has arrived from the phone: the proxy's own client transaction ends it.", zh = "话机什么也没有发来：由代理服务器自己的客户端事务结束。" },
			hint = { "Go back from its response along the causes: `rung explain no-answer 408@bil`.", zh = "从它的响应沿着原因往回找：`rung explain no-answer 408@bil`。" },
			records = function(t) return t:first "kind=timer node=bil name=B op=fire" end },
		{ find = { node = "atl", rule = "ict-ack", record = function(t) return { t:get "ACK@atl", t:get("ACK@atl"):arrival() } end }, rule = "ict-ack",
			ask = { "`bil` learns that its 408 has arrived. Find the message that tells it: `node=… rule=… record=…`. The node is the one that sends it.\n\n    rung show no-answer from=33s", zh = "`bil` 得知它的 408 已到达。找出说明这一点的消息：`node=… rule=… record=…`。节点填发送它的那一个。\n\n    rung show no-answer from=33s" },
			why = { "A final response other than 2xx is acknowledged on each hop, by the node that has received it.", zh = "非 2xx 的最终响应在每一跳上由收到它的一方确认。" },
			hint = { "It stops Timer G of `bil`: `node=bil kind=timer,recv from=33s`.", zh = "它使 `bil` 的定时器 G 停止：`node=bil kind=timer,recv from=33s`。" },
			records = function(t) return t:get "ACK@atl" end },
	},
}

task {
	choice = {
		{ "Bob's phone rings, and nobody picks it up.", zh = "Bob 的话机在振铃，没有人接。",
			why = { "A phone that rings has answered with 180; that ends differently: 480, 487, or Timer C.",
				zh = "振铃的话机已返回 180；那种情况以别的方式结束：480、487 或定时器 C。" }, rule = "proxy-408" },
		{ "The call is rejected: Alice may not call Bob any more.", zh = "呼叫被拒绝：Alice 不可以再呼叫 Bob。",
			why = { "Only this attempt has ended; she may call again at any time.",
				zh = "结束的只是这一次尝试；她随时可以再呼叫。" }, rule = "proxy-408" },
		{ "The INVITE was lost between her phone and atl.", zh = "INVITE 在她的话机与 atl 之间丢失。",
			why = { "atl has answered 100: it had the INVITE.", zh = "atl 返回了 100：它收到了 INVITE。" }, rule = "proxy-100" },
		{ "Somewhere on the way nobody answered within the time.",
			zh = "路径上某处没有人及时响应。", right = true },
	},
	rule = "proxy-408",
	records = function(t) return t:get "408@bil" end,
	others = {
		{ outcome = "lost-behind", rule = "proxy-408",
			ask = { "Which word describes best why Alice's call ended: `rejected`, `lost-behind`, `closed-port-behind`, `no-answer-seen-behind` or `cancelled`? Behind means: at a later hop than hers.\n\n    rung show no-answer kind=drop\n    rung show no-answer 408@bil --layers", zh = "哪个词最能说明 Alice 的呼叫为何结束：`rejected`（被拒绝）、`lost-behind`（丢失）、`closed-port-behind`（端口关闭）、`no-answer-seen-behind`（看不到响应）还是 `cancelled`（取消）？behind 表示：不在她那一跳，而在后面的一跳。\n\n    rung show no-answer kind=drop\n    rung show no-answer 408@bil --layers" },
			wrong = {
				{ "rejected", why = { "Nobody at the phone has rejected the call: the response that she gets was made on the way.", zh = "话机那边没有人说不：她收到的响应是路上产生的。" } },
				{ "closed-port-behind", why = { "ICMP reports a closed port, from a host that is running. This one does not.", zh = "端口关闭由一台正在运行的主机用 ICMP 告知。这台主机没有运行。" } },
				{ "no-answer-seen-behind", why = { "That is what a capture at `bil` would show. The run shows more: what happened to each packet.", zh = "在 `bil` 处抓包只能这样说。这次运行说得更多：每个数据包的去向。" } },
				{ "cancelled", why = { "Alice sends no CANCEL.", zh = "Alice 没有发送 CANCEL。" } },
			},
			why = { "Follow the INVITEs from `bil` to the phone: what happens to each of them?", zh = "跟踪从 `bil` 到话机的各个 INVITE：它们各自怎样了？" },
			hint = { "The records `kind=drop` have a `reason`, which the line shows.", zh = "`kind=drop` 的记录有 `reason`，其行中会说明。" },
			records = function(t) return t:first "kind=drop" end },
	},
}

task {
	number = function(t)
		local b = t:first "kind=binding node=bil"
		return b.expires / 1e9 - 40
	end,
	tolerance = 1,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ function(t)
			local b = t:first "kind=binding node=bil"
			return (b.expires - b.t) / 1e9
		end, why = { "That is the time from the registration; some of it has passed.", zh = "这是从注册起的时间；已经过去了一部分。" } },
		{ 0, why = { "Nobody tells the registrar that the phone is dead.", zh = "没有人告诉注册服务器话机已断电。" } },
	},
	why = { "The binding has its expiry time in the state of `bil`: subtract the 40 s that have passed.",
		zh = "绑定的到期时刻在 `bil` 的状态中：从它减去已过的 40 s。" },
	records = function(t) return t:first "kind=binding node=bil" end,
	hint = { "The record `kind=binding node=bil` says when it was created and for how long; how much of that has passed at 40 s?",
		zh = "记录 `kind=binding node=bil` 说明它何时建立、有效多久；到 40 s 已过去多少？" },
}

task {
	goal = {
		{ "Bob's phone crashes and restarts", zh = "Bob 的话机崩溃后又恢复",
			function(t)
				return t:count "kind=act verb=crash" > 0 and t:count "kind=act verb=restart" > 0
			end },
		{ "an INVITE to it is lost because it is down", zh = "发给它的一个 INVITE 因它停机而丢失",
			function(t)
				local first = t:first "method=INVITE kind=send src=bil dst=bob"
				return first ~= nil and first:arrival() == nil, first
			end },
		{ "Alice's phone learns that the call is answered", zh = "Alice 的话机得知呼叫被接听",
			function(t)
				local ok = t:first "status=200 cseq=INVITE kind=recv node=alice"
				return ok ~= nil, ok
			end },
	},
	points = 3,
}
