-- The tasks of rfc5407-3.1.2; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

task {
	draw = "cseq=CANCEL",
	rule = "cancel-send",
	hint = { "`CANCEL@alice` has a CSeq with a number and a method: which of `200@bob`, `200@bob#2` and `200@bob#3` has the same in both?",
		zh = "`CANCEL@alice` 的 CSeq 有编号和方法：`200@bob`、`200@bob#2`、`200@bob#3` 中哪一个两者都重复？" },
	others = {
		{
			text = { "CSeq", "CSeq:" },
			ask = { "CANCEL and INVITE have the same branch, Call-ID, tags and number. Which header field tells Alice's phone which of the two requests a 200 answers?\n\n    rung show rfc5407-3.1.2 -m status=200",
				zh = "CANCEL 与 INVITE 的 branch、Call-ID、tag 和编号都相同。Alice 的话机根据哪个头字段知道一个 200 是对哪一个的响应？\n\n    rung show rfc5407-3.1.2 -m status=200" },
			wrong = {
				{ "Via", rule = "cancel-send", why = { "A CANCEL copies the INVITE's topmost Via, branch and all.", zh = "CANCEL 照抄 INVITE 最上面的 Via，包括 branch。" } },
				{ "To", why = { "The To of the CANCEL has no tag, that of its 200 has one: this is no sure sign.", zh = "CANCEL 的 To 没有 tag，它的 200 的 To 有：不是可靠的标志。" } },
				{ "Call-ID", why = { "All messages of the call have the same.", zh = "呼叫的所有消息都相同。" } },
				{ "Contact", why = { "It is in one of them, but a phone matches by a field that all have.", zh = "只有其中一个有它，但匹配要用每个响应都有的字段。" } },
			},
			rule = "cancel-send",
			why = { "Compare the two 200s: the field contains a method.",
				zh = "把两个 200 并排看：这个字段里写有方法。" },
			hint = { "Compare `200@bob` with `200@bob#2`, field by field; RFC 3261, 17.1.3 gives two conditions for a matching response, the branch and one more.",
				zh = "把 `200@bob` 与 `200@bob#2` 逐个字段比较；响应匹配的两个条件见 RFC 3261 第 17.1.3 节：branch，以及另一个。" },
			records = function(t) return t:all "kind=send status=200 src=bob cseq=INVITE,CANCEL" end,
		},
		{
			draw = "cseq=BYE",
			ask = { "Three 200s are sent in this run. Draw the last request of Alice's phone and the 200 that answers it: one line for each arrow, such as `alice -> bob ACK`.\n\n    rung show rfc5407-3.1.2 -m status=200",
				zh = "这次运行中发送了三个 200。画出 Alice 的话机的最后一个请求，以及对它的 200：每行一个箭头，例如 `alice -> bob ACK`。\n\n    rung show rfc5407-3.1.2 -m status=200" },
			rule = "bye-cancelled",
			hint = { "The last of `src=alice kind=send` is the request; a response copies the CSeq of its request, RFC 3261, 8.2.6.2.",
				zh = "`src=alice kind=send` 的最后一条就是这个请求；响应复制请求的 CSeq，RFC 3261 第 8.2.6.2 节。" },
		},
	},
}

task {
	choice = {
		{ "that the CANCEL has found the INVITE it is for",
			zh = "CANCEL 找到了它所针对的 INVITE",
			right = true, rule = "cancel-recv" },
		{ "that the call is cancelled before anybody answered",
			zh = "在有人接听之前，呼叫已被取消", rule = "bye-cancelled",
			why = { "It was answered 90 ms or so before: only a BYE ends it.",
				zh = "它此前已被接听：只有 BYE 能结束它。" } },
		{ "that Bob's phone will answer the INVITE with 487 now",
			zh = "Bob 的话机接下来会用 487 响应 INVITE", rule = "cancel-487",
			why = { "An INVITE has one final response, which was sent already.",
				zh = "一个 INVITE 只有一个最终响应，而它已经发出。" } },
		{ "that the INVITE is answered as well: one 200 for both", zh = "INVITE 也由此得到响应：一个 200 对应两者", rule = "cancel-recv",
			why = { "Each request has its own final response: compare the CSeq of Bob's two 200s.",
				zh = "每个请求都有自己的最终响应：比较 Bob 的两个 200 的 CSeq。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send status=200 cseq=CANCEL" end,
}

task {
	choice = {
		{ "because an ACK ends every cancelled call",
			zh = "因为每个被撤回的呼叫都由 ACK 结束",
			why = { "An ACK ends nothing; it acknowledges a final response to INVITE.",
				zh = "ACK 不结束任何东西；它确认 INVITE 的最终响应。" }, rule = "invite-ack" },
		{ "because no BYE may be sent before the ACK of its transaction",
			zh = "因为没有同一事务的 ACK，就不能发送 BYE",
			why = { "This ACK and this BYE belong to two transactions.",
				zh = "这个 ACK 和这个 BYE 属于两个事务。" } },
		{ "because without it a 2xx to an INVITE is sent again",
			zh = "因为 INVITE 的 2xx 一直重传到有 ACK 为止",
			right = true, rule = "bye-cancelled" },
		{ "because it is the answer to the 200 to the CANCEL",
			zh = "因为它是对 CANCEL 的 200 的确认",
			why = { "Nothing acknowledges a response to CANCEL: only INVITE has an ACK.",
				zh = "CANCEL 的响应没有确认：只有 INVITE 有 ACK。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=ACK" end,
}

local function dialog_over(t)
	local last = t:last "kind=dialog node=alice"
	return last.to == "terminated" and last or nil
end

task {
	time = function(t)
		return dialog_over(t).time - t:first("kind=send method=CANCEL").time
	end,
	wrong = {
		{ function(t) return t:first("kind=send method=BYE").time - t:first("kind=send method=CANCEL").time end,
			rule = "dialog-bye",
			why = { "At that time it becomes mortal: it exists until the transaction of the BYE has ended.",
				zh = "那时它变为 mortal：BYE 的事务结束之前仍保留。" } },
		{ function(t) return t:last("kind=call node=alice").time - t:first("kind=send method=CANCEL").time end,
			rule = "dialog-morgue",
			why = { "At that time her call is over: the BYE has its response. The dialog is kept until Timer K fires.",
				zh = "那时她的呼叫结束：BYE 得到了响应。对话保留到定时器 K 到期。" } },
		{ function(t) return t:first("kind=recv status=200 cseq=CANCEL").time - t:first("kind=send method=CANCEL").time end,
			rule = "cancel-recv",
			why = { "The 200 to the CANCEL ends no dialog.", zh = "CANCEL 的 200 不结束任何对话。" } },
	},
	why = { "Count from the transmission of the CANCEL to the last record of kind dialog at Alice's phone, in which it ends.",
		zh = "从 CANCEL 的发送算起，到 Alice 的话机最后一条 dialog 记录（对话结束）为止。" },
	records = dialog_over,
	ahead = true,
	hint = { "After the BYE's response a timer keeps the dialog: `kind=timer node=alice name=K`.",
		zh = "BYE 得到响应之后，还有一个定时器保留着对话：`kind=timer node=alice name=K`。" },
}

task {
	goal = {
		{ "Alice's CANCEL is sent", zh = "Alice 的 CANCEL 发出",
			function(t) return t:count "kind=send method=CANCEL" > 0, t:first "kind=send method=CANCEL" end },
		{ "the INVITE is answered with 487", zh = "INVITE 得到 487",
			function(t) return t:count "kind=recv dst=alice status=487" > 0, t:first "kind=send status=487" end,
			rule = "cancel-487" },
		{ "nobody answers the call", zh = "没有人接听",
			function(t) return t:count "kind=send status=200 cseq=INVITE" == 0, t:first "kind=send status=200 cseq=INVITE" end },
		{ "the ACK belongs to the INVITE's own transaction", zh = "ACK 属于 INVITE 自己的事务",
			function(t)
				local ack, invite = t:first "kind=send method=ACK", t:first "kind=send method=INVITE"
				return ack ~= nil and invite ~= nil and ack.branch == invite.branch, ack
			end, rule = "ict-ack",
			why = { "It has the INVITE's branch only after 300 to 699.",
				zh = "只有在 300 至 699 之后，它才有 INVITE 的 branch。" } },
	},
	points = 3,
}
