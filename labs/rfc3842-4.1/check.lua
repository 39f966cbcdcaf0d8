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
		{ "Voice-Message", why = { "That says how many there are, new and old; a mailbox may leave it out.",
			zh = "它说明新的和旧的各有几条；信箱可以不写它。" } },
		{ "Message-Account", why = { "That is whose mailbox it is.", zh = "它说明是谁的信箱。" } },
		{ "Subscription-State", why = { "That is a header field, and tells of the subscription.", zh = "那是头字段，说明的是订阅。" } },
	},
	why = { "Compare the bodies of two NOTIFYs, with and without new messages: one line says yes or no.",
		zh = "比较有新留言和没有新留言的两个 NOTIFY 的消息体：有一行只写 yes 或 no。" },
	records = function(t) return notifies(t)[2] end,
}

task {
	choice = {
		{ "by Expires: it is the same as in the first", zh = "凭 Expires：它与第一个中的相同",
			why = { "Anybody may ask for a day. In the third it is 0, and that is of the same subscription, too.",
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
	hint = { "Compare the To of the first two.", zh = "比较前两个的 To。" },
}

task {
	time = function(t) return notifies(t)[2]:arrival().time - bye(t).time end,
	tolerance = 0.001,
	rule = "notify-change",
	wrong = {
		{ function(t) return notifies(t)[2].time - bye(t).time end,
			why = { "Then the mailbox sends the NOTIFY.", zh = "那时信箱才发出 NOTIFY。" } },
		{ function(t) return notifies(t)[3]:arrival().time - bye(t).time end,
			why = { "It knows before it asks again.", zh = "在再次询问之前它就知道了。" } },
		{ function(t) return notifies(t)[2]:arrival().time - t:first("kind=send method=INVITE src=carol").time end,
			why = { "That is from the beginning of her call.", zh = "那是从她呼叫开始算起的。" } },
	},
	why = { "Count from the sending of Carol's BYE to the arrival of the next NOTIFY at Alice's phone.",
		zh = "从 Carol 发送 BYE 算起，到下一个 NOTIFY 到达 Alice 的话机为止。" },
	records = function(t) return { bye(t), notifies(t)[2]:arrival() } end,
}

task {
	choice = {
		{ "Each SUBSCRIBE brings a NOTIFY with the state, the last one too",
			zh = "每个 SUBSCRIBE 都带来一个 NOTIFY，最后一个也是", right = true },
		{ "By mistake: the mailbox has not understood the Expires: 0 in it", zh = "出了差错：信箱没有看懂 SUBSCRIBE 中的 Expires: 0",
			why = { "Its 200 has Expires: 0, too, and the NOTIFY says terminated.", zh = "它的 200 中 Expires 也是 0，NOTIFY 写明 terminated。" } },
		{ "Since a message has come in meanwhile that is to be told of", zh = "因为其间又有新留言，需要告知话机",
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
	hint = { "Three SUBSCRIBEs and four NOTIFYs, each with its 200.", zh = "三个 SUBSCRIBE 和四个 NOTIFY，各有自己的 200。" },
}
