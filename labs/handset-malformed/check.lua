-- The tasks of handset-malformed; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "phone.clock=100MHz..220MHz:10MHz", "seed=1..999:1" }

local function watchdog(t)
	return t:first "kind=board node=phone what=watchdog"
end

-- What was computed for the third message.
local function computed(t)
	local bite = watchdog(t)
	return t:last("kind=board node=phone what=cycles", function(r) return r.seq < bite.seq end)
end

local function third(t)
	return t:all("method=OPTIONS src=mallory kind=send")[3]
end

-- The answer to Bob's BYE.
local function hung_up(t)
	return t:first "cseq=BYE src=phone dst=bob kind=send"
end

task {
	text = { "CSeq", "CSeq:" },
	rule = "response-fields",
	wrong = {
		{ "Contact", why = { "It is there, and no 400 needs one.", zh = "它有 Contact，而且 400 不需要。" } },
		{ { "Via", "From", "To", "Call-ID" }, why = { "It is there. A response takes five fields from its request.", zh = "它有这个字段。响应从请求中取五个字段。" } },
		{ { "Content-Type", "Max-Forwards", "Content-Length" }, why = { "A response need not have it.", zh = "响应不必有它。" } },
	},
	why = { "The section names five fields that a response copies from its request; see which of them the first message lacks.",
		zh = "该节列出响应从请求照抄的五个字段；看第一条消息缺少哪一个。" },
	records = function(t) return t:first "src=mallory kind=send" end,
	hint = { "`-m src=mallory to=3.5s` has seven header fields; compare them with the list of RFC 3261 8.2.6.2.",
		zh = "`-m src=mallory to=3.5s` 有七个头字段；与 RFC 3261 8.2.6.2 的清单对照。" },
	others = {
		{ text = { "From", "From:", "f", "f:" },
			rule = "form-once",
			wrong = {
				{ { "Contact", "Via", "To", "CSeq" }, why = { "It appears once at most. A compact name is the name of a field as well.", zh = "它最多出现一次。紧凑的字段名也是字段名。" } },
			},
			ask = { "Which header field does the second message have twice, though only one is allowed (RFC 3261, section 7.3.1)?",
				zh = "第二条消息中哪个头字段出现了两次，虽然它只可出现一次（RFC 3261 第 7.3.1 节）？" },
			why = { "Read the field names of the second message, the short ones as well.",
				zh = "读第二条消息的字段名，短的也要读。" },
			hint = { "`-m src=mallory from=4s to=4.5s`: one name is written by a single letter, RFC 3261 7.3.3.",
				zh = "`-m src=mallory from=4s to=4.5s`：有一个字段名只写了一个字母，RFC 3261 7.3.3。" } },
		{ number = 4,
			rule = "response-fields",
			unit = { "fields", zh = "个字段" },
			wrong = {
				{ 5, why = { "One of the five is missing, and so no client could match a response.", zh = "五个中缺一个，所以谁也无法匹配响应。" } },
				{ { 6, 7 }, why = { "Not all of its fields are copied.", zh = "并非它的所有字段都会被照抄。" } },
			},
			ask = { "How many header fields that a response copies from its request does the first message have (RFC 3261, section 8.2.6.2)?",
				zh = "响应从请求照抄的头字段中，第一条消息有几个（RFC 3261 第 8.2.6.2 节）？" },
			why = { "Compare the section's list with the message, name by name.",
				zh = "把该节的清单与消息逐个名称对照。" },
			hint = { "In the list of RFC 3261 8.2.6.2, cross out what `-m src=mallory to=3.5s` lacks.",
				zh = "从 RFC 3261 8.2.6.2 的清单中划去 `-m src=mallory to=3.5s` 所没有的。" } },
	},
}

task {
	time = function(t) return computed(t).ns / 1e9 end,
	tolerance = 0.0005,
	wrong = {
		{ function(t) return watchdog(t).time - third(t).time end,
			why = { "Until then it waits; it no longer computes.", zh = "此后它只是等待，不再计算。" } },
		{ 0.01, why = { "That is the time of the message on the line.", zh = "那是消息在线路上的时间。" } },
		{ function(t) return computed(t).time - third(t).time end,
			why = { "That is counted from when Mallory sent it, and includes the line and the frames.", zh = "这是从 Mallory 发送算起，包括线路和各帧的时间。" } },
	},
	why = { "It computes from the arrival of the frame until it stops; the record before that of the watchdog has the duration.",
		zh = "它从帧到达时开始计算，直到停下；看门狗之前的那条记录里写着这段时间。" },
	records = function(t) return { computed(t), watchdog(t) } end,
	hint = { "`node=phone kind=board what=cycles from=5.03s to=8s`: the last of them.",
		zh = "`node=phone kind=board what=cycles from=5.03s to=8s`：其中最后一条。" },
}

task {
	choice = {
		{ "The list is walked from beginning to end to append each one.", right = true,
			zh = "每添加一个，都要从链表开头走到结尾。" },
		{ "Each parameter is parsed twice, with the list and separately.", zh = "每个参数都解析两次：整体一次，单独一次。",
			why = { "Then twice the parameters would need twice as long.", zh = "那样参数加倍，时间也只加倍。" } },
		{ "The memory gets slower as it fills: malloc searches it.", zh = "内存越满越慢：malloc 要在其中查找。",
			why = { "malloc has a twelfth of the work. Which function has most of it?", zh = "malloc 只占十二分之一。哪个函数最多？" } },
		{ "The datagram comes in more fragments, to be put together.", zh = "数据报分成更多的片，需要重组。",
			why = { "The fragments are reassembled before; that is 4 in a hundred.", zh = "各片在此之前已重组；这只占百分之四。" } },
	},
	records = computed,
	hint = { "The largest record of `what=cycles from=5.03s to=6s` names the function with most of the work, osip_list_add: what must it find before it can add?", zh = "`what=cycles from=5.03s to=6s` 中最大的那条记录给出用时最多的函数 osip_list_add：它添加之前必须先找到什么？" },
}

task {
	find = {
		node = "mallory",
		rule = "form-once",
		record = function(t) return t:all("method=OPTIONS src=mallory kind=send")[2] end,
	},
	why = { "It is the message whose From has no end; what does the grammar say about such a field?", zh = "是 From 没有结尾的那条消息；语法对这样的字段怎么说？" },
	hint = { "`rung inspect` takes Mallory's messages one by one; RFC 3261 7.3.1 is about field names.",
		zh = "`rung inspect` 逐条检查 Mallory 的消息；RFC 3261 7.3.1 讲的是字段名。" },
	others = {
		{ number = 513,
			wrong = {
				{ 413, why = { "413 is about the body; this message has none.", zh = "413 针对消息体；这条消息没有消息体。" } },
				{ 400, why = { "400 is for a message that violates the grammar. This one does not.", zh = "400 用于违反语法的消息。这条没有违反。" } },
				{ 414, why = { "That is about the Request-URI.", zh = "那是针对 Request-URI 的。" } },
				{ 500, why = { "There is one that says more.", zh = "有一个说得更明确。" } },
				{ 503, why = { "That asks the client to come again later; the message would be as long then.", zh = "那是请对方以后再来；到那时它还是这么长。" } },
			},
			records = third,
			ask = { "The third message obeys the grammar, but a server may still reject it. Which status means that a message is longer than the server can handle (RFC 3261, sections 21.4 and 21.5)?",
				zh = "第三条消息符合语法，但服务器不必接受它。哪个状态码是为超出服务器处理能力的过长消息准备的（RFC 3261 第 21.4 和 21.5 节）？" },
			why = { "Go through the headings of the two sections: one names a message whose length is more than the server can process.",
				zh = "浏览这两节的标题：其中一个说的是消息的长度超出服务器的处理能力。" },
			hint = { "One heading of RFC 3261 21.5 contains a word for size, and it is not only about the body.",
				zh = "RFC 3261 21.5 中有一个标题带表示大小的词，而且说的不只是消息体。" } },
		{ draw = "node=bob kind=send to=3s",
			rule = "invite-2xx",
			ask = { "Draw what Bob's phone and the handset send each other until the call is set up, one line for each message, `bob -> phone INVITE`.",
				zh = "画出呼叫建立之前 Bob 的话机与另一部话机互相发送的消息，每条一行，如 `bob -> phone INVITE`。" },
			hint = { "There is no proxy between them (RFC 3665 3.1): `node=bob kind=send to=3s` ends with `ACK@bob`, RFC 3261 13.2.2.4. Does the handset send a 100?",
				zh = "两者之间没有代理服务器（RFC 3665 3.1）：`node=bob kind=send to=3s` 以 `ACK@bob` 结尾，RFC 3261 13.2.2.4。话机发送 100 吗？" } },
	},
}

task {
	choice = {
		{ "200 of the phone", zh = "话机的 200",
			why = { "It would have to know the call; its memory is empty since the watchdog.", zh = "那需要有这个呼叫；看门狗之后它的内存是空的。" }, rule = "dialog-none" },
		{ "481 of the phone", zh = "话机的 481", right = true },
		{ "408 of his own", zh = "他自己的 408",
			why = { "The handset is up again and answers at once.", zh = "话机已重新启动，立即响应。" }, rule = "nict-timer-f" },
		{ "503 of the server", zh = "服务器的 503",
			why = { "There is no server between them.", zh = "两者之间没有服务器。" } },
	},
	rule = "dialog-none",
	records = hung_up,
	ahead = true,
}

task {
	goal = {
		{ "the handset answers a request from Mallory with 400", zh = "话机以 400 响应 Mallory 的请求",
			function(t)
				local r = t:first "status=400 src=phone dst=mallory kind=send"
				return r ~= nil, r
			end, rule = "contact-one",
			why = { "A message that can't be parsed at all is discarded. You need a request that is complete except for one thing.",
				zh = "根本无法解析的会被丢弃。需要的是一个完整的、只缺一样东西的请求。" } },
		{ "Bob's phone has called, and its BYE is answered with 200", zh = "Bob 的话机呼叫过，它的 BYE 得到 200",
			function(t)
				local r = hung_up(t)
				return r ~= nil and r.status == 200, r
			end },
		{ "the 400 is sent during the call", zh = "400 在通话期间发出",
			function(t)
				local r, bye = t:first "status=400 src=phone dst=mallory kind=send", t:first "method=BYE src=bob kind=send"
				local ack = t:first "method=ACK src=bob kind=send"
				return r ~= nil and bye ~= nil and ack ~= nil and r.time > ack.time and r.time < bye.time, r
			end },
	},
	points = 3,
	hint = { "`INVITE@bob` has everything that an INVITE needs: write one for `options` of `lab.lua` to send, without the field of RFC 3261 8.1.1.8, and send it between `ACK@bob` and `BYE@bob`.", zh = "`INVITE@bob` 含有 INVITE 所需的一切：照 `lab.lua` 的 `options` 写一个来发送，去掉 RFC 3261 8.1.1.8 所说的字段，并在 `ACK@bob` 与 `BYE@bob` 之间发出。" },
}
