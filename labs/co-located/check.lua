-- The tasks of co-located; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "lan1--lan3.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- What Alice's phone sends first in each call, and when it hears the ringing.
local function asked(t, to)
	return t:first("method=INVITE kind=send src=alice text=<sip:" .. to)
end

local function rung(t, to)
	return t:first("status=180 kind=recv node=alice text=<sip:" .. to)
end

local BOB, OLD = "bob@biloxi", "bob@old"

-- Requests for Carol that come to the server.
local function for_carol(t)
	return t:all("kind=recv dst=srv text=<sip:carol@", function(r) return r.method end)
end

task {
	choice = {
		{ "the port that it came to: a redirect server has its own", zh = "它到达的端口：重定向服务器有自己的端口",
			why = { "srv listens at one port, 5060, for all of its roles.", zh = "srv 的所有角色都监听同一个端口 5060。" },
			rule = "redirect-302" },
		{ "the user in its Request-URI: Carol, and not Bob", zh = "它的 Request-URI 指明的人：Carol，不是 Bob", right = true },
		{ "the location service, which has no binding for Carol", zh = "位置服务器：那里没有 Carol 的绑定",
			why = { "There is a binding: the Contact of the 302 is from it.", zh = "绑定是有的：302 中的 Contact 就来自它。" },
			rule = "redirect-302" },
		{ "the order: a redirect server answers before a proxy", zh = "先后次序：重定向服务器先于代理服务器响应",
			why = { "Then it would answer for Bob as well, whose binding it can read.", zh = "那样它也会替 Bob 响应，他的绑定它同样读得到。" },
			rule = "redirect-302" },
	},
	rule = "redirect-302",
	records = function(t) return t:first "status=302 kind=send src=srv" end,
}

task {
	draw = "method=INVITE text=<sip:bob@old",
	points = 2,
	hint = { "`302@srv#2` is between two of them: what is the target of the call then (`node=alice kind=route`)?",
		zh = "`302@srv#2` 在其中两个之间：此后呼叫的目标是什么（`node=alice kind=route`）？" },
	others = {
		{
			draw = "method=INVITE text=<sip:carol@",
			rule = "redirect-302",
			hint = { "Which node follows the Contact of `302@srv`, the phone or the server? RFC 3261 8.1.3.4.",
				zh = "`302@srv` 的 Contact 由谁去呼叫，话机还是服务器？RFC 3261 第 8.1.3.4 节。" },
			ask = { "Draw the INVITEs of the second call, from Alice's first to the one that reaches Carol, one line for each, `alice -> srv INVITE`.\n\n    rung show co-located method=INVITE from=4s to=6s kind=send",
				zh = "画出第二次呼叫的各个 INVITE，从 Alice 的第一个到抵达 Carol 的那个，每条一行，如 `alice -> srv INVITE`。\n\n    rung show co-located method=INVITE from=4s to=6s kind=send" },
		},
		{
			draw = "method=ACK text=<sip:bob@old",
			rule = "ict-ack",
			hint = { "One ACK ends at the hop whose response it acknowledges; the other goes as far as `INVITE@srv#2`: see `from=7s method=ACK`.",
				zh = "一个 ACK 止于给出该响应的那一跳；另一个与 `INVITE@srv#2` 走得一样远：见 `from=7s method=ACK`。" },
			ask = { "Draw the ACKs of the third call, one line for each, `alice -> srv ACK`: the one for the redirection and the one for the answer.\n\n    rung show co-located method=ACK from=7s kind=send",
				zh = "画出第三次呼叫的各个 ACK，每条一行，如 `alice -> srv ACK`：对重定向的和对接听的都要。\n\n    rung show co-located method=ACK from=7s kind=send" },
		},
	},
}

task {
	number = function(t) return #for_carol(t) end,
	unit = { "requests", zh = "个请求" },
	wrong = {
		{ 1, why = { "The 302 is acknowledged as well, to where the INVITE was sent.", zh = "302 也要确认，ACK 发往 INVITE 所去之处。" } },
		{ 3, why = { "The ACK for the 200 goes to Carol's Contact.", zh = "200 的 ACK 发往 Carol 的 Contact。" } },
		{ 4, why = { "The requests of the dialog, even the BYE, go to Carol's Contact.", zh = "属于对话的请求，包括 BYE，都发往 Carol 的 Contact。" } },
	},
	why = { "Count what arrives at srv: the transaction that it has answered, and nothing of the dialog.",
		zh = "数到达 srv 的请求：只有它响应过的那个事务，没有对话中的请求。" },
	records = for_carol,
	ahead = true,
	hint = { "Only what is sent before Carol's phone rings can go through `srv`: the dialog's route is in `kind=dialog node=alice`.",
		zh = "只有 Carol 振铃之前的才可能经过 `srv`：对话的路由见 `kind=dialog node=alice`。" },
	others = {
		{
			number = function(t)
				return #t:all("kind=recv dst=srv text=<sip:bob@old", function(r) return r.method end)
			end,
			ahead = true,
			unit = { "requests", zh = "个请求" },
			wrong = {
				{ 2, why = { "That is the number for Carol. Here the new target is srv as well.", zh = "那是 Carol 的情形。这里新的目标又是 srv。" } },
				{ 3, why = { "That is the number without the redirection.", zh = "那是没有重定向时的数目。" } },
				{ 4, why = { "Does the call end without a request?", zh = "呼叫结束时没有请求吗？" } },
			},
			why = { "Count what arrives at srv: the transaction that it has redirected, and everything that takes the proxy's path after that.",
				zh = "数到达 srv 的请求：它重定向的那个事务，以及此后经过代理服务器路径的一切。" },
			hint = { "Two roles of `srv` take part. Count separately what arrives up to the ACK of `302@srv#2`, and what arrives for the dialog that `INVITE@srv#2` creates.",
				zh = "`srv` 的两个角色都参与：到 `302@srv#2` 的 ACK 为止的，与属于 `INVITE@srv#2` 所建对话的，分别数。" },
			ask = { "Before you look at the run: how many requests of Alice's third call, to Bob at his old domain, will reach `srv`?\n\n    rung show co-located dst=srv from=7s",
				zh = "先不看运行：Alice 的第三次呼叫（Bob 的旧域）中，有多少个请求到达 `srv`？\n\n    rung show co-located dst=srv from=7s" },
		},
		{
			number = function(t)
				return #t:all("kind=recv dst=srv text=<sip:bob@biloxi", function(r) return r.method end)
			end,
			ahead = true,
			unit = { "requests", zh = "个请求" },
			wrong = {
				{ 1, why = { "The dialog's requests go through srv as well: it has added itself to the path.", zh = "对话的请求也经过 srv：它把自己写进了路径。" } },
				{ 2, why = { "The ACK of a 200 takes the path of the dialog.", zh = "200 的 ACK 走对话的路径。" } },
			},
			why = { "The proxy stays in the path: count the requests of the call from its begin to its end.",
				zh = "代理服务器留在路径上：从头到尾数这次呼叫的请求。" },
			hint = { "Read `dst=srv kind=recv to=4s` and leave out the responses and Bob's REGISTER.",
				zh = "读 `dst=srv kind=recv to=4s`，去掉有状态码的和 Bob 的 REGISTER。" },
			ask = { "Before you look at the run: how many requests of Alice's first call, to Bob, will reach `srv`?\n\n    rung show co-located dst=srv to=4s",
				zh = "先不看运行：Alice 的第一次呼叫（呼叫 Bob）中，有多少个请求到达 `srv`？\n\n    rung show co-located dst=srv to=4s" },
		},
	},
}

task {
	text = { "Record-Route", "Record-Route:" },
	wrong = {
		{ "Via", why = { "Via routes responses back, not later requests.", zh = "Via 引导响应返回，与以后的请求无关。" } },
		{ "Contact", why = { "Contact is Bob's own address, and bypasses srv.", zh = "Contact 是 Bob 自己的，不经过 srv。" } },
		{ "Route", why = { "The BYE has a Route: the phone made it from another field.", zh = "Route 出现在 BYE 中：话机由另一个字段得到它。" } },
	},
	why = { "Compare the INVITE that reaches Bob with the one that Alice sent: what has been added?", zh = "看 INVITE 到达 Bob 时比 Alice 发出时多了什么。" },
	records = function(t) return t:first "kind=send method=INVITE src=srv dst=bob" end,
	hint = { "Compare `INVITE@alice` with `INVITE@srv`: RFC 3261 16.6, step 4, adds it.", zh = "把 `INVITE@alice` 与 `INVITE@srv` 并排：它由 RFC 3261 第 16.6 节第 4 步加入。" },
	others = {
		{
			text = { "Contact", "Contact:" },
			rule = "redirect-302",
			records = function(t) return t:first "status=302 kind=send src=srv" end,
			wrong = {
				{ "To", why = { "It still names Carol as Alice has called her.", zh = "它仍是 Alice 所呼叫的 Carol。" } },
				{ "Via", why = { "By Via the 302 returns to Alice's phone.", zh = "302 靠它回到 Alice 的话机。" } },
				{ "Record-Route", why = { "A redirect server adds none.", zh = "重定向服务器不写它。" } },
			},
			why = { "The new Request-URI is in the 302; compare it with that of the INVITE to Carol.",
				zh = "新的请求 URI 写在 302 中；与发给 Carol 的 INVITE 的请求 URI 比较。" },
			hint = { "RFC 3261 8.3 says what a redirect server fills in; `302@srv` contains little else.",
				zh = "重定向服务器填写什么，见 RFC 3261 第 8.3 节；`302@srv` 中几乎没有别的。" },
			ask = { "In the second call Alice's phone sends its INVITE again, to another address. Which header field of the response from `srv` gives this address?\n\n    rung show co-located -m status=302",
				zh = "第二次呼叫中，Alice 的话机再次发送 INVITE，发往另一处。`srv` 的响应中，哪个头字段告诉它发往哪里？\n\n    rung show co-located -m status=302" },
		},
		{
			text = { "Route", "Route:" },
			rule = "dialog-route",
			records = function(t) return t:first "method=BYE kind=send src=alice" end,
			wrong = {
				{ "Record-Route", why = { "That was in the INVITE; the phone has made another field from it.", zh = "那写在 INVITE 中；话机由它得出了另一个。" } },
				{ "Via", why = { "Via routes the response back.", zh = "Via 引导响应返回。" } },
				{ "Contact", why = { "A BYE has none.", zh = "BYE 没有它。" } },
			},
			why = { "Compare the BYE of the first call with that of the second: one header field is added.",
				zh = "把第一次呼叫的 BYE 与第二次的比较：多了一个头字段。" },
			hint = { "`BYE@alice` has it and `BYE@alice#2` has not; the phone has made it from the 200 (RFC 3261 12.1.2).",
				zh = "`BYE@alice` 有它，`BYE@alice#2` 没有；话机由 200 得出它（RFC 3261 第 12.1.2 节）。" },
			ask = { "The Request-URI of the first call's BYE is Bob's own address, and yet it goes to `srv`. Which of its header fields causes that?\n\n    rung show co-located -m method=BYE src=alice",
				zh = "第一次呼叫的 BYE 的请求 URI 是 Bob 自己的地址，它却到达 `srv`。它的哪个头字段把它引到那里？\n\n    rung show co-located -m method=BYE src=alice" },
		},
	},
}

task {
	time = function(t)
		return rung(t, OLD).time - asked(t, OLD).time - (rung(t, BOB).time - asked(t, BOB).time)
	end,
	wrong = {
		{ function(t) return rung(t, OLD).time - asked(t, OLD).time end,
			why = { "That is the time in the third call.", zh = "这是第三次呼叫所用的时间。" } },
		{ function(t) return rung(t, OLD).time - rung(t, BOB).time end,
			why = { "Count each from the first INVITE of its call.", zh = "请各从该次呼叫的第一个 INVITE 算起。" } },
	},
	why = { "The difference is the path to srv and back once more, for the 302.", zh = "为了 302 多走一个到 srv 的往返。" },
	records = function(t) return { rung(t, BOB), rung(t, OLD) } end,
	hint = { "The first call begins at `INVITE@alice`; the third begins at `INVITE@alice#4`, before the redirection, and not at the INVITE after it.",
		zh = "第一次呼叫从 `INVITE@alice` 开始；第三次从 `INVITE@alice#4` 开始，它在重定向之前，而不是其后的 INVITE。" },
}

task {
	goal = {
		{ "srv answers Alice's INVITE for Bob with a 302", zh = "srv 以 302 响应 Alice 呼叫 Bob 的 INVITE",
			function(t)
				local r = t:first "status=302 kind=send src=srv text=<sip:bob@biloxi"
				return r ~= nil, r
			end },
		{ "Bob's phone is answered", zh = "Bob 的话机被接听",
			function(t)
				local r = t:first "status=200 cseq=INVITE kind=send src=bob"
				return r ~= nil, r
			end },
		{ "the call ends by a BYE that does not pass srv", zh = "呼叫以不经过 srv 的 BYE 结束",
			function(t)
				local r = t:first "method=BYE kind=send dst=bob"
				return r ~= nil and t:count "method=BYE dst=srv" == 0, r
			end },
	},
	points = 2,
	hint = { "srv:set with a longer `serves` at the top of the script", zh = "在脚本开头用 srv:set 设置更长的 `serves`" },
}
