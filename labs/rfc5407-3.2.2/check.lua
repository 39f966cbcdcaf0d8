-- The tasks of rfc5407-3.2.2; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

task {
	choice = {
		{ "because 491 is only for UPDATE, and this is an INVITE",
			zh = "因为 491 只用于 UPDATE，而这是 INVITE",
			why = { "It is for every offer that meets another one.", zh = "任何与另一个提议冲突的提议都用它。" },
			rule = "reinvite-pending" },
		{ "because a 491 says \"later\": her dialog has no later",
			zh = "因为 491 表示“稍后”，而她的对话没有以后",
			right = true, rule = "dialog-mortal" },
		{ "because the re-INVITE has no To tag that she would know",
			zh = "因为 re-INVITE 没有她所知道的 To tag",
			why = { "It has one, and finds its dialog by it.", zh = "它有，并凭它找到对话。" }, rule = "dialog-request" },
		{ "because Alice's phone has forgotten the whole dialog",
			zh = "因为 Alice 的话机已忘记整个对话",
			why = { "It knows it until the transaction of its BYE ends: it would accept a BYE in it.",
				zh = "在它的 BYE 的事务结束之前它还记得：它会接受其中的 BYE。" }, rule = "dialog-mortal" },
	},
	points = 2,
	records = function(t) return t:first "kind=send status=481" end,
}

local function ack(t)
	return t:first "kind=send src=bob method=ACK"
end

task {
	text = { "ICT", "INVITE client transaction" },
	wrong = {
		{ "IST", rule = "ict-ack",
			why = { "That is at Alice's, and gets the ACK.", zh = "那在 Alice 一侧，它接收 ACK。" } },
		{ "NICT", rule = "ict-ack",
			why = { "An ACK is no transaction of its own here: it belongs to that of the INVITE.",
				zh = "这里的 ACK 不是独立的事务：它属于 INVITE 的事务。" } },
		{ "NIST", rule = "ict-ack",
			why = { "That answers the BYE.", zh = "它响应 BYE。" } },
	},
	rule = "ict-ack",
	why = { "Look for the fsm record of Bob's phone just before the ACK goes: its machine is meant.",
		zh = "找 Bob 的话机发送 ACK 之前的那条 fsm 记录：指的是它的状态机。" },
	records = ack,
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
			why = { "Then it arrives.", zh = "那是它到达的时间。" } },
	},
	why = { "Two records at Bob's phone: the one in which its call ends, and the sending of the ACK.",
		zh = "看 Bob 的话机的两条记录：它的呼叫结束的那一条，以及 ACK 的发送。" },
	records = function(t) return { over(t), ack(t) } end,
}

task {
	draw = "from=3s",
	points = 2,
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
	hint = { "The re-INVITE has to be there before the BYE is sent: one way of the line earlier.",
		zh = "re-INVITE 必须在 BYE 发送之前到达：至少提前一个单程时延。" },
}
