-- The tasks of rfc5359-2.1; their texts are in README.md.
lesson { minutes = 25, level = 1 }
vary { "bob.answer=1000ms..3000ms:500ms", "lan--bob.delay=5ms..45ms:10ms" }

local function hold(t)
	return t:first "kind=send src=bob method=INVITE"
end

task {
	text = { "a=sendonly", "sendonly" },
	wrong = {
		{ "a=recvonly", rule = "hold-send",
			why = { "That is Alice's answer: she receives only.", zh = "那是 Alice 的应答：她只接收。" } },
		{ "a=inactive", rule = "hold-inactive",
			why = { "That stops both directions; here music may still come from Bob.",
				zh = "那会停止两个方向；这里 Bob 还可以播放音乐。" } },
		{ "a=sendrecv", rule = "resume-send",
			why = { "That takes her off hold, two seconds later.", zh = "那是两秒后解除保持的一行。" } },
		{ "c=0.0.0.0", rule = "hold-zero",
			why = { "So RFC 2543 did it. Look at what is there.", zh = "RFC 2543 那样做。请看这里实际写的是什么。" } },
	},
	rule = "hold-send",
	why = { "Read the session description of the first re-INVITE: one line says in which direction media go.",
		zh = "读第一个 re-INVITE 的会话描述：有一行说明媒体的方向。" },
	records = hold,
}

task {
	choice = {
		{ "either of the two: each may send a re-INVITE with a=sendrecv",
			zh = "双方都可以：谁都能发送带 a=sendrecv 的 re-INVITE",
			why = { "She may send one. But what would the answer to it say?",
				zh = "她可以发送。但应答会怎么写？" } },
		{ "Bob alone: he would answer her offer with a=sendonly",
			zh = "只有 Bob：她的提议仍会得到 a=sendonly",
			right = true, rule = "resume-send" },
		{ "Alice alone: she has called and rules the session",
			zh = "只有 Alice：她是主叫，由她决定会话",
			why = { "Who has called makes no difference within the dialog.", zh = "在对话中，谁是主叫没有区别。" }, rule = "reinvite" },
		{ "the proxy, by which both of the re-INVITEs go",
			zh = "代理服务器，两个 re-INVITE 都经过它",
			why = { "A proxy does not touch a session description.", zh = "代理服务器不修改会话描述。" }, rule = "proxy-forward" },
	},
	points = 2,
	records = function(t) return t:last "kind=send src=bob method=INVITE" end,
}

task {
	text = "Route",
	wrong = {
		{ "Record-Route", rule = "dialog-request",
			why = { "That was in the first INVITE. Bob's phone made its route set of it.",
				zh = "它在第一个 INVITE 中。Bob 的话机由它得到路由集。" } },
		{ "Via", rule = "response-vias",
			why = { "It leads the responses back.", zh = "它引导响应返回。" } },
		{ "Contact",
			why = { "That of the other side is the target: it stands in the Request-URI.",
				zh = "对方的 Contact 是目标：它在 Request-URI（请求 URI）中。" } },
		{ "Request-URI", why = { "It names Alice's phone itself.", zh = "它指的就是 Alice 的话机。" }, rule = "dialog-request" },
	},
	rule = "dialog-request",
	why = { "Read a re-INVITE of Bob's: one field has the proxy's address with `lr`.",
		zh = "读 Bob 的一个 re-INVITE：有一个字段含有带 `lr` 的代理服务器地址。" },
	hint = { "The proxy has asked to stay in the path. What became of that in Bob's request?",
		zh = "代理服务器曾要求留在路径上。这在 Bob 的请求中变成了什么？" },
	records = hold,
}

local function answered(t)
	return t:first "kind=recv dst=bob status=200 cseq=INVITE"
end

task {
	time = function(t) return answered(t).time - hold(t).time end,
	wrong = {
		{ function(t) return hold(t):arrival().time - hold(t).time end,
			why = { "Then the re-INVITE has reached the proxy.", zh = "那时 re-INVITE 刚到达代理服务器。" } },
		{ function(t) return t:first("kind=send src=alice status=200 cseq=INVITE").time - hold(t).time end,
			why = { "Then Alice's phone answers; the answer has to come back.", zh = "那时 Alice 的话机刚应答；应答还要返回。" } },
	},
	why = { "Count from the re-INVITE that the key sends to the arrival of Alice's 200 at Bob's phone.",
		zh = "从按键时发送的 re-INVITE 算起，到 Alice 的 200 到达 Bob 的话机为止。" },
	records = function(t) return { hold(t), answered(t) } end,
}

task {
	goal = {
		{ "Bob holds Alice", zh = "Bob 保持 Alice",
			function(t) return t:count "kind=act node=bob hold" > 0, t:first "kind=act node=bob hold" end },
		{ "she holds him while she is held", zh = "她在被保持时也保持他",
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
	hint = { "Bob holds her from 2 s to 4 s after his answer.", zh = "Bob 接听之后 2 s 到 4 s 之间保持她。" },
}
