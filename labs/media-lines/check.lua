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

local function version(r)
	return tonumber(r.text:match "\r\no=%S+ %d+ (%d+)")
end

-- The last answer of NODE's, and the last description of it at all.
local function last_answer(t)
	return t:last("kind=send status=200", description)
end

local function last_of(t, node)
	return t:last("kind=send src=" .. node, description)
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
		{ "The video would be refused as well: what is missing is not wanted",
			zh = "视频同样被拒绝：没有提到的就是不要",
			why = { "Each line of the offer has its line in the answer. A line out of use has port 0.",
				zh = "提议的每一行在应答中都有对应的行。不用的行端口为 0。" }, rule = "offer-answer" },
		{ "The answer would be invalid: each line of the offer needs one",
			zh = "应答无效：提议的每一行都要有对应的行", right = true },
		{ "The video would be accepted as it was offered, by saying nothing", zh = "什么也不说，就等于按提议接受视频",
			why = { "Nothing is agreed by silence: where would Alice's phone send it?", zh = "不回答不等于同意：Alice 的话机该发到哪里？" },
			rule = "offer-answer" },
		{ "Alice's phone would ask for the missing line by a NACK", zh = "Alice 的话机会用 NACK 索取缺少的行",
			why = { "There is no such message; an answer can't be refused, either.", zh = "没有这样的消息；应答也不能拒绝。" }, rule = "bye-unfit-answer" },
	},
	rule = "bye-unfit-answer",
	records = function(t) return t:first "kind=send status=200 src=bob" end,
}

task {
	number = function(t) return lines(last_answer(t)) end,
	unit = { "lines", zh = "行" },
	rule = "stream-remove",
	wrong = {
		{ 1, why = { "A line never disappears: the video's stays, with port 0.", zh = "行从不消失：视频行还在，端口为 0。" } },
		{ 3, why = { "Bob has offered his camera in the line that was out of use, in no third one.",
			zh = "Bob 的摄像头用的是没有使用的那一行，没有第三行。" }, rule = "stream-add" },
	},
	why = { "Count the lines that begin with `m=` in the last session description: those with port 0 are lines, too.",
		zh = "数最后一个会话描述中以 `m=` 开头的行：端口为 0 的也算。" },
	records = last_answer,
}

task {
	text = function(t) return codecs_as_written(second_answer(t)) end,
	rule = "offer-answer",
	wrong = {
		{ "PCMU", why = { "That was the first call's order. Since his re-INVITE Bob has put the other one first.",
			zh = "那是第一次的顺序。在 re-INVITE 中 Bob 把另一种放在第一位。" } },
		{ "H264", why = { "That is video.", zh = "那是视频。" } },
		{ "G722", why = { "Nobody has offered that before 7 s, and then it is refused.", zh = "7 s 之前没有人提议它，后来也被拒绝。" } },
	},
	why = { "Read the answer at 5.04 s: the first number behind `m=audio … RTP/AVP`, and the `a=rtpmap` with that number.",
		zh = "读 5.04 s 的应答：`m=audio … RTP/AVP` 之后的第一个数，以及该数的 `a=rtpmap`。" },
	records = second_answer,
	hint = { "The first format of the answer's audio line is what is sent.", zh = "发送的是应答的音频行中的第一种格式。" },
}

task {
	choice = {
		{ "the call ends: without an answer there is no session", zh = "呼叫结束：没有应答就没有会话",
			why = { "A re-INVITE that is refused changes nothing; the call goes on to 13 s.", zh = "re-INVITE 被拒绝不改变任何东西；呼叫持续到 13 s。" },
			rule = "reinvite-refused" },
		{ "the audio stops at both sides until there is a new offer", zh = "双方的音频停止，直到有新的提议",
			why = { "What was agreed at 5.04 s holds on.", zh = "5.04 s 商定的内容继续有效。" }, rule = "reinvite-refused" },
		{ "the video line goes, since VP8 is not known; the audio stays", zh = "视频行去掉，因为不支持 VP8；音频保留",
			why = { "An offer in a request is taken or refused as a whole. Here nothing of it fits: no line would be left.",
				zh = "请求中的提议要么整个接受，要么整个拒绝。这里没有一行可用。" }, rule = "invite-unfit" },
		{ "nothing: each of the two keeps the session that it has had", zh = "没有：双方都保持原来的会话", right = true },
	},
	rule = "reinvite-refused",
	records = function(t) return { t:first "kind=send status=488", t:first "kind=recv status=488" } end,
	hint = { "In which state is the machine of offers and answers before 7.02 s, and after 7.04 s?",
		zh = "提议与应答的状态机在 7.02 s 之前和 7.04 s 之后处于什么状态？" },
}

task {
	number = function(t) return version(last_of(t, "alice")) end,
	rule = "offer-version",
	wrong = {
		{ function(t) return version(last_of(t, "alice")) - 1 end,
			why = { "The offer that was refused has its number, too, and so have her answers.",
				zh = "被拒绝的提议也有编号，她的应答也有。" } },
		{ function(t) return version(last_of(t, "bob")) end,
			why = { "That is Bob's, who counts for himself.", zh = "那是 Bob 的，他自己计数。" } },
		{ function(t) return tonumber(last_of(t, "alice").text:match "\r\no=%S+ (%d+)") end,
			why = { "That is the number of the session.", zh = "那是会话的编号。" } },
	},
	why = { "Look for the last message with a description that Alice's phone sends, answers included, and read the second number of `o=`.",
		zh = "找 Alice 的话机发送的最后一个带描述的消息（包括应答），读 `o=` 的第二个数。" },
	records = function(t) return last_of(t, "alice") end,
}

task {
	goal = {
		{ "Bob's first answer takes audio and video", zh = "Bob 的第一个应答接受音频和视频",
			function(t)
				local r = t:first "kind=send status=200 src=bob cseq=INVITE"
				return r ~= nil and r.text:find "m=video [1-9]" ~= nil and r.text:find "m=audio [1-9]" ~= nil, r
			end, rule = "offer-answer" },
		{ "his re-INVITE takes the video out", zh = "他的 re-INVITE 去掉视频",
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
	hint = { "bob:set with streams and codecs may stand below the line that names the phones; the lab has it at 5 s.",
		zh = "带 streams 和 codecs 的 bob:set 可以写在说出话机名字的那一行之下；实验在 5 s 处有这一行。" },
}
