-- The tasks of third-party; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "bob.answer=500ms..3500ms:500ms", "seed=1..999:1" }

-- What Alice's phone sends as long as the ACK is missing.
local function oks(t)
	local ack, list = t:first "kind=recv method=ACK dst=alice", {}
	for _, r in ipairs(t:all "kind=send status=200 cseq=INVITE src=alice") do
		if r.time < ack.time then
			list[#list + 1] = r
		end
	end
	return list
end

-- The ACK to Alice in flow III.
local function held(t)
	return t:all("kind=send method=ACK dst=alice")[2]
end

task {
	number = function(t) return #oks(t) end,
	rule = "invite-2xx-again",
	wrong = {
		{ function(t) return #oks(t) - 1 end,
			why = { "The first transmission counts as well.", zh = "第一次也要计入。" } },
		{ function(t) return t:count "kind=send status=200 src=alice" end,
			why = { "That is the number of all her 200s; the question is about those of the first call, until the ACK.",
				zh = "那是她的全部 200；题目只问第一个呼叫中 ACK 之前的。" } },
		{ function(t) return t:count "kind=send status=200 src=alice to=9.5s" end,
			why = { "One of these answers the BYE.", zh = "其中有一个是对 BYE 的响应。" } },
	},
	why = { "Count the transmissions of the 200 by Alice's phone in flow I, including retransmissions, until the ACK arrives.",
		zh = "数流程 I 中 Alice 的话机发送 200 的次数（包括重传），直到 ACK 到达。" },
	records = oks,
	ahead = true,
	hint = { "`node=alice name=2xx op=fire to=9s` shows how often the timer fires until the ACK arrives: each time the 200 is sent once more, RFC 3261, 13.3.1.4. In a copy Bob takes another time.",
		zh = "`node=alice name=2xx op=fire to=9s` 是 ACK 到达之前的各次到时：每次都使 200 再发一次，RFC 3261 第 13.3.1.4 节。副本中 Bob 的应答时间不同。" },
}

task {
	choice = {
		{ "Bob's phone hears nothing until Alice has the ACK", zh = "在 Alice 得到 ACK 之前 Bob 的话机听不到声音",
			why = { "That is the case in every call. Look at what Alice's phone does while Bob's rings.",
				zh = "每个呼叫都是这样。看看 Bob 的话机振铃时 Alice 的话机在做什么。" } },
		{ "The controller's INVITE to Alice runs into Timer B", zh = "控制器给 Alice 的 INVITE 会因定时器 B 到期而失败",
			why = { "It was answered: Timer B ends with the first response.", zh = "它已得到响应：收到第一个响应时定时器 B 就停止了。" },
			rule = "ict-1xx" },
		{ "Alice's 200 waits for an ACK, and after 32 s she gives up", zh = "Alice 的 200 在等 ACK，32 s 之后她就放弃", right = true },
		{ "Bob would have to make the offer, and he can't do so", zh = "那样就必须由 Bob 提出提议，而他不能",
			why = { "In flow I Alice makes it. That alone takes no time.", zh = "在流程 I 中由 Alice 提出。这本身不花时间。" }, rule = "third-party-flow-i" },
	},
	rule = "invite-no-ack",
	records = oks,
	hint = { "`text=application/sdp to=9s kind=send` has all descriptions of flow I in order: which message contains the answer to Alice's, and what did the controller have to wait for before it?",
		zh = "`text=application/sdp to=9s kind=send` 依次是流程 I 中的全部描述：哪条消息带着对 Alice 的应答，控制器在此之前必须等什么？" },
}

task {
	text = function(t) return held(t).text:match "\r\nc=IN IP4 (%S+)" end,
	rule = "third-party-flow-iii",
	wrong = {
		{ function(t) return t:node "controller".addr end,
			why = { "The controller has no media. Read the line c=.", zh = "控制器没有媒体。看 c= 这一行。" } },
		{ function(t) return t:node "bob".addr end,
			why = { "Nobody has called Bob yet.", zh = "这时还没有人呼叫 Bob。" } },
		{ function(t) return t:node "alice".addr end,
			why = { "That is her own; an answer says where she must send.", zh = "那是她自己的；应答说明她应当发到哪里。" } },
	},
	why = { "Read the line `c=` in the body of the ACK that Alice's phone receives in flow III: the party who will talk has no address yet.",
		zh = "读流程 III 中到达 Alice 的话机的 ACK 的消息体中的 `c=` 行：还没有对方时，就没有真正的地址。" },
	records = held,
	hint = { "RFC 3725, section 4.3, has this address; it is the `c=` line of the second ACK in `-m method=ACK dst=alice`.",
		zh = "RFC 3725 第 4.3 节有这个地址；它在 `-m method=ACK dst=alice` 的第二个 ACK 的 `c=` 行。" },
	others = {
		{
			text = function(t) return t:all("kind=send method=INVITE dst=alice")[3].text:match "\r\nc=IN IP4 (%S+)" end,
			ask = { "In flow III Alice's phone receives a re-INVITE when Bob has answered. Which address does the offer in it give for the media?\n\n    rung show third-party -m method=INVITE dst=alice from=11s to=17s",
				zh = "在流程 III 中，Bob 接听之后 Alice 的话机收到一个 re-INVITE。其中的提议给出的媒体地址是什么？\n\n    rung show third-party -m method=INVITE dst=alice from=11s to=17s" },
			wrong = {
				{ function(t) return t:node "controller".addr end, why = { "The controller has no media. Read the line c=.", zh = "控制器没有媒体。看 c= 这一行。" } },
				{ function(t) return t:node "alice".addr end, why = { "That is her own; an offer says where she must send.", zh = "那是她自己的；提议说明她应当发到哪里。" } },
				{ "0.0.0.0", why = { "That was before; now there is somebody to talk to.", zh = "那是之前的；现在有了通话的对方。" } },
			},
			rule = "third-party-flow-iii",
			why = { "Read the line `c=` in the body of the re-INVITE that Alice's phone receives in flow III.",
				zh = "读流程 III 中到达 Alice 的话机的 re-INVITE 的消息体中的 `c=` 行。" },
			hint = { "Whose description does the controller pass on? Compare `c=` in `-m src=bob from=11s to=17s`.",
				zh = "控制器转交的是谁的描述？与 `-m src=bob from=11s to=17s` 中的 `c=` 比较。" },
			records = function(t) return t:all("kind=send method=INVITE dst=alice")[3] end,
		},
		{
			draw = "node=alice cseq=INVITE,ACK from=9500ms to=17500ms",
			ask = { "Draw what is sent between the controller and Alice's phone in flow III until both talk, one line for each, such as `controller -> alice BYE`. Which of these messages are necessary because she was answered before Bob was called?\n\n    rung show third-party node=alice cseq=INVITE,ACK kind=send from=9500ms to=17500ms",
				zh = "画出流程 III 中直到双方通话为止，控制器与 Alice 的话机之间的消息，每条一行，如 `controller -> alice BYE`。其中哪些是因为在呼叫 Bob 之前就应答了她？\n\n    rung show third-party node=alice cseq=INVITE,ACK kind=send from=9500ms to=17500ms" },
			rule = "third-party-flow-iii",
			hint = { "`src=alice kind=send from=9500ms to=17500ms` is what her phone sends: what is before each of these, and which of them must be acknowledged?",
				zh = "`src=alice kind=send from=9500ms to=17500ms` 是她的话机的部分：每条之前是什么，其中哪些必须确认？" },
		},
	},
}

task {
	choice = {
		{ "No: the addresses in the descriptions are those of the phones",
			zh = "不能：描述中写的是两部话机的地址", right = true },
		{ "Yes: media go the way of the signalling, by the controller", zh = "能：媒体走信令的路径，经过控制器",
			why = { "SIP carries no audio. It negotiates where RTP is sent.", zh = "SIP 不传送语音，只商定 RTP 发往哪里。" } },
		{ "Yes: as one end of both of the calls it gets their media", zh = "能：它是两个呼叫的一端，收到双方的媒体",
			why = { "It is an end of the signalling. c= has the address of the other phone.", zh = "对信令来说是。c= 中写的是另一部话机。" } },
		{ "Only in flow III, for the time before the re-INVITE", zh = "只有在流程 III 的 re-INVITE 之前",
			why = { "Then the address is 0.0.0.0: nothing is sent at all.", zh = "那时地址是 0.0.0.0：什么也不发送。" } },
	},
	rule = "media-place",
	records = function(t) return t:all "kind=send method=INVITE dst=alice" end,
}

task {
	draw = "from=28s",
	given = 2,
	rule = "third-party-flow-iv",
	hint = { "`src=controller kind=send from=28s` is what the controller sends: which of these does a phone answer, and with what, RFC 3725, 4.4?",
		zh = "`src=controller kind=send from=28s` 是控制器的部分：其中哪些话机要响应，以什么响应，RFC 3725 第 4.4 节？" },
	others = {
		{
			text = { "Reason", "Reason:" },
			ask = { "Bob is busy. Alice has answered and hears nobody: which header field of the BYE tells her phone why?\n\n    rung show third-party -m method=BYE from=28s",
				zh = "Bob 忙。Alice 的话机已接听，却听不到任何人。BYE 中的哪个头字段告诉它原因？\n\n    rung show third-party -m method=BYE from=28s" },
			wrong = {
				{ "Warning", why = { "A Warning is in responses.", zh = "Warning 出现在响应中。" } },
				{ "Subject", why = { "Subject is a text that the caller writes.", zh = "Subject 是主叫写的文字。" } },
				{ "Retry-After", why = { "There is none in this BYE.", zh = "这个 BYE 中没有它。" } },
				{ "CSeq", why = { "CSeq counts requests.", zh = "CSeq 给请求编号。" } },
			},
			why = { "Read the last BYE to Alice's phone line by line: one field contains the status with which Bob answered.",
				zh = "逐行读发给 Alice 的话机的最后一个 BYE：有一个字段含有 Bob 返回的状态码。" },
			hint = { "Look for the status of `486@bob` in `BYE@controller#7`, the last one; there it is after the name of a protocol.",
				zh = "在最后一个 BYE，即 `BYE@controller#7` 中，找 `486@bob` 的状态码；它在那里位于一个协议的名称之后。" },
			records = function(t) return t:last "kind=send method=BYE dst=alice" end,
		},
		{
			draw = "node=bob cseq=INVITE,ACK to=9s",
			ask = { "Draw what is sent between the controller and Bob's phone in flow I until both talk, one line for each, such as `controller -> bob BYE`. Where does Alice's offer come from?\n\n    rung show third-party node=bob cseq=INVITE,ACK kind=send to=9s",
				zh = "画出流程 I 中直到双方通话为止，控制器与 Bob 的话机之间的消息，每条一行，如 `controller -> bob BYE`。Alice 的提议从哪里来？\n\n    rung show third-party node=bob cseq=INVITE,ACK kind=send to=9s" },
			rule = "invite-ack",
			hint = { "`src=bob kind=send to=8s` is what Bob's phone sends: what has it received before, and what must follow its final response, RFC 3261, 13.2.2.4?",
				zh = "`src=bob kind=send to=8s` 是 Bob 的话机所说的：在此之前它收到什么，它的最终响应之后必须跟着什么，RFC 3261 第 13.2.2.4 节？" },
		},
	},
}

task {
	goal = {
		{ "Alice's phone is called without an offer, and makes it in its 200", zh = "呼叫 Alice 的话机时没有提议，由它在 200 中提出",
			function(t)
				local inv, ok = t:first "kind=send method=INVITE dst=alice", t:first "kind=send status=200 src=alice cseq=INVITE"
				return inv ~= nil and inv.text:find "\r\nm=" == nil and ok ~= nil and ok.text:find "\r\nm=" ~= nil, ok
			end, rule = "third-party-flow-i" },
		{ "Bob is busy: 486", zh = "Bob 忙：486",
			function(t) return t:first "kind=send src=bob status=486" ~= nil, t:first "kind=send src=bob status=486" end },
		{ "the ACK to Alice has an answer that takes nothing: port 0", zh = "给 Alice 的 ACK 有一个什么也不接受的应答：端口 0",
			function(t)
				local r = t:first "kind=send method=ACK dst=alice"
				return r ~= nil and r.text:find "\r\nm=audio 0 " ~= nil, r
			end, rule = "offer-missing" },
		{ "a BYE ends Alice's call and says why", zh = "BYE 结束 Alice 的呼叫并说明原因",
			function(t)
				local r = t:first "kind=send method=BYE dst=alice"
				return r ~= nil and (r:header "Reason" or ""):find "486" ~= nil, r
			end },
	},
	points = 3,
	hint = { "`kind=act from=27s` shows how the lab makes Bob busy and connects the two: docs/SCENARIO.md has the flows of that verb; you need flow I.",
		zh = "`kind=act from=27s` 显示实验怎样使 Bob 忙、怎样连接两人：该动词有哪些流程，见 docs/SCENARIO.md，这里要的是流程 I。" },
}
