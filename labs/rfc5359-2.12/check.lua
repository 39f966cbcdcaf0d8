-- The tasks of rfc5359-2.12; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "b4.answer=1000ms..3000ms:500ms", "proxy.ring_time=3s..6s:1s" }

task {
	draw = "src=proxy method=INVITE,CANCEL",
	points = 3,
	hint = { "`status=180,480,486 dst=proxy kind=send` shows what each phone sends by itself; RFC 3261, 16.8: what does the proxy do with a branch that keeps ringing for its `ring_time`?", zh = "`status=180,480,486 dst=proxy kind=send` 显示各处自己的回答；RFC 3261 第 16.8 节：振铃超过 `ring_time` 的分支，代理服务器怎样处理？" },
	ahead = true,
	others = {
		{ draw = "kind=send dst=proxy cseq=INVITE status=1xx,2xx,4xx",
			ask = { "Before you look at the run: draw the responses to INVITEs that will reach the proxy from Bob's phones b1 to b4, one line for each arrow, such as `b1 -> proxy 180`.\n\n    rung show rfc5359-2.12 dst=proxy cseq=INVITE kind=send",
				zh = "先不看运行：画出代理服务器将从 Bob 的话机 b1 到 b4 收到的对 INVITE 的响应，每行一个箭头，例如 `b1 -> proxy 180`。\n\n    rung show rfc5359-2.12 dst=proxy cseq=INVITE kind=send" },
			ahead = true,
			rule = "proxy-final",
			hint = { "They answer `src=proxy method=INVITE,CANCEL kind=send`: RFC 3261, 9.2 says what a CANCEL does to the INVITE before it.", zh = "`src=proxy method=INVITE,CANCEL kind=send` 是它们所响应的：CANCEL 使此前的 INVITE 得到什么，见 RFC 3261 第 9.2 节。" } },
		{ draw = "kind=send method=ACK",
			ask = { "Before you look at the run: draw all ACKs that will be sent, one line for each arrow, such as `proxy -> b1 ACK`.\n\n    rung show rfc5359-2.12 method=ACK kind=send",
				zh = "先不看运行：画出将发送的所有 ACK，每行一个箭头，例如 `proxy -> b1 ACK`。\n\n    rung show rfc5359-2.12 method=ACK kind=send" },
			ahead = true,
			rule = "ict-ack",
			hint = { "`cseq=INVITE status=2xx,4xx dst=proxy kind=send` has the final responses: RFC 3261, 17.1.1.3 and 13.2.2.4 say for each which node makes its ACK, and how far the ACK goes.", zh = "`cseq=INVITE status=2xx,4xx dst=proxy kind=send` 是各个最终响应：每个的 ACK 由哪个节点产生、走多远，见 RFC 3261 第 17.1.1.3 和 13.2.2.4 节。" } },
	},
}

task {
	choice = {
		{ "by the Call-ID, which is another in each of the two", zh = "凭 Call-ID，它在两者中不同",
			why = { "There is only one INVITE from her, and one Call-ID.", zh = "她只发了一个 INVITE，只有一个 Call-ID。" }, rule = "dialog-uac" },
		{ "by the To tag, which each generates itself", zh = "凭 To tag，由话机各自生成",
			right = true, rule = "dialog-uac" },
		{ "by the topmost Via, which names the phone", zh = "凭最上面的 Via，它指明话机",
			why = { "That is her own in both.", zh = "两个都是她自己的。" }, rule = "response-vias" },
		{ "it can't: to her it looks like one phone", zh = "看不出：在她看来是一部话机",
			why = { "It has two early dialogs.", zh = "它有两个早期对话。" }, rule = "dialog-uac" },
	},
	points = 2,
	records = function(t) return t:all "kind=recv dst=alice status=180" end,
}

local function answered(t)
	return t:first "kind=recv dst=alice status=200 cseq=INVITE"
end

local function invite(t)
	return t:first "kind=send src=alice method=INVITE"
end

task {
	time = function(t) return answered(t).time - invite(t).time end,
	wrong = {
		{ function(t) return answered(t).time end,
			why = { "That is the time since the start of the run; she called a second after its beginning.", zh = "这是从运行开始算起；她在一秒之后才呼叫。" } },
		{ function(t) return t:first("kind=send src=b4 status=200").time - invite(t).time end,
			why = { "At that time Bob answers; two delays later she knows it.", zh = "那时 Bob 接听；再经两段路她才知道。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of the INVITE, and the arrival of the 200. The phones that rang before do not count.",
		zh = "看 Alice 的话机的两条记录：它发送 INVITE，以及 200 到达。之前振铃的话机不算。" },
	records = answered,
	hint = { "From `INVITE@alice` to the arrival of the only 200 that has CSeq INVITE: `dst=alice status=200`.", zh = "从 `INVITE@alice` 到唯一的 CSeq 为 INVITE 的 200 到达：`dst=alice status=200`。" },
}

task {
	choice = {
		{ "none: of several 200s the proxy forwards only one",
			zh = "没有：多个 200 中代理服务器只转发一个",
			why = { "It forwards every 2xx; Alice's phone must end a second one with a BYE.",
				zh = "它转发每个 2xx；第二个要由 Alice 的话机用 BYE 结束。" }, rule = "proxy-2xx" },
		{ "the INVITE would be too large for four branches",
			zh = "INVITE 对四个分支来说会太大",
			why = { "Each branch gets its own copy, of the same size.", zh = "每个分支得到自己的一份，大小相同。" }, rule = "proxy-forward" },
		{ "phones ring in vain far from Bob until they are cancelled",
			zh = "Bob 不在的地方话机也振铃，还要取消",
			right = true, rule = "proxy-cancel-others" },
		{ "Alice would get four final answers to choose from",
			zh = "Alice 会得到四个最终响应，供她选择",
			why = { "If nobody answers, the proxy forwards the best of the others.", zh = "无人接听时，代理服务器只转发其中最好的一个。" }, rule = "proxy-final" },
	},
	points = 2,
}

task {
	goal = {
		{ "all four places are tried", zh = "四个地点都试过",
			function(t)
				for _, name in ipairs { "b1", "b2", "b3", "b4" } do
					if t:count { kind = "send", src = "proxy", dst = name, method = "INVITE" } == 0 then
						return false
					end
				end
				return true
			end },
		{ "nobody answers the call", zh = "没有人接听",
			function(t) return t:count "kind=send status=200 cseq=INVITE" == 0, t:first "kind=send status=200 cseq=INVITE" end },
		{ "Alice gets 480, and none of the others", zh = "Alice 得到 480，而没有别的",
			function(t)
				local r = t:last "kind=recv dst=alice status=4xx"
				return r ~= nil and r.status == 480 and t:count "kind=recv dst=alice status=4xx" == 1, r
			end, rule = "proxy-final" },
	},
	points = 2,
}
