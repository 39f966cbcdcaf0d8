-- The tasks of hear-loss; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "seed=1..400:1" }

local function heard(t, name)
	return t:first("kind=media op=heard node=" .. name)
end

local function stream(t, name)
	return t:streams(name)[1]
end

task {
	choice = {
		{ "below 2: hardly anything is understood by listeners", zh = "低于 2：几乎什么也听不懂",
			why = { "Put 20 into the formula: how much of the 93.2 remains?", zh = "把 20 代入式中：93.2 还剩多少？" } },
		{ "from 2 to 3: most listeners are dissatisfied", zh = "2 到 3：多数人不满意", right = true },
		{ "from 3 to 4: some listeners are dissatisfied", zh = "3 到 4：一部分人不满意",
			why = { "That is true of Carol's line, which loses a quarter of that.", zh = "那是 Carol 的线路，它丢失的只有四分之一。" } },
		{ "above 4: it is hidden from nearly all listeners", zh = "高于 4：几乎没有人察觉",
			why = { "That is true of Bob's line, which loses 1 %.", zh = "那是 Bob 的线路，它丢失 1 %。" } },
	},
	ahead = true,
	rule = "media-quality",
	records = function(t) return heard(t, "dora") end,
}

task {
	number = function(t) return heard(t, "carol").mos / 1000 end,
	tolerance = 0.006,
	rule = "media-quality",
	wrong = {
		{ function(t) return t:first("kind=media op=heard node=alice", function(r) return r.other == "carol" end).mos / 1000 end,
			why = { "That is how Alice hears Carol; both directions lose packets, but not the same ones.", zh = "那是 Alice 听 Carol；两个方向都丢包，丢的不是同样的。" } },
	},
	why = { "Which phone hears it, and which phone sends? Take the record of the end.", zh = "是谁的话机在听，听谁？请看结束的记录。" },
	records = function(t) return heard(t, "carol") end,
	hint = { "Each record of `kind=media op=heard` is for one listener: its node has listened, and the sender is after ←. Which of them has Carol listening to Alice?",
		zh = "`kind=media op=heard` 的每条记录属于一个听者：节点是听的一方，← 之后是被听的一方。哪一条是 Carol 在听 Alice？" },
	others = {
		{ number = function(t) return heard(t, "dora").lost end,
			unit = { "packets", zh = "个数据包" },
			rule = "media-quality",
			wrong = {
				{ function(t) return heard(t, "dora").packets end,
					why = { "That is how many have arrived.", zh = "那是到达的数目。" } },
				{ function(t) return heard(t, "carol").lost end,
					why = { "That is how many Carol misses.", zh = "那是 Carol 缺少的数目。" } },
			},
			why = { "The end of a stream shows how many packets have arrived, and how many there were; the rest is missing.",
				zh = "媒体流结束的记录给出到达多少、共有多少；其余的就是缺少的。" },
			records = function(t) return heard(t, "dora") end,
			ask = { "How many of Alice's packets does Dora miss?\n\n    rung show hear-loss op=heard node=dora",
				zh = "Alice 的数据包，Dora 缺少多少个？\n\n    rung show hear-loss op=heard node=dora" },
			hint = { "`op=heard node=dora` has two counts; the answer is neither of them by itself.",
				zh = "`op=heard node=dora` 有两个数；问的不是其中任何一个。" } },
	},
}

task {
	number = 42.1,
	tolerance = 0.15,
	points = 2,
	wrong = {
		{ 77.4, why = { "That is with concealment.", zh = "那是有丢包隐藏时的值。" } },
		{ 51.1, why = { "That is how much is removed.", zh = "那是减少的数。" } },
		{ { 92.1, 92.2 }, why = { "5 % is 5 in the formula, not 0.05.", zh = "式中 5 % 是 5，不是 0.05。" } },
	},
	why = { "Put the loss in percent and the Bpl without concealment into the formula, and subtract the result from 93.2.",
		zh = "把丢包的百分数和没有丢包隐藏的 Bpl 代入式中，再从 93.2 中减去。" },
	hint = { "Put Ie = 0, loss = 5 and the smaller Bpl into the formula above the tasks; subtract the result from 93.2. `op=heard` shows the MOS for it.",
		zh = "把 Ie = 0、loss = 5 和较小的 Bpl 代入任务之前的公式，再从 93.2 中减去结果。`op=heard` 显示由此得出的 MOS。" },
	others = {
		{ number = 26.8,
			tolerance = 0.15,
			why = { "Put the loss in percent and the right Bpl into the formula, and subtract the result from 93.2.",
				zh = "把丢包的百分数和所问的 Bpl 代入式中，再从 93.2 中减去。" },
			wrong = {
				{ { 66.1, 66.2 }, why = { "That is with concealment.", zh = "那是有丢包隐藏时的值。" } },
				{ 66.4, why = { "That is how much is removed.", zh = "那是减少的数。" } },
			},
			ask = { "What would R be for PCMU with 10 % of loss without concealment, if everything else is perfect? Compute it, to 0.1.",
				zh = "丢包 10 %、没有丢包隐藏、其余一切完美时，PCMU 的 R 是多少？请计算，精确到 0.1。" },
			hint = { "Use twice the loss of `net--carol`, and the Bpl for a phone that plays nothing in a gap.",
				zh = "丢包率是 `net--carol` 的两倍，所用的 Bpl 表示缺口处什么也不播放。" } },
		{ number = 51.1,
			tolerance = 0.15,
			why = { "Put the loss in percent and the right Bpl into the formula, and subtract the result from 93.2.",
				zh = "把丢包的百分数和所问的 Bpl 代入式中，再从 93.2 中减去。" },
			wrong = {
				{ { 15, 15.0 }, why = { "That is without concealment.", zh = "那是没有丢包隐藏时的值。" } },
				{ 42.1, why = { "That is how much is removed.", zh = "那是减少的数。" } },
			},
			ask = { "What is R for PCMU with 20 % of loss with concealment, if everything else is perfect? Compute it, to 0.1.",
				zh = "丢包 20 %、有丢包隐藏、其余一切完美时，PCMU 的 R 是多少？请计算，精确到 0.1。" },
			hint = { "The loss is that of `net--dora`; which Bpl belongs to a phone that plays something in a gap?",
				zh = "丢包率是 `net--dora` 的；在缺口处播放声音的话机用哪个 Bpl？" } },
	},
}

task {
	choice = {
		{ "Speech changes slowly: 20 ms later it still sounds nearly as it did, and a gap would click.", right = true,
			zh = "话音变化慢：20 ms 后几乎一样，空缺却会发出咔嗒声。" },
		{ "The ear repeats what it has heard anyway, so that the phone only has to keep time with it.",
			zh = "耳朵本来就会重复听到的声音，话机只需与它保持同步。",
			why = { "A gap is heard as a gap. Listen to Dora's longest gaps, which no phone can conceal.", zh = "空缺听起来就是空缺。请听 Dora 最长的那些，没有话机能掩盖它们。" } },
		{ "The next packet carries the lost sound once more, and concealment plays it from there.",
			zh = "下一个数据包再次携带丢失的声音，丢包隐藏从那里播放它。",
			why = { "There are formats that do so; PCMU does not. What was lost is lost.", zh = "有这样的格式；PCMU 没有。丢失的就是丢失了。" } },
		{ "It is played until the lost packet has been requested, and sent again by the other phone.",
			zh = "它一直播放，直到请求了丢失的数据包，对方的话机将其重传。",
			why = { "Nobody requests it: it would arrive too late.", zh = "没有人请求它：它到达时，时机已过。" } },
	},
	points = 2,
	rule = "media-quality",
	hint = { "docs/MEDIA.md says what a phone plays in a gap, and that it plays nothing after 60 ms: how similar is a sound to the sound 20 ms before it, and to earlier sound?", zh = "docs/MEDIA.md 说明话机在空缺处播放什么，60 ms 之后不再播放：声音与 20 ms 之前的有多像，与更早的呢？" },
}

task {
	goal = {
		{ "Dora hears Alice with a MOS from 2.9 to 3.6", zh = "Dora 听 Alice 的 MOS 在 2.9 到 3.6 之间",
			function(t)
				local s = stream(t, "dora")
				return s ~= nil and s.mos ~= nil and s.mos >= 2.9 and s.mos <= 3.6, heard(t, "dora")
			end, rule = "media-quality",
			why = { "It is between 5 and 20 %; each try shows whether you need more or less.", zh = "在 5 % 与 20 % 之间；每次尝试都表明应当更多还是更少。" } },
		{ "Alice speaks to her for at least 10 s", zh = "Alice 对她至少说 10 s",
			function(t)
				local s = stream(t, "dora")
				return s ~= nil and s.packets >= 400, heard(t, "dora")
			end },
	},
	points = 3,
	hint = { "In `lab.lua` write `link(\"net\", \"dora\"):set` above the script: with the loss of `net--carol` she would hear too well, with her own loss too badly. Read the MOS of `op=heard node=dora` after each try.",
		zh = "在 `lab.lua` 的脚本之前写 `link(\"net\", \"dora\"):set`：丢包率取 `net--carol` 的值则太好，保持原值则太差。每试一次，就看 `op=heard node=dora` 的 MOS。" },
}

task {
	draw = "cseq=BYE node=dora kind=send",
	rule = "nict-timer-e",
	hint = { "`node=dora cseq=BYE kind=recv` is what arrives. A client that gets no response retransmits its request, RFC 3261 17.1.2.2: does the response arrive the first time?",
		zh = "`node=dora cseq=BYE kind=recv` 是到达的。请求方若什么也没有收到就再发一次，RFC 3261 17.1.2.2：响应第一次就到达了吗？" },
	others = {
		{ draw = "cseq=BYE node=carol kind=send",
			rule = "nict-timer-e",
			ask = { "The lines lose SIP packets as well as sound. Draw how Carol's call ends, with everything that is sent for it, one line each, `alice -> carol BYE`. Which of these packets are retransmitted, and why is sound never retransmitted?\n\n    rung show hear-loss cseq=BYE",
				zh = "线路也会丢失 SIP 消息。画出 Carol 的呼叫怎样结束，包括为此发送的一切，每条一行，如 `alice -> carol BYE`。其中哪些重传了？声音为什么不重传？\n\n    rung show hear-loss cseq=BYE" },
			hint = { "See by `node=carol cseq=BYE kind=recv` whether the request and its response both arrive; if one of them does not, see RFC 3261 17.1.2.2 for the request and 17.2.2 for the response.",
				zh = "从 `node=carol cseq=BYE kind=recv` 看请求及其响应是否都到达；有一个未到，就按 RFC 3261 17.1.2.2 再发，并按 17.2.2 再次响应。" } },
		{ draw = "cseq=INVITE node=dora kind=send",
			rule = "ict-timer-a",
			ask = { "The lines lose SIP packets as well as sound. Draw how Dora's call is offered and answered, without the ACK, with everything that is sent for it, one line each, `alice -> dora INVITE`. Which of these packets are retransmitted, and why is sound never retransmitted?\n\n    rung show hear-loss cseq=INVITE",
				zh = "线路也会丢失 SIP 消息。画出 Dora 的呼叫怎样提出和接听，不画 ACK，包括为此发送的一切，每条一行，如 `alice -> dora INVITE`。其中哪些重传了？声音为什么不重传？\n\n    rung show hear-loss cseq=INVITE" },
			hint = { "Three messages set the call up, if all arrive: `node=dora cseq=INVITE kind=recv`, and `node=dora method=ACK kind=recv`. RFC 3261 17.1.1.2 and 13.3.1.4 say what is retransmitted while something is missing.",
				zh = "若都到达，三条消息就建立呼叫：看 `node=dora cseq=INVITE kind=recv` 和 `node=dora method=ACK kind=recv`。有所缺失时重传什么，见 RFC 3261 17.1.1.2 和 13.3.1.4。" } },
	},
}
