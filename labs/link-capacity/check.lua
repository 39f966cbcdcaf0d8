-- The tasks of link-capacity; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "bob.lines=13..16:1", "seed=1..999:1" }

-- What Bob's office has heard of the worst call, or of several that are as bad.
local function worst(t)
	local all, least = t:all "kind=media op=heard node=bob", 5000
	for _, r in ipairs(all) do least = math.min(least, r.mos or 5000) end
	return t:all("kind=media op=heard node=bob", function(r) return r.mos == least end)
end

task {
	number = 80,
	unit = { "kbit/s", zh = "kbit/s" },
	wrong = {
		{ 64, why = { "That is only the sound. What else do the packets contain?", zh = "那只是声音。数据包里还有什么？" } },
		{ { 68.8, 72 }, why = { "RTP, UDP and IP: each of the three has a header.", zh = "RTP、UDP 和 IP：三者各有一个头。" } },
		{ 160, why = { "That is both directions, and the link has its rate in each.", zh = "那是两个方向，而链路对每个方向都有同样的容量。" } },
		{ 10, why = { "Those are kilobytes.", zh = "那是千字节。" } },
	},
	why = { "Add up the bytes of a packet, and multiply by 50 a second; a byte has 8 bits.",
		zh = "把一个数据包的字节相加，每秒 50 次；一个字节有 8 比特。" },
	hint = { "Bytes of the table, 8 bits each, 50 times a second; RFC 3550 5.1 has the 12 of RTP.",
		zh = "表中的字节，每个 8 比特，每秒 50 次；RTP 的 12 字节见 RFC 3550 5.1。" },
	others = {
		{ number = 24,
			unit = { "kbit/s", zh = "kbit/s" },
			wrong = {
				{ 8, why = { "That is only the sound. What else do the packets contain?", zh = "那只是声音。数据包里还有什么？" } },
				{ 48, why = { "That is both directions.", zh = "那是两个方向。" } },
				{ 3, why = { "Those are kilobytes.", zh = "那是千字节。" } },
			},
			why = { "Add up the bytes of a packet, and multiply by 50 a second; a byte has 8 bits.",
				zh = "把一个数据包的字节相加，每秒 50 次；一个字节有 8 比特。" },
			ask = { "How many kbit/s does one call with G729 need on the link, in one direction?",
				zh = "一个 G729 的通话在链路的一个方向上需要多少 kbit/s？" },
			hint = { "The right column of the table; the headers of `RFC 3550 5.1` and below are as long as for PCMU.",
				zh = "表的右列；`RFC 3550 5.1` 及其以下各层的头与 PCMU 的一样长。" } },
		{ number = 72,
			unit = { "kbit/s", zh = "kbit/s" },
			wrong = {
				{ 80, why = { "That is the rate with 20 ms: then there are twice as many headers.", zh = "那是 20 ms 时：头有两倍那么多。" } },
				{ 64, why = { "That is only the sound.", zh = "那只是声音。" } },
				{ 144, why = { "With 40 ms there are only 25 packets a second.", zh = "40 ms 的数据包每秒只有 25 个。" } },
			},
			why = { "Add up the bytes of such a packet, and multiply by the number of such packets in a second; a byte has 8 bits.",
				zh = "把这样一个数据包的字节相加，再乘以每秒的个数；一个字节有 8 比特。" },
			ask = { "How many kbit/s would one call with PCMU need on the link, in one direction, if a phone put 40 ms of sound into each packet?",
				zh = "如果话机在每个数据包中放 40 ms 的声音，一个 PCMU 的通话在链路的一个方向上需要多少 kbit/s？" },
			hint = { "Twice the sound and the same headers in each packet, half as many packets: `a=ptime` of RFC 4566 6 is that number of ms.",
				zh = "每个数据包中声音加倍、头不变，数据包减半：RFC 4566 6 的 `a=ptime` 就是这个毫秒数。" } },
	},
}

task {
	number = 12,
	unit = { "calls", zh = "个通话" },
	wrong = {
		{ { 12.5, 13 }, why = { "There is no half a call, and no capacity for the whole of it.", zh = "没有半个通话，而整个又容纳不下。" } },
		{ { 15, 15.6, 16 }, why = { "That would be so if packets had no headers.", zh = "那是数据包没有头的时候。" } },
		{ 6, why = { "The link has 1 Mbit/s for each direction.", zh = "链路的每个方向都有 1 Mbit/s。" } },
	},
	why = { "Divide the rate of the link by what one call needs, and see where the MOS of the sweep falls.",
		zh = "用链路的速率除以一个通话所需，再看批量实验的 MOS 在哪里下降。" },
	hint = { "Give the office one more line each time, `--set bob.lines=10`, 11 and so on, with `op=heard node=bob`: until the MOS falls. Does that match the rate of `west--east` by item 1?",
		zh = "让办公室每次多一条线路：`--set bob.lines=10`、11，依此类推，加 `op=heard node=bob`，直到 MOS 下降。按任务 1，这与 `west--east` 的速率相符吗？" },
	others = {
		{ number = 25,
			unit = { "calls", zh = "个通话" },
			wrong = {
				{ 24, why = { "Two halves of a call make one more.", zh = "两个半个通话又合成一个。" } },
				{ 31, why = { "That would be so if packets had no headers.", zh = "那是数据包没有头的时候。" } },
				{ 12, why = { "That is for 1 Mbit/s.", zh = "那是 1 Mbit/s 的。" } },
			},
			why = { "Divide the rate of the link by what one call needs.",
				zh = "用链路的速率除以一个通话所需。" },
			ask = { "How many calls with PCMU could a link of 2 Mbit/s carry, without RTCP?\n\n    rung show link-capacity --set west--east.rate=2mbit --set bob.lines=26 op=heard node=bob",
				zh = "不计 RTCP，2 Mbit/s 的链路容纳多少个 PCMU 的通话？\n\n    rung show link-capacity --set west--east.rate=2mbit --set bob.lines=26 op=heard node=bob" },
			hint = { "`west--east` carries 2,000 kbit/s then, and item 1 is what one call takes of it. The MOS of 26 calls in `op=heard node=bob` shows whether that is one too many.",
				zh = "这时 `west--east` 传送 2000 kbit/s，任务 1 是每个呼叫所占的。从 `op=heard node=bob` 中 26 个呼叫的 MOS 看是否多了一个。" } },
		{ number = 6,
			unit = { "calls", zh = "个通话" },
			wrong = {
				{ { 6.4, 7 }, why = { "There is no half a call, and no capacity for the whole of it.", zh = "没有半个通话，而整个又容纳不下。" } },
				{ 8, why = { "That would be so if packets had no headers.", zh = "那是数据包没有头的时候。" } },
				{ 3, why = { "The link has its rate for each direction.", zh = "链路的每个方向都有这样的速率。" } },
			},
			why = { "Divide the rate of that link by what one call needs.",
				zh = "用该链路的速率除以一个通话所需。" },
			ask = { "How many calls with PCMU could a link of 512 kbit/s carry?\n\n    rung show link-capacity --set west--east.rate=512kbit --set bob.lines=7 op=heard node=bob",
				zh = "512 kbit/s 的链路容纳多少个 PCMU 的通话？\n\n    rung show link-capacity --set west--east.rate=512kbit --set bob.lines=7 op=heard node=bob" },
			hint = { "`--set west--east.rate=512kbit` with one line more than you have computed: `op=heard node=bob` shows it.",
				zh = "`--set west--east.rate=512kbit`，线路数比您算出的多一条：看 `op=heard node=bob`。" } },
	},
}

task {
	choice = {
		{ "The last call alone: the others have reserved their share of the link.",
			zh = "只有最后一个通话：其他的已经预留了链路的份额。",
			why = { "Nobody has reserved anything: an INVITE asks Bob's office, not the link.", zh = "没有人预留什么：INVITE 询问的是 Bob 的办公室，不是链路。" } },
		{ "Nobody: the link's queue keeps what is too much until there is room for it.",
			zh = "没有人：链路的队列保存多余的，直到有空位。",
			why = { "More packets arrive than leave, as long as all of them talk. How long until 50 packets wait?", zh = "只要都在通话，进的就比出的多。多久之后就有 50 个数据包在等待？" } },
		{ "The first call, whose packets have been waiting for longest when the queue is full.",
			zh = "第一个通话：队列满时，它的数据包等待得最久。",
			why = { "Packets wait in a queue, not calls; a packet that arrives when it is full is lost.", zh = "在队列中等待的是数据包，不是通话；队列满时到达的就丢失。" } },
		{ "Most or all of them, since their packets share one queue and are lost when it is full.", right = true,
			zh = "多数乃至全部：数据包同在一个队列，满了就丢失。" },
	},
	points = 2,
	hint = { "Compare the MOS of the calls in `--set bob.lines=13 op=heard node=bob` with those in `--set bob.lines=12 op=heard node=bob`, line by line: which of them have changed?",
		zh = "把 `--set bob.lines=13 op=heard node=bob` 与 `--set bob.lines=12 op=heard node=bob` 中各呼叫的 MOS 逐行比较：哪些变了？" },
	ahead = function() end,
}

task {
	find = {
		record = worst,
	},
	points = 2,
	rule = "media-quality",
	why = { "At the end of each stream there is a record with its MOS: find the lowest of all.", zh = "每个媒体流结束时有一条带 MOS 的记录：指的是其中最低的。" },
	records = worst,
	hint = { "Each line of `op=heard node=bob` ends with a MOS, and they are in the order of their end: go through all of them, not only to the first bad one.",
		zh = "`op=heard node=bob` 的每行以 MOS 结尾，按结束的先后排列：要全部看完，不要停在第一个差的。" },
	others = {
		{ number = 41,
			unit = { "calls", zh = "个通话" },
			wrong = {
				{ { 125, 100, 96 }, why = { "8 kbit/s is the sound alone; the headers are as large as with PCMU.", zh = "8 kbit/s 只是声音；头与 PCMU 的一样大。" } },
				{ { 41.7, 42 }, why = { "The last of these does not fit completely: some of its packets, or of others, are lost.", zh = "其中最后一个不能整个容纳：它的或别的数据包会丢失。" } },
			},
			why = { "Count 20 bytes of sound and the headers, 50 times a second; then continue as with PCMU.",
				zh = "20 字节的声音加上头，每秒 50 次；然后与 PCMU 一样计算。" },
			ask = { "How many calls with G729 can the link carry, by the same computation?\n\n    rung sweep --part=all small",
				zh = "按同样的计算，链路容纳多少个 G729 的通话？\n\n    rung sweep --part=all small" },
			hint = { "`rung sweep --part=all small`: at which `bob.lines` do packets begin to be lost?",
				zh = "`rung sweep --part=all small`：`bob.lines` 为多少时开始丢失数据包？" } },
		{ number = 83,
			unit = { "calls", zh = "个通话" },
			wrong = {
				{ { 25, 20 }, why = { "That is the number with PCMU.", zh = "那是 PCMU 的数目。" } },
				{ { 250, 192, 200 }, why = { "8 kbit/s is the sound alone; the headers are as large as with PCMU.", zh = "8 kbit/s 只是声音；头与 PCMU 的一样大。" } },
				{ { 83.3, 84 }, why = { "The last of these does not fit completely.", zh = "其中最后一个不能整个容纳。" } },
			},
			why = { "Count 20 bytes of sound and the headers, 50 times a second; divide the rate of that link by it.",
				zh = "20 字节的声音加上头，每秒 50 次；用该链路的速率除以它。" },
			ask = { "How many calls with G729 could a link of 2 Mbit/s carry, by the same computation?\n\n    rung sweep --part=all small",
				zh = "按同样的计算，2 Mbit/s 的链路容纳多少个 G729 的通话？\n\n    rung sweep --part=all small" },
			hint = { "`rung sweep --part=all small` has it for half that rate; also consider the fraction of a call that was left over.",
				zh = "`rung sweep --part=all small` 给出一半速率时的结果；剩下的零头也要算。" } },
	},
}

task {
	choice = {
		{ "The link gives a small packet the same time as a large one, since it counts packets.",
			zh = "链路按数据包计数，给小的数据包与大的同样的时间。",
			why = { "It counts bits. How many are there in a packet of G.729?", zh = "它以比特计。G.729 的数据包有多少比特？" } },
		{ "Each packet has 40 bytes of headers, whatever is in it: twice as much as the sound.", right = true,
			zh = "每个数据包都有 40 字节的头，是声音的两倍。" },
		{ "Its frames are of 10 ms, so that a phone with G.729 sends twice as many packets.",
			zh = "它的帧是 10 ms，所以使用 G.729 的话机发送两倍的数据包。",
			why = { "Two frames go in one packet: 50 packets a second, as with G.711.", zh = "一个数据包装两帧：每秒 50 个数据包，与 G.711 一样。" } },
		{ "What it saves goes into RTCP, which takes a larger share where sound takes a smaller.",
			zh = "它节省的用于 RTCP：声音所占的份额小，RTCP 的就大。",
			why = { "RTCP takes 5 % of the bandwidth, so it is small if the sound is small.", zh = "RTCP 占已有的 5 %；少的 5 % 也少。" } },
	},
	points = 2,
	hint = { "Go through the rows of the table above the tasks, from the sound up to IP (`RFC 3550 5.1` and what is below it): which of them are smaller with G729?",
		zh = "逐行看任务之前的表，从声音到 IP（`RFC 3550 5.1` 及其以下）：用 G729 时哪些行变小？" },
}

task {
	goal = {
		{ "Bob's office hears twenty calls at the same time", zh = "Bob 的办公室同时听到二十个通话",
			function(t)
				local on, most = 0, 0
				for _, r in ipairs(t:all("kind=media node=bob", function(r) return r.op == "hear" or r.op == "heard" end)) do
					on = on + (r.op == "hear" and 1 or -1)
					most = math.max(most, on)
				end
				return most >= 20
			end,
			why = { "How many lines does it have?", zh = "它有多少条线路？" } },
		{ "each of them with a MOS of 3.9 or more", zh = "每一个的 MOS 都不低于 3.9",
			function(t)
				local all = t:streams "bob"
				for _, s in ipairs(all) do
					if not s.mos or s.mos < 3.9 then return false end
				end
				return #all >= 20
			end,
			why = { "Twenty calls with PCMU do not fit. What needs less?", zh = "二十个 PCMU 的通话容纳不下。什么需要得更少？" } },
		{ "each for at least 5 s", zh = "每一个至少 5 s",
			function(t)
				for _, s in ipairs(t:streams "bob") do
					if s.packets < 250 then return false end
				end
				return true
			end },
	},
	points = 3,
	hint = { "`alice:set` and `bob:set` above the script: `codecs`, `lines`.", zh = "在脚本之前写 `alice:set` 和 `bob:set`：`codecs`、`lines`。" },
}
