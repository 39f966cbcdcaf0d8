-- The tasks of dtmf; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "px--phone.delay=5ms..40ms:5ms", "seed=1..999:1" }

-- The digits that NODE has heard, in order.
local function heard(t, node)
	local digits = ""
	for _, r in ipairs(t:all("kind=note node=" .. node)) do
		digits = digits .. (r.text:match "^DTMF (.)" or "")
	end
	return digits
end

-- The INFOs with digits that Bob's phone sends.
local function from_bob(t)
	return t:all "method=INFO src=bob kind=send"
end

local function refused(t)
	return t:first "status=500 src=bob kind=send"
end

task {
	text = function(t) return { heard(t, "bob") } end,
	wrong = {
		{ { "12#", "1 2 #", "1,2,#" }, why = { "These were pressed. One of the INFOs was answered with 500: its digit was not accepted.",
			zh = "这是按下的键。有一个 INFO 得到 500：它的内容没有被采纳。" }, rule = "dialog-cseq" },
		{ { "1#2", "1,#,2" }, why = { "The INFO with the 2 arrives after the #, but it is rejected.", zh = "带 2 的 INFO 在 # 之后到达，但被拒绝。" }, rule = "dialog-cseq" },
		{ "1", why = { "The # was accepted as well, before.", zh = "# 也到了，而且先到。" } },
		{ { "7#", "7" }, why = { "Those are the digits that the mailbox has pressed.", zh = "那是它自己按的。" } },
	},
	rule = "info-digit",
	why = { "The notes of the mailbox show what it received, not the INFOs that were sent: read them in the order of the records.",
		zh = "听到了什么写在语音信箱的 note 里，而不在发送的 INFO 里：按记录的顺序读。" },
	records = function(t) return t:all "kind=note node=bob" end,
	hint = { "`rule=info-digit node=bob` has a note for each digit that was accepted.", zh = "每个被采纳的按键，`rule=info-digit node=bob` 有一条备注。" },
	others = {
		{
			text = function(t)
				local digits = ""
				for _, r in ipairs(t:all "method=INFO kind=recv dst=bob src=px") do
					digits = digits .. (r.body:match "Signal=(.)" or "")
				end
				return digits
			end,
			rule = "nict-timer-e",
			records = function(t) return t:all "method=INFO kind=recv dst=bob src=px" end,
			wrong = {
				{ "12#", why = { "That is the order in which they were pressed. One of them was lost at first.", zh = "那是按下的顺序。其中一个起初丢失了。" } },
				{ "1#", why = { "Those were accepted. What else arrived?", zh = "那是被采纳的。此外还到了什么？" } },
			},
			why = { "Read the bodies of the INFOs in the order in which they arrive at Bob's phone: each has one digit.",
				zh = "按到达 Bob 的话机的顺序读 INFO 的消息体：每个有一个按键。" },
			hint = { "`method=INFO dst=bob kind=recv` has them; one was retransmitted by `rule=nict-timer-e`.",
				zh = "它们在 `method=INFO dst=bob kind=recv` 中；其中一个由 `rule=nict-timer-e` 重传。" },
			ask = { "Which digits arrive at Bob's phone, accepted or not? Write them in the order in which they arrive.\n\n    rung show dtmf -m method=INFO dst=bob",
				zh = "哪些按键到达 Bob 的话机，不论是否被采纳？按到达的顺序写出。\n\n    rung show dtmf -m method=INFO dst=bob" },
		},
		{
			text = function(t)
				local r = t:first("method=INFO kind=recv dst=bob src=px", function(r) return r.body:find "Signal=2" end)
				return { r:header("CSeq"):match "%d+", r:header "CSeq" }
			end,
			rule = "dialog-cseq",
			records = refused,
			wrong = {
				{ { "4", "4 INFO" }, why = { "That is the CSeq of the #, which arrived before.", zh = "那是先到的 # 的编号。" } },
				{ { "2", "2 INFO" }, why = { "That is the CSeq of the 1.", zh = "那是 1 的编号。" } },
			},
			why = { "Its response has the same CSeq: read that of the 500.",
				zh = "对它的响应照抄了编号：读 500 的 CSeq。" },
			hint = { "`500@bob` has it; compare it with what `method=INFO dst=bob` had before.",
				zh = "它在 `500@bob` 中；与 `method=INFO dst=bob` 中此前的比较。" },
			ask = { "What is the CSeq number of the INFO that Bob's phone rejects?\n\n    rung show dtmf -m method=INFO dst=bob",
				zh = "Bob 的话机拒绝的 INFO，其 CSeq 的编号是多少？\n\n    rung show dtmf -m method=INFO dst=bob" },
		},
	},
}

task {
	choice = {
		{ "It continues: a rejected INFO fails by itself.", zh = "继续：失败的只是被拒绝的那个 INFO。", right = true },
		{ "It ends with the first 500, as a dialog does with a 481.", zh = "随第一个 500 结束，就像对话随 481 结束。", rule = "info-refused",
			why = { "There are twenty more messages in it. A 481 has that effect, a 500 does not.", zh = "之后它还有许多消息。481 有此含义，500 没有。" } },
		{ "After the third rejection the phones hang up.", zh = "第三次拒绝之后话机挂断。", rule = "info-refused",
			why = { "Bob hangs up a second later, because the script says so.", zh = "一秒后 Bob 挂断，是因为脚本这样写。" } },
		{ "The sound stops until a digit is accepted; the dialog stays.", zh = "声音停止，直到有数字被接受；对话保留。", rule = "info-refused",
			why = { "INFO does not affect the session: only an offer and its answer change it.", zh = "INFO 与会话无关：只有提议和应答才改变会话。" } },
	},
	rule = "info-refused",
	records = function(t) return { refused(t), t:first "status=469 kind=send", t:first "status=415 kind=send", t:first "method=BYE kind=send" } end,
	ahead = true,
}

task {
	choice = {
		{ "The # that came before it has the higher CSeq.", zh = "它的 CSeq 比先到的 # 的还小。", right = true },
		{ "It retransmits an INFO that came before, and retransmissions are rejected.", zh = "它重传先到的 INFO，而重传会被拒绝。",
			why = { "Bob's phone has never received it before: the first was lost. A retransmission would get the same response again.",
				zh = "Bob 的话机以前没见过它：第一个丢失了。真正的重复会得到同样的响应。" }, rule = "nist-request" },
		{ "500 says that Bob's phone is broken and accepts no more INFOs.", zh = "500 表示 Bob 的话机坏了，不再接收 INFO。",
			why = { "It has answered the earlier and the later ones. `rung explain` gives the reason.",
				zh = "之前和之后的请求它都响应了。原因写在解释中。" }, rule = "dialog-cseq" },
		{ "It came too late, more than 500 ms after it was pressed.", zh = "它来得太晚，距按键已超过 500 ms。",
			why = { "No node knows when it was pressed. Without the # before it, it would have been accepted.",
				zh = "没有人知道它何时按下。如果之前没有 #，它会被采纳。" }, rule = "dialog-cseq" },
	},
	rule = "dialog-cseq",
	records = refused,
	hint = { "Compare `500@bob` with the INFO that came before it in `method=INFO dst=bob kind=recv to=5s`; RFC 3261 12.2.2 has the rule.", zh = "把 `500@bob` 与 `method=INFO dst=bob kind=recv to=5s` 中在它之前到达的 INFO 比较；规则见 RFC 3261 第 12.2.2 节。" },
}

task {
	time = function(t) return from_bob(t)[2].time - from_bob(t)[1].time end,
	tolerance = 0.0015,
	points = 2,
	rule = "info-send",
	wrong = {
		{ 0.15, why = { "That is the time between the keys of the handset. Bob's phone waits for something else.", zh = "那是话机按键的间隔。Bob 的话机等的是别的。" } },
		{ 0.16, why = { "That is the Duration in the body: the length of the tone.", zh = "那是消息体中的 Duration：音调持续多久。" } },
		{ 0.5, why = { "That is Timer E; nothing was lost here.", zh = "那是定时器 E；这里什么也没有丢失。" } },
		{ 0, why = { "They are pressed at the same time, but not sent at the same time.", zh = "它们同时按下，但不是同时发出。" } },
	},
	why = { "Take the times at which Bob's two INFOs are sent. What must arrive before the second may be sent?",
		zh = "取 Bob 的两个 INFO 的发送时刻。第二个发出之前，必须先有什么到达？" },
	records = function(t)
		return { from_bob(t)[1], t:first "cseq=INFO status=200 dst=bob kind=recv", from_bob(t)[2] }
	end,
	hint = { "`INFO@bob` and `INFO@bob#2`: one `kind=recv` of Bob's phone is between them and permits the second.",
		zh = "`INFO@bob` 与 `INFO@bob#2`：两者之间有 Bob 的话机的一条 `kind=recv`，第二个由它放行。" },
}

task {
	find = {
		node = "phone",
		rule = "info-package",
		record = function(t)
			local r = t:first "status=469 kind=send src=phone"
			return { r, r:arrival() }
		end,
	},
	why = { "Look for what comes from the handset at 9.7 s; `rung explain` with its number names the rule.",
		zh = "看 9.7 s 时话机发出的是什么；用它的编号运行 `rung explain`，会给出规则。" },
	hint = { "`INFO@bob#3` belongs to a package; `src=phone from=9s` begins with the response to it.",
		zh = "`INFO@bob#3` 属于一个包；`src=phone from=9s` 以对它的响应开头。" },
	others = {
		{
			text = { "Recv-Info", "Recv-Info:", "Recv-Info: voicebox" },
			rule = "info-package",
			wrong = {
				{ { "Info-Package", "Info-Package: voicebox" }, why = { "That is in the INFO, and says to which package it belongs.", zh = "它在 INFO 中，说明属于哪个包。" } },
				{ "Allow", why = { "It has INFO in Allow; that says nothing about packages.", zh = "Allow 中有 INFO；但这不说明任何包。" } },
				{ { "Supported", "Require" }, why = { "Packages are not option tags; they have a separate field.", zh = "包不是选项标签；它有自己的字段。" } },
				{ { "Accept", "Content-Type" }, why = { "That is about types of bodies: it would cause a 415.", zh = "那是消息体的类型：与它有关的是 415。" } },
			},
			why = { "RFC 6086 has two header fields of its own: one in the INFO, and one that lists the packages that a phone accepts.",
				zh = "RFC 6086 有两个自己的字段：一个在 INFO 中，另一个列出愿意接收的包。" },
			records = function(t) return { t:first "method=INVITE src=phone kind=send", t:first "status=469 kind=send" } end,
			hint = { "RFC 6086 5.2.2 has its name; `INVITE@phone` lacks it.",
				zh = "它的名称见 RFC 6086 第 5.2.2 节；`INVITE@phone` 中没有它。" },
			ask = { "The handset rejects an INFO of the package `voicebox`. In which header field of its INVITE would it have had to announce the package (RFC 6086, section 5.2)?\n\n    rung show dtmf -m status=469\n    rung show dtmf -m method=INVITE src=phone",
				zh = "话机拒绝包 `voicebox` 的 INFO。它本应在 INVITE 的哪个头字段中声明这个包（RFC 6086 第 5.2 节）？\n\n    rung show dtmf -m status=469\n    rung show dtmf -m method=INVITE src=phone" },
		},
		{
			find = {
				node = "bob",
				rule = "dialog-cseq",
				record = function(t) return { refused(t), refused(t):arrival() } end,
			},
			why = { "Look for the response to the retransmitted INFO; `rung explain` with its number names the rule.",
				zh = "看重传的 INFO 之后返回的是什么；用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Three INFOs reach it before 5 s: `dst=bob method=INFO to=5s`. The last gets a different response.",
				zh = "5 s 之前有三个 INFO 到达它：`dst=bob method=INFO to=5s`。最后一个的响应不同。" },
			ask = { "Bob's phone rejects the `2`. Find the message by which it does so: `node=… rule=… record=…`.\n\n    rung show dtmf node=bob from=4s to=5s",
				zh = "Bob 的话机拒绝 `2`。找出这样做的消息：`node=… rule=… record=…`。\n\n    rung show dtmf node=bob from=4s to=5s" },
		},
	},
}

task {
	goal = {
		{ "the second INFO of the handset is lost once", zh = "话机的第二个 INFO 丢失一次",
			function(t)
				local d = t:first "kind=drop method=INFO src=phone"
				return d ~= nil and d.of.text:find "Signal=2" ~= nil, d
			end,
			why = { "Leave the fault of the lab in the script.", zh = "脚本中请保留实验的故障。" } },
		{ "the voice mailbox receives 1, 2 and #, in this order", zh = "语音信箱依次听到 1、2 和 #",
			function(t) return heard(t, "bob"):find("12#", 1, true) == 1, t:last "kind=note node=bob" end,
			why = { "The # must not be sent before the 2 has arrived.", zh = "2 到达之前，# 不能发出。" }, rule = "info-send" },
		{ "no INFO is rejected with 500", zh = "没有 INFO 被 500 拒绝",
			function(t) return t:count "status=500 kind=send" == 0, refused(t) end, rule = "dialog-cseq" },
	},
	points = 3,
	hint = { "`node=phone name=E op=fire to=5s` is when the lost one is sent again: how long after the press of its key is that?", zh = "`node=phone name=E op=fire to=5s` 是丢失的那个重传之时：那是按下该键之后多久？" },
}
