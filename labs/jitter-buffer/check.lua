-- The tasks of jitter-buffer; their texts are in README.md.
lesson { minutes = 35, level = 2 }
-- Of others the first packet is so slow that Bob's phone loses none, or two are as good.
vary { "seed=253..255:1,257..261:1,263,264,266..275:1" }

-- How Alice's voice came to NAME's phone.
local function stream(t, name)
	local best
	for _, s in ipairs(t:streams(name)) do
		if not best or s.packets > best.packets then best = s end
	end
	return best
end

local function heard(t, name)
	return t:first("kind=media op=heard node=" .. name)
end

local function late(t, name)
	return heard(t, name).late
end

local function best(t)
	local name
	for _, n in ipairs { "bob", "carol", "dora", "erin" } do
		if not name or stream(t, n).mos > stream(t, name).mos then name = n end
	end
	return name
end

task {
	number = function(t) return late(t, "bob") end,
	unit = { "packets", zh = "个数据包" },
	rule = "media-quality",
	wrong = {
		{ function(t) return heard(t, "bob").packets end,
			why = { "That is how many have arrived at all, in time or not.", zh = "那是到达的总数，不论是否及时。" } },
		{ function(t) return heard(t, "bob").packets - late(t, "bob") end,
			why = { "That is how many arrived in time.", zh = "那是及时到达的数目。" } },
	},
	why = { "Look for the end of Alice's stream at Bob's phone; it counts the packets that arrive after their time.",
		zh = "找 Bob 的话机上 Alice 的媒体流结束的记录；迟到的数据包在那里计数。" },
	records = function(t) return heard(t, "bob") end,
	hint = { "`op=heard node=bob` has two counts and a MOS: one count is for all packets that have arrived, and only some of these could still be played.",
		zh = "`op=heard node=bob` 有两个数和一个 MOS：一个是到达的全部，其中只有一部分来得及播放。" },
}

task {
	find = {
		node = function(t) return { best(t) } end,
		record = function(t) return heard(t, best(t)) end,
	},
	rule = "media-quality",
	why = { "Compare the MOS of the four phones at the end of what they hear from Alice; what Alice hears from them does not count.",
		zh = "比较四部话机听 Alice 的媒体流结束时的 MOS；Alice 听到的不算。" },
	records = function(t) return heard(t, best(t)) end,
	hint = { "Four records of `op=heard node=bob,carol,dora,erin`: compare their MOS.",
		zh = "`op=heard node=bob,carol,dora,erin` 有四条记录：比较它们的 MOS。" },
}

task {
	choice = {
		{ "Her phone throws away each second packet, since its buffer is full all the time.",
			zh = "她的话机的缓冲区一直是满的，因此每两个数据包丢弃一个。",
			why = { "See how many of the packets were too late for her, and how many are missing.", zh = "请看有多少数据包对她来说迟到，又缺少多少。" } },
		{ "What is said reaches her so late that the two cannot talk well with each other.", right = true,
			zh = "话音到达她那里时已经太晚，双方很难顺畅地相互交谈。" },
		{ "The line has more jitter towards her phone than it has towards Carol's phone.",
			zh = "线路到她的话机的抖动，比到 Carol 的话机的抖动更大。",
			why = { "All four are on the same line.", zh = "四部话机都在同一条线路之后。" } },
		{ "A long buffer makes the sound softer, since the samples in it fade with time.",
			zh = "缓冲区长，声音就变弱，因为其中的样本随时间衰减。",
			why = { "Samples are numbers; waiting does not change them.", zh = "样本是数字，等待并不损害它们。" } },
	},
	points = 2,
	rule = "media-quality",
	hint = { "The line takes 110 ms and more. How much later than `op=hear node=carol` is `op=hear node=dora` played, by the buffers in the handout? Compare the MOS of both with that.",
		zh = "线路需要 110 ms 以上。按讲义中的缓冲区，`op=hear node=dora` 比 `op=hear node=carol` 晚多少播放？再比较二者的 MOS。" },
}

task {
	time = "55ms",
	tolerance = "1ms",
	points = 2,
	wrong = {
		{ "110ms", why = { "All packets have that in common. If the first packet is played later, the buffer must cover only the differences.",
			zh = "这是所有数据包共有的。播放第一个之后，要等的只是差别。" } },
		{ "165ms", why = { "That is the delay of the slowest packet. The fastest one needs a good part of that as well.",
			zh = "那是最慢的数据包的在途时间。最快的也要花其中的大部分。" } },
		{ { "60ms", "120ms" }, why = { "That is enough. Would a little less be enough?", zh = "这够了。再短一点行吗？" } },
		{ "20ms", why = { "Bob's phone has that, and packets are too late.", zh = "Bob 的话机就是这样，有数据包迟到。" } },
	},
	why = { "The first packet may be the fastest, another one the slowest. How far are the two apart on this line?",
		zh = "第一个数据包可能最快，另一个可能最慢。在这条线路上，两者相差多少？" },
	hint = { "Try `--set bob.buffer=…` with values between; which property of `here--there` is the limit?",
		zh = "用中间的值试一试 `--set bob.buffer=…`；`here--there` 的哪个属性是界限？" },
	others = {
		{ time = "285ms",
			tolerance = "1ms",
			wrong = {
				{ "120ms", why = { "That is only her buffer; the packet must arrive first.", zh = "那只是她的缓冲区；数据包还要先到达那里。" } },
				{ "165ms", why = { "That is the delay of the slowest packet; then it waits.", zh = "那是最慢的数据包的在途时间；之后它还要等待。" } },
				{ "230ms", why = { "That is the time if the first packet was the fastest possible.", zh = "那是第一个数据包最快时的情形。" } },
			},
			ask = { "How long can it take at most from Alice's mouth to Dora's ear, if the first packet that arrives is the slowest? (Do not count the 20 ms in which a packet is filled.)\n\n    rung show jitter-buffer op=hear,heard node=dora",
				zh = "如果先到的第一个数据包是最慢的，从 Alice 的口到 Dora 的耳最多要多久？（填满一个数据包的 20 ms 不计。）\n\n    rung show jitter-buffer op=hear,heard node=dora" },
			why = { "The delay of the slowest packet on the line, plus the waiting time of her phone.",
				zh = "线路上最慢的数据包，再加上她的话机等待的时间。" },
			hint = { "`op=hear node=dora`: the first packet is played when it has waited for the length of her buffer. What is the longest delay?",
				zh = "`op=hear node=dora`：第一个数据包到达之后，过了缓冲区的时间才播放。路上最久是多少？" } },
		{ time = "170ms",
			tolerance = "1ms",
			wrong = {
				{ "60ms", why = { "That is only her buffer; the packet must arrive first.", zh = "那只是她的缓冲区；数据包还要先到达那里。" } },
				{ "110ms", why = { "That is the delay of the fastest packet; then it waits.", zh = "那是最快的数据包的在途时间；之后它还要等待。" } },
				{ "225ms", why = { "That is the time if the first packet was the slowest possible.", zh = "那是第一个数据包最慢时的情形。" } },
			},
			ask = { "How long does it take at least from Alice's mouth to Carol's ear, if the first packet that arrives is the fastest? (Do not count the 20 ms in which a packet is filled.)\n\n    rung show jitter-buffer op=hear,heard node=carol",
				zh = "如果先到的第一个数据包是最快的，从 Alice 的口到 Carol 的耳至少要多久？（填满一个数据包的 20 ms 不计。）\n\n    rung show jitter-buffer op=hear,heard node=carol" },
			why = { "The delay of the fastest packet on the line, plus the waiting time of her phone.",
				zh = "线路上最快的数据包，再加上她的话机等待的时间。" },
			hint = { "`op=hear node=carol`: the first packet waits in her buffer, whichever it is. What is the shortest delay?",
				zh = "`op=hear node=carol`：不论哪个先到，都在她的缓冲区中等待。路上最短是多少？" } },
	},
}

task {
	choice = {
		{ "With every packet, by a few samples more or less, which nobody can hear.",
			zh = "随每个数据包调整若干样本：这样没有人听得出来。",
			why = { "Some phones do so; this one does not change speech while it is played.", zh = "有这样的话机；这一部不改动正在说的话。" } },
		{ "When Alice's phone asks for it by RTCP, about every five seconds of the call.",
			zh = "在 Alice 的话机用 RTCP 要求时，大约每五秒一次。",
			why = { "RTCP reports; it does not tell a phone to wait.", zh = "RTCP 只作报告，并不要求谁等待。" } },
		{ "Before Alice speaks again, when nothing is heard and a pause may be longer.", right = true,
			zh = "在 Alice 再次说话之前，因为没有声音时停顿长一些无妨。" },
		{ "As soon as a packet is too late, so that this packet can still be played.",
			zh = "一有数据包迟到就调整，使这个数据包仍能播放。",
			why = { "A packet that is too late stays too late: its time is over.", zh = "迟到的仍然迟到：它的时机已过。" } },
	},
	points = 2,
	rule = "media-quality",
	hint = { "20 s of 20 ms packets would be 1,000 packets; `op=heard node=erin` has fewer, and hardly one was lost. docs/MEDIA.md says when a phone does not send.",
		zh = "20 s，每个 20 ms，应有 1000 个数据包；`op=heard node=erin` 的较少，却几乎没有丢失。话机何时不发送，见 docs/MEDIA.md。" },
	ahead = function(t) return t:first "kind=media node=erin" end,
}

task {
	goal = {
		{ "Bob hears Alice with a MOS of 4.0 or more", zh = "Bob 听 Alice 的 MOS 不低于 4.0",
			function(t)
				local s = stream(t, "bob")
				return s ~= nil and s.mos ~= nil and s.mos >= 4.0, heard(t, "bob")
			end, rule = "media-quality",
			why = { "A buffer that is too short discards packets, one that is too long adds delay.", zh = "缓冲区太短会丢弃数据包，太长会增加时延。" } },
		{ "the line is as bad as before: a jitter of 10 ms or more", zh = "线路和原来一样差：抖动不低于 10 ms",
			function(t)
				local s = stream(t, "bob")
				return s ~= nil and s.jitter >= 0.010, heard(t, "bob")
			end },
		{ "the call lasts for at least 15 s", zh = "通话至少持续 15 s",
			function(t)
				local s = stream(t, "bob")
				return s ~= nil and s.packets >= 450, heard(t, "bob")
			end },
	},
	points = 3,
	hint = { "`bob:set` above the script, with a `buffer` (docs/MEDIA.md).", zh = "在脚本之前写 `bob:set`，设置 `buffer`（docs/MEDIA.md）。" },
}
