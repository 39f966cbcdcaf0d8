-- The tasks of rfc3665-3.7; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1s..3s:1s", "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

-- The last dialog record of Alice's that names a remote target.
local function moved(t)
	return t:last("kind=dialog node=alice", function(r) return r.remote_target end)
end

task {
	choice = {
		{ "from the topmost Via of the 200", zh = "从 200 最上面的 Via", rule = "dialog-uac",
			why = { "Via says how the response returns: it contains the proxy and Alice herself.", zh = "Via 说明响应怎样返回：里面是代理服务器和 Alice 自己。" } },
		{ "from the To of the 200", zh = "从 200 的 To", rule = "dialog-uac",
			why = { "To names the callee; no phone can be reached by it without a proxy.", zh = "To 说明呼叫原本找谁；没有代理服务器就不能凭它到达设备。" } },
		{ "from the registrar, which it asked", zh = "从注册服务器，它去查询过", rule = "dialog-uac",
			why = { "Phones do not query registrars for other users. There is nothing like that in the run.", zh = "话机不会向注册服务器查询别人。运行中没有这样的消息。" } },
		{ "from the Contact of the 200", right = true, zh = "从 200 的 Contact", rule = "dialog-uac" },
	},
	points = 2,
	records = function(t) return t:first "status=200 dst=alice kind=send" end,
}

task {
	choice = {
		{ "To, in which there is a tag", right = true, zh = "To，其中带有一个 tag", rule = "reinvite" },
		{ "CSeq, which is greater than before", zh = "CSeq，它比以前大", rule = "reinvite",
			why = { "It is not: Bob's phone has its own counter. And a number alone identifies no dialog.", zh = "并不大：Bob 单独计数。而且单凭序号不能确定对话。" } },
		{ "Via, with the branch of the first INVITE", zh = "Via，branch 与首个 INVITE 相同", rule = "reinvite",
			why = { "Each transaction has its own branch; compare the two.", zh = "每个事务都有自己的 branch；比较一下。" } },
		{ "Contact, which is a new one", zh = "Contact，它是新的", rule = "dialog-refresh",
			why = { "The re-INVITE changes the Contact; it does not identify the dialog.", zh = "那是它要改变的内容，不是识别它的依据。" } },
	},
	points = 2,
	hint = { "RFC 3261 12.2.2 says how a phone finds the dialog. Compare `INVITE@bob` with `INVITE@alice`: which field contains something that a first INVITE can't know yet?",
		zh = "对话按什么查找，见 RFC 3261 12.2.2。把 `INVITE@bob` 与 `INVITE@alice` 对照：哪个字段中有首个 INVITE 还不可能知道的内容？" },
	records = function(t) return t:first "method=INVITE src=bob kind=send" end,
}

task {
	number = function(t)
		return tonumber((t:first("method=INVITE src=bob kind=send"):header("CSeq"):match "%d+"))
	end,
	rule = "dialog-request",
	wrong = {
		{ 2, why = { "Alice's requests are counted by her phone. Bob's phone counts its own requests: how many has it sent before?", zh = "Alice 的请求由她的话机计数。Bob 的话机为自己的请求计数：此前它发送过几个？" } },
	},
	why = { "Read CSeq in the INVITE that Bob's phone sends: it counts only its own requests.",
		zh = "读 Bob 的话机发送的 INVITE 的 CSeq：它只给自己的请求计数。" },
	records = function(t) return t:all "method=INVITE kind=send" end,
	ahead = true,
	hint = { "Look for requests with `src=bob method=INVITE,BYE` before it; `INVITE@bob` has the number.", zh = "看在它之前 `src=bob method=INVITE,BYE` 有没有请求；编号在 `INVITE@bob` 中。" },
	others = {
		{ number = function(t) return tonumber((t:first("method=BYE src=alice kind=send"):header("CSeq"):match "%d+")) end, rule = "dialog-request", ahead = true,
			ask = { "Before you look at the run: which sequence number (CSeq) will Alice's BYE have?\n\n    rung show rfc3665-3.7 -m method=BYE src=alice", zh = "先不看运行：Alice 的 BYE 的序号（CSeq）会是几？\n\n    rung show rfc3665-3.7 -m method=BYE src=alice" },
			wrong = { { 3, why = { "Bob's re-INVITE is not counted with hers.", zh = "Bob 的 re-INVITE 不计入她的。" } }, { 1, why = { "Her INVITE has that.", zh = "那是她的 INVITE 的。" } } },
			why = { "How many requests has her phone sent in this dialog before? An ACK has the number of its INVITE.", zh = "她的话机此前在这个对话中发送过几个请求？ACK 用其 INVITE 的编号。" },
			hint = { "Count from `INVITE@alice` on, only her requests.", zh = "从 `INVITE@alice` 数起，只数她的请求。" },
			records = function(t) return t:first "method=BYE src=alice kind=send" end },
		{ number = function(t)
			local ack = t:first "method=ACK kind=send"
			return t:count("node=proxy2 kind=send", function(r) return r.seq > ack.seq end)
		end, rule = "dialog-route", unit = { "messages", zh = "条消息" }, ahead = true,
			ask = { "Before you look at the run: the proxy does not record its route. How many messages will it still receive or send after the ACK?\n\n    rung show rfc3665-3.7 node=proxy2 kind=send", zh = "先不看运行：代理服务器没有记录路由。ACK 之后，它还会收到或发送多少条消息？\n\n    rung show rfc3665-3.7 node=proxy2 kind=send" },
			wrong = { { { 2, 3, 4, 6 }, why = { "Requests within the dialog go from phone to phone.", zh = "对话内的请求在话机之间直接发送。" } } },
			why = { "A proxy that does not ask to stay in the path is left out.", zh = "不要求留在路径中的就不在其中。" },
			hint = { "Is there a Record-Route in `200@bob`? RFC 3261 12.1.2 says where a phone takes the route within the dialog from.",
				zh = "`200@bob` 中有 Record-Route 吗？话机在对话内从哪里得到路径，见 RFC 3261 12.1.2。" } },
	},
}

task {
	find = {
		node = "alice",
		rule = function(t) return moved(t).rule end,
		record = moved,
	},
	points = 2,
	rule = "dialog-refresh",
	why = { "A dialog has a remote target. Compare its state at 5 s and at 8 s, and look for the record between the two.",
		zh = "对话有远端目标。比较它在 5 s 和 8 s 的状态，找两者之间的那条记录。" },
	hint = { "RFC 3261 12.2.2 says what a phone takes from the Contact of a re-INVITE: look directly after the arrival of `INVITE@bob` at her phone.",
		zh = "话机从 re-INVITE 的 Contact 中取什么，见 RFC 3261 12.2.2：紧接 `INVITE@bob` 到达她的话机之后看。" },
	records = moved,
	others = {
		{ find = { node = "bob", rule = function(t) return t:first("method=INVITE src=bob kind=send").rule end, record = function(t)
			local r = t:first "method=INVITE src=bob kind=send"
			return { r, r:arrival() }
		end }, rule = "reinvite-send",
			ask = { "Find the message that contains the new address: `node=… rule=… record=…`. The node is the one that sends it.\n\n    rung show rfc3665-3.7 kind=send from=5s", zh = "找出告知新地址的消息：`node=… rule=… record=…`。节点填发送它的那一个。\n\n    rung show rfc3665-3.7 kind=send from=5s" },
			why = { "It is a request within the dialog, with another Contact; `rung explain` names the rule.", zh = "它是对话内的请求，Contact 不同；`rung explain` 给出规则。" },
			hint = { "What is sent first after 5 s? `kind=send from=5s to=7s`.", zh = "5 s 之后最先发送的是什么？`kind=send from=5s to=7s`。" },
			records = function(t) return t:first "method=INVITE src=bob kind=send" end },
		{ find = { node = "alice", rule = function(t) return t:first("kind=dialog node=alice").rule end, record = function(t) return t:first "kind=dialog node=alice" end }, rule = "dialog-uac",
			ask = { "Find the record in which Alice's phone first has a remote target: `node=… rule=… record=…`.\n\n    rung show rfc3665-3.7 kind=dialog to=4s", zh = "找出 Alice 的话机第一次有远端目标的记录：`node=… rule=… record=…`。\n\n    rung show rfc3665-3.7 kind=dialog to=4s" },
			why = { "An early dialog already has one; `rung explain` names the rule.", zh = "早期对话就已经有远端目标；`rung explain` 给出规则。" },
			hint = { "It exists as soon as the 180 has arrived: `kind=dialog to=2s`.", zh = "180 一到就有：`kind=dialog to=2s`。" },
			records = function(t) return t:first "kind=dialog node=alice" end },
	},
}

task {
	goal = {
		{ "Bob's phone has moved and has sent no re-INVITE", zh = "Bob 的话机已移动，且没有发送 re-INVITE",
			function(t)
				return t:first("kind=act node=bob verb=set", function(r)
					return t:count "method=INVITE src=bob kind=send" == 0
				end)
			end },
		{ "Alice's phone sends its BYE more than once", zh = "Alice 的话机不止一次发送 BYE",
			function(t)
				local all = t:all "method=BYE src=alice kind=send"
				return #all >= 2, all[2]
			end, rule = "nict-timer-e" },
		{ "it reaches nobody", zh = "它没有到达任何人",
			function(t) return t:count "method=BYE kind=recv" == 0 end },
	},
	points = 3,
	hint = { "Two things happen at 6 s, `kind=act node=bob from=6s`: he moves, and his phone reports it. Only one of these lines of `lab.lua` makes `INVITE@bob`.",
		zh = "6 s 时发生两件事，`kind=act node=bob from=6s`：他换了地址，并告知对方。`lab.lua` 中这两行只有一行产生 `INVITE@bob`。" },
}
