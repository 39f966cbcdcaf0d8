-- The tasks of session-timer; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "p2.min_se=3700s..4000s:50s", "seed=1..999:1" }

local function invites(t)
	return t:all "kind=send method=INVITE src=alice"
end

local function answer(t)
	return t:first "kind=send status=200 cseq=INVITE src=bob"
end

local function interval(r)
	return tonumber(r:header("Session-Expires"):match "%d+")
end

-- The 200 to the INVITE as Alice's phone has it.
local function answered(t)
	return t:first("kind=send status=200 cseq=INVITE dst=alice"):arrival()
end

local function update(t)
	return t:first "kind=send method=UPDATE src=alice"
end

local function bye(t)
	return t:first "kind=send method=BYE src=bob"
end

local function last_ok(t)
	return t:last "kind=send status=200 src=bob"
end

task {
	choice = {
		{ "the branch: it is the same request, which is sent again", zh = "branch：它是同一个请求的再次发送",
			why = { "Each is a transaction of its own, with its own ACK. The same branch would mean a retransmission.",
				zh = "每个都是自己的事务，有自己的 ACK。branch 相同的才是重传。" }, rule = "branch-unique" },
		{ "Call-ID and From tag: they are tries of one call",
			zh = "Call-ID 和 From tag：都是同一呼叫的尝试", right = true },
		{ "Session-Expires: that is the interval that Alice wants", zh = "Session-Expires：那是 Alice 要求的间隔",
			why = { "50, 3600, 4000 in the lab as it stands: each 422 raises it.", zh = "在原样的实验中是 50、3600、4000：每个 422 都把它提高。" },
			rule = "session-longer" },
		{ "nothing: each of the three is a call of its own", zh = "没有：三个 INVITE 各是一个新呼叫",
			why = { "Compare Call-ID and From.", zh = "比较 Call-ID 和 From。" }, rule = "session-longer" },
	},
	rule = "session-longer",
	records = invites,
}

task {
	draw = "method=UPDATE",
	rule = "dialog-route",
	hint = { "The Routes of `UPDATE@alice` come from the Record-Routes of `200@bob`: which addresses are there, and which node on the path of the INVITE is not?",
		zh = "`UPDATE@alice` 的 Route 来自 `200@bob` 的 Record-Route：那里有谁的地址，INVITE 路径上又有谁的地址不在其中？" },
	others = {
		{
			text = { "Require", "Require:", "Require: timer" },
			ask = { "Which header field of the 200 tells Alice's phone that it must obey what the 200 says about the session timer?\n\n    rung show session-timer -m status=200 src=bob",
				zh = "200 的哪个头字段告诉 Alice 的话机，必须遵守 200 中有关会话定时器的内容？\n\n    rung show session-timer -m status=200 src=bob" },
			wrong = {
				{ "Supported", why = { "That says what Bob's phone can do; it requires nothing.", zh = "它说明 Bob 的话机支持什么，不要求任何人做什么。" } },
				{ "Session-Expires", why = { "That is what the 200 says about it. A phone that does not know the field may ignore it, unless …", zh = "那是内容本身。不认识它的话机可以忽略它，除非……" } },
				{ "Allow", why = { "Allow lists the methods.", zh = "Allow 列出方法。" } },
				{ "Min-SE", why = { "It is in the INVITE and the 422.", zh = "它在 INVITE 和 422 中。" } },
			},
			rule = "session-agreed",
			why = { "The field says what the receiver must understand: read the 200 and look for the option tag timer.",
				zh = "这个字段说明接收方必须理解什么：读 200，找选项标签 timer。" },
			hint = { "Two fields of the 200 contain the word timer: `-m status=200 src=bob`. RFC 4028, section 9, requires one of them.",
				zh = "200 中有两个字段含有 timer：`-m status=200 src=bob`。RFC 4028 第 9 节要求其中一个。" },
			records = answer,
		},
		{
			draw = "status=422",
			ask = { "Draw every 422, one line for each hop, such as `bob -> p2 486`. Which of the two proxies has made which of them?\n\n    rung show session-timer status=422 kind=send",
				zh = "画出每个 422，每一跳一行，如 `bob -> p2 486`。Alice 的话机收到的 422 各来自哪台代理服务器？\n\n    rung show session-timer status=422 kind=send" },
			rule = "session-longer",
			hint = { "Compare Min-SE of `422@p1`, `422@p1#2` and `422@p2`: a proxy that only forwards a response leaves that number as it is.",
				zh = "把 `422@p1`、`422@p1#2` 和 `422@p2` 的 Min-SE 并排比较：只转发响应的代理服务器不改动这个数。" },
		},
	},
}

task {
	time = function(t) return update(t).time - answered(t).time end,
	tolerance = 0.1,
	rule = "session-refresh",
	wrong = {
		{ function(t) return interval(answer(t)) end,
			why = { "At that time the session would be over already.", zh = "那时会话已经结束。" } },
		{ function(t) return interval(answer(t)) - 32 end,
			why = { "At that time the other side ends it.", zh = "那时另一方放弃。" }, rule = "session-expired" },
		{ 25, why = { "50 s was her first request; a 422 has raised it.", zh = "50 s 是她最初的要求；422 把它提高了。" } },
	},
	why = { "Take two records at Alice's phone: the arrival of the 200, and the sending of the first UPDATE. What part of the interval is it?",
		zh = "看 Alice 的话机的两条记录：200 的到达，以及第一个 UPDATE 的发送。它是间隔的几分之几？" },
	records = update,
	hint = { "`200@p1` has the agreed Session-Expires; RFC 4028, 7.2 and 10 say after what part of it the refresher must send.",
		zh = "`200@p1` 带来商定的 Session-Expires；刷新方应在它的几分之几时发送，见 RFC 4028 第 7.2 和 10 节。" },
}

task {
	time = function(t) return bye(t).time - last_ok(t).time end,
	tolerance = 0.1,
	rule = "session-expired",
	wrong = {
		{ function(t) return interval(answer(t)) end,
			why = { "It does not wait until the end: its BYE may need 32 s.", zh = "它不会等到最后：它的 BYE 可能需要 32 s。" } },
		{ function(t) return bye(t).time - answer(t).time end,
			why = { "The UPDATE has been answered since then; count from that 200.", zh = "此后还响应了 UPDATE；应从那个 200 算起。" } },
		{ function(t) return interval(answer(t)) * 2 / 3 end,
			why = { "It is a third, or 32 s, whichever is less: here it is 32 s.", zh = "三分之一与 32 s 中较小者：这里是 32 s。" } },
		{ function(t) return interval(answer(t)) / 2 end,
			why = { "At that time Alice would refresh again.", zh = "那时该由 Alice 再次刷新。" }, rule = "session-refresh" },
	},
	why = { "Take two transmissions of Bob's phone: its last 200 and its BYE. Subtract their times.",
		zh = "看 Bob 的话机的两次发送：它的最后一个 200 和它的 BYE。两个时刻相减。" },
	records = bye,
	ahead = true,
	hint = { "RFC 4028, section 10 subtracts the smaller of two times from the interval that `200@bob` has in Session-Expires: one is a number of seconds, the other a part of it.",
		zh = "RFC 4028 第 10 节从 `200@bob` 的 Session-Expires 中减去两段时间里较短的一段：一段是固定秒数，另一段是它的几分之一。" },
}

task {
	choice = {
		{ "nothing: UPDATE works only before the call is answered", zh = "没有：UPDATE 只能用在呼叫接听之前",
			why = { "It is answered with 200, and starts the timers again. UPDATE is allowed after the answer, too.",
				zh = "它得到 200，并重新启动定时器。接听之后也可以用 UPDATE。" }, rule = "update-send" },
		{ "the session description of the INVITE, which counts on", zh = "INVITE 中的会话描述，它继续有效",
			why = { "It is true that the media continue. But their description has no time.", zh = "媒体确实照旧。但其描述中没有时间。" } },
		{ "any message of the call that passes through P1", zh = "呼叫中任何经过 P1 的消息",
			why = { "Only a request that refreshes, and its 2xx, count.", zh = "只有刷新请求及其 2xx 才算。" }, rule = "session-refresh" },
		{ "Session-Expires in it and in the 2xx to it", zh = "它和它的 2xx 中的 Session-Expires", right = true },
	},
	rule = "session-update",
	records = function(t) return { update(t), t:last "kind=send status=200 src=bob" } end,
}

-- The re-INVITE, and what refreshes after it.
local function reinvite(t)
	for _, r in ipairs(invites(t)) do
		if r:header("To"):find "tag=" then
			return r
		end
	end
end

task {
	goal = {
		{ "Alice's phone refreshes by a re-INVITE at about 1000 s", zh = "Alice 的话机在约 1000 s 用 re-INVITE 刷新",
			function(t)
				local r = reinvite(t)
				return r ~= nil and r.time > 995 and r.time < 1010 and r:header "Session-Expires" ~= nil, r
			end, rule = "session-refresh" },
		{ "its o= line is that of the first offer: nothing changes", zh = "它的 o= 行与第一个提议相同：没有改变",
			function(t)
				local r, first = reinvite(t), invites(t)[1]
				return r ~= nil and r.text:match "\r\n(o=[^\r]+)" == first.text:match "\r\n(o=[^\r]+)", r
			end, rule = "offer-version" },
		{ "the next refresh comes half an interval after it", zh = "下一次刷新在半个间隔之后",
			function(t)
				local r, u = reinvite(t), update(t)
				return r ~= nil and u ~= nil and math.abs(u.time - r.time - interval(answer(t)) / 2) < 1, u
			end, rule = "session-refresh" },
		{ "Alice's phone hangs up, and Bob's answers", zh = "Alice 的话机挂断，Bob 的话机响应",
			function(t)
				local r = t:first "kind=send method=BYE src=alice"
				return r ~= nil and t:first "kind=send status=200 cseq=BYE src=bob" ~= nil, r
			end },
	},
	points = 3,
	hint = { "The time of the next refresh is agreed in the 200 to your re-INVITE, RFC 4028 7.2 (`-m cseq=INVITE status=200` of your run); the sleep is that time and 500 s.", zh = "下一次刷新何时到来，由您的 re-INVITE 的 200 商定，RFC 4028 第 7.2 节（您的运行中的 `-m cseq=INVITE status=200`）；sleep 的时间是它加 500 s。" },
}
