-- The tasks of conference-key; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "lan--alice.delay=5ms..60ms:5ms", "seed=1..999:1" }

local function answered(t)
	return t:first "kind=send status=200 src=conf dst=alice cseq=INVITE"
end

local function moved(t)
	return t:first "kind=send method=INVITE src=conf dst=alice"
end

local function pressed(t)
	return t:first "kind=send method=INFO src=alice"
end

-- What is told to PHONE of WHOM, as a list of NOTIFYs with the user's part.
local function news(t, phone, whom)
	local list = {}
	for _, r in ipairs(t:all("kind=send method=NOTIFY src=conf dst=" .. phone)) do
		local user = r.text:match("<user entity=\"sip:" .. whom .. "@.-</user>")
		if user then list[#list + 1] = { r = r, user = user } end
	end
	return list
end

local function muted(t, phone, whom)
	for _, n in ipairs(news(t, phone, whom)) do
		if n.user:find("muted-via-focus", 1, true) then return n end
	end
end

task {
	choice = {
		{ "its own URI with isfocus: the key only opens the door", zh = "带 isfocus 的自己的 URI：按键只是开门",
			why = { "Read the Contact to its end.", zh = "把 Contact 读到末尾。" } },
		{ "its own URI without isfocus, since it is a call like any other", zh = "自己的 URI，不带 isfocus，因为这是普通的呼叫", right = true },
		{ "the conference's URI: only the voice asks for the key", zh = "会议的 URI：只有语音在要求按键",
			why = { "The conference has none yet: nobody has asked for one.", zh = "会议还没有 URI：还没有人要求建立它。" } },
		{ "none at all: nobody can subscribe before the key", zh = "没有 Contact：按键之前谁也不能订阅",
			why = { "A 2xx without a Contact would leave the ACK nowhere to go.", zh = "没有 Contact 的 2xx 会使 ACK 无处可去。" }, rule = "invite-2xx-contact" },
	},
	rule = "conference-focus",
	records = answered,
}

task {
	find = {
		node = "conf",
		rule = "conference-apply",
		record = function(t)
			return t:all "node=conf kind=note,fsm rule=conference-apply"
		end,
	},
	points = 2,
	why = { "Look at what the focus does between the INFO and the INVITE that it sends; `rung explain` with the number names the rule.",
		zh = "看焦点在 INFO 与它发出的 INVITE 之间做了什么；用编号运行 `rung explain`，会给出规则。" },
	hint = { "Between `INFO@alice` and the INVITE look at `node=conf kind=fsm,note from=4s to=5s`: NIST and ICT are transactions, and only one note is about the key.",
		zh = "在 `INFO@alice` 与 INVITE 之间看 `node=conf kind=fsm,note from=4s to=5s`：NIST、ICT 是事务，还有一条备注只说按键。" },
	others = {
		{
			find = {
				node = "conf",
				rule = "conference-mute",
				record = function(t) return t:first "node=conf kind=fsm rule=conference-mute" end,
			},
			why = { "Look at what the focus does at 16 s before it sends the NOTIFY; `rung explain` with the number names the rule.",
				zh = "看 16 s 时焦点发出消息之前做了什么；用编号运行 `rung explain`，会给出规则。" },
			hint = { "`machine=participant to=17s` has the steps of all participants; what is Bob's last step?",
				zh = "`machine=participant to=17s` 有所有参与者的各步；Bob 的最后一步是什么？" },
			ask = { "Which step of the focus mutes Bob? `node=… rule=… record=…`.\n\n    rung show conference-key node=conf from=16s to=17s",
				zh = "焦点的哪一步使 Bob 静音？`node=… rule=… record=…`。\n\n    rung show conference-key node=conf from=16s to=17s" },
		},
		{
			find = {
				node = "conf",
				rule = "conference-delete",
				record = function(t) return t:all "kind=send method=BYE src=conf" end,
			},
			why = { "The focus sends it to each of the two; `rung explain` with the number gives the reason.",
				zh = "焦点向两人各发送一条；用编号运行 `rung explain`，会说明原因。" },
			hint = { "After `BYE@alice` the focus sends requests to the two who are left: `src=conf from=32s`.",
				zh = "`BYE@alice` 之后，焦点向剩下的两人发送请求：`src=conf from=32s`。" },
			ask = { "Alice leaves, and the focus hangs up on Bob and Carol. Find one of the messages by which it does so, and its rule: `node=… rule=… record=…`.\n\n    rung show conference-key node=conf from=32s",
				zh = "Alice 离开，Bob 和 Carol 被挂断。找出为此发送的一条消息及其规则：`node=… rule=… record=…`。\n\n    rung show conference-key node=conf from=32s" },
		},
	},
}

task {
	time = function(t)
		return t:first("kind=recv method=NOTIFY dst=alice").time - pressed(t).time
	end,
	tolerance = "1ms",
	points = 2,
	rule = "notify-at-once",
	wrong = {
		{ function(t) return moved(t):arrival().time - pressed(t).time end,
			why = { "That is the time until the INVITE with isfocus arrives. It does not say who is in the conference.", zh = "那是带 isfocus 的 INVITE 到达所需的时间。谁在会议中，还没有告诉她。" } },
		{ function(t) return t:first("kind=send method=NOTIFY dst=alice").time - pressed(t).time end,
			why = { "That is when the NOTIFY is sent. When does it arrive?", zh = "那时 NOTIFY 刚发出。它何时到达？" } },
	},
	why = { "Count from the INFO of Alice's phone to the first NOTIFY that reaches it.", zh = "从 Alice 的话机发出 INFO，到第一个 NOTIFY 到达它。" },
	records = function(t) return { pressed(t), t:first "kind=recv method=NOTIFY dst=alice" } end,
	hint = { "From `INFO@alice` to the first `kind=recv method=NOTIFY node=alice`.", zh = "从 `INFO@alice` 到第一个 `kind=recv method=NOTIFY node=alice`。" },
}

task {
	choice = {
		{ "a re-INVITE in which his stream is recvonly", zh = "一个 re-INVITE，其中他的媒体流是 recvonly",
			why = { "From 16 s to 20 s his phone gets no INVITE.", zh = "从 16 s 到 20 s，他的话机没有收到 INVITE。" } },
		{ "an INFO, as that which Alice's key was told by", zh = "一个 INFO，如同告知 Alice 按键的那个",
			why = { "INFO reports the keys pressed on the other phone, nothing about streams.", zh = "INFO 说的是对方按了什么键，与媒体流无关。" } },
		{ "nothing: only the NOTIFYs of the subscription say so", zh = "什么也没有：只有订阅的消息说明这一点", right = true },
		{ "an UPDATE without an offer, which holds his call", zh = "一个没有提议的 UPDATE，使他的呼叫保持",
			why = { "His phone continues to send, and hears the others. Nobody puts the call on hold.", zh = "他的话机照样发送，也听得到其他人。没有谁在保持它。" } },
	},
	rule = "conference-mute",
	hint = { "What he gets then belongs to a dialog: is it that of `INVITE@conf#2`, or the one that `SUBSCRIBE@bob` has created?", zh = "那时到达他的属于一个对话：是 `INVITE@conf#2` 的，还是 `SUBSCRIBE@bob` 建立的？" },
	ahead = function(t) return t:first "kind=send dst=bob from=16s" end,
}

task {
	text = function(t)
		return muted(t, "alice", "bob").user:match "<media.-<status>(.-)</status>"
	end,
	rule = "conference-document",
	wrong = {
		{ "sendonly", why = { "That would be the view of the focus. The document gives the view of the participant.", zh = "那是从焦点的角度说的。文档说的是用户自己的媒体流。" } },
		{ "inactive", why = { "He hears the others.", zh = "他听得到其他人。" } },
		{ "muted-via-focus", why = { "That is the state of his endpoint. A stream has its own status.", zh = "那是他的端点的状态。媒体流另有自己的状态。" } },
		{ "sendrecv", why = { "That is the value before and after the mute.", zh = "之前如此，之后又如此。" } },
	},
	why = { "Look in the document that reports that Bob is muted: the `status` within his `media`.", zh = "在说明 Bob 被静音的文档中，看他的 `media` 里的 `status`。" },
	records = function(t) return muted(t, "alice", "bob").r end,
	hint = { "RFC 4575 5.8.5 describes `media` in the body of the NOTIFY at 16 s.",
		zh = "16 s 的 NOTIFY 消息体中的 `media` 就是 RFC 4575 第 5.8.5 节所说的。" },
	others = {
		{
			text = function(t)
				local list = news(t, "alice", "bob")
				return list[#list].user:match "<media.-<status>(.-)</status>"
			end,
			rule = "conference-document",
			wrong = {
				{ "recvonly", why = { "That was the value while he was muted.", zh = "那是他被静音期间的状态。" } },
				{ "connected", why = { "That is the state of his endpoint. A stream has its own status.", zh = "那是他的端点的状态。媒体流另有自己的状态。" } },
			},
			why = { "Look in the last document that contains Bob: the `status` within his `media`.",
				zh = "在最后一份写有 Bob 的文档中，看他的 `media` 里的 `status`。" },
			hint = { "A user has two `status` elements: that of his `endpoint`, and within it that of his `media`, which is the one in question. Compare it with `-m method=NOTIFY dst=alice from=16s to=17s`.",
				zh = "一个用户有两个 `status`：`endpoint` 的，以及其中 `media` 的，问的是后者。与 `-m method=NOTIFY dst=alice from=16s to=17s` 对照。" },
			ask = { "The NOTIFY to Alice's phone at 24 s is about Bob again. Which status does his stream have now?\n\n    rung show conference-key -m method=NOTIFY dst=alice from=24s to=25s",
				zh = "24 s 时 Alice 的话机得知的又与 Bob 有关。现在他的媒体流是什么状态？\n\n    rung show conference-key -m method=NOTIFY dst=alice from=24s to=25s" },
		},
		{
			text = function(t) return muted(t, "alice", "bob").user:match "<endpoint.-<status>(.-)</status>" end,
			rule = "conference-mute",
			wrong = {
				{ "recvonly", why = { "That is the status of his stream.", zh = "那是他的媒体流的状态。" } },
				{ "connected", why = { "That is the value before and after the mute.", zh = "之前如此，之后又如此。" } },
				{ "on-hold", why = { "Nobody puts his call on hold.", zh = "没有谁保持他的呼叫。" } },
			},
			why = { "Look in the document of 16 s: the `status` within his `endpoint`, before that of `media`.",
				zh = "在 16 s 的文档中，看他的 `endpoint` 里、`media` 之前的 `status`。" },
			hint = { "RFC 4575 5.7.3 lists the words; `from=16s method=NOTIFY dst=alice` has one of them.",
				zh = "这些词列在 RFC 4575 第 5.7.3 节；`from=16s method=NOTIFY dst=alice` 中有其一。" },
			ask = { "Alice's phone is told about it: which status does Bob's endpoint have there?\n\n    rung show conference-key -m method=NOTIFY dst=alice from=16s to=20s",
				zh = "在 Alice 的话机由此得知的内容中，Bob 的端点是什么状态？\n\n    rung show conference-key -m method=NOTIFY dst=alice from=16s to=20s" },
		},
	},
}

-- What is told of Carol last is that she is connected; she was muted before, and
-- hung up in between.
local function comes_back(t)
	local list, m = news(t, "alice", "carol"), muted(t, "alice", "carol")
	local last, left = list[#list], false
	if m == nil then return false end
	for _, r in ipairs(t:all "kind=send method=BYE node=carol") do
		left = left or (r.seq > m.r.seq and r.seq < last.r.seq)
	end
	return left and last.user:find("<status>connected<", 1, true) ~= nil, last.r
end

task {
	goal = {
		{ "Alice has a conference at once, without a key", zh = "Alice 不按键就立即有了会议",
			function(t)
				local r = answered(t)
				return r ~= nil and t:count "method=INFO kind=send" == 0 and
					r:header("Contact"):find("isfocus", 1, true) ~= nil, r
			end,
			rule = "conference-create",
			why = { "The behaviour of the factory is an attribute of the node; a script can change it before she calls.", zh = "工厂做什么是节点的属性；脚本可以在她呼叫之前改变它。" } },
		{ "Carol is muted by the focus, and Alice's phone is told", zh = "Carol 被焦点静音，而且 Alice 的话机得知",
			function(t)
				local m = muted(t, "alice", "carol")
				return m ~= nil, m and m.r
			end, rule = "conference-mute" },
		{ "in the end she is heard again, though nobody has unmuted her", zh = "最后又听得到她，而没有人取消静音",
			function(t)
				local ok, r = comes_back(t)
				local unmuted = t:first "kind=act verb=unmute"
				return ok and unmuted == nil, unmuted or r
			end,
			why = { "She is muted for as long as she is in the conference.", zh = "她被静音，只持续到她离开会议为止。" } },
	},
	points = 3,
}
