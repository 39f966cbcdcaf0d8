-- The tasks of rfc5407-3.2.1; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

task {
	text = function(t)
		local mine
		for _, r in ipairs(t:all "kind=dialog node=alice") do
			if r.to == "terminated" then
				mine = r.from
			end
		end
		return mine
	end,
	wrong = {
		{ "terminated", rule = "dialog-bye",
			why = { "That is its end; before it the phone keeps what it knows of the dialog.", zh = "那是结束；在此之前话机仍保留对话的信息。" } },
		{ "confirmed", rule = "dialog-bye",
			why = { "Until the BYE is sent.", zh = "发送 BYE 之前是这样。" } },
		{ "moratorium", rule = "dialog-established",
			why = { "Between 200 and ACK, at the beginning.", zh = "那是开始时 200 与 ACK 之间的状态。" } },
		{ "terminating", why = { "So the call calls it; the dialog has a word of RFC 5407's.",
				zh = "这是呼叫的状态；对话的状态用 RFC 5407 的词。" } },
	},
	rule = "dialog-bye",
	why = { "Read the dialog records at either phone: the state in front of the arrow to terminated.",
		zh = "读任一话机的 dialog 记录：通向 terminated 的箭头之前的状态。" },
	records = function(t) return t:first "kind=send src=alice method=BYE" end,
}

task {
	choice = {
		{ "Bob's call would go on, since a 481 refuses his BYE",
			zh = "Bob 的呼叫会继续：481 拒绝了他的 BYE",
			why = { "Who has sent a BYE takes the session for over at once, whatever the answer.",
				zh = "发送 BYE 的一方立即认为会话已结束，与响应无关。" }, rule = "bye-send" },
		{ "Bob's phone would have to send its BYE once more",
			zh = "Bob 的话机必须再次发送它的 BYE",
			why = { "A final response ends the transaction, whatever its status.",
				zh = "任何最终响应都结束事务。" }, rule = "nict-final" },
		{ "no more than the status: both calls are over all the same",
			zh = "只有状态码不同：双方的呼叫都已结束",
			right = true, rule = "dialog-mortal" },
		{ "Alice's own BYE would fail, too, with a 481",
			zh = "Alice 自己的 BYE 也会失败，得到 481",
			why = { "It is another transaction.", zh = "那是另一个事务。" }, rule = "bye-recv" },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=alice status=200" end,
}

local function bye_number(t, who)
	return tonumber(t:first({ kind = "send", src = who, method = "BYE" }).cseq:match "%d+")
end

task {
	number = function(t) return bye_number(t, "bob") end,
	wrong = {
		{ function(t) return bye_number(t, "alice") end, rule = "dialog-request",
			why = { "Alice's count begins with her INVITE; Bob has sent no request before.",
				zh = "Alice 的编号从她的 INVITE 开始；Bob 此前没有发送过请求。" } },
		{ function(t) return bye_number(t, "alice") + 1 end, rule = "dialog-request",
			why = { "The two sides of a dialog count apart.", zh = "对话的双方各自编号。" } },
	},
	rule = "dialog-request",
	why = { "Read CSeq in Bob's BYE: how many requests has his phone sent in this dialog before?",
		zh = "读 Bob 的 BYE 的 CSeq：他的话机在这个对话中此前发送过几个请求？" },
	records = function(t) return t:all "kind=send method=BYE" end,
}

task {
	draw = "cseq=BYE",
	points = 2,
}

task {
	goal = {
		{ "no BYE of Bob's arrives", zh = "Bob 的 BYE 一个也没有到达",
			function(t) return t:count "kind=send src=bob method=BYE" > 0 and t:count "kind=recv src=bob method=BYE" == 0, t:first "kind=drop method=BYE" end },
		{ "his call is over before Timer F fires", zh = "他的呼叫在定时器 F 到期之前已结束",
			function(t)
				local last, fired = t:last "kind=call node=bob", t:last "kind=timer node=bob name=F op=fire"
				return fired ~= nil and last ~= nil and last.state == "terminated" and last.seq < fired.seq, fired
			end, rule = "nict-timer-f",
			why = { "64*T1 is 32 s: is the run that long?", zh = "64*T1 是 32 s：运行时间够长吗？" } },
	},
	points = 3,
}
