-- The tasks of handset-call; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "phone.clock=100MHz..220MHz:10MHz", "seed=1..999:1" }

local function ringing(t)
	return t:first "status=180 src=phone kind=send"
end

-- What was computed for a message stands before it.
local function computed(t)
	return ringing(t).cause
end

-- The 200 that ends the phone's registration.
local function registered(t)
	return t:first "status=200 cseq=REGISTER src=px dst=phone kind=send"
end

task {
	choice = {
		{ "the timers and states of the transaction", zh = "事务的定时器和状态",
			why = { "The state machine only looks up where an event leads: 1 or 2 in a hundred.", zh = "状态机只是查表看事件通向哪里：百分之一二。" } },
		{ "to parse the INVITE with all its lines", zh = "解析 INVITE 的所有行", right = true },
		{ "to build the 180 from the INVITE's fields", zh = "用 INVITE 的字段构造 180",
			why = { "A 180 is short, and most of it is copied from the INVITE: a fifth of the work.", zh = "180 很短，大部分从 INVITE 复制而来：占五分之一。" } },
		{ "to draw the screen with the caller's name", zh = "在屏幕上绘制主叫的名字",
			why = { "The 180 was sent before: the screen with the call is drawn in the record after it.", zh = "180 在此之前已发出：显示来电的计算在它之后的记录里。" } },
	},
	records = function(t) return computed(t) end,
	hint = { "The first record of `node=phone kind=board what=cycles from=7.6s` shows the shares of the work up to the 180: open it by its number.", zh = "`node=phone kind=board what=cycles from=7.6s` 的第一条记录说明到 180 为止各部分工作的比例：用编号打开它。" },
	ahead = true,
}

task {
	time = function(t) return computed(t).ns / 1e9 end,
	tolerance = 0.00005,
	rule = "invite-progress",
	wrong = {
		{ 0.01, why = { "That is the time of the INVITE on the line; the handset has it only then.",
			zh = "那是 INVITE 在线路上的时间；之后话机才收到它。" } },
		{ function(t) return ringing(t).time - t:first("method=INVITE dst=phone kind=send").time end,
			why = { "That is counted from when the proxy sent its INVITE; it includes the time on the line.",
				zh = "这是从代理服务器发送 INVITE 算起，包括线路上的时间。" } },
		{ 0, why = { "That is true of a simulated phone. A program needs time for each instruction.", zh = "模型才是这样。程序的每条指令都要时间。" } },
	},
	why = { "The explanation of the 180 has a step with the number of executed instructions and the time.",
		zh = "对 180 的解释里有一步说明执行了多少条指令、用了多长时间。" },
	records = function(t) return { computed(t), ringing(t) } end,
	hint = { "Open the record whose number is next to `cause` in `180@phone`: it shows the work in instructions and in time. What came before it is the delay of the line.",
		zh = "打开 `180@phone` 的 `cause` 旁写出编号的那条记录：它以指令数和时间写出所做的工作。在它之前的属于线路。" },
}

task {
	choice = {
		{ "for the address of example.com, from a name server", zh = "等名称服务器给出 example.com 的地址", rule = "uac-preloaded-route",
			why = { "It queries none: all its requests go to its outbound proxy.", zh = "它不问：它的所有请求都发往出站代理服务器。" } },
		{ "for a second look at the key, as contacts bounce", right = true,
			zh = "等再看一次按键，因为触点会抖动" },
		{ "for the proxy's answer to a request that it has sent before", zh = "等代理服务器对先前请求的响应",
			why = { "There is nothing to answer yet: the INVITE has not been sent.", zh = "还没有什么可响应的：INVITE 尚未发出。" } },
		{ "for its slow processor, which must draw the digit as well", zh = "等它缓慢的处理器，它还要绘制数字",
			why = { "The processor needed only the 1 or 2 ms of computing. It sleeps in the rest of the time.", zh = "处理器所需的就是计算的那一两毫秒。其余时间它在休眠。" } },
	},
	records = function(t)
		return {
			t:first("kind=board node=phone what=key", function(r) return r.text == "#" end),
			t:first "method=INVITE src=phone kind=send",
		}
	end,
	hint = { "See how long it is from `node=phone what=key from=1.5s` to `INVITE@phone`, as the lab stands and with `--set phone.clock=100MHz`: half the clock, and hardly any later.", zh = "看从 `node=phone what=key from=1.5s` 到 `INVITE@phone` 有多久，再加 `--set phone.clock=100MHz` 比较：时钟减半，却几乎不更晚。" },
}

task {
	find = {
		node = "px",
		record = function(t) return { registered(t), registered(t):arrival() } end,
	},
	points = 2,
	rule = "register-listed",
	why = { "A REGISTER only proposes a time. The node that keeps the binding decides, and says so in its response.",
		zh = "REGISTER 只是请求一个时间。由保存绑定者决定，并在响应中说明。" },
	records = registered,
	hint = { "What the handset proposes is in `cseq=REGISTER src=phone`; of the responses, `cseq=REGISTER dst=phone`, only one has a Contact. RFC 3261 10.3 says which node may change the proposed time.",
		zh = "话机所请求的在 `cseq=REGISTER src=phone` 中；回给它的 `cseq=REGISTER dst=phone` 中只有一条有 Contact。谁可以改动所请求的，见 RFC 3261 10.3。" },
	others = {
		{ find = {
				node = "px",
				record = function(t) local r = t:first "status=407 dst=phone kind=send" return { r, r:arrival() } end,
			},
			rule = "auth-407",
			ask = { "The handset sends its INVITE twice. Which message causes that, and which node has sent that message? `node=… record=…`\n\n    rung show handset-call from=1.6s to=1.7s",
				zh = "话机发送了两次 INVITE。是哪条消息使它这样做，由谁发出？`node=… record=…`\n\n    rung show handset-call from=1.6s to=1.7s" },
			why = { "The second INVITE has one more header field than the first. Which message has asked for it?",
				zh = "第二个 INVITE 比第一个多一个头字段。哪条消息要求了它？" },
			hint = { "`rung explain handset-call INVITE@phone#2` leads back to it.",
				zh = "`rung explain handset-call INVITE@phone#2` 可以追溯到它。" } },
		{ draw = "cseq=BYE kind=send to=7s",
			ask = { "Draw how the first call ends, from the BYE on, one line for each hop, `phone -> px BYE`.\n\n    rung show handset-call from=5.6s to=7s kind=send",
				zh = "画出第一个呼叫从 BYE 起怎样结束，每一跳一行，如 `phone -> px BYE`。\n\n    rung show handset-call from=5.6s to=7s kind=send" },
			hint = { "`cseq=BYE to=7s`: the proxy has asked to stay in the path.",
				zh = "`cseq=BYE to=7s`：代理服务器要求留在路径上。" } },
	},
}

task {
	choice = {
		{ "No: whoever gets an INVITE must answer with a 100 first.", zh = "不对：收到 INVITE 的都必须先返回 100。", rule = "proxy-100-soon",
			why = { "That is required only if no other response is sent within 200 ms.", zh = "只有 200 ms 之内没有别的响应时才必须。" } },
		{ "Yes: only proxies send 100, a user agent begins with 180.", zh = "对：只有代理服务器才发 100，用户代理从 180 开始。", rule = "ist-100",
			why = { "Every server transaction for an INVITE does, even a phone's, when its user is slow.", zh = "每个 INVITE 服务器事务都会发，话机的也一样，只要上层反应慢。" } },
		{ "Yes: a 180 leaves within 200 ms and does the same.", right = true,
			zh = "对：它的 180 在 200 ms 之内发出，作用相同。" },
		{ "No: provisional responses keep their order, 100 before 180.", zh = "不对：临时响应必须按顺序，先 100 后 180。", rule = "ist-1xx",
			why = { "Provisional responses have no required order; a final one may come without any.", zh = "临时响应没有必须遵守的顺序；最终响应之前也可以一个都没有。" } },
	},
	points = 2,
	records = ringing,
}

task {
	goal = {
		{ "the handset calls Bob, who answers", zh = "话机呼叫 Bob，Bob 接听",
			function(t)
				local r = t:first "status=200 cseq=INVITE src=bob kind=send"
				return t:count "method=INVITE src=phone kind=send" > 0 and r ~= nil, r
			end },
		{ "nobody has pressed a digit", zh = "没有人按过数字键",
			function(t)
				local r = t:first("kind=board node=phone what=key", function(r) return r.text:match "^%d$" end)
				return r == nil, r
			end,
			why = { "dial() presses digits as well.", zh = "dial() 也会按数字键。" } },
		{ "the handset hangs up by its end key", zh = "话机用挂断键挂断",
			function(t)
				local r = t:first "method=BYE src=phone kind=send"
				return r ~= nil, r
			end },
	},
	points = 3,
	hint = { "docs/HANDSET.md has a table of what the keys do.", zh = "docs/HANDSET.md 中有一张表说明各键的作用。" },
}
