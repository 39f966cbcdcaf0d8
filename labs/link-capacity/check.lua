-- The tasks of link-capacity; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "seed=1..999:1" }

task {
	number = 80,
	unit = { "kbit/s", zh = "kbit/s" },
	wrong = {
		{ 64, why = { "That is the sound alone. What else is in the packets?", zh = "那只是声音。数据包里还有什么？" } },
		{ { 68.8, 72 }, why = { "RTP, UDP and IP: each of the three has a header.", zh = "RTP、UDP 和 IP：三者各有一个头。" } },
		{ 160, why = { "That is both directions, and the link has as much room for each.", zh = "那是两个方向，而链路对每个方向都有同样的容量。" } },
		{ 10, why = { "Those are kilobytes.", zh = "那是千字节。" } },
	},
	why = { "Add up the bytes of a packet, and take them 50 times a second; a byte has 8 bits.",
		zh = "把一个数据包的字节相加，每秒 50 次；一个字节有 8 比特。" },
}

task {
	number = 12,
	unit = { "calls", zh = "个通话" },
	wrong = {
		{ { 12.5, 13 }, why = { "There is no half a call, and no room for the whole of it.", zh = "没有半个通话，而整个又容纳不下。" } },
		{ { 15, 15.6, 16 }, why = { "That would be so if packets had no headers.", zh = "那是数据包没有头的时候。" } },
		{ 6, why = { "The link has 1 Mbit/s for each direction.", zh = "链路的每个方向都有 1 Mbit/s。" } },
	},
	why = { "Divide the rate of the link by what one call needs, and look where the MOS of the sweep falls.",
		zh = "用链路的速率除以一个通话所需，再看批量实验的 MOS 在哪里下降。" },
}

task {
	choice = {
		{ "The last call alone, since the others have reserved their share of the link.",
			zh = "只有最后一个通话，因为其他的已经预留了链路的份额。",
			why = { "Nobody has reserved anything: an INVITE asks Bob's office, not the link.", zh = "没有人预留什么：INVITE 询问的是 Bob 的办公室，不是链路。" } },
		{ "Nobody: the link's queue keeps what is too much until there is room for it.",
			zh = "没有人：链路的队列保存多余的，直到有空位。",
			why = { "More goes in than comes out, as long as all of them talk. How long until 50 packets wait?", zh = "只要都在通话，进的就比出的多。多久之后就有 50 个数据包在等待？" } },
		{ "The first call, whose packets have been waiting for longest when the queue is full.",
			zh = "第一个通话：队列满时，它的数据包等待得最久。",
			why = { "In a queue packets wait, not calls; whoever comes when it is full is lost.", zh = "在队列中等待的是数据包，不是通话；队列满时到达的就丢失。" } },
		{ "Most or all of them: their packets wait in one queue, and are lost when it is full.", right = true,
			zh = "多数乃至全部：数据包同在一个队列，满了就丢失。" },
	},
	points = 2,
	hint = { "Compare the MOS of all calls at Bob's office with those at 12.", zh = "比较 Bob 的办公室所有通话的 MOS 与 12 个通话时的。" },
}

task {
	number = 41,
	unit = { "calls", zh = "个通话" },
	points = 2,
	wrong = {
		{ { 125, 100, 96 }, why = { "8 kbit/s is the sound alone; the headers are as large as with PCMU.", zh = "8 kbit/s 只是声音；头与 PCMU 的一样大。" } },
		{ { 41.7, 42 }, why = { "The last of these has no room as a whole: some of its packets, or of others', get lost.", zh = "其中最后一个不能整个容纳：它的或别的数据包会丢失。" } },
	},
	why = { "20 bytes of sound and the headers, 50 times a second; then as with PCMU.", zh = "20 字节的声音加上头，每秒 50 次；然后与 PCMU 一样计算。" },
}

task {
	choice = {
		{ "The link gives a small packet the same time as a large one, since it counts packets.",
			zh = "链路按数据包计数，给小的数据包与大的同样的时间。",
			why = { "It counts bits. How many are there in a packet of G.729?", zh = "它以比特计。G.729 的数据包有多少比特？" } },
		{ "Each packet has 40 bytes of headers, whatever is in it: twice as much as the sound.", right = true,
			zh = "不论装什么，数据包都有 40 字节的头：声音的两倍。" },
		{ "Its frames are of 10 ms, so that a phone with G.729 sends twice as many packets.",
			zh = "它的帧是 10 ms，所以使用 G.729 的话机发送两倍的数据包。",
			why = { "Two frames go in one packet: 50 packets a second, as with G.711.", zh = "一个数据包装两帧：每秒 50 个数据包，与 G.711 一样。" } },
		{ "What it saves goes into RTCP, which takes a larger share where sound takes a smaller.",
			zh = "它节省的用于 RTCP：声音所占的份额小，RTCP 的就大。",
			why = { "RTCP takes 5 % of what there is, of little a little.", zh = "RTCP 占已有的 5 %；少的 5 % 也少。" } },
	},
	points = 2,
	hint = { "What would packets of 40 ms change?", zh = "用 40 ms 的数据包会有什么变化？" },
}

task {
	goal = {
		{ "Bob's office hears twenty calls at one time", zh = "Bob 的办公室同时听到二十个通话",
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
			why = { "Twenty calls with PCMU have no room. What needs less?", zh = "二十个 PCMU 的通话容纳不下。什么需要得更少？" } },
		{ "each for 5 s at least", zh = "每一个至少 5 s",
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
