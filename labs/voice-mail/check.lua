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
		{ "2/8", why = { "The numbers in brackets are the urgent messages: new and old.", zh = "括号中是紧急的：新的和旧的。" } },
		{ "1/8 (1/0)", why = { "The urgent one is new as well: the numbers before the brackets are of all messages.",
			zh = "紧急的也是新的：括号前是全部留言的数目。" } },
		{ "8/2 (0/1)", why = { "The new ones are before the slash.", zh = "斜线前是新留言。" } },
		{ "2/8 (0/1)", why = { "The new ones are before the slash, in the brackets as well.", zh = "括号中斜线前也是新留言。" } },
	},
	why = { "The first two numbers are all messages, new and old; those in brackets are the urgent ones among them, new and old.",
		zh = "先写全部留言的新/旧数目；再在括号中写其中紧急的新/旧数目。" },
	records = lit,
	hint = { "RFC 3842, section 3.5: new/old (urgent new/urgent old). `-m method=NOTIFY src=vm` has others of this kind.",
		zh = "RFC 3842 第 3.5 节：新/旧（紧急的新/紧急的旧）。`-m method=NOTIFY src=vm` 中有同类的例子。" },
	others = {
		{
			text = { "3/2 (0/1)", "Voice-Message: 3/2 (0/1)" },
			ask = { "What does the line `Voice-Message:` look like for three new messages, none of them urgent, and two old ones, one of them urgent? Write its value.\n\n    rung show voice-mail -m method=NOTIFY src=vm",
				zh = "三条新留言（都不紧急）和两条旧留言（其中一条紧急），`Voice-Message:` 一行会怎样写？写出它的值。\n\n    rung show voice-mail -m method=NOTIFY src=vm" },
			wrong = {
				{ "3/2", why = { "The numbers in brackets are the urgent messages: new and old.", zh = "括号中是紧急的：新的和旧的。" } },
				{ "3/1 (0/1)", why = { "The urgent one is old as well.", zh = "紧急的也是旧的。" } },
				{ { "3/2 (1/0)", "2/3 (1/0)" }, why = { "The new ones are before the slash, in the brackets as well.", zh = "括号中斜线前也是新留言。" } },
			},
			why = { "The first two numbers are all messages, new and old; those in brackets are the urgent ones among them, new and old.",
				zh = "先写全部留言的新/旧数目；再在括号中写其中紧急的新/旧数目。" },
			hint = { "Where does RFC 3842, section 3.5, put the urgent ones? The second number after each slash is of old ones: `-m method=NOTIFY src=vm`.",
				zh = "RFC 3842 第 3.5 节把紧急的写在哪里？斜线之后都是旧留言：`-m method=NOTIFY src=vm`。" },
			records = lit,
		},
		{
			text = { "0/5 (0/2)", "Voice-Message: 0/5 (0/2)" },
			ask = { "What does the line `Voice-Message:` look like for no new message, and five old ones, two of them urgent? Write its value.\n\n    rung show voice-mail -m method=NOTIFY src=vm",
				zh = "没有新留言，有五条旧留言（其中两条紧急），`Voice-Message:` 一行会怎样写？写出它的值。\n\n    rung show voice-mail -m method=NOTIFY src=vm" },
			wrong = {
				{ "0/5", why = { "The numbers in brackets are the urgent messages: new and old.", zh = "括号中是紧急的：新的和旧的。" } },
				{ "0/3 (0/2)", why = { "The urgent ones count among all old ones.", zh = "紧急的也算在全部旧留言之内。" } },
				{ { "5/0 (2/0)", "0/5 (2/0)" }, why = { "The new ones are before the slash.", zh = "斜线前是新留言。" } },
			},
			why = { "The first two numbers are all messages, new and old; those in brackets are the urgent ones among them, new and old.",
				zh = "先写全部留言的新/旧数目；再在括号中写其中紧急的新/旧数目。" },
			hint = { "The third NOTIFY of `-m method=NOTIFY src=vm` has a line with old ones only; RFC 3842, section 3.5.",
				zh = "`-m method=NOTIFY src=vm` 的第三个 NOTIFY 中有一行只有旧留言；见 RFC 3842 第 3.5 节。" },
			records = lit,
		},
	},
}

task {
	text = { "To", "To:" },
	rule = "mailbox-none",
	wrong = {
		{ "History-Info", why = { "That is the history, which a proxy may leave out.", zh = "那就是呼叫历史，代理服务器可以不写。" } },
		{ "From", why = { "From is Alice, who has called.", zh = "From 是 Alice，即主叫。" } },
		{ "Contact", why = { "Contact is where Alice's phone is reached.", zh = "Contact 是 Alice 的话机的地址。" } },
		{ "Request-URI", why = { "It is not a header field, and names the voice mail itself.", zh = "它不是头字段，指的是语音信箱本身。" } },
		{ "Diversion", why = { "There is none here.", zh = "这里没有它。" } },
	},
	why = { "The caller's phone writes one field that stays as it was on the whole path: it names whom the call was for.",
		zh = "有一个字段由主叫的话机写下，全程不变：它指明呼叫是给谁的。" },
	records = function(t) return t:first "kind=send method=INVITE dst=vm" end,
	hint = { "Compare `-m method=INVITE dst=vm` with and without `--set proxy.history=false`: one field is the same as Alice's phone wrote it.",
		zh = "比较 `-m method=INVITE dst=vm` 带与不带 `--set proxy.history=false` 的情形：有一个字段与 Alice 的话机所写的相同。" },
	others = {
		{
			text = { "History-Info", "History-Info:" },
			ask = { "The INVITE is sent to `sip:vm@vmail.biloxi.example.com`. Which field tells the voice mail why Bob's own phone did not answer the call?\n\n    rung show voice-mail -m method=INVITE dst=vm",
				zh = "INVITE 发往 `sip:vm@vmail.biloxi.example.com`。哪个字段告诉语音信箱，Bob 自己的话机为什么没有接听？\n\n    rung show voice-mail -m method=INVITE dst=vm" },
			wrong = {
				{ "To", why = { "That says for whom the call was, not what happened to it.", zh = "它说明是给谁的，不说明结果如何。" } },
				{ "Reason", why = { "Here it is within another field.", zh = "它在这里写在另一个字段之中。" } },
				{ { "Diversion", "Warning" }, why = { "There is none here.", zh = "这里没有它。" } },
				{ "Via", why = { "That is the path of the responses.", zh = "那是响应的路径。" } },
			},
			why = { "Look for the field of that INVITE that has a cause in it, written by the proxy.",
				zh = "找这个 INVITE 中由代理服务器写入、含有 cause 的字段。" },
			hint = { "Compare `INVITE@proxy#2`, the one for the voice mail, with `INVITE@proxy`, the one for Bob's phone: which field has one entry more, with a Reason in it (RFC 7044)?",
				zh = "把发给语音信箱的 `INVITE@proxy#2` 与发给 Bob 话机的 `INVITE@proxy` 并排：哪个字段多了一项，其中带有 Reason（RFC 7044）？" },
			records = function(t) return t:first "kind=send method=INVITE dst=vm" end,
		},
		{
			text = { "Subscription-State", "Subscription-State:" },
			ask = { "Which field of a NOTIFY tells Bob's phone for how long it will be notified of messages?\n\n    rung show voice-mail -m method=NOTIFY src=vm",
				zh = "NOTIFY 的哪个字段告诉 Bob 的话机，它还会在多久之内得到留言的通知？\n\n    rung show voice-mail -m method=NOTIFY src=vm" },
			wrong = {
				{ "Expires", why = { "That is in the SUBSCRIBE and the 200 to it.", zh = "它在 SUBSCRIBE 和对它的 200 中。" } },
				{ "Event", why = { "That says what the notifications are about.", zh = "它说明通知的是什么。" } },
				{ "Messages-Waiting", why = { "That is a line of the body.", zh = "那是消息体的一行。" } },
			},
			why = { "Look for a parameter with seconds in the head of a NOTIFY.",
				zh = "在 NOTIFY 的头部找以秒计的参数。" },
			hint = { "RFC 6665, section 4.1.3, has it in each NOTIFY: `-m method=NOTIFY dst=bob`.",
				zh = "RFC 6665 第 4.1.3 节要求每个 NOTIFY 都有它：`-m method=NOTIFY dst=bob`。" },
			records = function(t) return t:first "kind=send method=NOTIFY src=vm" end,
		},
	},
}

task {
	number = function(t) return #heard(t) end,
	unit = { "responses", zh = "个响应" },
	wrong = {
		{ function(t) return #heard(t) + 1 end, why = { "The 200 is a final one.", zh = "200 是最终响应。" } },
		{ function(t) return #heard(t) - 1 end,
			why = { "The 100, the 181 and the 199 count, and 180 arrives twice: from Bob's phone and from the voice mail.",
				zh = "100、181 和 199 都算，180 有两个：Bob 的话机的和语音信箱的。" } },
		{ 2, why = { "Everything from 100 to 199 is provisional.", zh = "100 至 199 都是临时响应。" } },
		{ function(t) return 2 * #heard(t) end, why = { "Each is listed where it is sent and where it arrives.", zh = "每个响应在发送处和到达处各列一次。" } },
	},
	why = { "Count what arrives at Alice's phone from 100 to 199, whichever node made it; each response once.",
		zh = "数到达 Alice 的话机的 100 至 199 的响应，不论由谁发出；每个响应只算一次。" },
	records = heard,
	ahead = true,
	hint = { "`src=bob,vm status=1xx kind=send to=10s` has those of the phones in her call; the proxy forwards these and adds its own, RFC 3261, 21.1 and RFC 6228.",
		zh = "`src=bob,vm status=1xx kind=send to=10s` 是她的呼叫中话机发出的；代理服务器转发它们，此外还有自己的，RFC 3261 第 21.1 节和 RFC 6228。" },
	others = {
		{
			number = function(t) return t:count "kind=recv method=NOTIFY dst=bob" end,
			ask = { "Before you look at the run: how many NOTIFYs does Bob's phone receive in the whole run?\n\n    rung show voice-mail method=NOTIFY dst=bob",
				zh = "先不看运行：整个运行中会有多少个 NOTIFY 到达 Bob 的话机？\n\n    rung show voice-mail method=NOTIFY dst=bob" },
			ahead = true,
			wrong = {
				{ 1, why = { "It is notified of each change.", zh = "每次变化它都会得知。" } },
				{ 2, why = { "A change is also that a message was heard; and the first subscription counts, when the phone knows nothing yet.", zh = "留言被听过也是变化；一开始尚不知情时也有一个。" } },
				{ 6, why = { "Each takes two hops, and is one message for his phone.", zh = "每个都经过两跳，对他的话机来说是一条消息。" } },
			},
			rule = "notify-change",
			why = { "Count what arrives at Bob's phone.",
				zh = "数到达 Bob 的话机的。" },
			hint = { "`method=SUBSCRIBE dst=vm kind=recv` causes one at once, RFC 6665, 4.2.1.2; of `kind=act from=10s` see which acts change what is in the mailbox.",
				zh = "`method=SUBSCRIBE dst=vm kind=recv` 立即带来一个，RFC 6665 第 4.2.1.2 节；再看 `kind=act from=10s` 中哪些动作改变信箱里的内容。" },
			records = function(t) return t:all "kind=recv method=NOTIFY dst=bob" end,
		},
		{
			number = function(t) return t:count "kind=recv method=INVITE dst=vm" end,
			ask = { "Before you look at the run: how many INVITEs does the voice mail receive in the whole run?\n\n    rung show voice-mail method=INVITE dst=vm",
				zh = "先不看运行：整个运行中会有多少个 INVITE 到达语音信箱？\n\n    rung show voice-mail method=INVITE dst=vm" },
			ahead = true,
			wrong = {
				{ 1, why = { "Bob wants to hear his message.", zh = "Bob 想听他的留言。" } },
				{ 3, why = { "The INVITE to Bob's phone does not reach it.", zh = "发给 Bob 的话机的 INVITE 不到它那里。" } },
			},
			rule = "proxy-forward",
			why = { "Count what arrives at `vm`, at the end of the first call and later.",
				zh = "数到达 `vm` 的，包括第一个呼叫的末尾和之后。" },
			hint = { "`kind=act verb=invite` has who calls whom; in which of these calls does the voice mail replace a phone that does not answer?",
				zh = "`kind=act verb=invite` 是谁呼叫谁；其中哪个呼叫由语音信箱代替不应答的话机？" },
			records = function(t) return t:all "kind=recv method=INVITE dst=vm" end,
		},
	},
}

task {
	choice = {
		{ "send an INVITE of its own, to the URI that the 181 names", zh = "向 181 指明的 URI 发送新的 INVITE",
			why = { "That would be a 3xx. Here the proxy itself has forwarded the call.", zh = "那是 3xx。这里是代理服务器自己转出呼叫。" },
			rule = "redirect-follow" },
		{ "acknowledge it: only after an ACK may the proxy go on", zh = "用 ACK 确认它：这样代理服务器才能继续",
			why = { "A provisional response is not acknowledged; here not even by a PRACK.", zh = "临时响应不需要确认；这里连 PRACK 也没有。" },
			rule = "invite-ack" },
		{ "wait on, and tell Alice of it if it likes", zh = "继续等，至多告诉 Alice 一声", right = true },
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
	hint = { "`dst=vm kind=recv from=10s to=16s` has what the voice mail receives: which of that completes a message, so that there is a change, RFC 3842, 3.8, to be notified by RFC 6665, 4.2.2?",
		zh = "`dst=vm kind=recv from=10s to=16s` 是语音信箱收到的：其中哪个使一条留言完整，于是有了新情况，RFC 3842 第 3.8 节，按 RFC 6665 第 4.2.2 节要通知？" },
	others = {
		{
			draw = "method=NOTIFY",
			ask = { "Draw the path of every NOTIFY of the run, one line for each hop, such as `bob -> proxy SUBSCRIBE`. Which of them switches the lamp on, and which switches it off?\n\n    rung show voice-mail method=NOTIFY kind=send",
				zh = "画出运行中每个 NOTIFY 的路径，每一跳一行，如 `bob -> proxy SUBSCRIBE`。哪一个使灯亮，哪一个使灯灭？\n\n    rung show voice-mail method=NOTIFY kind=send" },
			rule = "notify-change",
			hint = { "Follow each record of `-m method=NOTIFY src=vm` one hop further: its Route says through which node it goes. The line Messages-Waiting says what the lamp does.",
				zh = "`-m method=NOTIFY src=vm` 的每条记录都再跟一跳：由谁转交，见其中的 Route。灯怎样变化，见 Messages-Waiting 一行。" },
		},
		{
			draw = "src=proxy dst=bob method=INVITE,CANCEL,ACK to=12s",
			ask = { "Draw the requests with which the proxy tries Bob's phone and cancels the try, one line for each, such as `proxy -> bob BYE`. Which of them confirms a rejection?\n\n    rung show voice-mail node=bob src=proxy kind=send to=12s",
				zh = "画出代理服务器尝试 Bob 的话机并放弃它所用的请求，每个一行，如 `proxy -> bob BYE`。其中哪一个确认了拒绝？\n\n    rung show voice-mail node=bob src=proxy kind=send to=12s" },
			rule = "proxy-ring-time",
			hint = { "`src=bob cseq=INVITE,CANCEL kind=send to=12s` is what Bob's phone answers: to which request each, and which of these answers is acknowledged, RFC 3261, 17.1.1.3?",
				zh = "`src=bob cseq=INVITE,CANCEL kind=send to=12s` 是 Bob 的话机的响应：各对应哪个请求，其中哪个响应还要确认，RFC 3261 第 17.1.1.3 节？" },
		},
	},
}

task {
	goal = {
		{ "Bob's phone says 486", zh = "Bob 的话机返回 486",
			function(t) return t:first "kind=send src=bob status=486" ~= nil, t:first "kind=send src=bob status=486" end },
		{ "the proxy forwards the call to the voice mail, and cancels nothing", zh = "代理服务器把呼叫转给语音信箱，不发送 CANCEL",
			function(t)
				local r = t:first "kind=send method=INVITE src=proxy dst=vm"
				return r ~= nil and t:count "kind=send method=CANCEL" == 0, r
			end },
		{ "Alice gets no 486", zh = "Alice 没有收到 486",
			function(t) return t:count "kind=recv dst=alice status=486" == 0 end },
		{ "Bob's phone is told that a message is waiting", zh = "Bob 的话机得知有留言",
			function(t)
				return t:first("kind=recv dst=bob method=NOTIFY", function(n)
					return n.of.text:find "Messages%-Waiting: yes"
				end)
			end, rule = "notify-change" },
	},
	points = 3,
	hint = { "docs/TOPOLOGY.md has the attribute with which a `ua` rejects every call with 486; set it before `script`. The topology already says where such calls are forwarded: see `method=INVITE src=proxy`.", zh = "docs/TOPOLOGY.md 中 `ua` 有一个属性，使它以 486 拒绝每个呼叫；在 `script` 之前设置。这样的呼叫转到哪里，拓扑中已写明：看 `method=INVITE src=proxy`。" },
}
