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
		{ function(t) return t:count("kind=send proto=sip src=gw2 method=INFO") end, why = { "Other messages carry ISUP, too, beside a session description.", zh = "还有别的消息在会话描述之外带有 ISUP。" } },
		{ function(t) return t:count "kind=send proto=isup src=switchc" end, why = { "Of what Switch C says one message is an answer to GW 2 alone, or comes by no message of GW 2's.", zh = "Switch C 所说的消息中，有的只是对 GW 2 的应答。" } },
	},
	why = { "Look at the Content-Type of all that gw2 sends to proxy1, and into each multipart/mixed.", zh = "看 gw2 发给 proxy1 的每条消息的 Content-Type，并看每个 multipart/mixed 之内。" },
	rule = "gateway-info",
	records = function(t) return t:all("kind=send proto=sip src=gw2", has_isup) end,
	points = 2,
}

task {
	number = function(t) return t:first("kind=send src=switcha method=IAM").size - 7 end,
	wrong = {
		{ function(t) return t:first("kind=send src=switcha method=IAM").size end, why = { "In the body there is no routing label, and no circuit.", zh = "消息体中没有路由标记，也没有电路。" } },
	},
	why = { "Count from the message type to the end of the optional part.", zh = "从消息类型数到可选部分的结尾。" },
	rule = "gateway-enclose",
	records = function(t) return t:first "kind=send src=ngw1 method=INVITE" end,
	points = 2,
}

task {
	text = "INFO",
	wrong = {
		{ { "INVITE", "re-INVITE" }, why = { "So it would be without ISUP in the bodies, and Switch A would hear of a hold.", zh = "没有消息体中的 ISUP 时才是这样，那时 Switch A 听到的是保持。" } },
		{ { "SUS", "CPG" }, why = { "That is a message of ISUP; the question is which of SIP carries it.", zh = "那是 ISUP 的消息；问的是哪种 SIP 消息携带它。" } },
	},
	why = { "Look for what gw2 sends right after the SUS has come.", zh = "看 SUS 到来之后 gw2 紧接着发送什么。" },
	rule = "gateway-info",
	records = function(t) return t:first "kind=send src=gw2 method=INFO" end,
	points = 2,
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
			why = { "Leave `isup` out of the script.", zh = "脚本中不要 `isup`。" } },
		{ "Switch A hears of no SUS, but of a remote hold: CPG", zh = "Switch A 听不到 SUS，而听到远端保持：CPG",
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
			why = { "Then nothing in SIP could send a call elsewhere.", zh = "那样 SIP 中就没有什么能把呼叫转到别处。" } },
		{ "The new number, and in all else what the IAM in the body says", right = true,
			zh = "新的号码，其余的都取自消息体中的 IAM" },
		{ "The new number, and in all else the gateway's own default values",
			zh = "新的号码，其余的都取网关自己的默认值",
			why = { "A body does not become invalid because a proxy has done its work.", zh = "代理服务器做了它该做的事，消息体并不因此失效。" } },
		{ "Neither number, since a gateway refuses an INVITE that contradicts itself",
			zh = "两个号码都不是，因为网关拒绝自相矛盾的 INVITE",
			why = { "That the two differ is what happens whenever SIP redirects a call.", zh = "只要 SIP 改变呼叫的去向，两者就会不同。" } },
	},
	rule = "gateway-bridge",
}
