-- The tasks of external-redirection; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "lan1--px.delay=5ms..25ms:5ms", "seed=1..999:1" }

-- Alice's INVITEs: two of the first call, one of the second, two of the third.
local function asked(t, i)
	return t:all("method=INVITE kind=send src=alice")[i]
end

local function rung(t, i)
	return t:all("status=180 kind=recv node=alice")[i]
end

local function followed(t)
	return t:first "kind=route node=px rule=proxy-recurse"
end

task {
	draw = "method=INVITE to=3s",
	points = 2,
	ahead = true,
	hint = { "Alice's phone has an outbound proxy: where does it go when it follows a 302? See `node=alice kind=route to=3s`.",
		zh = "Alice 的话机有出站代理服务器：它听从 302 时发往哪里？见 `node=alice kind=route to=3s`。" },
	others = {
		{
			draw = "method=INVITE from=3s to=6s",
			ahead = true,
			hint = { "Now `px` may follow: how many INVITEs must Alice's phone send, by `src=alice from=3s to=6s`?",
				zh = "现在 `px` 可以自己去：Alice 的话机要请求几次，见 `src=alice from=3s to=6s`？" },
			ask = { "Before you look at the run: draw the INVITEs of the second call, one line for each, `alice -> px INVITE`.\n\n    rung show external-redirection method=INVITE kind=send from=3s to=6s",
				zh = "先不看运行：画出第二次呼叫的各个 INVITE，每条一行，如 `alice -> px INVITE`。\n\n    rung show external-redirection method=INVITE kind=send from=3s to=6s" },
		},
		{
			draw = "method=ACK to=3s",
			ahead = true,
			hint = { "`status=302,200 cseq=INVITE kind=recv to=3s`: a node that gets the 302 acknowledges it to the hop that sent it (RFC 3261 17.1.1.3). Only her phone sends the ACK for the 200 (13.2.2.4): through which node does the Route of `ACK@alice#2` lead it?",
				zh = "`status=302,200 cseq=INVITE kind=recv to=3s`：收到 302 的每一方都向发来的一跳确认（RFC 3261 第 17.1.1.3 节）。对 200 的 ACK 只由她的话机产生（第 13.2.2.4 节）：`ACK@alice#2` 的 Route 让它经过谁？" },
			ask = { "Before you look at the run: draw the ACKs of the first call, one line for each, `alice -> px ACK`.\n\n    rung show external-redirection method=ACK kind=send to=3s",
				zh = "先不看运行：画出第一次呼叫的各个 ACK，每条一行，如 `alice -> px ACK`。\n\n    rung show external-redirection method=ACK kind=send to=3s" },
		},
	},
}

task {
	choice = {
		{ "It calls the desk itself, since Bob is a user of its domain.", zh = "它自己呼叫桌面话机，因为 Bob 是它的域的用户。",
			why = { "It could; but it has not been told to follow (recurse=false).", zh = "它可以这样做，但没有人让它这样做（recurse=false）。" },
			rule = "proxy-final" },
		{ "It forwards it to Alice's phone, as the best of the responses that it has.", zh = "它把它作为已有响应中最好的一个转给 Alice 的话机。",
			right = true },
		{ "It makes a response of its own, with the Contact as Alice called it.", zh = "它自己构造响应，Contact 是 Alice 呼叫的地址。",
			why = { "Except for the Via, the bytes that Alice's phone gets are those from red.", zh = "Alice 的话机收到的字节除 Via 外都是 red 的。" },
			rule = "proxy-final" },
		{ "It drops it, and retransmits the INVITE.", zh = "它丢弃它，并重发 INVITE。",
			why = { "The INVITE that follows has the next CSeq number and comes from Alice's phone.", zh = "随后的 INVITE 的 CSeq 编号加一，来自 Alice 的话机。" },
			rule = "proxy-final" },
	},
	rule = "proxy-final",
	records = function(t) return t:first "status=302 kind=send src=px" end,
}

task {
	time = function(t)
		return rung(t, 1).time - asked(t, 1).time - (rung(t, 2).time - asked(t, 3).time)
	end,
	wrong = {
		{ function(t) return rung(t, 2).time - asked(t, 3).time end,
			why = { "That is the time in the second call.", zh = "这是第二次呼叫所用的时间。" } },
		{ function(t) return rung(t, 1).time - asked(t, 1).time end,
			why = { "That is the time in the first call.", zh = "这是第一次呼叫所用的时间。" } },
		{ function(t) return rung(t, 1).time - asked(t, 2).time - (rung(t, 2).time - asked(t, 3).time) end,
			why = { "Count the first call also from its first INVITE.", zh = "第一次呼叫也要从它的第一个 INVITE 算起。" } },
	},
	why = { "The difference is the path of the 302 to Alice's phone and of its next INVITE back to the proxy.",
		zh = "省下的是 302 到 Alice 话机的路程，以及它下一个 INVITE 回到代理服务器的路程。" },
	records = function(t) return { rung(t, 1), rung(t, 2) } end,
	hint = { "The first call begins at `INVITE@alice`, though `INVITE@alice#2` is closer to its 180; the second call begins at `INVITE@alice#3`.",
		zh = "第一次呼叫从 `INVITE@alice` 开始，虽然 `INVITE@alice#2` 离它的 180 更近；第二次从 `INVITE@alice#3` 开始。" },
}

task {
	choice = {
		{ "Alice's phone has said by a Route that it wants to follow itself.", zh = "Alice 的话机用 Route 说明它要自己去。",
			why = { "The Route names the proxy in all three calls.", zh = "三次呼叫的 Route 都指明这个代理服务器。" },
			rule = "proxy-recurse" },
		{ "It has tried Bob's desk in the second call already.", zh = "它在第二次呼叫中已经试过 Bob 的桌面话机。",
			why = { "Tried targets count only within one request.", zh = "试过的地址只在同一个请求中算数。" }, rule = "proxy-recurse" },
		{ "The Request-URI is of a domain that it is not responsible for.", zh = "Request-URI 属于它不负责的域。", right = true },
		{ "A redirect server of another domain may never be followed.", zh = "别的域的重定向服务器永远不可听从。",
			why = { "In the second call it was this very server.", zh = "第二次呼叫中正是这个服务器。" }, rule = "proxy-recurse" },
	},
	rule = "proxy-recurse",
	records = function(t) return t:last "status=302 kind=send src=px" end,
}

task {
	find = {
		node = "px",
		rule = { "proxy-recurse" },
		record = function(t) return { followed(t) } end,
	},
	rule = "proxy-recurse",
	why = { "One of the records of kind route leads to the address that a 302 has named, and is not made by a phone.", zh = "route 记录中有一条去往 302 所说的地址，而且不是话机的。" },
	records = followed,
	hint = { "Of `kind=route node=px` those with `how=redirect` come from a 302.", zh = "`kind=route node=px` 中，`how=redirect` 的来自 302。" },
	others = {
		{
			find = {
				node = "alice",
				rule = "redirect-follow",
				record = function(t) return t:all("node=alice rule=redirect-follow to=3s") end,
			},
			why = { "It is between the 302 at her phone and its next INVITE. `rung explain` with its number names the rule.",
				zh = "它在到达她的话机的 302 与下一个 INVITE 之间。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "`node=alice kind=route to=3s` has two routes of her call; take the one after `302@px`.",
				zh = "`kind=route node=alice to=3s` 有她的呼叫的两条路；取 `302@px` 之后的那条。" },
			ask = { "Which record shows that Alice's phone follows the redirection of the first call, and by which rule? `node=… rule=… record=…`.\n\n    rung show external-redirection kind=route,call node=alice to=3s",
				zh = "哪条记录说明 Alice 的话机听从第一次呼叫的重定向，依据哪条规则？`node=… rule=… record=…`。\n\n    rung show external-redirection kind=route,call node=alice to=3s" },
		},
		{
			find = {
				node = "red",
				rule = "redirect-302",
				record = function(t) return t:first "kind=send status=302 src=red" end,
			},
			why = { "Look for the message that first contains the address 203.0.113.7: it is a response.",
				zh = "找出最先带有地址 203.0.113.7 的消息：它是一个响应。" },
			hint = { "Go up from the second INVITE of `src=alice` to where its Request-URI comes from; `kind=lookup to=2s` helps.",
				zh = "从 `src=alice` 的第二个 INVITE 往上，看它的请求 URI 从哪里来；`kind=lookup to=2s` 有帮助。" },
			ask = { "Which node is the first to say where Bob's desk is? Write the node, the rule and the record: `node=… rule=… record=…`.\n\n    rung show external-redirection to=2s kind=send",
				zh = "谁第一次说出 Bob 的桌面话机在哪里？请给出节点、规则和记录：`node=… rule=… record=…`。\n\n    rung show external-redirection to=2s kind=send" },
		},
	},
}

task {
	goal = {
		{ "red answers with two Contacts", zh = "red 的响应有两个 Contact",
			function(t)
				local r = t:first "status=300 kind=send src=red"
				return r ~= nil and r:header("Contact", 2) ~= nil, r
			end },
		{ "the desk is tried first, and busy", zh = "先试桌面话机，它忙",
			function(t)
				local r = t:first "status=486 kind=send src=desk"
				return r ~= nil, r
			end },
		{ "the car's phone is answered", zh = "车里的话机被接听",
			function(t)
				local r = t:first "status=200 cseq=INVITE kind=send src=car"
				return r ~= nil, r
			end },
		{ "Alice's phone sends one INVITE", zh = "Alice 的话机发送一个 INVITE",
			function(t) return t:count "method=INVITE kind=send src=alice" == 1 end },
	},
	points = 3,
	hint = { "In `lab.lua` `red:bind` names one address: a second one and their `q` (docs/SCENARIO.md) order them; `desk` and `px` have attributes for the rest.", zh = "`lab.lua` 中 `red:bind` 只写一个地址：再写一个，用 `q`（docs/SCENARIO.md）排出先后；其余的由 `desk` 和 `px` 的属性决定。" },
}
