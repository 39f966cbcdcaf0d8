-- The tasks of sip-bridging; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "switchc.pick_up=1s..4s:1s", "gw2--switchc.delay=5ms..25ms:5ms", "seed=1..999:1" }

local function has_isup(r)
	return r.body ~= nil and (r.body:find("application/ISUP", 1, true) or
		(r:header "Content-Type" or ""):find("application/ISUP", 1, true)) ~= nil
end

task {
	number = function(t) return t:count("kind=send proto=sip src=gw2", has_isup) end,
	wrong = {
		{ function(t) return t:count("kind=send proto=sip src=gw2 method=INFO") end, why = { "Other messages contain ISUP, too, together with a session description.", zh = "还有别的消息在会话描述之外带有 ISUP。" } },
		{ function(t) return t:count "kind=send proto=isup src=switchc" end, why = { "One message that Switch C sends is only an answer to GW 2, or is not carried by a message of GW 2.", zh = "Switch C 所说的消息中，有的只是对 GW 2 的应答。" } },
	},
	why = { "Look at the Content-Type of everything that gw2 sends to proxy1, and into each multipart/mixed.", zh = "看 gw2 发给 proxy1 的每条消息的 Content-Type，并看每个 multipart/mixed 之内。" },
	rule = "gateway-info",
	records = function(t) return t:all("kind=send proto=sip src=gw2", has_isup) end,
	points = 2,
	ahead = true,
	hint = { "`src=switchc proto=isup kind=send` is what GW 2 receives from its exchange: for which of these is there a SIP message, RFC 3398, 7.2, 10 and 13.1?",
		zh = "`src=switchc proto=isup kind=send` 是 GW 2 从交换机收到的：其中哪些有对应的 SIP 消息，见 RFC 3398 第 7.2、10 和 13.1 节？" },
	others = {
		{
			number = function(t) return t:count "kind=send proto=isup" end,
			ask = { "Before you look at the run: how many ISUP messages are sent in total, on both sides of the SIP network?\n\n    rung show sip-bridging proto=isup kind=send",
				zh = "先不看运行：SIP 网络的两侧总共会发送多少条 ISUP 消息？\n\n    rung show sip-bridging proto=isup kind=send" },
			ahead = true,
			wrong = {
				{ function(t) return t:count "kind=send proto=isup" - 2 end, why = { "A release is answered as well, on each side.", zh = "释放也要应答，两侧都是。" } },
				{ function(t) return t:count "kind=send proto=isup" / 2 end, why = { "That is the number on one side.", zh = "那是一侧的数目。" } },
			},
			rule = "gateway-info",
			why = { "Count the double arrows of the ladder diagram.",
				zh = "数流程图中的双线箭头。" },
			hint = { "Both exchanges see the same call: `node=switcha proto=isup kind=send` is one side of it, what the exchange sends and what it receives.",
				zh = "两个交换机看到的是同一个呼叫：`node=switcha proto=isup kind=send` 是其中一侧，包括它发送的和收到的。" },
			records = function(t) return t:all "kind=send proto=isup" end,
		},
		{
			number = function(t) return t:count "kind=send proto=sip src=proxy1" end,
			ask = { "Before you look at the run: how many SIP messages does Proxy 1 send, requests and responses?\n\n    rung show sip-bridging src=proxy1 kind=send",
				zh = "先不看运行：Proxy 1 会发送多少条 SIP 消息（请求和响应）？\n\n    rung show sip-bridging src=proxy1 kind=send" },
			ahead = true,
			wrong = {
				{ function(t) return t:count "kind=send proto=sip src=proxy1" - 1 end, why = { "It also sends one of its own.", zh = "它自己也说了一句。" } },
				{ function(t) return t:count "kind=send proto=sip" end, why = { "That is the number of all SIP messages in the run.", zh = "那是运行中全部的 SIP 消息。" } },
			},
			rule = "proxy-forward",
			why = { "Count what Proxy 1 sends, to either side.",
				zh = "数离开 Proxy 1 的消息，两个方向都算。" },
			hint = { "`dst=proxy1 kind=recv` is what it receives: RFC 3261, 16.7 says which response it does not forward, 16.2 which response it makes to an INVITE.",
				zh = "`dst=proxy1 kind=recv` 是它收到的：哪个响应它不转发，见 RFC 3261 第 16.7 节；对 INVITE 它自己产生哪个，见第 16.2 节。" },
			records = function(t) return t:all "kind=send proto=sip src=proxy1" end,
		},
	},
}

task {
	number = function(t) return t:first("kind=send src=switcha method=IAM").size - 7 end,
	wrong = {
		{ function(t) return t:first("kind=send src=switcha method=IAM").size end, why = { "The body contains no routing label and no circuit.", zh = "消息体中没有路由标记，也没有电路。" } },
	},
	why = { "Count from the message type to the end of the optional part.", zh = "从消息类型数到可选部分的结尾。" },
	rule = "gateway-enclose",
	records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
	points = 2,
	hint = { "Q.763, 1.2: label and circuit are left out. The whole message: `--messages method=IAM src=switcha`.",
		zh = "Q.763 第 1.2 节：路由标记和电路留在外面。整条消息见 `--messages method=IAM src=switcha`。" },
	others = {
		{
			number = function(t) return t:first("kind=send src=switchc method=ACM").size - 7 end,
			ask = { "How many octets has the ACM in the 183 of GW 2?\n\n    rung play sip-bridging",
				zh = "GW 2 的 183 所携带的 ACM 有多少个字节？\n\n    rung play sip-bridging" },
			wrong = {
				{ function(t) return t:first("kind=send src=switchc method=ACM").size end, why = { "The body contains no routing label and no circuit.", zh = "消息体中没有路由标记，也没有电路。" } },
			},
			rule = "gateway-enclose",
			why = { "Count from the message type to the end of the optional part.",
				zh = "从消息类型数到可选部分的结尾。" },
			hint = { "Q.763, 1.2: the label of seven octets is not in the body. See `--messages method=ACM src=switchc`.",
				zh = "Q.763 第 1.2 节：七个字节的标记不在消息体中。看 `--messages method=ACM src=switchc`。" },
			records = function(t) return t:first "kind=send src=gw2 status=183" end,
		},
		{
			number = function(t) return t:first("kind=send src=switchc method=REL").size - 7 end,
			ask = { "How many octets has the REL in the BYE of GW 2?\n\n    rung play sip-bridging",
				zh = "GW 2 的 BYE 所携带的 REL 有多少个字节？\n\n    rung play sip-bridging" },
			wrong = {
				{ function(t) return t:first("kind=send src=switchc method=REL").size end, why = { "The body contains no routing label and no circuit.", zh = "消息体中没有路由标记，也没有电路。" } },
			},
			rule = "gateway-enclose",
			why = { "Count from the message type to the end of the cause.",
				zh = "从消息类型数到原因值的结尾。" },
			hint = { "It contains little more than a cause: `--messages method=REL src=switchc`, minus label and circuit.",
				zh = "除原因值外它没有多少内容：`--messages method=REL src=switchc`，去掉标记和电路。" },
			records = function(t) return t:first "kind=send src=gw2 method=BYE" end,
		},
	},
}

task {
	draw = "method=SUS,INFO to=9s",
	points = 2,
	rule = "gateway-info",
	hint = { "It begins with `SUS@switchc`; `src=gw2 from=7s to=8.1s kind=send` is what GW 2 sends for it, and Proxy 1 and NGW 1 follow on the path.",
		zh = "从 `SUS@switchc` 开始；`src=gw2 from=7s to=8.1s kind=send` 是 GW 2 由它得出的，之后的路上还有 Proxy 1 和 NGW 1。" },
	others = {
		{
			text = "INFO",
			ask = { "Which SIP method brings the SUS from GW 2 to NGW 1?\n\n    rung show sip-bridging node=gw2 kind=recv,send",
				zh = "SUS 以哪种 SIP 方法从 GW 2 到达 NGW 1？\n\n    rung show sip-bridging node=gw2 kind=recv,send" },
			wrong = {
				{ { "INVITE", "re-INVITE" }, why = { "That would be used without ISUP in the bodies, and Switch A would receive a hold.", zh = "没有消息体中的 ISUP 时才是这样，那时 Switch A 听到的是保持。" } },
				{ { "SUS", "CPG" }, why = { "That is an ISUP message; the question is which SIP method carries it.", zh = "那是 ISUP 的消息；问的是哪种 SIP 消息携带它。" } },
			},
			rule = "gateway-info",
			why = { "Look for what gw2 sends directly after the SUS has arrived.",
				zh = "看 SUS 到来之后 gw2 紧接着发送什么。" },
			hint = { "It is sent within a call, without a change of the session: see `src=gw2 proto=sip from=7s`.",
				zh = "在呼叫之内，又不改变会话：看 `src=gw2 proto=sip from=7s`。" },
			records = function(t) return t:first "kind=send src=gw2 method=INFO" end,
		},
		{
			draw = "method=REL,BYE",
			ask = { "Draw how the end of the call gets from Switch C to Switch A, without the answers to it: one line for each hop, such as `gw2 -> proxy1 CANCEL`.\n\n    rung show sip-bridging kind=send from=11s",
				zh = "画出呼叫的结束怎样从 Switch C 传到 Switch A，不画对它的应答：每一跳一行，如 `gw2 -> proxy1 CANCEL`。\n\n    rung show sip-bridging kind=send from=11s" },
			hint = { "It begins with `REL@switchc`; what of `src=gw2 from=11s kind=send` answers that on the circuit, and what carries it further, RFC 3398, 10?",
				zh = "从 `REL@switchc` 开始；`src=gw2 from=11s kind=send` 中哪个在电路上响应它，哪个把它转达下去，见 RFC 3398 第 10 节？" },
		},
	},
}

task {
	goal = {
		{ "the telephone of Switch C is put down: SUS", zh = "Switch C 的电话被放下：SUS",
			function(t)
				return t:first "kind=send src=switchc method=SUS"
			end },
		{ "no INVITE has ISUP in it", zh = "没有 INVITE 带有 ISUP",
			function(t)
				return t:count("kind=send method=INVITE", has_isup) == 0, t:first "kind=send src=ngw1 method=INVITE"
			end,
			why = { "Remove `isup` from the script.", zh = "脚本中不要 `isup`。" } },
		{ "Switch A gets no SUS, but a remote hold: CPG", zh = "Switch A 听不到 SUS，而听到远端保持：CPG",
			function(t)
				return t:count "kind=recv node=switcha method=SUS" == 0 and t:first "kind=recv node=switcha method=CPG"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "The first number, since the IAM in the body counts for more than fields do",
			zh = "原来的号码，因为消息体中的 IAM 比头字段更有效",
			why = { "Then SIP could not redirect a call.", zh = "那样 SIP 中就没有什么能把呼叫转到别处。" } },
		{ "The new number, and in all else what the IAM inside says", right = true,
			zh = "新的号码，其余的都取自所附的 IAM" },
		{ "The new number, and in all else the gateway's own default values",
			zh = "新的号码，其余的都取网关自己的默认值",
			why = { "A body does not become invalid because a proxy has done its work.", zh = "代理服务器做了它该做的事，消息体并不因此失效。" } },
		{ "Neither number, since a gateway refuses an INVITE that contradicts itself",
			zh = "两个号码都不是，因为网关拒绝自相矛盾的 INVITE",
			why = { "The two differ whenever SIP redirects a call.", zh = "只要 SIP 改变呼叫的去向，两者就会不同。" } },
	},
	rule = "gateway-bridge",
}
