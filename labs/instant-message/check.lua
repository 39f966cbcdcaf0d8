-- The tasks of instant-message; their texts are in README.md.
lesson { minutes = 30, level = 1 }
vary { "alice--px.delay=10ms..50ms:5ms", "seed=1..999:1" }

-- The answer of the proxy to the repeated message.
local function second_answer(t)
	return t:first("kind=send status=200 cseq=MESSAGE src=px dst=alice", function(r) return r.retx end)
end

local function short_lived(t)
	return t:first "kind=send method=MESSAGE src=alice text=Expires"
end

task {
	choice = {
		{ "Bob's phone, which has registered a URI with TCP", zh = "Bob 的话机，它注册的 URI 带有 TCP",
			why = { "It has registered a plain URI, and the other messages are sent there by UDP.",
				zh = "它注册的是普通 URI，其他消息都走 UDP。" }, rule = "message-tcp" },
		{ "Alice, once for the whole path, in the Request-URI", zh = "Alice，在请求 URI 中为整条路径一次决定",
			why = { "Each hop chooses its transport; her phone knows only the first hop.", zh = "每一跳选择自己的传输协议；她只看得到一跳。" } },
		{ "each hop's sender, as it is larger than 1300 bytes", zh = "每一跳的发送方，因为它超过 1300 字节",
			right = true },
		{ "nobody: messages longer than a line are always sent by TCP", zh = "没有人：长于一行的消息总是走 TCP",
			why = { "It is the size of the whole request that counts.", zh = "要看的是整个请求的大小。" } },
	},
	records = function(t) return t:all "kind=send method=MESSAGE text=tcp" end,
	hint = { "Open the records of `method=MESSAGE text=Jack kind=send` by their numbers: what do their explanations say about `size` and UDP (RFC 3261 18.1.1)?",
		zh = "用编号打开 `method=MESSAGE text=Jack kind=send` 的记录：解释中关于 `size` 和 UDP 说了什么（RFC 3261 18.1.1）？" },
	ahead = true,
}

task {
	choice = {
		{ "Bob has read it on his phone.", zh = "Bob 已在话机上读到它。",
			why = { "His phone answers at once, whether he looks at it or not.",
				zh = "不管他看不看，他的话机都立即响应。" }, rule = "message-show" },
		{ "Bob's phone has received it.", zh = "Bob 的话机刚刚收到它。", right = true },
		{ "A server keeps it until he asks for it.", zh = "一台服务器保存它，直到 Bob 来取。",
			why = { "That would be a 202, from a server that delivers it later.", zh = "那会是 202，由以后再投递的一方给出。" },
			rule = "message-relayed" },
		{ "A dialog with Bob's phone has begun.", zh = "与 Bob 的话机的对话开始了。",
			why = { "A MESSAGE creates none; the next one is independent as well.", zh = "MESSAGE 不建立对话；下一条也是独立的。" },
			rule = "message-send" },
	},
	rule = "message-show",
	records = function(t) return t:first "status=200 cseq=MESSAGE src=bob" end,
}

task {
	find = { node = "px", record = second_answer },
	points = 2,
	rule = "nist-request",
	why = { "Follow the copy: how far does it get?", zh = "跟着副本走：它到了哪里？" },
	records = second_answer,
	hint = { "`cseq=MESSAGE status=200 dst=alice to=2s`: one of them has the mark ↻.",
		zh = "`cseq=MESSAGE status=200 dst=alice to=2s`：其中一个标有 ↻。" },
	others = {
		{ draw = "method=MESSAGE text=noon kind=send",
			rule = "nist-request",
			ask = { "The 200 to the second message is lost on its way to Alice's phone, which retransmits the message. Bob still reads it only once. Draw the path of this message with its copy, one line for each hop, `alice -> px MESSAGE`.\n\n    rung show instant-message cseq=MESSAGE to=2s",
				zh = "第二条消息的 200 在去 Alice 的话机的途中丢失，她的话机再次发送这条消息。Bob 却只读到一次。画出这条消息及其副本的路径，每一跳一行，如 `alice -> px MESSAGE`。\n\n    rung show instant-message cseq=MESSAGE to=2s" },
			hint = { "`method=MESSAGE text=noon dst=px kind=recv` has both; RFC 3261 17.2.2 says what a server transaction does with a request that it has answered.",
				zh = "`method=MESSAGE text=noon dst=px kind=recv` 中两个都有；服务器事务对已响应过的请求怎样处理，见 RFC 3261 17.2.2。" } },
		{ draw = "method=MESSAGE text=tram kind=send",
			rule = "nict-timer-e",
			ask = { "While the message of 4.4 s is on its way, it is retransmitted: the line to Bob's phone is slow. Draw its path with all its copies, one line for each hop, `alice -> px MESSAGE`.\n\n    rung show instant-message method=MESSAGE from=4s to=8s",
				zh = "4.4 s 的消息在途中被重传：到 Bob 的话机的线路很慢。画出它及其所有副本的路径，每一跳一行，如 `alice -> px MESSAGE`。\n\n    rung show instant-message method=MESSAGE from=4s to=8s" },
			hint = { "Two nodes wait for a response, Alice's phone and the proxy: `kind=timer name=E op=fire from=4s to=8s` shows which node retransmits, and in which order.",
				zh = "Alice 的话机和代理服务器都在等响应：`kind=timer name=E op=fire from=4s to=8s` 说明谁重传，次序如何。" } },
	},
}

task {
	text = "Accept",
	rule = "uas-type",
	wrong = {
		{ "Allow", why = { "That lists methods, not types of bodies.", zh = "它列出的是方法，不是消息体的类型。" } },
		{ "Content-Type", why = { "That says what the body of this message is.", zh = "它说明本消息的消息体是什么类型。" } },
		{ "Supported", why = { "That lists extensions.", zh = "它列出的是扩展。" } },
	},
	why = { "Read the 415: the field lists types of bodies.",
		zh = "读 415：这个字段列出消息体的类型。" },
	records = function(t) return t:first "status=415" end,
	hint = { "RFC 3261 21.4.13 names three fields that such a rejection may have, one for types, one for codings, one for languages: which is in `415@bob`?",
		zh = "RFC 3261 21.4.13 列出这种拒绝可以带的三个字段，分别针对类型、编码和语言：`415@bob` 中是哪一个？" },
	others = {
		{ text = "text/plain",
			rule = "uas-type",
			wrong = {
				{ "text/html", why = { "That was sent, and rejected.", zh = "那是发来并被拒绝的。" } },
				{ "Accept", why = { "That is the field; the question asks for its value.", zh = "字段是对的；题目要的是它的值。" } },
			},
			records = function(t) return t:first "status=415" end,
			ask = { "Bob's phone rejects HTML. Which type does it accept, according to its response?\n\n    rung show instant-message -m status=415",
				zh = "Bob 的话机拒绝 HTML。它说自己接受哪种类型？\n\n    rung show instant-message -m status=415" },
			why = { "Read the 415: one of its fields lists types of bodies.",
				zh = "读 415：它有一个字段列出消息体的类型。" },
			hint = { "Look for a value with a slash in `415@bob`.",
				zh = "在 `415@bob` 中找带斜杠的值。" } },
		{ text = { "Content-Type", "Content-Type:" },
			wrong = {
				{ "Accept", why = { "With that field a receiver says what it accepts.", zh = "接收方用它说明自己接受什么。" } },
				{ { "Content-Length", "Allow", "Supported" }, why = { "It says nothing about the type of the body.", zh = "它没有说明消息体的类型。" } },
			},
			records = function(t) return t:first "method=MESSAGE text=html" end,
			ask = { "Before it shows anything, Bob's phone sees that the message of 3.3 s is HTML. By which header field?\n\n    rung show instant-message -m method=MESSAGE text=html",
				zh = "Bob 的话机在显示之前就知道 3.3 s 的消息是 HTML。凭哪个头字段？\n\n    rung show instant-message -m method=MESSAGE text=html" },
			why = { "It is in the request, and gives the type of the body.",
				zh = "它在请求中，说明消息体是什么类型。" },
			hint = { "Compare `-m method=MESSAGE text=html` with the first message: one field has another value.",
				zh = "把 `-m method=MESSAGE text=html` 与第一条消息对照：有一个字段的值不同。" } },
	},
}

task {
	text = function(t) return short_lived(t):header "Date" end,
	rule = "message-expired",
	wrong = {
		{ function(t) return short_lived(t):header "Expires" end,
			why = { "That is the time for which it is valid.", zh = "那是它值得阅读的时间长度。" } },
		{ "Date", why = { "That is the field; the question asks for its value.", zh = "字段是对的；题目要的是它的值。" } },
	},
	why = { "Read the MESSAGE of 4.4 s: the field has a day and a time in GMT, at which it was written.",
		zh = "读 4.4 s 的 MESSAGE：这个字段有日期和格林尼治时间，即写下它的时刻。" },
	records = short_lived,
	hint = { "The first of `-m text=Expires method=MESSAGE src=alice` is enough, the others repeat it: to which field does RFC 3428 7 add the value of Expires?",
		zh = "看 `-m text=Expires method=MESSAGE src=alice` 的第一条就够了，其余是重传：按 RFC 3428 7，Expires 所说的时间加到哪个字段上？" },
	others = {
		{ number = function(t) return t:count "method=MESSAGE text=tram src=alice kind=send" end,
			unit = { "times", zh = "次" },
			rule = "nict-timer-e",
			wrong = {
				{ 1, why = { "Its response takes longer than half a second.", zh = "响应要半秒多才到。" } },
				{ function(t) return t:count "method=MESSAGE text=tram kind=send" end, why = { "That includes the transmissions of the proxy.", zh = "那把代理服务器的发送也算进去了。" } },
			},
			records = function(t) return t:all "method=MESSAGE text=tram src=alice kind=send" end,
			ask = { "The message of 4.4 s is answered late. How often does Alice's phone send it, including the first time?\n\n    rung show instant-message method=MESSAGE src=alice from=4s to=8s",
				zh = "4.4 s 的消息很晚才得到响应。Alice 的话机发送它几次，第一次也算？\n\n    rung show instant-message method=MESSAGE src=alice from=4s to=8s" },
			why = { "It is retransmitted after 0.5 s, then after twice as long each time, until a response arrives.",
				zh = "0.5 s 之后重传，此后间隔每次加倍，直到有响应。" },
			hint = { "After the first transmission there is one more for each record of `node=alice name=E op=fire from=4s to=8s`.",
				zh = "第一次发送之后，`node=alice name=E op=fire from=4s to=8s` 的每条记录再对应一次。" } },
		{ number = function(t) return t:first("method=MESSAGE text=Jack src=alice kind=send").size end,
			tolerance = 1,
			unit = { "bytes", zh = "字节" },
			rule = "message-tcp",
			wrong = {
				{ 1300, why = { "That is the limit; how large is this message?", zh = "那是上限；这一条有多大？" } },
				{ function(t) return t:first("method=MESSAGE text=Jack src=px kind=send").size end, why = { "That is its size after the proxy, which has added to it.", zh = "那是它离开代理服务器时的大小，代理服务器有所增加。" } },
			},
			records = function(t) return t:first "method=MESSAGE text=Jack src=alice kind=send" end,
			ask = { "The message of 16.9 s is sent by TCP, because of its size. How many bytes does it have when it leaves Alice's phone? Use its record for N.\n\n    rung show instant-message method=MESSAGE text=Jack kind=send\n    rung show instant-message N",
				zh = "16.9 s 的消息因大小而走 TCP。它离开 Alice 的话机时有多少字节？以它的记录代替 N。\n\n    rung show instant-message method=MESSAGE text=Jack kind=send\n    rung show instant-message N" },
			why = { "The record of its first transmission has the size of the whole message.",
				zh = "它第一次发送的记录中有整条消息的大小。" },
			hint = { "`size` of `method=MESSAGE text=Jack src=alice kind=send`; RFC 3428 8 and RFC 3261 18.1.1 have the limit.",
				zh = "`method=MESSAGE text=Jack src=alice kind=send` 的 `size`；上限见 RFC 3428 8 和 RFC 3261 18.1.1。" } },
	},
}

task {
	goal = {
		{ "Bob's phone rejects a call with 486", zh = "Bob 的话机以 486 拒绝呼叫",
			function(t)
				local busy = t:first "status=486 kind=send src=bob"
				return busy ~= nil, busy
			end },
		{ "Alice's phone learns that a message has arrived", zh = "Alice 的话机得知有一条消息已到达",
			function(t)
				local ok = t:first "status=200 cseq=MESSAGE kind=recv node=alice"
				return ok ~= nil, ok
			end },
	},
	points = 2,
}
