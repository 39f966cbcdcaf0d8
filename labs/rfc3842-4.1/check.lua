-- The tasks of rfc3842-4.1; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "vm--carol.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function notifies(t)
	return t:all "kind=send method=NOTIFY src=vm"
end

local function subscribes(t)
	return t:all "kind=send method=SUBSCRIBE src=alice"
end

local function bye(t)
	return t:first "kind=send method=BYE src=carol"
end

task {
	text = { "Messages-Waiting", "Messages-Waiting:", "Messages-Waiting: yes", "Messages-Waiting: no" },
	wrong = {
		{ "Voice-Message", why = { "That is the number of messages, new and old; a mailbox may leave it out.",
			zh = "它说明新的和旧的各有几条；信箱可以不写它。" } },
		{ "Message-Account", why = { "That is whose mailbox it is.", zh = "它说明是谁的信箱。" } },
		{ "Subscription-State", why = { "That is a header field, about the subscription.", zh = "那是头字段，说明的是订阅。" } },
	},
	why = { "Compare the bodies of two NOTIFYs, with and without new messages: one line says yes or no.",
		zh = "比较有新留言和没有新留言的两个 NOTIFY 的消息体：有一行只写 yes 或 no。" },
	records = function(t) return notifies(t)[2] end,
	hint = { "RFC 3842, 3.5 says which line is mandatory; compare `NOTIFY@vm` with `NOTIFY@vm#2`.", zh = "RFC 3842 第 3.5 节说明哪一行必须有；比较 `NOTIFY@vm` 与 `NOTIFY@vm#2`。" },
	others = {
		{ text = { "Voice-Message", "Voice-Message:" },
			ask = { "Which line of a NOTIFY's body says how many messages there are, new and old? Write its name.",
				zh = "NOTIFY 消息体的哪一行说明新的和旧的留言各有几条？写出它的名字。" },
			wrong = {
				{ { "Messages-Waiting", "Messages-Waiting: yes" }, why = { "That says whether there are any, not how many.", zh = "它只说明有没有，不说明有几条。" } },
				{ "Message-Account", why = { "That is whose mailbox it is.", zh = "它说明是谁的信箱。" } },
			},
			why = { "Compare the bodies of two NOTIFYs: one line has numbers with a slash between.", zh = "比较两个 NOTIFY 的消息体：有一行是用斜线隔开的数。" },
			records = function(t) return { notifies(t)[2] } end,
			hint = { "A phone with a display shows it, RFC 3842, 3.5 has its format: `method=NOTIFY from=8s`.", zh = "有显示屏的话机会显示它，其形式见 RFC 3842 第 3.5 节：`method=NOTIFY from=8s`。" } },
		{ text = { "Message-Account", "Message-Account:" },
			ask = { "Which line of a NOTIFY's body says whose mailbox it is about? Write its name.",
				zh = "NOTIFY 消息体的哪一行说明所通知的是谁的信箱？写出它的名字。" },
			wrong = {
				{ "Messages-Waiting", why = { "That says whether there are messages.", zh = "它说明是否有留言。" } },
				{ "Contact", why = { "That is a header field: the address of the mailbox.", zh = "那是头字段：信箱的地址。" } },
			},
			why = { "Read the body line by line: one has a URI.", zh = "逐行读消息体：有一行是 URI。" },
			records = function(t) return { notifies(t)[2] } end,
			hint = { "It is not To, which is a header field: what is below the empty line of `NOTIFY@vm#3`?", zh = "不是头字段 To：看 `NOTIFY@vm#3` 空行之下的内容。" } },
	},
}

task {
	choice = {
		{ "by Expires: it is the same as in the first", zh = "凭 Expires：它与第一个中的相同",
			why = { "Anybody may ask for a day. In the third it is 0, and that is also for the same subscription.",
				zh = "谁都可以要求一天。第三个中是 0，却也属于同一个订阅。" }, rule = "subscribe-stop" },
		{ "by From, which names Alice as the first one did", zh = "凭 From，它与第一个一样指明 Alice",
			why = { "A second phone of Alice's would have the same address.", zh = "Alice 的另一部话机也是这个地址。" } },
		{ "by Event, which names the same package as before", zh = "凭 Event，它指明与以前相同的事件包",
			why = { "It names the package, and is the same in each new subscription.", zh = "它指明事件包，每个新的订阅中都相同。" },
			rule = "subscribe-event" },
		{ "by its dialog: Call-ID and the tags of both sides", zh = "凭它的对话：Call-ID 和双方的 tag", right = true },
	},
	rule = "subscribe-refresh",
	records = subscribes,
	hint = { "Compare the To of `SUBSCRIBE@alice` with that of `SUBSCRIBE@alice#2`: what has been added, and which other fields belong only to the same one?", zh = "把 `SUBSCRIBE@alice` 的 To 与 `SUBSCRIBE@alice#2` 的并排比较：多了什么，还有哪个字段的值只属于这一个？" },
}

task {
	time = function(t) return notifies(t)[2]:arrival().time - bye(t).time end,
	tolerance = 0.001,
	rule = "notify-change",
	wrong = {
		{ function(t) return notifies(t)[2].time - bye(t).time end,
			why = { "At that time the mailbox sends the NOTIFY.", zh = "那时信箱才发出 NOTIFY。" } },
		{ function(t) return notifies(t)[3]:arrival().time - bye(t).time end,
			why = { "It knows before it sends another SUBSCRIBE.", zh = "在再次询问之前它就知道了。" } },
		{ function(t) return notifies(t)[2]:arrival().time - t:first("kind=send method=INVITE src=carol").time end,
			why = { "That is counted from the beginning of her call.", zh = "那是从她呼叫开始算起的。" } },
	},
	why = { "Count from the transmission of Carol's BYE to the arrival of the next NOTIFY at Alice's phone.",
		zh = "从 Carol 发送 BYE 算起，到下一个 NOTIFY 到达 Alice 的话机为止。" },
	records = function(t) return { bye(t), notifies(t)[2]:arrival() } end,
	hint = { "Take `BYE@carol` and the arrival of `NOTIFY@vm#2`; the lamp is at Alice's phone.", zh = "取 `BYE@carol` 和 `NOTIFY@vm#2` 的到达；指示灯在 Alice 那里。" },
}

task {
	choice = {
		{ "Each SUBSCRIBE brings a NOTIFY with the state, the last one too",
			zh = "每个 SUBSCRIBE 都带来一个 NOTIFY，最后一个也是", right = true },
		{ "By mistake: the mailbox has not understood the Expires: 0 in it", zh = "出了差错：信箱没有看懂 SUBSCRIBE 中的 Expires: 0",
			why = { "Its 200 also has Expires: 0, and the NOTIFY says terminated.", zh = "它的 200 中 Expires 也是 0，NOTIFY 写明 terminated。" } },
		{ "Since a message has come in meanwhile that must be reported", zh = "因为其间又有新留言，需要告知话机",
			why = { "The body is that of 8.0 s.", zh = "消息体与 8.0 s 的相同。" } },
		{ "It is the answer to the SUBSCRIBE; a 200 can have no body", zh = "它是对 SUBSCRIBE 的响应；200 不能有消息体",
			why = { "The 200 is the answer. The NOTIFY is a request, and the phone answers it.", zh = "响应是 200。NOTIFY 是请求，由话机响应。" },
			rule = "notify-recv" },
	},
	rule = "notify-at-once",
	records = function(t) return notifies(t)[4] end,
}

task {
	draw = "proto=sip kind=send cseq=SUBSCRIBE,NOTIFY",
	points = 3,
	hint = { "`method=SUBSCRIBE kind=send` has the requests of Alice's phone: each is answered and followed by a NOTIFY at once, RFC 6665, 4.2.1.2. A change between them, `from=8s to=9s src=vm kind=send`, is reported without a request.", zh = "`method=SUBSCRIBE kind=send` 是 Alice 的话机的请求：每个都立即得到响应和通知，RFC 6665 第 4.2.1.2 节。其间的变化，见 `from=8s to=9s src=vm kind=send`，不问也会通知。" },
	ahead = true,
	others = {
		{ draw = "proto=sip kind=send node=carol",
			ask = { "Before you look at the run: draw all messages between Carol's phone and the mailbox, one line for each, `carol -> vm INVITE`. It is a call that the mailbox answers after a second.\n\n    rung show rfc3842-4.1 node=carol kind=send",
				zh = "先不看运行：画出 Carol 的话机与信箱之间将有的消息，每条消息一行，如 `carol -> vm INVITE`。信箱在一秒后接听这个呼叫。\n\n    rung show rfc3842-4.1 node=carol kind=send" },
			ahead = true,
			hint = { "A mailbox answers a call like a phone, RFC 3261, 13.3.1: `dst=carol kind=recv` has the three responses that she gets.", zh = "信箱像话机一样接听，RFC 3261 第 13.3.1 节：`dst=carol kind=recv` 有她收到的三条。" } },
	},
}

task {
	goal = {
		{ "Carol's phone calls the mailbox twice", zh = "Carol 的话机两次呼叫信箱",
			function(t)
				local all = t:all "kind=send method=INVITE src=carol"
				return #all == 2, all[2]
			end },
		{ "a NOTIFY says that there are two new messages", zh = "一个 NOTIFY 写明有两条新留言",
			function(t)
				return t:first("kind=send method=NOTIFY src=vm", function(r) return r.text:find "Voice%-Message: 2/0" ~= nil end)
			end,
			why = { "Each call must be answered, and must be over.", zh = "每个呼叫都要被接听，并且已结束。" } },
		{ "it is sent while Alice's phone is subscribed, without a SUBSCRIBE before it", zh = "它在 Alice 的话机订阅期间不问自来",
			function(t)
				local r = t:first("kind=send method=NOTIFY src=vm", function(n) return n.text:find "Voice%-Message: 2/0" ~= nil end)
				local asked = r ~= nil and t:first("kind=recv method=SUBSCRIBE dst=vm", function(s) return s.time == r.time end)
				return r ~= nil and asked == nil, r
			end, rule = "notify-change",
			why = { "Alice's phone must not send a SUBSCRIBE at that time, nor have ended its subscription.", zh = "Alice 的话机不得恰在那时询问，也不得已结束订阅。" } },
	},
	points = 2,
	hint = { "`src=carol kind=send` shows how long her first call takes; the second must be over before the last of `src=alice method=SUBSCRIBE kind=send`, and must not end at the time of another of these.",
		zh = "`src=carol kind=send` 显示她的第一个呼叫历时多久；第二个必须在 `src=alice method=SUBSCRIBE kind=send` 的最后一个之前结束，也不要恰好在其中另一个的时刻结束。" },
}
