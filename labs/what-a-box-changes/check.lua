-- The tasks of what-a-box-changes; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary {
	"box.session_expires=140s..260s:20s",
	"box--bob.delay=10ms..60ms:10ms",
	"seed=1..999:1",
}

local function invite(t, whom)
	return t:first("kind=send method=INVITE dst=" .. whom)
end

local function prack(t)
	return t:first "kind=send method=PRACK src=box dst=bob"
end

local function refreshes(t)
	return t:all "kind=recv method=UPDATE node=bob"
end

task {
	choice = {
		{ "Call-ID: it names the call by which he is wanted", zh = "Call-ID：它指明找他的是哪个呼叫",
			why = { "Bob is wanted in another call: compare what stands there.",
				zh = "找 Bob 的是另一个呼叫：比较两处的值。" } },
		{ "Contact: there her phone is to be reached from now on", zh = "Contact：从此她的话机在那里可以找到",
			why = { "What Bob's phone asks for has to come to the box: it is the other end of his dialog.",
				zh = "Bob 的话机的请求要发到设备：它是该对话的另一端。" } },
		{ "Subject: the box has no opinion of what it is about", zh = "Subject：设备对呼叫的主题没有意见", right = true },
		{ "Supported: what her phone can do, he has to know", zh = "Supported：她的话机会什么，他必须知道",
			why = { "It is the box that he talks with: each side says what it can do itself.",
				zh = "与他交谈的是设备：每一侧说明自己会什么。" } },
	},
	rule = "pair-call",
	records = function(t) return { invite(t, "box"), invite(t, "bob") } end,
}

task {
	text = function(t)
		local theirs = invite(t, "bob").text:match "\r\n\r\n(.*)"
		for line in invite(t, "box").text:match("\r\n\r\n(.*)"):gmatch "[^\r\n]+" do
			if not theirs:find(line, 1, true) then return { line:sub(1, 1), line:sub(1, 2), theirs:match(line:sub(1, 2) .. "[^\r\n]+") } end
		end
	end,
	rule = "pair-change",
	wrong = {
		{ { "c", "c=" }, why = { "That is the address of Alice's phone still: the media go past the box.",
			zh = "那仍是 Alice 话机的地址：媒体不经过设备。" } },
		{ { "m", "m=" }, why = { "The same port and the same codecs; a box with `codecs=` would change it.",
			zh = "端口和编解码器都相同；设置了 `codecs=` 的设备才会修改它。" } },
		{ "Content-Length", why = { "It counts the body, and is no line of it.", zh = "它说明消息体的长度，不是其中的一行。" } },
	},
	why = { "Lay the two bodies side by side: one line names who has made the description, and counts its versions.",
		zh = "把两个消息体并排对照：有一行说明描述是谁作的，并给版本计数。" },
	records = function(t) return { invite(t, "box"), invite(t, "bob") } end,
}

task {
	number = function(t) return #refreshes(t) end,
	rule = "pair-call",
	wrong = {
		{ function(t) return t:count "kind=send method=UPDATE src=alice" end,
			why = { "So many Alice's phone sends. The box has answered them, and asked nobody.",
				zh = "那是 Alice 的话机发送的个数。设备自己响应了它们，没有问别人。" } },
		{ function(t) return t:count "kind=send method=UPDATE" end,
			why = { "That is both sides together.", zh = "那是两侧之和。" } },
		{ 0, why = { "Alice's do not reach him; but his session has a timer, too.", zh = "Alice 的到不了他；但他的会话也有定时器。" } },
	},
	why = { "Count the UPDATEs that arrive at `bob`. They keep their own time: half of what the box and Bob's phone have agreed on.",
		zh = "数到达 `bob` 的 UPDATE。它们有自己的节拍：设备与 Bob 的话机所商定时间的一半。" },
	records = refreshes,
	hint = { "A session timer belongs to a dialog.", zh = "会话定时器属于对话。" },
}

task {
	draw = "cseq=BYE kind=send",
	points = 2,
	rule = "pair-bye",
	hint = { "Who answers Alice's BYE: Bob's phone or the box?", zh = "谁响应 Alice 的 BYE：Bob 的话机还是设备？" },
}

task {
	find = {
		node = "box",
		rule = "prack-send",
		record = function(t) return { prack(t), prack(t).cause } end,
	},
	points = 3,
	why = { "A reliable 180 has an RSeq. Look for the request that repeats that number in RAck, and where it comes from.",
		zh = "可靠的 180 有 RSeq。找出在 RAck 中重复这个数的请求，看它从哪里来。" },
	records = prack,
}

task {
	goal = {
		{ "Alice's phone confirms the 180 of the box with a PRACK", zh = "Alice 的话机用 PRACK 确认设备的 180",
			function(t)
				local r = t:first "kind=send method=PRACK src=alice dst=box"
				return r ~= nil, r
			end, rule = "prack-send" },
		{ "no PRACK goes to Bob's phone, and his 180 has no RSeq", zh = "没有 PRACK 发往 Bob 的话机，他的 180 没有 RSeq",
			function(t)
				local r, ring = t:first "kind=send method=PRACK dst=bob", t:first "kind=send status=180 src=bob"
				return r == nil and ring ~= nil and ring:header "RSeq" == nil, r or ring
			end },
		{ "the digit reaches Bob's phone, in the box's own dialog", zh = "数字在设备自己的对话中到达 Bob 的话机",
			function(t)
				local his, hers = t:first "kind=recv method=INFO node=bob", t:first "kind=send method=INFO src=alice"
				return his ~= nil and hers ~= nil and his:header "Call-ID" ~= hers:header "Call-ID", his
			end, rule = "pair-pass" },
	},
	points = 3,
	hint = { "Two attributes, one of each phone.", zh = "两个属性，每部话机一个。" },
}
