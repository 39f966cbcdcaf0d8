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
		{ "Bob has read it on his phone.", zh = "Bob 已在话机上读到它。",
			why = { "His phone answers at once, whether he looks at it or not.",
				zh = "不管他看不看，他的话机都立即响应。" }, rule = "message-show" },
		{ "It has arrived at Bob's phone.", zh = "它已到达 Bob 的话机。", right = true },
		{ "A server keeps it until Bob asks for it.", zh = "一台服务器替 Bob 保存它，直到他来取。",
			why = { "That would be a 202, of somebody who delivers it later.", zh = "那会是 202，由以后再投递的一方给出。" },
			rule = "message-relayed" },
		{ "A dialog with Bob's phone has begun.", zh = "与 Bob 的话机的对话开始了。",
			why = { "A MESSAGE begins none; the next one stands alone, too.", zh = "MESSAGE 不建立对话；下一条也是独立的。" },
			rule = "message-send" },
	},
	rule = "message-show",
	records = function(t) return t:first "status=200 cseq=MESSAGE src=bob" end,
}

task {
	find = { node = "px", record = second_answer },
	points = 2,
	rule = "nist-request",
	why = { "Follow the copy: how far does it come?", zh = "跟着副本走：它到了哪里？" },
	records = second_answer,
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
}

task {
	text = function(t) return short_lived(t):header "Date" end,
	rule = "message-expired",
	wrong = {
		{ function(t) return short_lived(t):header "Expires" end,
			why = { "That is the time for which it is worth reading.", zh = "那是它值得阅读的时间长度。" } },
		{ "Date", why = { "That is the field; its value is asked for.", zh = "字段是对的；题目要的是它的值。" } },
	},
	why = { "Read the MESSAGE of 4.4 s: the field has a day and a time in GMT, the moment at which it was written.",
		zh = "读 4.4 s 的 MESSAGE：这个字段有日期和格林尼治时间，即写下它的时刻。" },
	records = short_lived,
}

task {
	choice = {
		{ "Bob's phone, which has registered a URI with TCP", zh = "Bob 的话机，它注册的 URI 带有 TCP",
			why = { "It has registered a plain URI, and the other messages go there by UDP.",
				zh = "它注册的是普通 URI，其他消息都走 UDP。" }, rule = "message-tcp" },
		{ "Alice, once for the whole way, in the Request-URI", zh = "Alice，在请求 URI 中为整条路径一次决定",
			why = { "Each hop chooses its transport; she can see one only.", zh = "每一跳选择自己的传输协议；她只看得到一跳。" } },
		{ "each hop's sender, as it is larger than 1300 bytes", zh = "每一跳的发送方，因为它超过 1300 字节",
			right = true },
		{ "nobody: messages longer than a line always go by TCP", zh = "没有人：长于一行的消息总是走 TCP",
			why = { "It is the size of the whole request that counts.", zh = "要看的是整个请求的大小。" } },
	},
	records = function(t) return t:all "kind=send method=MESSAGE text=tcp" end,
	hint = { "Look at the sizes and at what the explanation says of UDP.", zh = "看看大小，以及解释中关于 UDP 的说明。" },
}

task {
	goal = {
		{ "Bob's phone refuses a call with 486", zh = "Bob 的话机以 486 拒绝呼叫",
			function(t)
				local busy = t:first "status=486 kind=send src=bob"
				return busy ~= nil, busy
			end },
		{ "Alice's phone hears that a message has arrived", zh = "Alice 的话机得知有一条消息已到达",
			function(t)
				local ok = t:first "status=200 cseq=MESSAGE kind=recv node=alice"
				return ok ~= nil, ok
			end },
	},
	points = 2,
}
