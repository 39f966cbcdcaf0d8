-- The tasks of rfc5359-2.1; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "bob.answer=1000ms..3000ms:500ms", "lan--bob.delay=5ms..45ms:10ms" }

local function hold(t)
	return t:first "kind=send src=bob method=INVITE"
end

task {
	draw = "kind=send src=proxy method=INVITE,ACK",
	ahead = true,
	rule = "proxy-forward",
	hint = { "Each change of the session is an exchange of three messages, RFC 3261, 14.1, and begins at the phone that wants it: `src=bob method=INVITE`.", zh = "会话的每次改变是一次三条消息的交换，RFC 3261 第 14.1 节，由想改变的一方开始：`src=bob method=INVITE`。" },
	others = {
		{ draw = "kind=send dst=proxy status=180,200 cseq=INVITE",
			ask = { "Before you look at the run: draw the responses 180 and 200 to INVITEs that will reach the proxy, one line each: `bob -> proxy 180`.\n\n    rung show rfc5359-2.1 dst=proxy status=180,200 cseq=INVITE kind=send",
				zh = "先不看运行：画出代理服务器将收到的对 INVITE 的响应 180 和 200，每条一行，如 `bob -> proxy 180`。\n\n    rung show rfc5359-2.1 dst=proxy status=180,200 cseq=INVITE kind=send" },
			ahead = true,
			rule = "proxy-response",
			hint = { "`src=proxy method=INVITE kind=send` shows which phone gets each INVITE, and when; which phone rings first, and which is in the call already?", zh = "`src=proxy method=INVITE kind=send` 说明各次向谁发出、在什么时刻；谁的话机要先振铃，谁已经在通话中？" } },
		{ draw = "kind=send cseq=BYE",
			ask = { "Before you look at the run: draw how the call will end: each BYE and each response to it, one line each: `alice -> proxy BYE`.\n\n    rung show rfc5359-2.1 cseq=BYE kind=send",
				zh = "先不看运行：画出呼叫将怎样结束：每个 BYE 和对它的每个响应，每条一行，如 `alice -> proxy BYE`。\n\n    rung show rfc5359-2.1 cseq=BYE kind=send" },
			ahead = true,
			rule = "bye-send",
			hint = { "The proxy has stayed in the path, RFC 3261, 16.6: `dst=proxy kind=recv from=9s` is what it gets at the end, and forwards.", zh = "代理服务器留在路径上，RFC 3261 第 16.6 节：`dst=proxy kind=recv from=9s` 是它最后收到并转发的。" } },
	},
}

task {
	choice = {
		{ "either of the two: each may send a re-INVITE with a=sendrecv",
			zh = "双方都可以：谁都能发送带 a=sendrecv 的 re-INVITE",
			why = { "She may send one. But what would the answer to it contain?",
				zh = "她可以发送。但应答会怎么写？" } },
		{ "Bob alone: he would answer her offer with a=sendonly",
			zh = "只有 Bob：她的提议仍会得到 a=sendonly",
			right = true, rule = "resume-send" },
		{ "Alice alone: she has called and rules the session",
			zh = "只有 Alice：她是主叫，由她决定会话",
			why = { "Within the dialog it makes no difference who has called.", zh = "在对话中，谁是主叫没有区别。" }, rule = "reinvite" },
		{ "the proxy, by which both of the re-INVITEs go",
			zh = "代理服务器，两个 re-INVITE 都经过它",
			why = { "A proxy does not change a session description.", zh = "代理服务器不修改会话描述。" }, rule = "proxy-forward" },
	},
	points = 2,
	records = function(t) return t:last "kind=send src=bob method=INVITE" end,
}

task {
	text = "Route",
	wrong = {
		{ "Record-Route", rule = "dialog-request",
			why = { "That was in the first INVITE. Bob's phone made its route set from it.",
				zh = "它在第一个 INVITE 中。Bob 的话机由它得到路由集。" } },
		{ "Via", rule = "response-vias",
			why = { "It routes the responses back.", zh = "它引导响应返回。" } },
		{ "Contact",
			why = { "That of the peer is the target: it is in the Request-URI.",
				zh = "对方的 Contact 是目标：它在 Request-URI（请求 URI）中。" } },
		{ "Request-URI", why = { "It names Alice's phone itself.", zh = "它指的就是 Alice 的话机。" }, rule = "dialog-request" },
	},
	rule = "dialog-request",
	why = { "Read a re-INVITE of Bob's: one field has the proxy's address with `lr`.",
		zh = "读 Bob 的一个 re-INVITE：有一个字段含有带 `lr` 的代理服务器地址。" },
	records = hold,
	hint = { "The proxy has asked to stay in the path; what does that become in `INVITE@bob`? RFC 3261, 12.1.1.", zh = "代理服务器曾要求留在路径上；这在 `INVITE@bob` 中变成了什么？RFC 3261 第 12.1.1 节。" },
	others = {
		{ text = "Record-Route",
			ask = { "Which header field has the proxy added to Alice's first INVITE, so that later requests also go through it?\n\n    rung show rfc5359-2.1 -m method=INVITE to=2s kind=send",
				zh = "代理服务器在 Alice 的第一个 INVITE 中加入了哪个头字段，使以后的请求也经过它？\n\n    rung show rfc5359-2.1 -m method=INVITE to=2s kind=send" },
			wrong = {
				{ "Via", why = { "It routes the responses of this one request back.", zh = "它只引导这一个请求的响应返回。" } },
				{ "Route", why = { "That is its name in later requests.", zh = "它在以后的请求中才叫这个名字。" } },
				{ "Contact", why = { "A proxy does not change that.", zh = "代理服务器不改动它。" } },
			},
			why = { "Compare Alice's INVITE with the forwarded copy: two fields are new, and one of them has `lr`.", zh = "比较 Alice 的 INVITE 与代理服务器转发的副本：新增了两个字段，其中一个带 `lr`。" },
			rule = "proxy-forward",
			records = function(t) return t:first "kind=send src=proxy method=INVITE" end,
			hint = { "RFC 3261, 16.6 has it as an optional step; compare `INVITE@proxy` with `INVITE@alice`.", zh = "RFC 3261 第 16.6 节把它作为可选的一步；对照 `INVITE@proxy` 与 `INVITE@alice`。" } },
		{ text = "Via",
			ask = { "Which header field of his re-INVITEs makes Alice's responses return along the same path?\n\n    rung show rfc5359-2.1 -m method=INVITE dst=alice",
				zh = "他的 re-INVITE 中，哪个头字段引导 Alice 的响应沿原路返回？\n\n    rung show rfc5359-2.1 -m method=INVITE dst=alice" },
			wrong = {
				{ "Route", why = { "That leads the request to her, and is used up on the way.", zh = "它引导请求到她那里，途中已用掉。" } },
				{ "Record-Route", why = { "That is for later requests.", zh = "它用于以后的请求。" } },
				{ "From", why = { "That says who has sent it, not along which path.", zh = "它说明是谁发送的，而不是走哪条路。" } },
			},
			why = { "Read the re-INVITE as Alice's phone gets it: one field appears once for each node that has sent it.", zh = "读 Alice 的话机收到的 re-INVITE：有一个字段对每个发送过它的节点各出现一次。" },
			rule = "response-vias",
			records = function(t) return t:first "kind=send src=alice status=200" end,
			hint = { "RFC 3261, 18.2.2 sends a response along it; `status=200 src=alice` copies it, topmost first.", zh = "RFC 3261 第 18.2.2 节按它发送响应；`status=200 src=alice` 重复它，从最上面开始。" } },
	},
}

local function answered(t)
	return t:first "kind=recv dst=bob status=200 cseq=INVITE"
end

task {
	time = function(t) return answered(t).time - hold(t).time end,
	wrong = {
		{ function(t) return hold(t):arrival().time - hold(t).time end,
			why = { "At that time the re-INVITE has reached the proxy.", zh = "那时 re-INVITE 刚到达代理服务器。" } },
		{ function(t) return t:first("kind=send src=alice status=200 cseq=INVITE").time - hold(t).time end,
			why = { "At that time Alice's phone answers; the answer must return.", zh = "那时 Alice 的话机刚应答；应答还要返回。" } },
	},
	why = { "Count from the re-INVITE that the key sends to the arrival of Alice's 200 at Bob's phone.",
		zh = "从按键时发送的 re-INVITE 算起，到 Alice 的 200 到达 Bob 的话机为止。" },
	records = function(t) return { hold(t), answered(t) } end,
	hint = { "There are four hops in one exchange, `INVITE@bob` and the first 200 that returns: `dst=bob status=200`.", zh = "一次交换的四跳，`INVITE@bob` 和第一个返回的 200：`dst=bob status=200`。" },
}

task {
	goal = {
		{ "Bob puts Alice on hold", zh = "Bob 保持 Alice",
			function(t) return t:count "kind=act node=bob hold" > 0, t:first "kind=act node=bob hold" end },
		{ "she holds him while she is on hold", zh = "她在被保持时也保持他",
			function(t)
				local mine, resume = t:first "kind=act node=alice hold", t:first "kind=act node=bob resume"
				local his = t:first "kind=act node=bob hold"
				return mine ~= nil and his ~= nil and his.seq < mine.seq and (resume == nil or mine.seq < resume.seq), mine
			end },
		{ "her offer stops both directions", zh = "她的提议停止两个方向",
			function(t)
				local offers = t:all "kind=send src=alice method=INVITE"
				for _, r in ipairs(offers) do
					if r.text:find("a=inactive", 1, true) ~= nil then
						return true, r
					end
				end
				return false, offers[#offers]
			end, rule = "hold-inactive",
			why = { "Her offer says so only while Bob holds her.", zh = "只有在 Bob 保持她时，她的提议才会这样写。" } },
	},
	points = 3,
	hint = { "`kind=act node=bob` has the times of Bob's hold: her own hold must be between them, after a `sleep` in her script.", zh = "`kind=act node=bob` 有他保持她的起止时刻：她自己的保持要落在其间，前面在她的脚本中用 `sleep` 等待。" },
}
