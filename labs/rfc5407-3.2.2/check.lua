-- The tasks of rfc5407-3.2.2; their texts are in README.md.
lesson { minutes = 20, level = 2 }
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

local function ack(t)
	return t:first "kind=send src=bob method=ACK"
end

task {
	text = { "ICT", "INVITE client transaction" },
	wrong = {
		{ "IST", rule = "ict-ack",
			why = { "That is at Alice's phone, and receives the ACK.", zh = "那在 Alice 一侧，它接收 ACK。" } },
		{ "NICT", rule = "ict-ack",
			why = { "Here an ACK is not a transaction of its own: it belongs to the one of the INVITE.",
				zh = "这里的 ACK 不是独立的事务：它属于 INVITE 的事务。" } },
		{ "NIST", rule = "ict-ack",
			why = { "That answers the BYE.", zh = "它响应 BYE。" } },
	},
	rule = "ict-ack",
	why = { "Look for the fsm record of Bob's phone just before the ACK is sent: its state machine is the answer.",
		zh = "找 Bob 的话机发送 ACK 之前的那条 fsm 记录：指的是它的状态机。" },
	records = ack,
	ahead = true,
	hint = { "RFC 3261, 17.1.1.3 says what makes an ACK for a 300 to 699. `kind=fsm node=bob from=4.15s to=4.35s` shows what the 481 does there.",
		zh = "300 至 699 的 ACK 由谁产生，见 RFC 3261 第 17.1.1.3 节。`kind=fsm node=bob from=4.15s to=4.35s` 有 481 在那里引起的状态变化。" },
	others = {
		{
			text = "IST",
			ask = { "Before you look at the run: Alice's phone has no call any more when the re-INVITE arrives. Which state machine keeps its 481 and sends it again if necessary? (Its name in the records: `ICT`, `NICT`, `IST` or `NIST`.)\n\n    rung show rfc5407-3.2.2 kind=fsm,timer node=alice from=4s",
				zh = "先不看运行：re-INVITE 到达时，Alice 的话机已没有呼叫。哪种状态机会保存它的 481，必要时重传？（记录中的名称：`ICT`、`NICT`、`IST` 或 `NIST`。）\n\n    rung show rfc5407-3.2.2 kind=fsm,timer node=alice from=4s" },
			ahead = true,
			wrong = {
				{ "ICT", why = { "That is at Bob's phone, and receives the 481.", zh = "那在 Bob 一侧，它接收 481。" } },
				{ "NIST", why = { "That answers requests other than INVITE.", zh = "那响应 INVITE 以外的请求。" } },
				{ "NICT", why = { "That is the one of her BYE.", zh = "那属于她的 BYE。" } },
			},
			rule = "ist-final",
			why = { "Look at the fsm records of Alice's phone just before the 481 is sent: it is the state machine that changes its state because a final response is sent.",
				zh = "看 Alice 的话机发送 481 之前的 fsm 记录：指的是因发送最终响应而改变状态的状态机。" },
			hint = { "Timer G is started where the 481 is sent, `node=alice name=G`: which of the four state machines has it, by the figures of RFC 3261, 17.1 and 17.2?",
				zh = "发送 481 之处设置定时器 G，见 `node=alice name=G`：按 RFC 3261 第 17.1 和 17.2 节的图，四种状态机中哪一种有它？" },
			records = function(t) return t:first "kind=send status=481" end,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=bob machine=ICT", ack(t)) end,
			ask = { "Before you look at the run: in which state is the client transaction of Bob's re-INVITE when it has sent the ACK?\n\n    rung show rfc5407-3.2.2 kind=fsm,timer node=bob from=4s",
				zh = "先不看运行：Bob 的 re-INVITE 的客户端事务发送 ACK 之后会处于什么状态？\n\n    rung show rfc5407-3.2.2 kind=fsm,timer node=bob from=4s" },
			ahead = true,
			wrong = {
				{ "accepted", why = { "That is its state after a 2xx.", zh = "收到 2xx 之后才是这样。" } },
				{ "terminated", why = { "It must stay, since the 481 may arrive again.", zh = "它必须保留，因为 481 可能再次到来。" } },
				{ "confirmed", why = { "That is the state of the server transaction when it has received the ACK.", zh = "收到 ACK 的服务器一侧是这样。" } },
			},
			rule = "ict-ack",
			why = { "Take the last record of the machine ICT at Bob's phone before the ACK.",
				zh = "取 ACK 之前 Bob 的话机的 ICT 状态机的最后一条记录。" },
			hint = { "In that state it waits for Timer D, which `node=bob name=D` starts: figure 5 of RFC 3261 has one state that is left by it.",
				zh = "它在那里等待定时器 D，由 `node=bob name=D` 设置：RFC 3261 图 5 中有一个状态由它到时而离开。" },
			records = ack,
		},
	},
}

task {
	choice = {
		{ "because 491 is only for UPDATE, and this is an INVITE",
			zh = "因为 491 只用于 UPDATE，而这是 INVITE",
			why = { "It is for every offer that meets another one.", zh = "任何与另一个提议冲突的提议都用它。" },
			rule = "reinvite-pending" },
		{ "because a 491 asks for a later try, too late for her dialog",
			zh = "因为 491 要求稍后再试，而她的对话已到尽头",
			right = true, rule = "dialog-mortal" },
		{ "because the re-INVITE has no To tag that she would know",
			zh = "因为 re-INVITE 没有她所知道的 To tag",
			why = { "It has one, and finds its dialog by it.", zh = "它有，并凭它找到对话。" }, rule = "dialog-request" },
		{ "because Alice's phone has forgotten the whole dialog",
			zh = "因为 re-INVITE 到达时，Alice 的话机已忘记对话",
			why = { "It keeps the dialog until the transaction of its BYE ends: it would accept a BYE in it.",
				zh = "在它的 BYE 的事务结束之前它还记得：它会接受其中的 BYE。" }, rule = "dialog-mortal" },
	},
	points = 2,
	records = function(t) return t:first "kind=send status=481" end,
}

local function over(t)
	local last = t:last "kind=call node=bob"
	return last.state == "terminated" and last or nil
end

task {
	time = function(t) return ack(t).time - over(t).time end,
	wrong = {
		{ function(t) return ack(t).time - t:last("kind=send src=bob method=INVITE").time end,
			why = { "That is counted from the re-INVITE.", zh = "这是从 re-INVITE 算起的。" } },
		{ function(t) return ack(t):arrival().time - over(t).time end,
			why = { "That is the time at which it arrives.", zh = "那是它到达的时间。" } },
	},
	why = { "Take two records at Bob's phone: the one in which its call ends, and the sending of the ACK.",
		zh = "看 Bob 的话机的两条记录：它的呼叫结束的那一条，以及 ACK 的发送。" },
	records = function(t) return { over(t), ack(t) } end,
	hint = { "His call ends with Alice's BYE: `kind=call node=bob`. The ACK waits for the 481.",
		zh = "他的呼叫随 Alice 的 BYE 结束：`kind=call node=bob`。ACK 要等 481。" },
}

task {
	draw = "from=3s",
	points = 2,
	hint = { "`method=BYE,INVITE kind=send from=3s` cross. For each: what does the receiver answer, and is there an ACK for that, RFC 3261, 17.1.1.3?",
		zh = "`method=BYE,INVITE kind=send from=3s` 交叉。对每一个：接收方怎样响应，该响应有 ACK 吗，RFC 3261 第 17.1.1.3 节？" },
	others = {
		{
			draw = "to=3s",
			ask = { "Draw how the call is set up: everything that is sent until 3 s, one line for each arrow, such as `alice -> bob CANCEL`.\n\n    rung show rfc5407-3.2.2 kind=send to=3s",
				zh = "画出呼叫怎样建立，即 3 s 之前发送的一切：每行一个箭头，例如 `alice -> bob CANCEL`。\n\n    rung show rfc5407-3.2.2 kind=send to=3s" },
			hint = { "`dst=bob kind=recv to=3s` is what Bob's phone receives, `dst=alice kind=recv to=3s` what Alice's receives: each was sent one way of the line earlier.",
				zh = "`dst=bob kind=recv to=3s` 是 Bob 的话机收到的，`dst=alice kind=recv to=3s` 是 Alice 的话机收到的：每次到达都在一个单程时延之前发送。" },
		},
	},
}

task {
	goal = {
		{ "Bob's phone sends a re-INVITE, and Alice's accepts it", zh = "Bob 的话机发送 re-INVITE，Alice 的话机接受",
			function(t) return t:count "kind=send src=alice status=200 cseq=INVITE" > 0, t:first "kind=send src=alice status=200 cseq=INVITE" end },
		{ "Alice hangs up, and the call is over", zh = "Alice 挂断，呼叫结束",
			function(t)
				local last = t:last "kind=call node=bob"
				return t:count "kind=send src=alice method=BYE" > 0 and last ~= nil and last.state == "terminated", last
			end },
		{ "nobody answers 481", zh = "没有人返回 481",
			function(t) return t:count "kind=send status=481" == 0, t:first "kind=send status=481" end, rule = "dialog-mortal" },
	},
	points = 3,
	hint = { "`INVITE@bob` must arrive before `BYE@alice` is sent: compare the two times, and subtract what is missing from the `sleep` in `lab.lua` before Bob's offer.",
		zh = "`INVITE@bob` 必须在发送 `BYE@alice` 之前到达：比较两个时刻，把差额从 `lab.lua` 中 Bob 的提议之前的 `sleep` 里减去。" },
}
