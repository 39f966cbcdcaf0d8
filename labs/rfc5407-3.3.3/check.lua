-- The tasks of rfc5407-3.3.3; their texts are in README.md.
lesson { minutes = 20, level = 3 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

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
			why = { "Not before the BYE has its answer.", zh = "BYE 得到响应之后才是。" } },
		{ "confirmed", rule = "dialog-bye",
			why = { "Bob's is; Alice has sent her BYE.", zh = "Bob 的对话是这样；Alice 已发送 BYE。" } },
	},
	rule = "dialog-mortal",
	why = { "Take the last record of kind dialog at her phone before the REFER arrives: the state behind the arrow.",
		zh = "取 REFER 到达之前她的话机的最后一条 dialog 记录：箭头之后的状态。" },
	records = refer,
}

task {
	choice = {
		{ "only one, the call; the BYE ends it and the dialog",
			zh = "只有一种，即呼叫；BYE 结束它和对话",
			why = { "Read the NOTIFYs: to what do they belong, and in which dialog?", zh = "读那些 NOTIFY：它们属于什么，在哪个对话中？" } },
		{ "the call and the REFER's subscription; the BYE ends the call",
			zh = "呼叫，以及 REFER 的订阅；BYE 结束呼叫",
			right = true, rule = "usage-bye" },
		{ "the call and the REFER's subscription; the BYE ends them all",
			zh = "呼叫，以及 REFER 的订阅；BYE 结束两者",
			why = { "A BYE ends the INVITE usage. Others go on until they are ended themselves.",
				zh = "BYE 结束 INVITE 用法；其他用法继续，直到各自结束。" }, rule = "usage-bye" },
		{ "Alice's call and Carol's; the BYE ends the one with Carol",
			zh = "Alice 的呼叫和 Carol 的呼叫；BYE 结束与 Carol 的",
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
	time = function(t) return dialog_left(t).time - call_over(t).time end,
	wrong = {
		{ 0, rule = "usage-bye",
			why = { "A dialog ends with the last of its usages.", zh = "对话随最后一种用法结束。" } },
		{ function(t) return t:last("kind=dialog node=bob").time - call_over(t).time end, rule = "dialog-morgue",
			why = { "Then it is gone altogether, by Timer J of Alice's BYE. It is mortal before.",
				zh = "那时它由 Alice 的 BYE 的定时器 J 而彻底消失。在此之前它是 mortal。" } },
		{ function(t) return t:first("kind=send status=481").time - call_over(t).time end,
			why = { "Then the 481 is sent; it has to arrive.", zh = "那是 481 发出的时间；它还要到达。" } },
	},
	rule = "usage-bye",
	why = { "Two records of Bob's phone: the last of kind call, and that of kind dialog with confirmed in front of the arrow. Subtract their times.",
		zh = "看 Bob 的话机的两条记录：最后一条 call，以及箭头之前为 confirmed 的那条 dialog。两个时刻相减。" },
	records = function(t) return { call_over(t), dialog_left(t) } end,
}

task {
	choice = {
		{ "nothing: a subscription waits for its NOTIFY for ever",
			zh = "没有什么：订阅会一直等待 NOTIFY",
			why = { "So it is not left to the other side whether it ends.", zh = "它是否结束并不取决于对方。" },
			rule = "notify-silent" },
		{ "the BYE, as soon as it comes to Alice's phone",
			zh = "BYE，一到达 Alice 的话机就结束",
			why = { "It has come, and the subscription went on.", zh = "它已到达，而订阅仍在继续。" }, rule = "usage-bye" },
		{ "Timer N, 32 s after the REFER, if no NOTIFY has come",
			zh = "定时器 N：REFER 之后 32 s 没有 NOTIFY",
			right = true, rule = "notify-silent" },
		{ "the expiry of the subscription, 3600 s after the REFER",
			zh = "订阅的有效期，在 REFER 之后 3600 s",
			why = { "There is no expiry before the first NOTIFY says it.", zh = "在第一个 NOTIFY 说明之前没有到期时间。" } },
	},
	points = 2,
	records = function(t)
		return t:first "kind=timer node=bob name=N"
	end,
}

task {
	goal = {
		{ "Alice's phone takes up the REFER: 202", zh = "Alice 的话机受理 REFER：202",
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
	hint = { "The REFER has to be there before the BYE is sent: 100 ms earlier are not enough on every line.",
		zh = "REFER 必须在 BYE 发送之前到达：提前 100 ms 并不是在每条线路上都够。" },
}
