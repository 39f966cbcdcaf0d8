-- The tasks of media-lines; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "seed=1..999:1" }

local function description(r)
	return r ~= nil and r.text:find "\r\nm=" ~= nil
end

local function lines(r)
	local _, n = r.text:gsub("\r\nm=", "")
	return n
end

-- The last answer.
local function last_answer(t)
	return t:last("kind=send status=200", description)
end

-- The codec of the first format of R's audio line.
local function codec(r)
	local format = r.text:match "\r\nm=audio %d+ %S+ (%d+)"
	return r.text:match("a=rtpmap:" .. format .. " ([%w-]+)/")
end

-- That codec as people write it.
local function codecs_as_written(r)
	local format, rest = r.text:match "\r\nm=audio %d+ %S+ (%d+)"
	rest = r.text:match("a=rtpmap:" .. format .. " ([%w-]+/%d+)")
	return { codec(r), rest, format .. " " .. rest, "a=rtpmap:" .. format .. " " .. rest }
end

local function second_answer(t)
	return t:first "kind=send status=200 src=alice cseq=INVITE"
end

task {
	choice = {
		{ "The video would be rejected as well: what is missing is not wanted",
			zh = "视频同样被拒绝：没有提到的就是不要",
			why = { "Each line of the offer has its line in the answer. A line that is not used has port 0.",
				zh = "提议的每一行在应答中都有对应的行。不用的行端口为 0。" }, rule = "offer-answer" },
		{ "The answer would be invalid: each line of the offer needs one",
			zh = "应答无效：提议的每一行都要有对应的行", right = true },
		{ "The video would be accepted as it was offered, by saying nothing", zh = "什么也不说，就等于按提议接受视频",
			why = { "Nothing is agreed by silence: where would Alice's phone send it?", zh = "不回答不等于同意：Alice 的话机该发到哪里？" },
			rule = "offer-answer" },
		{ "Alice's phone would ask for the missing line by a NACK", zh = "Alice 的话机会用 NACK 索取缺少的行",
			why = { "There is no such message, and an answer can't be rejected.", zh = "没有这样的消息；应答也不能拒绝。" }, rule = "bye-unfit-answer" },
	},
	rule = "bye-unfit-answer",
	records = function(t) return t:first "kind=send status=200 src=bob" end,
}

task {
	number = function(t) return lines(last_answer(t)) end,
	unit = { "lines", zh = "行" },
	rule = "stream-remove",
	wrong = {
		{ 1, why = { "A line never disappears: the video line stays, with port 0.", zh = "行从不消失：视频行还在，端口为 0。" } },
		{ 3, why = { "Bob has offered his camera in the line that was not in use, not in a third one.",
			zh = "Bob 的摄像头用的是没有使用的那一行，没有第三行。" }, rule = "stream-add" },
	},
	why = { "Count the lines that begin with `m=` in the last session description: those with port 0 count as well.",
		zh = "数最后一个会话描述中以 `m=` 开头的行：端口为 0 的也算。" },
	records = last_answer,
	hint = { "RFC 3264 8 says what a new offer must do with the existing lines, 8.1 and 8.2 how one is added and removed. Begin with the offer of `-m from=5s to=5.1s`: which line is for his camera?",
		zh = "新的提议对原有的行应当怎样，见 RFC 3264 8；怎样增加和去掉一行，见 8.1 和 8.2。从 `-m from=5s to=5.1s` 的提议开始：哪一行是他的摄像头的？" },
	ahead = function(t) return t:first "kind=send status=200 src=bob" end,
	others = {
		{ number = function(t) return t:count("kind=send", function(r) return r.text:find "\r\nm=video [1-9]" ~= nil end) end, rule = "stream-remove", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: in how many messages will the video line have a port other than 0?\n\n    rung show media-lines -m text=m=video kind=send", zh = "先不看运行：有多少条消息的视频行的端口不是 0？\n\n    rung show media-lines -m text=m=video kind=send" },
			why = { "Go through all offers and answers, including the one that is rejected and the UPDATE: a port other than 0 offers video or accepts it.", zh = "看所有的提议和应答，也包括被拒绝的那个和 UPDATE：端口不是 0，就是提议或接受视频。" },
			hint = { "From the messages of `text=m=video kind=send` leave out those that reject the line or end it (RFC 3264 6 and 8.2), and the answer to its end. `-m text=m=video to=4s` shows the first two.",
				zh = "从 `text=m=video kind=send` 的消息中去掉拒绝这一行或结束它的（RFC 3264 6 和 8.2），以及同意结束的。`-m text=m=video to=4s` 显示最初两条。" } },
		{ number = function(t) return t:count("kind=send", function(r) return r.text:find "\r\nm=video 0 " ~= nil end) end, rule = "stream-remove", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: in how many messages will the video line have port 0?\n\n    rung show media-lines -m text=m=video kind=send", zh = "先不看运行：有多少条消息的视频行的端口是 0？\n\n    rung show media-lines -m text=m=video kind=send" },
			why = { "Port 0 rejects a line, ends it, and answers the offer that ends it.", zh = "端口 0 拒绝一行、结束一行，也应答结束它的提议。" },
			hint = { "A line is rejected in an answer (RFC 3264 6), or ended by an offer and its answer (8.2): for the first look at `-m text=m=video to=4s`, for the second at `-m text=m=video from=11s`.",
				zh = "一行可以在应答中被拒绝（RFC 3264 6），也可以由提议结束并得到应答同意（8.2）：前者看 `-m text=m=video to=4s`，后者看 `-m text=m=video from=11s`。" } },
	},
}

task {
	text = function(t) return codecs_as_written(second_answer(t)) end,
	rule = "offer-answer",
	wrong = {
		{ "PCMU", why = { "That was the first call's order. Since his re-INVITE another one is first.",
			zh = "那是第一次的顺序。在 re-INVITE 中 Bob 把另一种放在第一位。" } },
		{ "H264", why = { "That is video.", zh = "那是视频。" } },
		{ "G722", why = { "Nobody has offered that before 7 s, and then it is rejected.", zh = "7 s 之前没有人提议它，后来也被拒绝。" } },
	},
	why = { "Read the answer at 5.04 s: the first number after `m=audio … RTP/AVP`, and the `a=rtpmap` with that number.",
		zh = "读 5.04 s 的应答：`m=audio … RTP/AVP` 之后的第一个数，以及该数的 `a=rtpmap`。" },
	records = second_answer,
	hint = { "Look for the answer at 5 s, `200@alice`: the phones send the first format of its audio line.", zh = "看 5 s 处的应答 `200@alice`：发送的是音频行中的第一种格式。" },
	others = {
		{ text = function(t) return codecs_as_written(t:first "kind=send status=200 src=bob cseq=INVITE") end, rule = "offer-answer",
			ask = { "Which audio codec do both phones send after 3.02 s? Write its name, as in `a=rtpmap`.\n\n    rung show media-lines -m to=4s", zh = "3.02 s 之后双方发送哪种音频编解码？写出它的名字，如 `a=rtpmap` 中那样。\n\n    rung show media-lines -m to=4s" },
			wrong = { { "H264", why = { "That is video.", zh = "那是视频。" } }, { "PCMA", why = { "Bob would have put that first; the offer's order counts.", zh = "Bob 会把它放在第一位；但以提议的顺序为准。" } } },
			why = { "Read the audio line of Bob's first answer: its first format, and the `a=rtpmap` with that number.", zh = "读 Bob 的第一个应答的音频行：第一种格式，以及该数的 `a=rtpmap`。" },
			hint = { "Two lists of formats are compared at 3 s: the order is that of `INVITE@alice`. Read `200@bob`.", zh = "3 s 处比较两个格式列表：顺序由 `INVITE@alice` 的列表决定。读 `200@bob`。" },
			records = function(t) return t:first "kind=send status=200 src=bob cseq=INVITE" end },
		{ text = function(t) return { t:first("kind=send status=488"):header("Warning"):match "^%d+" } end, rule = "invite-unfit",
			ask = { "Which warn-code does the Warning of the 488 have?\n\n    rung show media-lines -m status=488 kind=send", zh = "488 的 Warning 带的是哪个代码？\n\n    rung show media-lines -m status=488 kind=send" },
			wrong = { { "488", why = { "That is the status.", zh = "那是状态码。" } }, { { "301", "302", "304" }, why = { "Network, transport and medium are acceptable; the formats are not.", zh = "网络、传输和媒体都合适，不合适的是格式。" } } },
			why = { "It is the number that Warning begins with, not the status.", zh = "是 Warning 开头的数，不是状态码。" },
			hint = { "Read `488@bob`: Warning begins with its own code, which says what did not match.", zh = "读 `488@bob`：Warning 以自己的代码开头，说明什么不合适。" },
			records = function(t) return t:first "kind=send status=488" end },
	},
}

task {
	choice = {
		{ "the call ends: without an answer there is no session", zh = "呼叫结束：没有应答就没有会话",
			why = { "A rejected re-INVITE changes nothing; the call continues until 13 s.", zh = "re-INVITE 被拒绝不改变任何东西；呼叫持续到 13 s。" },
			rule = "reinvite-refused" },
		{ "the audio stops at both sides until there is a new offer", zh = "双方的音频停止，直到有新的提议",
			why = { "What was agreed at 5.04 s stays valid.", zh = "5.04 s 商定的内容继续有效。" }, rule = "reinvite-refused" },
		{ "the video line goes, since VP8 is not known; the audio stays", zh = "视频行去掉，因为不支持 VP8；音频保留",
			why = { "An offer in a request is accepted or rejected as a whole. Here no format matches: no line would be left.",
				zh = "请求中的提议要么整个接受，要么整个拒绝。这里没有一行可用。" }, rule = "invite-unfit" },
		{ "nothing: each of the two keeps the session that it has had", zh = "没有：双方都保持原来的会话", right = true },
	},
	rule = "reinvite-refused",
	records = function(t) return { t:first "kind=send status=488", t:first "kind=recv status=488" } end,
	hint = { "In which state is the state machine of offers and answers before 7.02 s, and after 7.04 s? `machine=offer-answer` shows it.", zh = "提议与应答的状态机在 7.02 s 之前和 7.04 s 之后处于什么状态？用 `machine=offer-answer` 看。" },
}

task {
	draw = "src=alice text=rtpmap",
	rule = "offer-answer",
	hint = { "`src=bob text=rtpmap kind=send` is his half: her phone answers his offers. Add her own offers, among `method=INVITE,UPDATE src=alice kind=send`.",
		zh = "`src=bob text=rtpmap kind=send` 是他的一半：他的提议得到她的应答。再加上她自己的提议，在 `method=INVITE,UPDATE src=alice kind=send` 之中。" },
	others = {
		{ draw = "src=bob text=rtpmap", rule = "offer-answer",
			ask = { "Draw all messages with a session description that Bob's phone sends, including answers: one line for each message.\n\n    rung show media-lines -m src=bob from=1s", zh = "画出 Bob 的话机发送的带会话描述的消息（包括应答），每条一行。\n\n    rung show media-lines -m src=bob from=1s" },
			hint = { "`src=alice text=rtpmap kind=send` is her half: which of these is an offer that he accepts, and which answers an offer of his? A rejection has no description.",
				zh = "`src=alice text=rtpmap kind=send` 是她的一半：哪些是他接受的提议，哪些应答他的提议？拒绝不带描述。" } },
		{ draw = "cseq=INVITE status=2xx,4xx", rule = "invite-ack",
			ask = { "Draw all final responses to INVITEs, including rejections: one line for each message.\n\n    rung show media-lines cseq=INVITE kind=send", zh = "画出对 INVITE 的所有最终响应（包括拒绝），每条一行。\n\n    rung show media-lines cseq=INVITE kind=send" },
			hint = { "Each of `method=ACK kind=send` is for one of them, in this order and in the other direction; RFC 3261 17.1.1.3 and 13.2.2.4.",
				zh = "`method=ACK kind=send` 的每一个对应其中一个，次序相同，方向相反；RFC 3261 17.1.1.3 和 13.2.2.4。" } },
	},
}

task {
	goal = {
		{ "Bob's first answer accepts audio and video", zh = "Bob 的第一个应答接受音频和视频",
			function(t)
				local r = t:first "kind=send status=200 src=bob cseq=INVITE"
				return r ~= nil and r.text:find "m=video [1-9]" ~= nil and r.text:find "m=audio [1-9]" ~= nil, r
			end, rule = "offer-answer" },
		{ "his re-INVITE removes the video", zh = "他的 re-INVITE 去掉视频",
			function(t)
				local r = t:first "kind=send method=INVITE src=bob"
				return r ~= nil and r.text:find "m=video 0 " ~= nil and r.text:find "m=audio [1-9]" ~= nil, r
			end, rule = "stream-remove" },
		{ "nothing else changes the session", zh = "此外没有什么修改会话",
			function(t)
				return t:count "kind=send method=INVITE" == 2 and t:count "kind=send method=UPDATE" == 0
			end },
		{ "the last answer has both lines", zh = "最后一个应答仍有两行",
			function(t)
				local r = last_answer(t)
				return r ~= nil and r.src == "alice" and lines(r) == 2, r
			end },
	},
	points = 3,
	hint = { "In `lab.lua` the line `bob:set` at 5 s switches his camera on: where must it be to affect the first answer of `-m text=m=video to=4s`? Everything else that changes the session must be removed.",
		zh = "`lab.lua` 中 5 s 处的 `bob:set` 打开他的摄像头：要对 `-m text=m=video to=4s` 的第一个应答有效，它应写在哪里？其他改变会话的要去掉。" },
}
