-- The tasks of conference-refer; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "lan--bob.delay=5ms..30ms:5ms", "seed=1..999:1" }

-- What tells Alice of the outcome of her REFERs, each by its last NOTIFY.
local function outcomes(t)
	return t:all("kind=send method=NOTIFY src=conf dst=alice", function(r)
		return r:header("Event"):match "^refer" and r:header("Subscription-State"):match "^terminated"
	end)
end

local function removal(t)
	return t:first "kind=send method=BYE src=conf dst=carol"
end

local function last(t)
	return t:first "kind=send method=BYE src=conf dst=bob"
end

task {
	choice = {
		{ "The focus: the conference's URI is its Contact", zh = "焦点：它的 Contact 是会议的 URI", right = true },
		{ "Alice's phone, which then hands the call over", zh = "Alice 的话机，随后把呼叫交出去",
			why = { "Alice's phone sends no INVITE but that to the focus.", zh = "Alice 的话机只向焦点发送过 INVITE。" } },
		{ "Carol's phone: Refer-To names who is to call", zh = "Carol 的话机：Refer-To 指明由谁呼叫",
			why = { "Refer-To names who is to be called. Look which node sends the INVITE.", zh = "Refer-To 指明要呼叫谁。看看 INVITE 由谁发送。" } },
		{ "Nobody: the 202 brings her in", zh = "没有人：202 使她进入会议",
			why = { "A 202 says that it is being tried, nothing more.", zh = "202 只表示已经开始。" }, rule = "refer-accept" },
	},
	rule = "conference-referred",
	records = function(t) return { t:first "kind=send method=REFER src=alice", t:first "kind=send method=INVITE dst=carol" } end,
	hint = { "`dst=carol method=INVITE` has one: who is its sender, and whose URI stands in its Contact?", zh = "`dst=carol method=INVITE` 只有一个：发送者是谁，Contact 中是谁的 URI？" },
}

task {
	number = function(t) return tonumber(outcomes(t)[2].text:match "SIP/2.0 (%d+)") end,
	rule = "notify-final",
	wrong = {
		{ 200, why = { "With 200 the focus answers Bob's INVITE. Alice has asked for another request.",
			zh = "焦点用 200 响应 Bob 的 INVITE。Alice 请求的是另一个请求。" } },
		{ 100, why = { "That is the first NOTIFY: the request is pending.", zh = "那是第一个 NOTIFY：正在进行。" } },
		{ 180, why = { "That request makes no phone ring.", zh = "没有话机为此振铃。" } },
	},
	why = { "Read the body of the NOTIFY that ends the subscription of the second REFER: it has the status line of the response to the request that the focus sent.",
		zh = "读结束第二个 REFER 的订阅的 NOTIFY 的消息体：其中是焦点受托发送的请求所得响应的状态行。" },
	records = function(t) return outcomes(t)[2] end,
	ahead = true,
	hint = { "The focus sends Bob a `REFER@conf`, not an INVITE: which 2xx is the response to a REFER (RFC 3515 2.4.2)?",
		zh = "焦点发给 Bob 的是 `REFER@conf`，不是 INVITE：这种请求以哪个 2xx 响应（RFC 3515 第 2.4.2 节）？" },
	others = {
		{
			number = function(t) return t:count "kind=send method=INVITE" end,
			ahead = true,
			unit = { "messages", zh = "条消息" },
			rule = "conference-referred",
			wrong = {
				{ 4, why = { "To Bob's phone the focus sends a REFER, not an INVITE.", zh = "焦点发给 Bob 的话机的是 REFER，不是 INVITE。" } },
				{ 2, why = { "Alice has also joined by an INVITE.", zh = "Alice 也是由一个 INVITE 进来的。" } },
			},
			why = { "Each participant has one call with the focus. Is there another INVITE, for a participant who was asked to call?",
				zh = "进来的每个人与焦点有一个呼叫。对被请去呼叫的人，另外还有 INVITE 吗？" },
			hint = { "Take the three one by one: `method=INVITE dst=conf` shows who calls, `method=INVITE src=conf` who is called.",
				zh = "三个人逐个看：`method=INVITE dst=conf` 是主动呼叫的，`method=INVITE src=conf` 是被呼叫的。" },
			ask = { "Before you look at the run: Alice, Carol and Bob join the conference. How many INVITEs are sent in the whole run, by all nodes?\n\n    rung show conference-refer method=INVITE kind=send",
				zh = "先不看运行：Alice、Carol 和 Bob 进入会议。整个运行中一共发送多少个 INVITE，不论由谁？\n\n    rung show conference-refer method=INVITE kind=send" },
		},
		{
			number = function(t) return tonumber(outcomes(t)[1].text:match "SIP/2.0 (%d+)") end,
			ahead = true,
			rule = "notify-final",
			records = function(t) return outcomes(t)[1] end,
			wrong = {
				{ 202, why = { "That is the response of the focus to the REFER itself.", zh = "那是焦点对 REFER 本身的响应。" } },
				{ 180, why = { "At that time her phone rings; the last NOTIFY comes later.", zh = "那时她的话机在振铃；最后一个 NOTIFY 来得更晚。" } },
				{ 100, why = { "That is the first NOTIFY.", zh = "那是第一个 NOTIFY。" } },
			},
			why = { "Read the body of the NOTIFY that ends the subscription of the first REFER: it has a status line.",
				zh = "读结束第一个 REFER 的订阅的 NOTIFY 的消息体：其中有一个状态行。" },
			hint = { "What is the last response of Carol's phone to `INVITE@conf`?",
				zh = "Carol 的话机最后对 `INVITE@conf` 说什么？" },
			ask = { "Before you look at the run: the first REFER is about Carol. Its last NOTIFY contains the status of the request that the focus has sent for Alice. Which status will it be?\n\n    rung show conference-refer -m method=NOTIFY dst=alice from=8s to=10s",
				zh = "先不看运行：第一个 REFER 与 Carol 有关。它的最后一个 NOTIFY 说明焦点替 Alice 发送的请求得到了什么响应。其中是哪个状态码？\n\n    rung show conference-refer -m method=NOTIFY dst=alice from=8s to=10s" },
		},
	},
}

task {
	choice = {
		{ "Bob's phone: the URI came in Refer-To", zh = "Bob 的话机：URI 来自 Refer-To", right = true },
		{ "The focus, as it did for Carol before", zh = "焦点，与之前对 Carol 一样",
			why = { "It sends a REFER to Bob. Look for INVITEs between the two.", zh = "它向 Bob 发送的是 REFER。看两者之间的 INVITE。" } },
		{ "Alice's phone, in Bob's name (Referred-By)", zh = "Alice 的话机，以 Bob 的名义（Referred-By）",
			why = { "Referred-By says on whose behalf a phone calls. Look which node sends.", zh = "Referred-By 说明代表谁呼叫。看看由谁发送。" } },
		{ "Both: each sends one, and the first counts", zh = "两者都发，先到的算数",
			why = { "There is one INVITE between Bob and the focus.", zh = "Bob 与焦点之间只有一个 INVITE。" } },
	},
	rule = "refer-invite",
	records = function(t) return t:first "kind=send method=INVITE src=bob" end,
}

task {
	find = {
		rule = { "conference-remove" },
		record = function(t)
			local r = removal(t)
			return { r, r:arrival() }
		end,
	},
	points = 2,
	why = { "Alice's REFER has method=BYE: the focus sends that BYE to Carol's phone.",
		zh = "Alice 的 REFER 中有 method=BYE：焦点把这个 BYE 发给 Carol 的话机。" },
	records = removal,
	hint = { "Alice's request is in `REFER@alice#3`; `from=24s src=conf` has what is sent for it.",
		zh = "Alice 的请求在 `REFER@alice#3` 中；为此发送的见 `from=24s src=conf`。" },
	others = {
		{
			find = {
				rule = { "conference-referred" },
				record = function(t) return { t:first "kind=send method=INVITE dst=carol", t:first("kind=send method=INVITE dst=carol"):arrival() } end,
			},
			why = { "Alice's REFER names only Carol: look for what then reaches Carol's phone.",
				zh = "Alice 的 REFER 只指明 Carol：看随后什么到达 Carol 的话机。" },
			hint = { "`REFER@alice` is its cause; it is the first message of `dst=carol`.",
				zh = "它由 `REFER@alice` 引起；`dst=carol` 中它是第一条。" },
			ask = { "Which message brings Carol in, by which rule? `rule=… record=…`.\n\n    rung show conference-refer from=8s to=10s",
				zh = "哪条消息使 Carol 进入会议，按哪条规则？`rule=… record=…`。\n\n    rung show conference-refer from=8s to=10s" },
		},
		{
			find = {
				rule = { "conference-delete" },
				record = function(t) return { last(t), last(t):arrival() } end,
			},
			why = { "No REFER asked for it: look for what the focus sends to Bob's phone when Alice has left.",
				zh = "没有人用 REFER 请求它：看 Alice 离开之后焦点向 Bob 的话机发送什么。" },
			hint = { "`from=32s dst=bob` has two kinds of requests; one ends the call, the other the subscription.",
				zh = "`from=32s dst=bob` 有两种请求；一种结束呼叫，另一种结束通知。" },
			ask = { "Which message hangs up on Bob, by which rule? `rule=… record=…`.\n\n    rung show conference-refer from=32s",
				zh = "哪条消息挂断 Bob，按哪条规则？`rule=… record=…`。\n\n    rung show conference-refer from=32s" },
		},
	},
}

task {
	choice = {
		{ "Alice has made the conference, which is over without her", zh = "会议因创建者 Alice 的离开而结束", right = true },
		{ "Bob is alone now: one alone is no conference", zh = "会议只剩 Bob 一人：一个人不成会议",
			why = { "That would also be policy. The rule of the BYE gives another reason.", zh = "那也会是一种策略。BYE 的规则说的是另一个原因。" } },
		{ "Alice's phone has removed him in leaving", zh = "Alice 的话机在离开时，把他移出了会议",
			why = { "It sends the focus a BYE and nothing else.", zh = "它只向焦点发送 BYE。" } },
		{ "His subscription to the conference was over before", zh = "他对会议的订阅在此之前已结束",
			why = { "It ends with the conference, after the BYE. A call also needs no subscription.", zh = "订阅随会议结束，在 BYE 之后。而且呼叫不需要订阅。" } },
	},
	rule = "conference-delete",
	records = last,
}

task {
	goal = {
		{ "Alice has made the conference, Bob and Carol are in it", zh = "会议由 Alice 创建，Bob 和 Carol 在其中",
			function(t)
				return t:first "kind=send method=INVITE src=alice dst=conf" ~= nil
					and t:count "kind=send status=200 cseq=INVITE" == 3
			end },
		{ "Alice leaves", zh = "Alice 离开",
			function(t) return t:first "kind=send method=BYE src=alice dst=conf" ~= nil,
				t:first "kind=send method=BYE src=alice dst=conf" end },
		{ "Bob and Carol go on", zh = "Bob 和 Carol 继续通话",
			function(t) return t:count "kind=send method=BYE src=conf" == 0, t:first "kind=send method=BYE src=conf" end,
			rule = "conference-delete" },
	},
	points = 3,
	hint = { "The role `conference` in docs/TOPOLOGY.md has an attribute that says when a conference of the factory is over; `conf:set` changes it.", zh = "docs/TOPOLOGY.md 中角色 `conference` 有一个属性，说明工厂创建的会议何时结束；用 `conf:set` 设置。" },
}
