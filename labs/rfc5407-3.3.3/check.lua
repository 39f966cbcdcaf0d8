-- The tasks of rfc5407-3.3.3; their texts are in README.md.
lesson { minutes = 20, level = 3 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

-- In which state the last of those records before record AT has left it.
local function state_at(t, filter, at)
	local state
	for _, r in ipairs(t:all(filter)) do
		if r.seq < at.seq then
			state = r.to
		end
	end
	return state
end

local function refer(t)
	return t:first "kind=recv dst=alice method=REFER"
end

task {
	text = function(t)
		local state
		for _, r in ipairs(t:all "kind=dialog node=alice") do
			if r.seq < refer(t).seq then
				state = r.to
			end
		end
		return state
	end,
	wrong = {
		{ "terminated", rule = "dialog-bye",
			why = { "Only after the BYE has been answered.", zh = "BYE 得到响应之后才是。" } },
		{ "confirmed", rule = "dialog-bye",
			why = { "That is the state of Bob's dialog; Alice has sent her BYE.", zh = "Bob 的对话是这样；Alice 已发送 BYE。" } },
	},
	rule = "dialog-mortal",
	why = { "Take the last record of kind dialog at her phone before the REFER arrives: the state after the arrow.",
		zh = "取 REFER 到达之前她的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = refer,
	ahead = true,
	hint = { "Her BYE was sent at 4.0 s: `kind=dialog node=alice from=3.9s to=5s`.",
		zh = "她的 BYE 从 4.0 s 起就在途中：`kind=dialog node=alice from=3.9s to=5s`。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=fsm node=bob machine=subscription", refer(t)) end,
			ask = { "Before you look at the run: in which state is the subscription of Bob's phone while its REFER is on its way (RFC 6665, section 4.1.2)?\n\n    rung show rfc5407-3.3.3 kind=fsm node=bob machine=subscription",
				zh = "先不看运行：REFER 在途中时，Bob 的话机的订阅会处于什么状态（RFC 6665 第 4.1.2 节）？\n\n    rung show rfc5407-3.3.3 kind=fsm node=bob machine=subscription" },
			ahead = true,
			wrong = {
				{ "init", why = { "That is its state before the REFER is sent.", zh = "发送 REFER 之前才是这样。" } },
				{ "active", why = { "For that a NOTIFY must arrive and say so.", zh = "要这样，得有 NOTIFY 到来并如此说明。" } },
				{ "pending", why = { "For that a NOTIFY must arrive and say so.", zh = "要这样，得有 NOTIFY 到来并如此说明。" } },
			},
			why = { "Take the record of the machine subscription at Bob's phone at the time when the REFER is sent: the state after the arrow.",
				zh = "取 Bob 的话机上与 REFER 的发送在一起的 subscription 状态机的记录：箭头之后的状态。" },
			hint = { "`node=bob name=N op=set` is at the same time as the change to this state: the figure in RFC 6665, section 4.1.2, has the state, which Timer N leaves.",
				zh = "`node=bob name=N op=set` 与所问的状态同时出现：见 RFC 6665 第 4.1.2 节的图，定时器 N 从它引出。" },
			records = function(t) return t:first "kind=fsm node=bob machine=subscription" end,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=bob machine=NICT", t:first "kind=timer node=bob name=K") end,
			ask = { "Before you look at the run: in which state is the client transaction of Bob's REFER when it has received the 481?\n\n    rung show rfc5407-3.3.3 kind=fsm node=bob machine=NICT",
				zh = "先不看运行：得到 481 时，Bob 的 REFER 的客户端事务会处于什么状态？\n\n    rung show rfc5407-3.3.3 kind=fsm node=bob machine=NICT" },
			ahead = true,
			wrong = {
				{ "terminated", why = { "Only after Timer K: the 481 may arrive again.", zh = "还要等定时器 K：481 可能再次到来。" } },
				{ "trying", why = { "That is its state until there is a response.", zh = "得到响应之前是这样。" } },
				{ "accepted", why = { "That is a word of INVITE's state machines.", zh = "那是 INVITE 状态机的词。" } },
			},
			rule = "nict-final",
			why = { "Take the record of the machine NICT at Bob's phone that is caused by the arrival of the 481.",
				zh = "取 481 的到达在 Bob 的话机的 NICT 状态机上引起的那条记录。" },
			hint = { "In figure 6 of RFC 3261 each final response leads to one state; `node=bob name=K` starts the timer that ends it.",
				zh = "RFC 3261 图 6 中有一个状态，任何最终响应都进入它；`node=bob name=K` 设置使它结束的定时器。" },
			records = function(t) return t:first "kind=recv dst=bob status=481" end,
		},
	},
}

task {
	choice = {
		{ "the call alone, no subscription; the BYE ends the call and the dialog",
			zh = "只有呼叫，没有 REFER 的订阅；BYE 结束呼叫和对话",
			why = { "What does a REFER create, and in which dialog (RFC 3515, 2.4.4)?", zh = "REFER 建立什么，在哪个对话中（RFC 3515 第 2.4.4 节）？" } },
		{ "the call and the REFER's subscription; the BYE ends the call",
			zh = "呼叫，以及 REFER 的订阅；BYE 结束呼叫",
			right = true, rule = "usage-bye" },
		{ "the call and the REFER's subscription; the BYE ends them both",
			zh = "呼叫，以及 REFER 的订阅；BYE 把两者一起结束",
			why = { "Read the records of Bob's phone after the BYE: what goes on until the 481?",
				zh = "读 Bob 的话机在 BYE 之后的记录：到 481 为止，什么还在继续？" }, rule = "usage-bye" },
		{ "Alice's call and Carol's call; the BYE ends the call with Carol",
			zh = "Alice 的呼叫，以及 Carol 的呼叫；BYE 结束与 Carol 的呼叫",
			why = { "A call to Carol would be another dialog, between her and Alice.",
				zh = "对 Carol 的呼叫会是她与 Alice 之间的另一个对话。" }, rule = "refer-invite" },
	},
	points = 2,
	records = function(t) return { t:first "kind=send method=REFER", t:first "kind=recv dst=bob method=BYE" } end,
}

local function call_over(t)
	return t:last "kind=call node=bob"
end

-- Bob's dialog is confirmed no more.
local function dialog_left(t)
	return t:first "kind=dialog node=bob left=confirmed"
end

task {
	draw = "from=3s",
	rule = "bye-recv",
	hint = { "`method=BYE,REFER kind=recv` says when each request arrives: RFC 3261, 15.1.2 has the answer to one, 12.2.2 the answer to a request whose dialog is already over.",
		zh = "`method=BYE,REFER kind=recv` 说明每个请求何时到达：一个怎样响应，见 RFC 3261 第 15.1.2 节；另一个所属的对话已不接受新请求，见第 12.2.2 节。" },
	others = {
		{
			time = function(t) return dialog_left(t).time - call_over(t).time end,
			ask = { "For how long after the end of his call is Bob's dialog still `confirmed`?\n\n    rung show rfc5407-3.3.3 kind=call,dialog node=bob from=4s",
				zh = "Bob 的呼叫结束之后，他的对话还有多久处于 `confirmed`？\n\n    rung show rfc5407-3.3.3 kind=call,dialog node=bob from=4s" },
			wrong = {
				{ 0, rule = "usage-bye", why = { "A dialog ends with the last of its usages.", zh = "对话随最后一种用法结束。" } },
				{ function(t) return t:first("kind=send status=481").time - call_over(t).time end, why = { "At that time the 481 is sent; it must arrive.", zh = "那是 481 发出的时间；它还要到达。" } },
			},
			rule = "usage-bye",
			why = { "Take two records of Bob's phone: the last of kind call, and that of kind dialog with confirmed before the arrow. Subtract their times.",
				zh = "看 Bob 的话机的两条记录：最后一条 call，以及箭头之前为 confirmed 的那条 dialog。两个时刻相减。" },
			hint = { "The subscription is the last usage of the dialog, and the 481 ends it: `node=bob kind=dialog left=confirmed`.",
				zh = "订阅是最后使用对话的，由 481 结束：`node=bob kind=dialog left=confirmed`。" },
			records = function(t) return { call_over(t), dialog_left(t) } end,
		},
		{
			draw = "to=3s",
			ask = { "Draw how the call is set up: everything that is sent until 3 s, one line for each arrow, such as `alice -> bob CANCEL`. Which usage of the dialog begins with it?\n\n    rung show rfc5407-3.3.3 kind=send to=3s",
				zh = "画出呼叫怎样建立，即 3 s 之前发送的一切：每行一个箭头，例如 `alice -> bob CANCEL`。对话的哪种用法由此开始？\n\n    rung show rfc5407-3.3.3 kind=send to=3s" },
			hint = { "The dialog begins with the first response that has a To tag, `180@bob`: what is sent before that, and what follows until `kind=dialog node=bob into=confirmed`?",
				zh = "对话始于第一个带 To tag 的响应 `180@bob`：在它之前是什么，此后到 `kind=dialog node=bob into=confirmed` 为止又是什么？" },
		},
	},
}

task {
	choice = {
		{ "nothing: a subscription waits for its NOTIFY for ever",
			zh = "没有什么：订阅会一直等待 NOTIFY",
			why = { "Whether it ends is not left to the other side.", zh = "它是否结束并不取决于对方。" },
			rule = "notify-silent" },
		{ "the BYE, as soon as it comes to Alice's phone",
			zh = "BYE：它一到达 Alice 的话机就结束",
			why = { "The BYE has been received, and the subscription continued.", zh = "它已到达，而订阅仍在继续。" }, rule = "usage-bye" },
		{ "Timer N, which waits for the NOTIFY for 32 s",
			zh = "定时器 N，因为 32 s 之内没有 NOTIFY",
			right = true, rule = "notify-silent" },
		{ "the expiry of the subscription, 3600 s after the REFER",
			zh = "订阅的有效期，在 REFER 之后 3600 s",
			why = { "There is no expiry before the first NOTIFY gives it.", zh = "在第一个 NOTIFY 说明之前没有到期时间。" } },
	},
	points = 2,
	records = function(t)
		return t:first "kind=timer node=bob name=N"
	end,
}

task {
	goal = {
		{ "Alice's phone accepts the REFER: 202", zh = "Alice 的话机受理 REFER：202",
			function(t) return t:count "kind=send src=alice status=202" > 0, t:first "kind=send status=202" end, rule = "refer-accept" },
		{ "it tells Bob of it in a NOTIFY", zh = "它用 NOTIFY 告知 Bob",
			function(t) return t:count "kind=recv dst=bob method=NOTIFY" > 0, t:first "kind=send method=NOTIFY" end, rule = "notify-first" },
		{ "Alice hangs up after that", zh = "此后 Alice 挂断",
			function(t)
				local bye, ok = t:first "kind=send src=alice method=BYE", t:first "kind=send src=alice status=202"
				return bye ~= nil and ok ~= nil and ok.seq < bye.seq, bye
			end },
	},
	points = 3,
	hint = { "`REFER@bob` must arrive before `BYE@alice` is sent, and the line of a copy takes up to 140 ms: shorten the `sleep` before the REFER in `lab.lua` by more than that.",
		zh = "`REFER@bob` 必须在发送 `BYE@alice` 之前到达，副本的线路时延最多 140 ms：在 `lab.lua` 中把 REFER 之前的 `sleep` 缩短得更多。" },
}
