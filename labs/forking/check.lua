-- The tasks of forking; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "alice--lan.delay=2ms..20ms:2ms", "seed=1..999:1" }

local function to_tag(r)
	return r:header("To"):match "tag=([^;]+)"
end

task {
	text = function(t) return to_tag(t:first "status=180 src=desk") end,
	rule = "dialog-uac",
	wrong = {
		{ function(t) return t:get("INVITE@alice"):header("From"):match "tag=([^;]+)" end,
			why = { "That is Alice's tag; all three responses have it.", zh = "这是 Alice 的 tag；三个响应中都有。" } },
		{ function(t) return to_tag(t:first "status=180 src=mobile") end,
			why = { "That is the mobile phone's.", zh = "这是手机的 tag。" } },
		{ function(t) return to_tag(t:first "status=180 src=home") end,
			why = { "That is the tag of the phone at home.", zh = "这是家里的话机的 tag。" } },
	},
	why = { "Read To in the 180 that the desk phone sends: the value after `tag=`.",
		zh = "读桌面话机发送的 180 的 To：`tag=` 之后的值。" },
	records = function(t) return t:first "status=180 src=desk" end,
	hint = { "`180@desk` answers `INVITE@px`: which field has one more parameter than in the request (RFC 3261 8.2.6.2)?", zh = "`180@desk` 响应 `INVITE@px`：哪个头字段比请求中多一个参数（RFC 3261 第 8.2.6.2 节）？" },
}

task {
	choice = {
		{ "It need not: once a call is answered it may drop the others.", zh = "不必转发：呼叫接听之后可以丢弃其余的。",
			why = { "Then no node would acknowledge it: the phone would retransmit its 200 for 32 s, as if the call existed.",
				zh = "那样就没有人确认它：话机会把 200 重传 32 s，并以为呼叫已建立。" }, rule = "proxy-2xx" },
		{ "Alice must learn of both phones and choose whom she talks to.", zh = "让 Alice 知道两部话机，选择与谁通话。",
			why = { "She may, but that is not the reason: each 200 has created a dialog that must be confirmed or ended.",
				zh = "她可以选择，但这不是原因：每个 200 都建立了对话，必须有人确认或结束它。" }, rule = "proxy-2xx" },
		{ "Each 200 makes a dialog that only Alice's phone can end.",
			zh = "每个 200 建立的对话只有 Alice 的话机能结束。", right = true },
		{ "A proxy forwards every response that it gets, whatever it says.", zh = "代理服务器转发收到的每个响应，不管是什么。",
			why = { "It does not forward the 487.", zh = "487 它就没有转发。" }, rule = "proxy-2xx" },
	},
	rule = "proxy-2xx",
	records = function(t) return t:all "status=200 cseq=INVITE kind=send src=px" end,
}

task {
	find = {
		node = "alice",
		rule = "bye-other-branch",
		record = function(t)
			local bye = t:get "BYE@alice"
			return { bye, bye.cause }
		end,
	},
	points = 3,
	rule = "bye-other-branch",
	why = { "A call ends by a BYE: take the first one, see who sends it, and which reason `rung explain` gives.",
		zh = "呼叫由 BYE 结束：取第一个 BYE，看由谁发送，以及 `rung explain` 给出的理由。" },
	records = function(t) return t:get "BYE@alice" end,
	hint = { "`kind=dialog node=alice from=3s to=4s` has two confirmed dialogs; one of them changes its state once more, and the record is what is sent for that.",
		zh = "`kind=dialog node=alice from=3s to=4s` 有两个 confirmed 的对话；其中一个又走了一步，为此发送的就是那条记录。" },
	others = {
		{
			find = {
				node = "px",
				rule = "proxy-cancel-others",
				record = function(t) return t:all "kind=send method=CANCEL src=px" end,
			},
			why = { "When the first 200 has arrived, it sends one to each phone without a final response. `rung explain` with the number names the rule.",
				zh = "第一个 200 到来之后，它向每部还没有最终响应的话机各发送一条。用编号运行 `rung explain`，会给出规则。" },
			hint = { "Two phones get it, and it is too late for one of them: `src=px from=3s to=3.1s` (RFC 3261 16.7, step 10).",
				zh = "两部话机收到它，其中一部已来不及：`src=px from=3s to=3.1s`（RFC 3261 第 16.7 节第 10 步）。" },
			ask = { "The call is answered, and the proxy cancels what it can. Find one of the messages by which it does so, and its rule: `node=… rule=… record=…`.\n\n    rung show forking kind=send src=px from=3s to=4s",
				zh = "呼叫被接听，代理服务器撤回能撤回的。找出为此发送的一条消息及其规则：`node=… rule=… record=…`。\n\n    rung show forking kind=send src=px from=3s to=4s" },
		},
		{
			find = {
				node = "px",
				rule = "proxy-2xx",
				record = function(t) return t:all("kind=send status=200 cseq=INVITE src=px dst=alice")[2] end,
			},
			why = { "There are two such responses on that line; take the later one. `rung explain` with its number names the rule.",
				zh = "那条线路上有两个这样的响应；取较晚的那个。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "After the first one the proxy sends its CANCELs; then it is the next of `status=200 dst=alice cseq=INVITE`.",
				zh = "第一个之后代理服务器发送 CANCEL；`status=200 dst=alice cseq=INVITE` 的下一个就是它。" },
			ask = { "Find where Alice's phone is told that the second of Bob's phones is also answered: `node=… rule=… record=…`.\n\n    rung show forking cseq=INVITE dst=alice from=3s",
				zh = "Bob 的第二部话机也已接听。找出把这一点告诉 Alice 的话机的记录：`node=… rule=… record=…`。\n\n    rung show forking cseq=INVITE dst=alice from=3s" },
		},
	},
}

task {
	choice = {
		{ "the proxy alone, which does not forward it", zh = "只有代理服务器，由它留下", right = true },
		{ "Alice's phone, which ends that early dialog", zh = "Alice 的话机，它由此结束那个早期对话",
			why = { "After a 200 no other final response is forwarded; her early dialog ends when its time has run out.",
				zh = "转发了 200 之后，其他最终响应都不再转发；那个早期对话要到超时才结束。" }, rule = "proxy-cancel-others" },
		{ "the desk phone, whose call it is", zh = "桌面话机，因为是它的呼叫",
			why = { "The phones know nothing about each other.", zh = "各话机互不知道对方。" }, rule = "proxy-cancel-others" },
		{ "all phones that take part in the call", zh = "参与这次呼叫的所有话机",
			why = { "A response returns to where its request came from, and not every response is forwarded from there.",
				zh = "响应沿请求的来路返回，但并不是每个响应都继续往前。" }, rule = "proxy-cancel-others" },
	},
	rule = "proxy-cancel-others",
	records = function(t) return t:first "status=487" end,
	ahead = true,
}

task {
	figure = {
		{ "both 200s to Alice's phone", "status=200 cseq=INVITE dst=alice", zh = "到 Alice 的话机的两个 200" },
		{ "both ACKs of her phone", "method=ACK src=alice", zh = "她的话机的两个 ACK" },
		{ "the BYE that ends one of the calls", "method=BYE src=alice to=4s", zh = "结束其中一个呼叫的 BYE" },
	},
	points = 2,
}

task {
	goal = {
		{ "all three phones ring", zh = "三部话机都振铃",
			function(t)
				return t:count "status=180 kind=send src=desk" > 0 and t:count "status=180 kind=send src=mobile" > 0 and
				    t:count "status=180 kind=send src=home" > 0
			end },
		{ "the mobile phone answers 487", zh = "手机返回 487",
			function(t)
				local r = t:first "status=487 kind=send src=mobile"
				return r ~= nil, r
			end, why = { "It must answer later than the CANCEL arrives.", zh = "它的接听必须晚于 CANCEL 的到达。" } },
		{ "Alice's phone gets one 200 to its INVITE", zh = "Alice 的话机收到一个对 INVITE 的 200",
			function(t) return t:count "status=200 cseq=INVITE kind=recv node=alice" == 1 end },
	},
	points = 2,
}
