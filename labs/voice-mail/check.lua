-- The tasks of voice-mail; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "proxy.ring_time=2s..6s:1s", "seed=1..999:1" }

local function heard(t)
	return t:all "kind=recv dst=alice status=1xx cseq=INVITE"
end

-- The NOTIFY that tells of the new message, and the BYE before it.
local function lit(t)
	return t:all("kind=send method=NOTIFY src=vm")[2]
end

local function hung_up(t)
	return t:first "kind=recv method=BYE dst=vm"
end

task {
	text = { "2/8 (1/0)", "Voice-Message: 2/8 (1/0)" },
	wrong = {
		{ "2/8", why = { "In brackets stand the urgent ones: new and old.", zh = "括号中是紧急的：新的和旧的。" } },
		{ "1/8 (1/0)", why = { "The urgent one is new as well: the numbers before the brackets are of all messages.",
			zh = "紧急的也是新的：括号前是全部留言的数目。" } },
		{ "8/2 (0/1)", why = { "The new ones stand before the slash.", zh = "斜线前是新留言。" } },
		{ "2/8 (0/1)", why = { "The new ones stand before the slash, in the brackets as well.", zh = "括号中斜线前也是新留言。" } },
	},
	why = { "First all messages, new and old; then in brackets the urgent ones of them, new and old.",
		zh = "先写全部留言的新/旧数目；再在括号中写其中紧急的新/旧数目。" },
	records = lit,
	hint = { "new/old (urgent new/urgent old)", zh = "新/旧（紧急的新/紧急的旧）" },
}

task {
	text = { "To", "To:" },
	rule = "mailbox-none",
	wrong = {
		{ "History-Info", why = { "That is the history, which a proxy may leave out.", zh = "那就是呼叫历史，代理服务器可以不写。" } },
		{ "From", why = { "From is Alice, who has called.", zh = "From 是 Alice，即主叫。" } },
		{ "Contact", why = { "Contact is where Alice's phone is reached.", zh = "Contact 是 Alice 的话机的地址。" } },
		{ "Request-URI", why = { "It is no header field, and names the voice mail itself.", zh = "它不是头字段，指的是语音信箱本身。" } },
		{ "Diversion", why = { "There is none here.", zh = "这里没有它。" } },
	},
	why = { "One field is written by the caller's phone and stays as it was on the whole way: it names whom the call was for.",
		zh = "有一个字段由主叫的话机写下，全程不变：它指明呼叫是给谁的。" },
	records = function(t) return t:first "kind=send method=INVITE dst=vm" end,
}

task {
	number = function(t) return #heard(t) end,
	unit = { "responses", zh = "个响应" },
	wrong = {
		{ function(t) return #heard(t) + 1 end, why = { "The 200 is a final one.", zh = "200 是最终响应。" } },
		{ function(t) return #heard(t) - 1 end,
			why = { "The 100, the 181 and the 199 count, and 180 comes twice: of Bob's phone and of the voice mail.",
				zh = "100、181 和 199 都算，180 有两个：Bob 的话机的和语音信箱的。" } },
		{ 2, why = { "Everything from 100 to 199 is provisional.", zh = "100 至 199 都是临时响应。" } },
		{ function(t) return 2 * #heard(t) end, why = { "Each is listed where it is sent and where it arrives.", zh = "每个响应在发送处和到达处各列一次。" } },
	},
	why = { "Count what arrives at Alice's phone from 100 to 199, whoever made it; each response once.",
		zh = "数到达 Alice 的话机的 100 至 199 的响应，不论由谁发出；每个响应只算一次。" },
	records = heard,
}

task {
	choice = {
		{ "send an INVITE of its own to the URI that the 181 names", zh = "向 181 指明的 URI 发送新的 INVITE",
			why = { "That would be a 3xx. Here the proxy has sent the call on itself.", zh = "那是 3xx。这里是代理服务器自己转出呼叫。" },
			rule = "redirect-follow" },
		{ "acknowledge it by ACK, so that the proxy may go on", zh = "用 ACK 确认它，代理服务器才能继续",
			why = { "A provisional response is not acknowledged; here not even by a PRACK.", zh = "临时响应不需要确认；这里连 PRACK 也没有。" },
			rule = "invite-ack" },
		{ "nothing: it tells Alice, if it likes, and waits on", zh = "什么也不用做：可以告诉 Alice，继续等", right = true },
		{ "give up: the call to Bob has failed by that", zh = "放弃：给 Bob 的呼叫已经失败",
			why = { "Only a final response says so. The same INVITE is answered a second later.", zh = "只有最终响应才表示失败。同一个 INVITE 一秒后就被接听。" },
			rule = "ict-1xx" },
	},
	rule = "ict-1xx",
	records = function(t) return t:first "kind=send status=181 dst=alice" end,
}

task {
	find = {
		node = "vm",
		rule = { "notify-change" },
		record = function(t) return { lit(t), hung_up(t) } end,
	},
	points = 2,
	rule = "notify-change",
	why = { "The state of the mailbox has changed: what has ended a moment before?", zh = "信箱的状态改变了：就在此前结束的是什么？" },
	records = function(t) return { hung_up(t), lit(t) } end,
}

task {
	goal = {
		{ "Bob's phone says 486", zh = "Bob 的话机返回 486",
			function(t) return t:first "kind=send src=bob status=486" ~= nil, t:first "kind=send src=bob status=486" end },
		{ "the proxy sends the call on to the voice mail, and cancels nothing", zh = "代理服务器把呼叫转给语音信箱，不发送 CANCEL",
			function(t)
				local r = t:first "kind=send method=INVITE src=proxy dst=vm"
				return r ~= nil and t:count "kind=send method=CANCEL" == 0, r
			end },
		{ "Alice hears no 486", zh = "Alice 没有收到 486",
			function(t) return t:count "kind=recv dst=alice status=486" == 0 end },
		{ "Bob's phone is told that a message is waiting", zh = "Bob 的话机得知有留言",
			function(t)
				return t:first("kind=recv dst=bob method=NOTIFY", function(n)
					return n.of.text:find "Messages%-Waiting: yes"
				end)
			end, rule = "notify-change" },
	},
	points = 3,
	hint = { "bob:set with busy = true at the top: there is a way for calls to a busy line.", zh = "开头用 bob:set 设置 busy = true：占线的呼叫另有去处。" },
}
