-- The tasks of rfc3665-3.4; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..50ms:10ms", "bob.answer=1s..4s:1s", "seed=1..999:1" }

local function gave_up(t)
	return t:first "kind=timer node=alice name=B op=fire"
end

task {
	draw = "node=alice kind=send from=32.9s to=34s",
	rule = "uac-failover",
	points = 2,
	hint = { "`src=proxy2 dst=alice kind=send from=32.9s to=34s` is what it receives there: which request did it send before each, and what does it do with the first response (RFC 3261 22.3)? RFC 3263 4.3 says why it sends to proxy2 at all.",
		zh = "`src=proxy2 dst=alice kind=send from=32.9s to=34s` 是它从那里收到的：在每个之前它问了什么，对第一个它怎样做（RFC 3261 22.3）？为什么会问到它，见 RFC 3263 4.3。" },
	others = {
		{ draw = "method=ACK kind=send", rule = "ict-ack",
			ask = { "Draw all ACKs of the run, one line for each hop.\n\n    rung show rfc3665-3.4 method=ACK kind=send", zh = "画出运行中的所有 ACK，每一跳一行。\n\n    rung show rfc3665-3.4 method=ACK kind=send" },
			hint = { "`status=407,200 cseq=INVITE dst=alice kind=recv` are the two that are acknowledged: for one RFC 3261 17.1.1.3 applies, for the other 13.2.2.4 and the Route of `ACK@alice#2`.",
				zh = "`status=407,200 cseq=INVITE dst=alice kind=recv` 是要确认的两个：一个按 RFC 3261 17.1.1.3，另一个按 13.2.2.4 和 `ACK@alice#2` 的 Route。" } },
		{ draw = "cseq=BYE kind=send", rule = "dialog-route",
			ask = { "Draw the end of the call, BYE and its 200: one line for each hop.\n\n    rung show rfc3665-3.4 cseq=BYE kind=send", zh = "画出呼叫的结束，即 BYE 及其 200，每一跳一行。\n\n    rung show rfc3665-3.4 cseq=BYE kind=send" },
			hint = { "The Route of `BYE@bob` shows its path, and proxy1 has never answered: is it in there?",
				zh = "`BYE@bob` 的 Route 说明它经过谁；proxy1 从未响应：它在其中吗？" } },
	},
}

task {
	number = function(t) return t:count "method=INVITE src=alice kind=send" end,
	unit = { "INVITEs", zh = "个 INVITE" },
	rule = "ict-timer-a",
	points = 2,
	ahead = true,
	wrong = {
		{ 8, why = { "proxy2 asks for a password: what does the phone send then?", zh = "proxy2 要求密码：话机随后发送什么？" } },
		{ 7, why = { "That many are sent to proxy1.", zh = "那是发给 proxy1 的。" } },
		{ 6, why = { "That is the number of retransmissions.", zh = "那是重传的次数。" } },
		{ 3, why = { "There are three different ones; one of them is retransmitted, as there is no response.", zh = "不同的有三个；其中一个因没有响应而重传。" } },
	},
	why = { "Add those to the proxy that is silent, the first and each retransmission, and those to the other one.",
		zh = "相加：发给没有响应的代理服务器的，第一次和每次重传；然后是发给另一个的。" },
	hint = { "`node=alice name=A op=fire to=33s` are the retransmissions to the silent proxy; RFC 3261 22.3 says what her phone does when the other one asks for credentials.",
		zh = "`node=alice name=A op=fire to=33s` 是发往沉默的代理服务器的重传；另一台要凭据时她的话机怎样做，见 RFC 3261 22.3。" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
	others = {
		{ number = function(t) return tonumber(t:first("method=INVITE dst=bob kind=send"):header("CSeq"):match "%d+") end, rule = "auth-answer-proxy", ahead = true,
			ask = { "Before you look at the run: what will be the CSeq number of the INVITE that reaches Bob's phone?\n\n    rung show rfc3665-3.4 -m method=INVITE dst=bob", zh = "先不看运行：到达 Bob 的话机的 INVITE 的 CSeq 会是几？\n\n    rung show rfc3665-3.4 -m method=INVITE dst=bob" },
			wrong = { { 1, why = { "proxy2 has asked for a password: the INVITE with credentials is a new request.", zh = "proxy2 要求了密码：带凭据的是新的请求。" } }, { 3, why = { "Trying another server does not make it a new request.", zh = "改试另一台服务器并不使它成为新的请求。" } }, { { 8, 9 }, why = { "Retransmissions keep their number.", zh = "重传保持编号不变。" } } },
			why = { "A failover keeps the number; a request after a challenge has a new one.", zh = "改试另一台服务器不改变编号，质询则不同。" },
			hint = { "`-m method=INVITE src=alice from=32.9s` has the two that count.", zh = "`-m method=INVITE src=alice from=32.9s` 中有相关的两个。" },
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end },
		{ number = function(t)
			local n, seen = 0, {}
			for _, r in ipairs(t:all "method=INVITE src=alice kind=send") do
				if not seen[r.branch] then
					seen[r.branch] = true
					n = n + 1
				end
			end
			return n
		end, rule = "branch-unique", unit = { "branches", zh = "个 branch" }, ahead = true,
			ask = { "Before you look at the run: how many different branches will the INVITEs of Alice's phone have?\n\n    rung show rfc3665-3.4 -m method=INVITE src=alice", zh = "先不看运行：Alice 的话机的 INVITE 会有多少个不同的 branch？\n\n    rung show rfc3665-3.4 -m method=INVITE src=alice" },
			wrong = { { { 8, 9 }, why = { "Retransmissions keep their branch.", zh = "重传保持 branch 不变。" } }, { 2, why = { "proxy2 has asked for a password: the INVITE with credentials is a separate transaction.", zh = "proxy2 要求了密码：带凭据的是另一个事务。" } }, { 1, why = { "Another server is tried with a new transaction.", zh = "改试另一台服务器要用新的事务。" } } },
			why = { "Count transactions: one to the silent proxy, and those to the other one.", zh = "数事务：发给没有响应的代理服务器的一个，以及发给另一个的。" },
			hint = { "`kind=fsm machine=ICT left=none node=alice` has one record for each.", zh = "`kind=fsm machine=ICT left=none node=alice` 中每个有一条记录。" },
			records = function(t) return t:all "method=INVITE src=alice kind=send" end },
	},
}

task {
	choice = {
		{ "the same request, in a new transaction by another Route", right = true,
			rule = "uac-failover", zh = "同一个请求，经另一个 Route 走新的事务" },
		{ "a retransmission: Call-ID and CSeq are the same as before", zh = "重传：Call-ID 和 CSeq 与以前相同", rule = "uac-failover",
			why = { "A retransmission has the same bytes, even its Via. Compare the two.",
				zh = "重传的每个字节都相同，Via 也一样。请把两者对照。" } },
		{ "a new call: Call-ID and the tag in From are new ones", zh = "新的呼叫：Call-ID 和 From 的 tag 是新的", rule = "uac-failover",
			why = { "Compare them: both are as before, it is still the same call.", zh = "比较一下：两者都没变，仍是同一个呼叫。" } },
		{ "the INVITE that proxy1 has forwarded, just before it failed", zh = "proxy1 在失效之前转发的 INVITE", rule = "ict-timer-b",
			why = { "proxy1 is down: nothing has reached it.", zh = "proxy1 已停机：什么也没有到达它。" } },
	},
	points = 2,
	records = function(t) return t:first "method=INVITE src=alice dst=proxy2 kind=send" end,
}

task {
	number = function(t)
		for _, r in ipairs(t:all "kind=call node=alice") do
			if r.time >= gave_up(t).time then
				return r.status
			end
		end
	end,
	rule = "uac-timeout-408",
	wrong = {
		{ 503, rule = "uac-transport-503", why = { "That stands for a transport that fails, a refused connection for example. Over UDP there is only silence.",
			zh = "那代表传输失败，例如连接被拒绝。UDP 下只是没有响应。" } },
		{ 480, why = { "No node sends that: the phone receives nothing at all. Which status represents a timeout?", zh = "没有人这样说：话机什么也没收到。哪个状态码代表超时？" } },
		{ 487, why = { "That would be the answer to an INVITE that was cancelled.", zh = "那是被撤回的 INVITE 的响应。" } },
	},
	why = { "The record of kind call at which the attempt fails has a status: which response means that there was no answer in time?",
		zh = "尝试失败的那条 call 记录带有状态码：哪个响应表示没有人及时响应？" },
	hint = { "`node=alice kind=call to=34s`: the record after Timer B has it; RFC 3261 8.1.3.1 says why.", zh = "`node=alice kind=call to=34s`：定时器 B 之后的那条记录中有它；原因见 RFC 3261 第 8.1.3.1 节。" },
	others = {
		{ number = function(t)
			for _, r in ipairs(t:all "kind=call node=alice") do
				if r.time > gave_up(t).time + 0.001 then
					return r.status
				end
			end
		end, rule = "auth-407",
			ask = { "The phone tries proxy2. Which status makes it send its INVITE again?\n\n    rung show rfc3665-3.4 node=alice kind=call from=33s", zh = "话机改试 proxy2。哪个状态码使它再次发送 INVITE？\n\n    rung show rfc3665-3.4 node=alice kind=call from=33s" },
			wrong = { { 408, why = { "That made it try another server.", zh = "那使它改试另一台服务器。" } }, { 401, why = { "User agents and registrars send that.", zh = "那是用户代理和注册服务器询问时用的。" } }, { 100, why = { "A provisional response does not cause that.", zh = "临时响应不会引起这个。" } } },
			why = { "A proxy asks for credentials by its own status: read the call's records after 33 s.", zh = "代理服务器用自己的状态码要求凭据：读 33 s 之后的 call 记录。" },
			hint = { "With `ACK@alice` her phone acknowledges it, and its CSeq is that of the failed INVITE; RFC 3261 22.3 says what follows.",
				zh = "她的话机用 `ACK@alice` 确认它，CSeq 与失败的 INVITE 相同；随后怎样，见 RFC 3261 22.3。" },
			records = function(t) return t:first "src=proxy2 dst=alice kind=send" end },
		{ number = function(t)
			for _, r in ipairs(t:all "kind=call node=alice") do
				if r.state == "early" then
					return r.status
				end
			end
		end, rule = "dialog-uac",
			ask = { "Which status makes Alice's call an early one, with a dialog?\n\n    rung show rfc3665-3.4 node=alice kind=call", zh = "哪个状态码使 Alice 的呼叫成为有早期对话的呼叫？\n\n    rung show rfc3665-3.4 node=alice kind=call" },
			wrong = { { 100, why = { "It has no tag, so it creates no dialog.", zh = "它没有 tag，因此不建立对话。" } }, { 200, why = { "That confirms it.", zh = "那使它得到确认。" } }, { 407, why = { "That rejects the request; nothing begins with it.", zh = "那拒绝了请求；不会由此开始什么。" } } },
			why = { "It comes from Bob's phone, through proxy2, and has a To tag.", zh = "它来自 Bob 的话机，经过 proxy2，带有 To tag。" },
			hint = { "`kind=dialog node=alice` has its first record at that time.", zh = "`kind=dialog node=alice` 的第一条记录就在那时。" },
			records = function(t) return t:first "kind=dialog node=alice" end },
	},
}

task {
	goal = {
		{ "proxy1 answers the INVITE with 503", zh = "proxy1 以 503 响应 INVITE",
			function(t)
				local r = t:first "status=503 src=proxy1 kind=send"
				return r ~= nil, r
			end, rule = "proxy-overload" },
		{ "within a second of it the phone tries proxy2", zh = "此后一秒之内话机改试 proxy2",
			function(t)
				local a = t:first "status=503 src=proxy1 kind=send"
				local b = t:first "method=INVITE src=alice dst=proxy2 kind=send"
				return a ~= nil and b ~= nil and b.time - a.time < 1, b
			end, rule = "uac-failover" },
		{ "Bob answers the call", zh = "Bob 接听",
			function(t)
				return t:first "kind=call node=bob state=confirmed"
			end },
	},
	points = 3,
}
