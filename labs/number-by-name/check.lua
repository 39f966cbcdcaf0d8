-- The tasks of number-by-name; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "dora.settings=opus=98,opus=102,opus=107,opus=111,opus=120", "seed=1..999:1" }

local function answer(t)
	return t:first "kind=send status=200 cseq=INVITE src=bob dst=dora"
end

local function offer(t)
	return t:first "kind=send method=INVITE src=dora"
end

-- Bob's phone begins to send to Dora's.
local function sound(t)
	return t:first("kind=media op=flow node=bob", function(r) return r.seq > answer(t).seq end)
end

local function hears(t, who)
	return t:first("kind=media op=hear node=" .. who)
end

task {
	choice = {
		{ "By that of the answer, since an answer is the last word about a session",
			zh = "用应答的，因为应答是关于会话的最后的话",
			why = { "For which direction does each description hold?", zh = "每个描述适用于哪个方向？" } },
		{ "By that of the offer, since a number says how its owner wants to receive", right = true,
			zh = "用提议的，因为号说明它的主人想怎样接收" },
		{ "By the lower one, since the numbers from 96 on are taken in their order",
			zh = "用较小的，因为 96 以后的号按顺序使用",
			why = { "They are free to be chosen; nobody takes them in order.", zh = "它们可以随意选用，没有人按顺序来。" } },
		{ "By either of them, since Dora's phone knows both and plays what comes",
			zh = "用哪个都行，因为 Dora 的话机两个都知道，来什么播放什么",
			why = { "A number that its description does not have is nothing to it.", zh = "自己的描述中没有的号，它不认识。" } },
	},
	ahead = true,
	rule = "answer-types",
	hint = { "RFC 3264, section 5.1: for sendrecv streams, what do the payload type numbers of the offer indicate?", zh = "RFC 3264 第 5.1 节：对 sendrecv 的流，提议中的负载类型号表示什么？" },
	records = answer,
}

task {
	find = { node = "bob", rule = { "answer-types", "media-types", "media-heard" }, record = function(t) return { answer(t), sound(t) } end },
	points = 2,
	rule = "answer-types",
	why = { "Compare the rtpmap lines of the offer and of the answer.", zh = "比较提议和应答的 rtpmap 行。" },
	hint = { "`rung inspect number-by-name` names the section; `cseq=INVITE kind=send from=13s` begins with the record.", zh = "`rung inspect number-by-name` 给出章节；`cseq=INVITE kind=send from=13s` 的第一条就是。" },
	records = answer,
}

task {
	number = 17,
	rule = "answer-types",
	wrong = {
		{ 4, why = { "That number is as good as any, as long as the phone makes an offer. Whose number counts for what it sends?", zh = "只要话机自己提议，那个号和别的一样好。它发送时以谁的号为准？" } },
		{ 30, why = { "That line writes what was chosen. Which line chooses?", zh = "那一行写出选定的格式。是哪一行选定的？" } },
		{ 16, why = { "That line finds the number of the offer. What becomes of it?", zh = "那一行找到提议中的号。然后它怎样了？" } },
	},
	why = { "Follow the number of the offer: which line reads it, and who uses it?", zh = "跟踪提议中的号：哪一行读取它，谁使用它？" },
	hint = { "The function `choose` reads one value that nobody uses. Which one?", zh = "函数 `choose` 中有一个值被读取，却从未使用。" },
	records = offer,
}

task {
	choice = {
		{ "Her phone has the same number for Opus as the table of Bob's, by chance", right = true,
			zh = "她的话机的 Opus 碰巧与 Bob 的表中的号相同" },
		{ "Her phone plays whatever comes from the address that the answer names",
			zh = "她的话机播放来自应答所写地址的一切",
			why = { "It plays only what offer and answer say, as Dora's does.", zh = "它播放商定的内容，与 Dora 的一样。" } },
		{ "Her phone and Bob's agree on PCMU, whose number is the same for everybody",
			zh = "她的话机和 Bob 的商定了 PCMU，它的号人人相同",
			why = { "Look at the answer: it has Opus.", zh = "看应答：其中是 Opus。" } },
		{ "Her phone sends first, so that Bob's phone learns the number from the packets",
			zh = "她的话机先发送，Bob 的话机从数据包得知号",
			why = { "Bob's phone sends first, and by the number of its table.", zh = "Bob 的话机先发送，用的是自己表中的号。" } },
	},
	points = 1,
	rule = "answer-types",
	hint = { "`-m method=INVITE dst=bob` has both offers: compare their lines rtpmap.", zh = "`-m method=INVITE dst=bob` 有两个提议：比较它们的 rtpmap 行。" },
	records = function(t) return t:first "kind=send method=INVITE src=alice" end,
	others = {
		{
			number = function(t) return tonumber(offer(t).body:match "a=rtpmap:(%d+) opus") end,
			ask = { "Which number has Dora's phone given to Opus?\n\n    rung show dora.pcapng -m method=INVITE", zh = "Dora 的话机给 Opus 的是哪个号？\n\n    rung show dora.pcapng -m method=INVITE" },
			rule = "answer-types",
			wrong = { { 96, why = { "That is the number of Bob's phone.", zh = "那是 Bob 的话机的号。" } },
				{ 48000, why = { "That is the rate of its clock.", zh = "那是它的时钟频率。" } } },
			why = { "Read the line rtpmap of the offer.", zh = "看提议的 rtpmap 行。" },
			hint = { "`-m method=INVITE src=dora` has one line rtpmap.", zh = "`-m method=INVITE src=dora` 只有一行 rtpmap。" },
			records = offer,
		},
	},
}

task {
	agent = {
		{ "Dora hears Bob", zh = "Dora 听得到 Bob",
			function(t) return hears(t, "dora") end, rule = "media-types",
			why = { "By which number does Bob's phone send to Dora's?", zh = "Bob 的话机用哪个号发给 Dora 的？" } },
		{ "Alice and Bob still hear each other", zh = "Alice 和 Bob 仍然互相听得到",
			function(t)
				return hears(t, "alice") and t:first("kind=media op=hear node=bob", function(r) return r.other == "alice" end)
			end, rule = "media-types",
			why = { "The number of Alice's offer counts as well.", zh = "Alice 的提议中的号同样算数。" } },
		{ "With PCMU alone, Alice hears Bob", zh = "只有 PCMU 时，Alice 听得到 Bob",
			function(t) return hears(t, "alice") end, rule = "media-types", set = "alice.codecs=PCMU",
			why = { "The number of PCMU is 0 for everybody.", zh = "PCMU 的号人人都是 0。" } },
		program = "phone.lua",
		node = "bob",
		points = 3,
	},
	hint = { "A format is a table with `name` and `number`: a new one costs one line.", zh = "格式是带有 `name` 和 `number` 的表：写一个新的只要一行。" },
}
