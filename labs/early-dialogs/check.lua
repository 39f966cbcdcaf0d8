-- The tasks of early-dialogs; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice--lan.delay=2ms..20ms:2ms", "seed=1..999:1" }

local function to_tag(r)
	return r:header("To"):match "tag=([^;]+)"
end

-- How many early dialogs Alice's phone has at that time, in seconds.
local function early_at(t, time)
	return t:count("kind=dialog node=alice into=early", function(r) return r.time <= time end) -
		t:count("kind=dialog node=alice left=early", function(r) return r.time <= time end)
end

-- The end of the early dialog that lasts longest at Alice's phone.
local function last_end(t)
	return t:last "kind=dialog node=alice left=early into=terminated"
end

local function answered(t)
	return t:first "status=200 cseq=INVITE kind=recv node=alice"
end

task {
	number = function(t) return early_at(t, 2) end,
	unit = { "early dialogs", zh = "个早期对话" },
	rule = "dialog-uac",
	wrong = {
		{ 1, why = { "There is one call and one Call-ID, but each To tag creates its own dialog.",
			zh = "一个呼叫，一个 Call-ID；但每个 To tag 各建立一个对话。" } },
		{ 2, why = { "A dialog needs no session description: the 180 creates one as well.",
			zh = "建立对话不需要会话描述：180 也建立一个。" } },
		{ 0, why = { "A dialog begins with the first response that has a To tag, not with the 200.",
			zh = "对话从第一个带 To tag 的响应开始，而不是从 200 开始。" } },
	},
	why = { "Count the different To tags of the provisional responses that have reached Alice's phone by then.",
		zh = "数到那时为止到达 Alice 的话机的临时响应中不同的 To tag。" },
	records = function(t) return t:all "kind=dialog node=alice to=2s" end,
	ahead = true,
	hint = { "Each record of `kind=dialog node=alice to=2s` is one; `rule=dialog-uac` says what creates it.",
		zh = "`kind=dialog node=alice to=2s` 的每条记录是一个；由什么建立见 `rule=dialog-uac`。" },
	others = {
		{
			number = function(t) return early_at(t, 4) end,
			ahead = true,
			unit = { "early dialogs", zh = "个早期对话" },
			rule = "early-ended",
			wrong = {
				{ 3, why = { "That was the number at 2 s.", zh = "那是 2 s 时的数目。" } },
				{ 0, why = { "No response has ended the call yet.", zh = "还没有响应结束呼叫。" } },
			},
			why = { "Count those that have begun by then and not yet ended: each phone's response begins one, and one phone has rejected.",
				zh = "数到那时已开始而未结束的：每部话机的响应开始一个，而有一部话机已拒绝。" },
			hint = { "Go through `kind=dialog node=alice to=4s`: `into=early` adds one, `left=early` removes one.",
				zh = "逐条看 `kind=dialog node=alice to=4s`：`into=early` 加一，`left=early` 减一。" },
			ask = { "Before you look at the run: how many early dialogs will Alice's phone have at 4 s?\n\n    rung show early-dialogs kind=dialog node=alice to=4s",
				zh = "先不看运行：4 s 时 Alice 的话机有几个早期对话？\n\n    rung show early-dialogs kind=dialog node=alice to=4s" },
		},
		{
			number = function(t) return early_at(t, 6) end,
			ahead = true,
			unit = { "early dialogs", zh = "个早期对话" },
			rule = "dialog-confirmed-uac",
			wrong = {
				{ 0, why = { "The third phone may still answer: another 200 would be for a dialog that is early.", zh = "第三部话机还可能接听：另一个 200 会属于一个早期对话。" } },
				{ 2, why = { "One of these is confirmed by then.", zh = "其中一个那时已是确认的对话。" } },
			},
			why = { "One phone has rejected, one has answered. Does the answer end the other dialogs at Alice's phone (13.2.2.4)?",
				zh = "一部话机拒绝，一部接听。接听会结束 Alice 的话机上其他对话吗（第 13.2.2.4 节）？" },
			hint = { "Which of `kind=dialog node=alice` are still early after `200@px`? RFC 3261 13.2.2.4 says how long.",
				zh = "`200@px` 之后，`kind=dialog node=alice` 中还有哪些是 early？多久见 RFC 3261 第 13.2.2.4 节。" },
			ask = { "Before you look at the run: how many early dialogs will Alice's phone have at 6 s?\n\n    rung show early-dialogs kind=dialog node=alice to=6s",
				zh = "先不看运行：6 s 时 Alice 的话机有几个早期对话？\n\n    rung show early-dialogs kind=dialog node=alice to=6s" },
		},
	},
}

task {
	choice = {
		{ "A 486 is about the server alone, and not about Bob's phones.", zh = "486 说的只是服务器，不是 Bob 的话机。",
			why = { "It is about the desk phone; a 503 is about servers.", zh = "它说的是桌面话机；说服务器的是 503。" } },
		{ "It would end Alice's whole call, though two phones still ring.",
			zh = "它会结束整个呼叫，而两部话机还在振铃。", right = true },
		{ "It must wait first until Alice's phone has sent its ACK.", zh = "它要先等 Alice 的话机发送 ACK。",
			why = { "It has acknowledged the 486 itself, hop by hop.", zh = "它自己逐跳确认了 486。" }, rule = "ict-ack" },
		{ "It drops all answers but the best, which the 486 is not.",
			zh = "除了最好的，它丢弃所有响应，而 486 不是最好的。",
			why = { "It keeps the 486: if nobody answers, it could be the best.",
				zh = "它保留着 486：如果没有人接听，它可能就是最好的。" }, rule = "proxy-final" },
	},
	rule = "proxy-final",
	records = function(t) return { t:get "486@desk", t:first "status=199" } end,
}

task {
	find = {
		node = "alice",
		rule = "early-ended",
		record = function(t) return t:first "kind=dialog node=alice rule=early-ended" end,
	},
	why = { "Her dialogs have their own records. One of them ends when the 199 has arrived: the one with the same To tag.",
		zh = "她的对话各有自己的记录。199 到达之处有一个结束：就是 To tag 相同的那个。" },
	hint = { "Look at `kind=dialog left=early` of her phone, and compare its remote tag with `199@px`.",
		zh = "看她的话机的 `kind=dialog left=early`，把其中的远端 tag 与 `199@px` 比较。" },
	others = {
		{
			find = {
				node = "alice",
				rule = "dialog-early-over",
				record = function(t) return last_end(t) end,
			},
			why = { "It is the last of her early dialogs; its time has run out. `rung explain` with its number names the rule.",
				zh = "它是她最后一个早期对话；那时一段时间已过。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "`kind=dialog left=early node=alice from=30s` shows only this one.",
				zh = "`kind=dialog left=early node=alice from=30s` 中只有它。" },
			ask = { "The phone at home never sends anything more. Find where Alice's phone ends the early dialog with it: `node=… rule=… record=…`.\n\n    rung show early-dialogs kind=dialog node=alice",
				zh = "家里的话机再也没有说什么。找出 Alice 的话机放弃与它的早期对话的记录：`node=… rule=… record=…`。\n\n    rung show early-dialogs kind=dialog node=alice" },
		},
		{
			find = {
				node = "alice",
				rule = "dialog-confirmed-uac",
				record = function(t) return t:first "kind=dialog node=alice rule=dialog-confirmed-uac" end,
			},
			why = { "Its cause is the arrival of the 200. `rung explain` with its number names the rule.",
				zh = "它由 200 的到达引起。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Of `kind=dialog left=early node=alice` it is the one at 5 s.",
				zh = "它是 `kind=dialog left=early node=alice` 中 5 s 处的那条。" },
			ask = { "The mobile phone is answered. Find where its early dialog becomes a confirmed one at Alice's phone: `node=… rule=… record=…`.\n\n    rung show early-dialogs kind=dialog node=alice",
				zh = "手机被接听。找出在 Alice 的话机上它的早期对话不再只是早期对话的记录：`node=… rule=… record=…`。\n\n    rung show early-dialogs kind=dialog node=alice" },
		},
	},
}

task {
	text = { "199", "Supported: 199" },
	rule = "proxy-199",
	wrong = {
		{ "100rel", why = { "That is for provisional responses that are acknowledged.", zh = "那是用于需要确认的临时响应。" } },
		{ "Supported", why = { "That is the field; which of its tags?", zh = "那是字段；是其中的哪个选项标签？" } },
	},
	why = { "Read Supported in her INVITE: it lists several tags, and one has the same name as the response itself.",
		zh = "读她的 INVITE 的 Supported：它列出几个选项标签，其中一个与该响应同名。" },
	records = function(t) return t:get "INVITE@alice" end,
	hint = { "`INVITE@alice` has two fields that list option tags; RFC 6228 4 says which tag the proxy looks for.",
		zh = "`INVITE@alice` 有列出选项标签的头字段；代理服务器找哪个选项标签，见 RFC 6228 第 4 节。" },
	others = {
		{
			text = function(t) return to_tag(t:first "status=199") end,
			rule = "proxy-199",
			records = function(t) return t:first "status=199" end,
			wrong = {
				{ function(t) return t:get("INVITE@alice"):header("From"):match "tag=([^;]+)" end, why = { "That identifies her own side: it is the same in all of them.", zh = "那是她自己的一方：在所有对话中都相同。" } },
				{ function(t) return t:get("INVITE@alice").call_id end, why = { "All of them have that Call-ID.", zh = "所有对话都有这个 Call-ID。" } },
			},
			why = { "All her early dialogs have one Call-ID and one From tag. What distinguishes them?",
				zh = "她的所有早期对话的 Call-ID 和 From 的 tag 都相同。各个对话之间不同的是什么？" },
			hint = { "Compare `199@px` with the responses of `status=180,183 dst=alice`: it has a value in common with one of them.",
				zh = "把 `199@px` 与 `status=180,183 dst=alice` 的响应并排：它与其中一个有一个相同的值。" },
			ask = { "By which value does Alice's phone know which of its early dialogs the 199 is about? Write it.\n\n    rung show early-dialogs -m status=199",
				zh = "Alice 的话机由哪个值得知 199 说的是它的哪个早期对话？写出这个值。\n\n    rung show early-dialogs -m status=199" },
		},
		{
			text = { "Reason", "Reason:" },
			rule = "proxy-199",
			records = function(t) return t:first "status=199" end,
			wrong = {
				{ "To", why = { "It says which one, not why.", zh = "它说明是哪一个，不说明为什么。" } },
				{ "Warning", why = { "Read it: there is none.", zh = "读一读：没有它。" } },
			},
			why = { "Read the 199 line by line: one field contains a status from the desk phone.",
				zh = "逐行读 199：有一个字段含有桌面话机说过的状态码。" },
			hint = { "RFC 6228 6 and RFC 3326 have the field; look for 486 in `199@px`.",
				zh = "这个头字段见 RFC 6228 第 6 节和 RFC 3326；在 `199@px` 中找 486。" },
			ask = { "Which header field of the 199 tells Alice's phone why the early dialog has ended?\n\n    rung show early-dialogs -m status=199",
				zh = "199 的哪个头字段告诉 Alice 的话机早期对话为什么结束？\n\n    rung show early-dialogs -m status=199" },
		},
	},
}

task {
	time = function(t) return last_end(t).time - answered(t).time end,
	wrong = {
		{ 0, why = { "The other phone's 200 does not end the other early dialogs at once: another 200 may still arrive.",
			zh = "一部话机的 200 并不立即结束其他早期对话：还可能再来一个 200。" } },
		{ function(t) return last_end(t).time end,
			why = { "That is the time since the start of the run; count from the 200.", zh = "那是运行的时刻；应从 200 算起。" } },
	},
	why = { "Take the record in which the last early dialog of Alice's phone ends, minus the arrival of the 200. The RFC says how long it waits for further 200s.",
		zh = "用 Alice 的话机最后一个对话结束的时刻减去 200 到达的时刻。RFC 规定了它为其他 200 等待多久。" },
	records = last_end,
	hint = { "`rule=dialog-early-over` is the end, and `status=200 cseq=INVITE node=alice` the begin.",
		zh = "它的结束见 `rule=dialog-early-over`，从 `status=200 cseq=INVITE node=alice` 算起。" },
	others = {
		{
			time = function(t)
				return t:first("kind=dialog node=alice rule=early-ended").time - t:first("status=486 kind=send src=desk").time
			end,
			records = function(t) return t:first "kind=dialog node=alice rule=early-ended" end,
			wrong = {
				{ function(t) return t:first("kind=dialog node=alice rule=early-ended").time - t:first("status=199 kind=send").time end, why = { "That is counted from the 199, which is sent later.", zh = "那是从稍后发送的 199 算起的。" } },
				{ 0, why = { "The 199 must still reach Alice's phone.", zh = "消息先要到达 Alice 的话机。" } },
			},
			why = { "Take the record in which that dialog ends, minus the time at which the desk phone sends its 486: two lines, one after the other.",
				zh = "用那个对话结束的时刻减去桌面话机发出 486 的时刻：先后两段路程。" },
			hint = { "From `486@desk` the information goes to `px`, and from there on as `199@px`.",
				zh = "消息从 `486@desk` 起先到 `px`，再从那里作为 `199@px` 继续。" },
			ask = { "The desk phone rejects the call. How long after it has sent its 486 does its early dialog end at Alice's phone?\n\n    rung show early-dialogs kind=dialog node=alice\n    rung show early-dialogs status=486,199",
				zh = "桌面话机拒绝。它发出 486 之后多久，Alice 的话机上与它的早期对话结束？\n\n    rung show early-dialogs kind=dialog node=alice\n    rung show early-dialogs status=486,199" },
		},
		{
			time = function(t)
				return t:first("method=CANCEL kind=recv dst=home").time - t:first("method=INVITE kind=recv dst=home").time
			end,
			rule = "cancel-recv",
			records = function(t) return t:first "method=CANCEL kind=recv dst=home" end,
			wrong = {
				{ 4, why = { "That is how long the mobile phone rings.", zh = "那是手机振铃的时间。" } },
				{ 32, why = { "That is how long Alice's phone keeps the dialog.", zh = "那是 Alice 的话机保留对话的时间。" } },
			},
			why = { "Take two arrivals at that phone: the INVITE, and the request by which the proxy cancels it.",
				zh = "取到达那部话机的两条消息：INVITE，以及代理服务器用来撤回它的请求。" },
			hint = { "`dst=home kind=recv from=1s to=6s` has three records: with which does the ringing begin, and which of the others is a request to stop?",
				zh = "`dst=home kind=recv from=1s to=6s` 有三条记录：振铃从哪一条开始，其余的哪一条是要求停止的请求？" },
			ask = { "How long does the phone at home ring, from the arrival of its INVITE until it is told to stop?\n\n    rung show early-dialogs node=home from=1s to=6s",
				zh = "家里的话机振铃多久，从 INVITE 到达它，到它得知应当停止？\n\n    rung show early-dialogs node=home from=1s to=6s" },
		},
	},
}

task {
	goal = {
		{ "the desk phone rejects with 486", zh = "桌面话机以 486 拒绝",
			function(t)
				local r = t:first "status=486 kind=send src=desk"
				return r ~= nil, r
			end },
		{ "nobody sends a 199", zh = "没有人发送 199",
			function(t)
				local r = t:first "status=199"
				return r == nil, r
			end, rule = "proxy-199" },
		{ "the mobile phone is answered after that", zh = "之后手机被接听",
			function(t)
				local no, ok = t:first "status=486 kind=send src=desk", t:first "status=200 cseq=INVITE kind=send src=mobile"
				return no ~= nil and ok ~= nil and ok.time > no.time, ok
			end },
	},
	points = 3,
}
