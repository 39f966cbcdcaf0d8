-- The tasks of lost-messages; their texts are in README.md.
lesson { minutes = 35, level = 2 }
-- In each of these the first INVITE, the 180 and an ACK are lost, and the
-- second INVITE arrives.
vary { "seed=7,335,477,478,585,719,948,973,1077,1096,1098,1325,1348,1590,1690,1756,2065,2134,2148,2266" }

-- The repetitions of its 200 by Bob's phone.
local function repeated(t)
	local list = t:all "kind=send src=bob status=200 cseq=INVITE"
	return list[2]
end

task {
	choice = {
		{ "It can't know that anything was lost: UDP reports nothing.",
			zh = "它无法得知有消息丢失：UDP 什么也不报告。",
			why = { "Nor can atl, and it still retransmits when its Timer A fires.",
				zh = "atl 也无法得知，但定时器 A 到期时它照样重传。" }, rule = "ict-timer-a" },
		{ "It has the 100 of atl, which has stopped its Timer A.",
			zh = "它收到了 atl 的 100，定时器 A 因此停止。", right = true },
		{ "In SIP only proxies retransmit; a phone waits for its answer.",
			zh = "SIP 中只有代理服务器才重传；话机只是等待。",
			why = { "Every client transaction does, even a phone's: if the INVITE had been lost before atl, Alice's phone would have retransmitted it.",
				zh = "每个客户端事务都会重传，话机的也一样：如果 INVITE 在 atl 之前丢失，重传的就是 Alice 的话机。" },
			rule = "ict-timer-a" },
		{ "The receiver asks for what is missing, and bil has asked atl.",
			zh = "接收方会请求缺少的消息，bil 请求的是 atl。",
			why = { "There is no such message: a receiver does not know what was lost. The sender's timers cause retransmissions.",
				zh = "没有这样的消息：接收方不知道缺了什么。重传靠发送方的定时器。" },
			rule = "ict-timer-a" },
	},
	rule = "ict-1xx",
	records = function(t) return { t:get "100@atl", t:get "INVITE@atl#2" } end,
	hint = { "`node=alice kind=recv,timer to=1.1s`: what has reached her phone by 1.04 s, and what does that change by RFC 3261 17.1.1.2?",
		zh = "`node=alice kind=recv,timer to=1.1s`：到 1.04 s 她的话机收到了什么？按 RFC 3261 17.1.1.2，这会改变什么？" },
}

task {
	choice = {
		{ "Bob's phone: it hears no answer to its 180", zh = "Bob 的话机：它没有收到对 180 的响应",
			why = { "Nobody answers a 180, so no node can miss the answer.",
				zh = "180 本来就不会得到响应，所以谈不上没有收到。" }, rule = "ist-1xx" },
		{ "bil, since it was its message that was lost", zh = "bil，因为丢失的是它发出的消息",
			why = { "It has no timer for that. What would have to arrive to make it send the 180 again?",
				zh = "它没有为此设置定时器。什么到达时它才会再发一次？" }, rule = "ist-1xx" },
		{ "atl, which waits for it, when its Timer A fires", zh = "atl，它在等 180，定时器 A 到期时重传",
			why = { "The 100 of bil has stopped that timer; and the timer is for requests.",
				zh = "bil 的 100 已使该定时器停止；况且它重传的是请求。" } },
		{ "nobody: a provisional response may be lost", zh = "没有人：临时响应可以丢失", right = true },
	},
	rule = "ist-1xx",
	records = function(t) return t:first "status=180 src=bil dst=atl" end,
	hint = { "Compare `status=180 src=bob,bil kind=send` with `kind=drop to=2s`: is there a 180 after the loss? RFC 3261 17.2.1 says what a server transaction does by itself, and 13.3.1.1 what a phone does.",
		zh = "把 `status=180 src=bob,bil kind=send` 与 `kind=drop to=2s` 对照：丢失之后还有吗？服务器事务自己做什么，见 RFC 3261 17.2.1；话机做什么，见 13.3.1.1。" },
	ahead = true,
}

task {
	time = function(t)
		local timer = t:first("kind=timer node=atl name=A op=set", function(r) return r.length == 1000000000 end)
		return timer.due / 1e9 - t:get("INVITE@atl").time
	end,
	rule = "ict-timer-a",
	wrong = {
		{ 1, why = { "It is one second after the second INVITE, which is 0.5 s after the first.",
			zh = "是第二个 INVITE 之后一秒，而第二个又在第一个之后 0.5 s。" } },
		{ 0.5, why = { "That was the first interval; it doubles each time.",
			zh = "那是第一个间隔；它每次加倍。" } },
		{ 2, why = { "2 s is the interval after that.", zh = "2 s 是再下一个间隔。" } },
	},
	why = { "Add the intervals of Timer A: the first is T1, and each is twice the one before. Count from the first INVITE of `atl`.",
		zh = "把定时器 A 的间隔相加：第一个是 T1，以后每个加倍。从 `atl` 的第一个 INVITE 算起。" },
	records = function(t) return t:get "INVITE@atl#2" end,
	hint = { "Open both records of `node=atl name=A op=set` by their numbers: the third INVITE would have been sent when the second of these intervals is over as well.",
		zh = "用编号打开 `node=atl name=A op=set` 的两条记录：第二个时长也到期时，就会发送第三个 INVITE。" },
	others = {
		{ time = "3.5s",
			rule = "ict-timer-a",
			wrong = {
				{ 2, why = { "That is the time after the third; count from the first.", zh = "那是第三个之后的时间；应从第一个算起。" } },
				{ 1.5, why = { "That would be the third.", zh = "那会是第三个。" } },
				{ { 4, 3 }, why = { "Add the intervals: T1, and each twice the one before.", zh = "把间隔相加：T1，以后每个加倍。" } },
			},
			records = function(t) return t:get "INVITE@atl#2" end,
			ask = { "Suppose the line had lost the second INVITE and the third as well: how long after its first would `atl` have sent the fourth?\n\n    rung show lost-messages node=atl kind=timer name=A",
				zh = "假如线路把第二个和第三个 INVITE 也丢失了：`atl` 会在第一个 INVITE 之后多久发送第四个？\n\n    rung show lost-messages node=atl kind=timer name=A" },
			why = { "Add the intervals of Timer A up to the fourth transmission; count from the first.",
				zh = "把定时器 A 的间隔加到第四次发送；从第一次算起。" },
			hint = { "Add three intervals of Timer A, RFC 3261 17.1.1.2; two of them are in `node=atl kind=timer name=A`.",
				zh = "定时器 A 的三个间隔，RFC 3261 17.1.1.2；其中两个在 `node=atl kind=timer name=A` 中。" } },
		{ time = function(t) return t:first("kind=timer node=atl name=B op=set").length / 1e9 end,
			rule = "ict-timer-b",
			wrong = {
				{ 31.5, why = { "At that time the seventh is sent; the end comes a little later.", zh = "那时发送第七个；稍后才结束。" } },
				{ 63.5, why = { "At that time an eighth would be sent, if the transaction did not end before.", zh = "若不是先已结束，那时会发送第八个。" } },
				{ 180, why = { "That is Timer C, for a phone that rings and is not answered.", zh = "那是定时器 C，用于振铃而不接听的情形。" } },
			},
			records = function(t) return t:first "kind=timer node=atl name=B op=set" end,
			ask = { "If the line lost every INVITE: how long after its first would `atl` give up?\n\n    rung show lost-messages node=atl kind=timer name=B",
				zh = "假如线路丢失每一个 INVITE：`atl` 会在第一个之后多久放弃？\n\n    rung show lost-messages node=atl kind=timer name=B" },
			why = { "Which timer ends the transaction, and what is its value at the first transmission?",
				zh = "哪个定时器结束事务，第一次发送时它设为多长？" },
			hint = { "Open the record of `node=atl name=B op=set` for its length; RFC 3261 17.1.1.2 says how many times T1 it is.",
				zh = "打开 `node=atl name=B op=set` 的记录看时长；它是 T1 的多少倍，见 RFC 3261 17.1.1.2。" } },
	},
}

task {
	find = {
		node = "bob",
		rule = { "invite-2xx-again" },
		record = function(t)
			local again = repeated(t)
			return { again, again.cause, again.cause.cause }
		end,
	},
	points = 3,
	rule = "invite-2xx-again",
	why = { "Each retransmitted 200 makes Alice's phone send its ACK again. Which node retransmits the 200?",
		zh = "200 每重来一次，Alice 的话机就再发一次 ACK。是谁重传 200？" },
	records = repeated,
	hint = { "Before `200/INVITE@bob#2` a timer of `node=bob` fires: does it belong to the transaction or to the phone? RFC 3261 13.3.1.4.",
		zh = "`200/INVITE@bob#2` 之前 `node=bob` 的一个定时器到期：它属于事务还是话机？RFC 3261 13.3.1.4。" },
	others = {
		{ draw = "method=ACK kind=send",
			rule = "invite-2xx",
			ask = { "No transaction is responsible for an ACK, so no node retransmits it when it is lost. How does it still arrive? Draw the path of every ACK, one line for each hop, `alice -> atl ACK`.\n\n    rung show lost-messages cseq=ACK kind=send",
				zh = "没有状态机负责 ACK，所以它丢失时没有人重传它。它最终是怎样到达的？画出每个 ACK 的路径，每一跳一行，如 `alice -> atl ACK`。\n\n    rung show lost-messages cseq=ACK kind=send" },
			hint = { "Each of `status=200 cseq=INVITE dst=alice kind=recv` makes her phone send one, RFC 3261 13.2.2.4; `kind=drop from=3s` shows which of them went no further.",
				zh = "`status=200 cseq=INVITE dst=alice kind=recv` 的每一个使她的话机发送一个，RFC 3261 13.2.2.4；哪些没有走下去，见 `kind=drop from=3s`。" } },
		{ draw = "method=BYE kind=send",
			rule = "nict-timer-e",
			ask = { "Draw the path of the BYE with all its retransmissions, one line for each hop, `bob -> bil BYE`. Which node retransmits it on which hop?\n\n    rung show lost-messages method=BYE kind=send",
				zh = "画出 BYE 及其所有重传的路径，每一跳一行，如 `bob -> bil BYE`。每一跳上由谁重传？\n\n    rung show lost-messages method=BYE kind=send" },
			hint = { "Each hop has its own Timer E, RFC 3261 17.1.2.2: `cseq=BYE kind=recv` shows whether the request and its 200 have reached each node within 0.5 s.",
				zh = "每一跳有自己的定时器 E，RFC 3261 17.1.2.2：`cseq=BYE kind=recv` 说明请求及其 200 是否在 0.5 s 之内到达各个节点。" } },
	},
}

task {
	number = function(t) return t:count "kind=drop" end,
	unit = { "messages", zh = "条消息" },
	wrong = {
		{ function(t)
			return t:count("kind=send", function(s) return s.retx end)
		end,
			why = { "That many were sent again: a 200 that is retransmitted for a lost ACK passes each line again, and so does the ACK.",
				zh = "这是重传的条数：为丢失的 ACK 而重传的 200 在每段线路上都算一次，随之而来的 ACK 也是。" } },
	},
	why = { "Each loss is a record of kind drop, for requests and responses alike: count those records, not the retransmissions.",
		zh = "每次丢失都是一条 drop 记录，请求和响应都算：数这些记录，而不是数重传。" },
	records = function(t) return t:all "kind=drop" end,
	hint = { "Take `kind=drop to=2s`, while the call is set up, and then `kind=drop from=2s`: requests and responses both count; a message marked ↻ elsewhere was not lost itself.",
		zh = "先看呼叫建立期间的 `kind=drop to=2s`，再看 `kind=drop from=2s`：请求和响应同样计数；别处标有 ↻ 的，本身并未丢失。" },
}

task {
	goal = {
		{ "a 200 to the INVITE from Bob's phone is lost", zh = "Bob 的话机对 INVITE 的 200 丢失",
			function(t)
				return t:first("kind=drop", function(d)
					return d.of and d.of.status == 200 and d.of.src == "bob" and d.of:header("CSeq"):find "INVITE"
				end)
			end,
			why = { "The fault must specify the status, the CSeq and the source.",
				zh = "故障要写明状态码、CSeq 和来源。" } },
		{ "nothing else is lost", zh = "其他消息都没有丢失",
			function(t) return t:count "kind=drop" == 1 end,
			why = { "Take the lab two-proxies, whose lines lose nothing.",
				zh = "请用实验 two-proxies，它的线路不丢失消息。" } },
		{ "Alice's phone acknowledges a 200, and Bob's receives the ACK", zh = "Alice 的话机确认了 200，Bob 的话机收到了 ACK",
			function(t)
				local ack = t:first "kind=recv node=bob method=ACK"
				return ack ~= nil, ack
			end },
	},
	points = 3,
}
