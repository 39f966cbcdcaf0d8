-- The tasks of how-much-loss; their texts are in README.md.
lesson { minutes = 60, level = 2 }
-- In each of these atl has to send its INVITE again, and the call is set up.
vary { "atl--bil.delay=10ms..60ms:5ms",
	"seed=1,5,12,17,24,43,49,65,94,97,98,101,116,131,152,167,185,210,226,241" }

local function begun(t)
	return t:first "method=INVITE src=alice kind=send"
end

local function heard(t, state)
	return t:first("kind=call node=alice", function(r)
		return r.state == state or (state == "early" and r.state == "confirmed")
	end)
end

task {
	choice = {
		{ "some 26: INVITE, 180, 200 and ACK must all arrive", zh = "约 26 次：INVITE、180、200 和 ACK 都必须到达", rule = "ict-timer-a",
			why = { "That would be so if each were sent once. But the INVITE is sent up to seven times, the 200 up to eleven.",
				zh = "若每条只发一次就是这样。但 INVITE 最多发七次，200 最多发十一次。" } },
		{ "some 120: as many as packets arrive", zh = "约 120 次：与到达的数据包一样多", rule = "ict-timer-a",
			why = { "A call fails only if every transmission is lost.", zh = "只有每次重传都丢失，呼叫才失败。" } },
		{ "none: UDP does not tolerate a loss of 40 %", zh = "一次也没有：UDP 承受不了 40 % 的丢包", rule = "ict-timer-a",
			why = { "UDP does nothing about loss; SIP retransmits.", zh = "UDP 什么也不管；SIP 会重传。" } },
		{ "nearly all: what is lost is sent again", right = true, zh = "几乎全部：丢失的消息会重传", rule = "ict-timer-a" },
	},
	points = 2,
	hint = { "`rung show how-much-loss --set atl--bil.loss=40% kind=timer,drop to=4s`: what does `atl` do after a loss, and how often may it, by RFC 3261 17.1.1.2?",
		zh = "`rung show how-much-loss --set atl--bil.loss=40% kind=timer,drop to=4s`：丢失之后 `atl` 做什么，按 RFC 3261 17.1.1.2 可以做多少次？" },
	ahead = function() end,
}

task {
	number = math.floor(100 * 0.8 ^ 7 + 0.5),
	tolerance = 0.5,
	unit = { "%", zh = "%" },
	points = 2,
	rule = "ict-timer-b",
	wrong = {
		{ 80, why = { "That is the probability for one. Seven must be lost together: 0.8 · 0.8 · …", zh = "那是一次的概率。要七次都丢失：0.8 · 0.8 · …" } },
		{ 26.2, why = { "That is six; the seventh is sent as well, half a second before Timer B.", zh = "那是六次；第七次在定时器 B 之前半秒也会发送。" } },
		{ 560, why = { "Multiply the probabilities of independent events that must all happen.", zh = "都要发生的事，概率应相乘。" } },
	},
	why = { "All transmissions must be lost: raise the probability of one loss to the power of the number of transmissions, and write the result in percent.",
		zh = "每次发送都必须丢失：把一次丢失的概率按发送次数自乘，用百分数写出。" },
	hint = { "RFC 3261 17.1.1.2: Timer A fires after 0.5, 1.5, 3.5 s and so on, until `Timer B` ends it; the losses are independent.",
		zh = "RFC 3261 17.1.1.2：定时器 A 在 0.5、1.5、3.5 s 等时刻到期，直到 `Timer B` 结束；各次丢失相互独立。" },
	others = {
		{ number = math.floor(100 * 0.7 ^ 7 + 0.5),
			tolerance = 0.5,
			unit = { "%", zh = "%" },
			rule = "ict-timer-b",
			wrong = {
				{ 70, why = { "That is the probability for one. Seven must be lost together.", zh = "那是一次的概率。要七次都丢失。" } },
				{ 11.8, why = { "That is six; the seventh is sent as well, half a second before Timer B.", zh = "那是六次；第七次在定时器 B 之前半秒也会发送。" } },
			},
			why = { "All transmissions must be lost: raise the probability of one loss to the power of the number of transmissions, and write the result in percent.",
				zh = "每次发送都必须丢失：把一次丢失的概率按发送次数自乘，用百分数写出。" },
			ask = { "`atl` sends its INVITE at most seven times before Timer B fires. What is the probability, in whole percent, that all seven are lost at 70 %? More calls fail than that: what else must arrive?",
				zh = "`atl` 最多发送七次 INVITE，之后定时器 B 结束事务。丢包率为 70 % 时，七次全部丢失的概率是百分之几（取整）？失败的呼叫比这还多：还有哪些消息必须到达？" },
			hint = { "`rung show how-much-loss --set atl--bil.loss=70% kind=drop`: the loss of each transmission there is independent. What is the probability of two in a row, and of three?",
				zh = "`rung show how-much-loss --set atl--bil.loss=70% kind=drop`：丢失与否，每次发送都重新抽取。连丢两次的概率是多少，三次呢？" } },
		{ number = math.floor(100 * 0.9 ^ 7 + 0.5),
			tolerance = 0.5,
			unit = { "%", zh = "%" },
			rule = "ict-timer-b",
			wrong = {
				{ 90, why = { "That is the probability for one. Seven must be lost together.", zh = "那是一次的概率。要七次都丢失。" } },
				{ 53.1, why = { "That is six; the seventh is sent as well, half a second before Timer B.", zh = "那是六次；第七次在定时器 B 之前半秒也会发送。" } },
			},
			why = { "All transmissions must be lost: raise the probability of one loss to the power of the number of transmissions, and write the result in percent.",
				zh = "每次发送都必须丢失：把一次丢失的概率按发送次数自乘，用百分数写出。" },
			ask = { "`atl` sends its INVITE at most seven times before Timer B fires. What is the probability, in whole percent, that all seven are lost at 90 %? More calls fail than that: what else must arrive?",
				zh = "`atl` 最多发送七次 INVITE，之后定时器 B 结束事务。丢包率为 90 % 时，七次全部丢失的概率是百分之几（取整）？失败的呼叫比这还多：还有哪些消息必须到达？" },
			hint = { "Only one transmission in ten arrives: `rung run how-much-loss --set atl--bil.loss=90%`. Multiply the share of those that do not arrive.",
				zh = "十次发送只有一次到达：`rung run how-much-loss --set atl--bil.loss=90%`。把不到达的概率相乘。" } },
	},
}

task {
	time = function(t) return heard(t, "early").time - begun(t).time end,
	points = 2,
	rule = "ict-timer-a",
	wrong = {
		{ 0.06, why = { "That would be the time without loss.", zh = "没有丢包时才是这样。" } },
		{ function(t) return heard(t, "confirmed").time - begun(t).time end,
			why = { "That is when Bob has answered.", zh = "那是 Bob 接听的时间。" } },
		{ function(t) return heard(t, "early").time end, why = { "That is the time since the start of the run; she calls at 1 s.", zh = "那是运行的时刻；她在 1 s 呼叫。" } },
	},
	why = { "Count from the beginning of the call at Alice's phone to the record in which it has the first 180 (or the 200).",
		zh = "从 Alice 的话机上呼叫开始算起，到它收到第一个 180（或 200）的记录为止。" },
	records = function(t) return { begun(t), heard(t, "early") } end,
	hint = { "She has called at `INVITE@alice`; of `status=180,200 cseq=INVITE node=alice kind=recv` take the first one.",
		zh = "她在 `INVITE@alice` 处呼叫；`status=180,200 cseq=INVITE node=alice kind=recv` 中第一条就是她听到的。" },
}

task {
	find = {
		node = "atl",
		rule = "ict-timer-a",
		record = function(t)
			local again = t:all("method=INVITE src=atl kind=send")[2]
			return { again, again.cause }
		end,
	},
	points = 3,
	why = { "The question is about the first INVITE with the mark ↻: which node sends it, and why? `rung explain` with its number names the rule.",
		zh = "指的是第一个带 ↻ 的 INVITE：由谁发送，为什么？用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "A retransmission has a cause: the first of `kind=timer name=A op=fire`. Whose timer is it, what is directly after it, and what does `rung explain` say about that?",
		zh = "重传必有原因：看 `kind=timer name=A op=fire` 的第一条。它属于谁，紧接其后的是什么，`rung explain` 又怎样说明？" },
	others = {
		{ draw = "method=INVITE kind=send",
			rule = "ict-timer-a",
			ask = { "Draw the path of the INVITE with all its retransmissions, one line each, `alice -> atl INVITE`.\n\n    rung show how-much-loss method=INVITE kind=send",
				zh = "画出 INVITE 及其所有重传的路径，每条一行，如 `alice -> atl INVITE`。\n\n    rung show how-much-loss method=INVITE kind=send" },
			hint = { "Only the hop from `atl` to `bil` has retransmissions, one for each record of `node=atl name=A op=fire`; a retransmission that reaches `bil` goes no further.",
				zh = "只有从 `atl` 到 `bil` 的一跳有重传，`node=atl name=A op=fire` 的每条记录对应一次；再次到达 `bil` 的不再转发。" } },
		{ find = {
				node = { "bil", "atl" },
				rule = { "ict-1xx" },
				record = function(t)
					local r = t:first("src=bil dst=atl cseq=INVITE kind=send", function(r) return r:arrival() ~= nil end)
					return { r, r:arrival() }
				end,
			},
			why = { "Any response stops them. Which is the first response from bil that is not lost?", zh = "任何响应都会使其停止。bil 的响应中第一个没有丢失的是哪个？" },
			ask = { "What made `atl` stop retransmitting its INVITE? Find the first response that it got: `node=… rule=… record=…`.\n\n    rung show how-much-loss dst=atl cseq=INVITE",
				zh = "是什么使 `atl` 停止重传 INVITE？找出它得到的第一个响应：`node=… rule=… record=…`。\n\n    rung show how-much-loss dst=atl cseq=INVITE" },
			hint = { "`src=bil dst=atl cseq=INVITE kind=recv`, and RFC 3261 17.1.1.2 for its effect there.",
				zh = "`src=bil dst=atl cseq=INVITE kind=recv`，其作用见 RFC 3261 17.1.1.2。" } },
	},
}

task {
	number = 299,
	tolerance = 1,
	unit = { "calls", zh = "次呼叫" },
	wrong = {
		{ 100, why = { "With 100 the probability of no failure would still be 0.99 to the power of 100, 37 %.", zh = "100 次时，无一失败的概率仍有 0.99 的 100 次方，即 37 %。" } },
		{ 95, why = { "Solve 0.99 to the power of n = 0.05.", zh = "解 0.99 的 n 次方 = 0.05。" } },
		{ 10, why = { "Ten successes out of ten have a probability of 90 % if 1 % fail: they show nothing.", zh = "失败率为 1 % 时，十次全部成功的概率有 90 %：说明不了什么。" } },
	},
	why = { "A call succeeds with probability 0.99; calls are independent, so multiply. Find the first power that is not above 0.05.",
		zh = "一次呼叫不失败的概率是 0.99；各次呼叫独立，所以相乘。找出第一个不超过 0.05 的幂。" },
	hint = { "After the 200 calls of the `rung sweep` above the probability would still be 0.99 to the power of 200, 13 %: how many more factors do you need to reach 5 %?",
		zh = "上面 `rung sweep` 的 200 次呼叫之后，这个概率仍有 0.99 的 200 次方，即 13 %：再乘多少次才到 5 %？" },
	others = {
		{ number = 59,
			tolerance = 1,
			unit = { "calls", zh = "次呼叫" },
			wrong = {
				{ { 95, 100 }, why = { "Fewer are enough: solve 0.95 to the power of n = 0.05.", zh = "不需要这么多：解 0.95 的 n 次方 = 0.05。" } },
				{ 20, why = { "With 20 the probability of no failure would still be 36 %.", zh = "20 次时，无一失败的概率仍有 36 %。" } },
			},
			why = { "A call succeeds with probability 0.95; calls are independent, so multiply. Find the first power that is not above 0.05.",
				zh = "一次呼叫不失败的概率是 0.95；各次呼叫独立，所以相乘。找出第一个不超过 0.05 的幂。" },
			ask = { "How many calls, none of which fails, do you need to state \"at most 5 % fail\" with 95 % confidence? (If 5 % failed, that many calls without a failure would have a probability of at most 5 %.)",
				zh = "需要多少次无一失败的呼叫，才能以 95 % 的置信度说“最多 5 % 失败”？（假如失败率是 5 %，这么多次无一失败的概率至多 5 %。）" },
			hint = { "After 30 calls, `rung sweep how-much-loss --seed=1..30 -o some`, the probability would still be 0.95 to the power of 30, 21 %: each call is one more factor, until you reach 5 %.",
				zh = "30 次呼叫（`rung sweep how-much-loss --seed=1..30 -o some`）之后，这个概率仍有 0.95 的 30 次方，即 21 %：多一次呼叫就多乘一次，直到 5 %。" } },
		{ number = 149,
			tolerance = 1,
			unit = { "calls", zh = "次呼叫" },
			wrong = {
				{ { 95, 98, 100 }, why = { "With 100 the probability of no failure would still be 13 %.", zh = "100 次时，无一失败的概率仍有 13 %。" } },
				{ 50, why = { "With 50 the probability of no failure would still be 36 %.", zh = "50 次时，无一失败的概率仍有 36 %。" } },
			},
			why = { "A call succeeds with probability 0.98; calls are independent, so multiply. Find the first power that is not above 0.05.",
				zh = "一次呼叫不失败的概率是 0.98；各次呼叫独立，所以相乘。找出第一个不超过 0.05 的幂。" },
			ask = { "How many calls, none of which fails, do you need to state \"at most 2 % fail\" with 95 % confidence? (If 2 % failed, that many calls without a failure would have a probability of at most 5 %.)",
				zh = "需要多少次无一失败的呼叫，才能以 95 % 的置信度说“最多 2 % 失败”？（假如失败率是 2 %，这么多次无一失败的概率至多 5 %。）" },
			hint = { "0.98 to the power of 100 is 13 %, to the power of 200, the number of calls of the `rung sweep` above at each loss, 2 %: the number is between them.",
				zh = "0.98 的 100 次方是 13 %，200 次方（上面 `rung sweep` 对每种丢包率的呼叫次数）是 2 %：要找的数在两者之间。" } },
	},
}

task {
	goal = {
		{ "Alice's phone receives Bob's 200", zh = "Alice 的话机收到 Bob 的 200",
			function(t)
				local r = t:first "status=200 cseq=INVITE node=alice kind=recv"
				return r ~= nil, r
			end },
		{ "no ACK reaches Bob's phone", zh = "没有 ACK 到达 Bob 的话机",
			function(t) return t:count "method=ACK node=bob kind=recv" == 0 and t:count "method=ACK kind=drop" > 0 end },
		{ "Bob's phone hangs up, when it has waited long enough", zh = "Bob 的话机等得足够久之后挂断",
			function(t)
				local b = t:first "method=BYE src=bob kind=send"
				local a = t:first "status=200 cseq=INVITE src=bob kind=send"
				return a ~= nil and b ~= nil and b.time - a.time >= 31, b
			end, rule = "invite-no-ack" },
	},
	points = 3,
	hint = { "docs/SCENARIO.md says which messages a `fault` without `nth` affects; check by `method=ACK kind=drop` that it does, and by `status=200 dst=alice` that the 200 has arrived.", zh = "docs/SCENARIO.md 说明没有 `nth` 的 `fault` 对哪些消息有效；用 `method=ACK kind=drop` 看它是否生效，用 `status=200 dst=alice` 看线路是否放过了应答。" },
}
