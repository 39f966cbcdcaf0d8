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
			why = { "Bob is called in another call: compare the two values.",
				zh = "找 Bob 的是另一个呼叫：比较两处的值。" } },
		{ "Contact: there her phone is to be reached from now on", zh = "Contact：从此她的话机在那里可以找到",
			why = { "What Bob's phone sends must go to the B2BUA: it is the other end of his dialog.",
				zh = "Bob 的话机的请求要发到设备：它是该对话的另一端。" } },
		{ "Subject: the B2BUA does not need to know what it is about", zh = "Subject：设备对呼叫的主题没有意见", right = true },
		{ "Supported: what her phone can do, he has to know", zh = "Supported：她的话机会什么，他必须知道",
			why = { "The B2BUA is his peer: each side says what it supports itself.",
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
		{ { "c", "c=" }, why = { "That is still the address of Alice's phone: the media do not pass the B2BUA.",
			zh = "那仍是 Alice 话机的地址：媒体不经过设备。" } },
		{ { "m", "m=" }, why = { "The port and the codecs are the same; a B2BUA with `codecs=` would change this.",
			zh = "端口和编解码器都相同；设置了 `codecs=` 的设备才会修改它。" } },
		{ "Content-Length", why = { "It counts the body, and is not a line of it.", zh = "它说明消息体的长度，不是其中的一行。" } },
	},
	why = { "Compare the two bodies: one line names who has made the description, and counts its versions.",
		zh = "把两个消息体并排对照：有一行说明描述是谁作的，并给版本计数。" },
	records = function(t) return { invite(t, "box"), invite(t, "bob") } end,
	hint = { "Compare the bodies of `-m method=INVITE to=2s`: RFC 4566 has a line for who has made a description, and RFC 6337, 5 says what that means for a B2BUA.",
		zh = "把 `-m method=INVITE to=2s` 的两个消息体并排：RFC 4566 有一行说明描述是谁作的；这对中间设备意味着什么，见 RFC 6337 第 5 节。" },
	others = {
		{
			text = { "Max-Forwards", "Max-Forwards:" },
			ask = { "Which header field is in both INVITEs of the first second, and is one less in the second of them?\n\n    rung show what-a-box-changes -m method=INVITE to=2s",
				zh = "第一秒内的两个 INVITE 都有、而第二个比第一个少一的，是哪个头字段？\n\n    rung show what-a-box-changes -m method=INVITE to=2s" },
			wrong = {
				{ "CSeq", why = { "Each side starts its own count.", zh = "每一侧都重新开始计数。" } },
				{ "Content-Length", why = { "It counts bytes, and the difference is more than one.", zh = "它以字节计，相差不止一。" } },
				{ "Via", why = { "The B2BUA has removed Alice's.", zh = "设备去掉了 Alice 的那个。" } },
				{ "Session-Expires", why = { "The B2BUA itself has asked for that.", zh = "那是设备自己的要求。" } },
			},
			rule = "pair-hops",
			why = { "Compare the two heads: a proxy would have changed this number as well.",
				zh = "把两个头部并排对照：有一个数是代理服务器也会改的。" },
			hint = { "RFC 7332, section 5, requires it of B2BUAs, so that calls do not go round for ever: `-m method=INVITE to=2s`.",
				zh = "RFC 7332 第 5 节要求设备这样做，以免呼叫无限循环：`-m method=INVITE to=2s`。" },
			records = function(t) return { invite(t, "box"), invite(t, "bob") } end,
		},
		{
			text = { "100rel" },
			ask = { "Which option tag is in the Supported of the B2BUA and not in Alice's, so that Bob's phone may ask for a PRACK?\n\n    rung show what-a-box-changes -m method=INVITE to=2s",
				zh = "设备的 Supported 中有、而 Alice 的没有的，是哪个选项标签，使 Bob 的话机可以要求 PRACK？\n\n    rung show what-a-box-changes -m method=INVITE to=2s" },
			wrong = {
				{ { "timer", "replaces", "join", "path", "199" }, why = { "Both have that.", zh = "两者都有它。" } },
				{ "PRACK", why = { "That is a method, and is in Allow.", zh = "那是方法，写在 Allow 中。" } },
			},
			rule = "pair-call",
			why = { "Compare the lists of the two Supported fields.",
				zh = "比较两个 Supported 字段的列表。" },
			hint = { "RFC 3262 has an option tag of its own, and by RFC 7092, 3.1.2 a B2BUA only gives what it supports itself: compare Supported in `-m method=INVITE to=2s`.",
				zh = "RFC 3262 有自己的选项标签，而按 RFC 7092 第 3.1.2 节，中间设备以自己的名义说话：比较 `-m method=INVITE to=2s` 中的 Supported。" },
			records = function(t) return { invite(t, "box"), invite(t, "bob") } end,
		},
	},
}

task {
	number = function(t) return #refreshes(t) end,
	rule = "pair-call",
	wrong = {
		{ function(t) return t:count "kind=send method=UPDATE src=alice" end,
			why = { "That is how many Alice's phone sends. The B2BUA has answered them without asking.",
				zh = "那是 Alice 的话机发送的个数。设备自己响应了它们，没有问别人。" } },
		{ function(t) return t:count "kind=send method=UPDATE" end,
			why = { "That is the number on both sides together.", zh = "那是两侧之和。" } },
		{ 0, why = { "Alice's do not reach him; but his session has a timer, too.", zh = "Alice 的到不了他；但他的会话也有定时器。" } },
	},
	why = { "Count the UPDATEs that arrive at `bob`. They have their own times: half of what the B2BUA and Bob's phone have agreed on.",
		zh = "数到达 `bob` 的 UPDATE。它们有自己的节拍：设备与 Bob 的话机所商定时间的一半。" },
	records = refreshes,
	hint = { "A session timer belongs to a dialog; that of the B2BUA is in `Session-Expires` of `-m method=INVITE dst=bob to=2s`.",
		zh = "会话定时器属于对话；设备的写在 `-m method=INVITE dst=bob to=2s` 的 `Session-Expires` 中。" },
	ahead = true,
}

task {
	draw = "cseq=BYE kind=send",
	points = 2,
	rule = "pair-bye",
	hint = { "`kind=call from=295s` has what happens to each half of the call, and when: which half ends before Bob's phone has received anything, RFC 7092, 3.1.2?",
		zh = "`kind=call from=295s` 显示呼叫的每一半何时变成什么：谁的那一半在 Bob 的话机得知任何事情之前就结束，RFC 7092 第 3.1.2 节？" },
	others = {
		{
			draw = "cseq=INFO",
			ask = { "Draw how the digit gets from Alice to Bob, every INFO and every answer to one: one line for each, such as `alice -> box BYE`. Does the B2BUA answer here before it has asked?\n\n    rung show what-a-box-changes cseq=INFO kind=send",
				zh = "画出数字怎样从 Alice 到 Bob：每个 INFO 和对它的每个响应，每条一行，如 `alice -> box BYE`。这里设备是先响应再询问的吗？\n\n    rung show what-a-box-changes cseq=INFO kind=send" },
			rule = "pair-pass",
			hint = { "Open `200/INFO@box`: its rule, RFC 7092 3.1.2, says whether a B2BUA answers such a request by itself, and so what it must receive before.",
				zh = "打开 `200/INFO@box`：它的规则（RFC 7092 3.1.2）说明设备是否自己响应这样的请求，由此可知此前什么必须先到达它。" },
		},
		{
			draw = "cseq=INVITE,ACK from=4500ms",
			ask = { "Draw how Alice puts Bob on hold, both INVITEs and their responses and ACKs: one line for each, such as `alice -> box BYE`. Which node receives the first ACK?\n\n    rung show what-a-box-changes cseq=INVITE,ACK kind=send from=4500ms",
				zh = "画出 Alice 怎样保持 Bob：两个 INVITE 以及属于它们的一切，每条一行，如 `alice -> box BYE`。第一个 ACK 发给谁？\n\n    rung show what-a-box-changes cseq=INVITE,ACK kind=send from=4500ms" },
			rule = "invite-ack",
			hint = { "`node=bob cseq=INVITE,ACK from=4500ms kind=send` is Bob's half. The B2BUA has an answer for Alice only when that half has one; the ACK of that half does not wait for hers, RFC 3261, 13.2.2.4.",
				zh = "`node=bob cseq=INVITE,ACK from=4500ms kind=send` 是 Bob 的一半。这一半有了响应，B2BUA 才能响应 Alice；这一半的 ACK 并不等她的 ACK，RFC 3261 第 13.2.2.4 节。" },
		},
	},
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
	hint = { "`180@bob` has an RSeq; `dst=bob kind=recv from=1s to=2s` is what his phone receives. Which of these repeats the number in a field of its own, RFC 3262, 7.2?",
		zh = "`180@bob` 有 RSeq；`dst=bob kind=recv from=1s to=2s` 是他的话机收到的。其中哪个在自己的字段中重复这个数，RFC 3262 第 7.2 节？" },
	others = {
		{
			draw = "cseq=PRACK",
			ask = { "Draw the additional messages because Bob's phone wants its 180 to be reliable: the request that acknowledges it, and the answer to that, one line for each, such as `alice -> box ACK`. Why does Alice's phone see none of them?\n\n    rung show what-a-box-changes kind=send from=1s to=2s",
				zh = "画出 Bob 的话机要求 180 必须到达所引起的消息：确认它的请求以及对该请求的响应，每条一行，如 `alice -> box ACK`。为什么 Alice 的话机看不到它们？\n\n    rung show what-a-box-changes kind=send from=1s to=2s" },
			rule = "prack-send",
			hint = { "RFC 3262 applies to one dialog: `node=bob kind=send from=1s to=2s`.",
				zh = "RFC 3262 是单个对话的事：`node=bob kind=send from=1s to=2s`。" },
		},
		{
			draw = "status=180",
			ask = { "Draw every 180, one line for each, such as `alice -> box ACK`. Which of them has an RSeq?\n\n    rung show what-a-box-changes -m status=180",
				zh = "画出每个 180，每条一行，如 `alice -> box ACK`。其中哪一个有 RSeq？\n\n    rung show what-a-box-changes -m status=180" },
			rule = "reliable-send",
			hint = { "Compare `180@bob` with `180@box`: which node has made each, to which is it sent, and which has Require, RFC 3262, 3?",
				zh = "把 `180@bob` 与 `180@box` 并排：各由谁产生、发给谁，哪一个有 Require，RFC 3262 第 3 节？" },
		},
	},
}

task {
	goal = {
		{ "Alice's phone acknowledges the 180 of the B2BUA with a PRACK", zh = "Alice 的话机用 PRACK 确认设备的 180",
			function(t)
				local r = t:first "kind=send method=PRACK src=alice dst=box"
				return r ~= nil, r
			end, rule = "prack-send" },
		{ "no PRACK is sent to Bob's phone, and his 180 has no RSeq", zh = "没有 PRACK 发往 Bob 的话机，他的 180 没有 RSeq",
			function(t)
				local r, ring = t:first "kind=send method=PRACK dst=bob", t:first "kind=send status=180 src=bob"
				return r == nil and ring ~= nil and ring:header "RSeq" == nil, r or ring
			end },
		{ "the digit reaches Bob's phone, in the B2BUA's own dialog", zh = "数字在设备自己的对话中到达 Bob 的话机",
			function(t)
				local his, hers = t:first "kind=recv method=INFO node=bob", t:first "kind=send method=INFO src=alice"
				return his ~= nil and hers ~= nil and his:header "Call-ID" ~= hers:header "Call-ID", his
			end, rule = "pair-pass" },
	},
	points = 3,
	hint = { "docs/TOPOLOGY.md has the values of `reliable`; `alice:set` and `bob:set` give each phone its own. `method=PRACK,INFO kind=send` must then have one PRACK, which is Alice's, and an INFO on each side.", zh = "docs/TOPOLOGY.md 中有 `reliable` 的各个值；用 `alice:set` 和 `bob:set` 分别设置。之后 `method=PRACK,INFO kind=send` 中应有一个 PRACK，是 Alice 的，两侧各有一个 INFO。" },
}
