-- The tasks of media-gateway; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan--mg2.delay=5ms..45ms:5ms", "carol.answer=2000ms..4000ms:250ms", "seed=1..999:1" }

-- The record in which B1 rings.
local function ringing(t)
	return t:first "kind=note node=mg2"
end

local function told_before(t)
	local n = 0
	for _, r in ipairs(t:all "kind=send src=mgc dst=mg1") do
		if r.seq < ringing(t).seq and not r.start:match "^Reply" then
			n = n + 1
		end
	end
	return n
end

task {
	find = {
		node = "mg1",
		record = function(t)
			local r = t:all "kind=send src=mg1 method=Notify"[2]
			return { r, r:arrival() }
		end,
	},
	rule = "megaco-notify",
	why = { "The last key completes the number: which message does the gateway send at once after it?", zh = "最后按下的键使号码完整：之后网关立刻发送哪条消息？" },
	hint = { "Four keys take 1.6 s, and the telephone went off hook before that: see which messages of `src=mg1 kind=send from=2s to=4s` report something, and which only answer.",
		zh = "按四个键要 1.6 s，而且之前先要摘机：看 `src=mg1 kind=send from=2s to=4s` 中哪一条是告知，哪些只是应答。" },
	records = function(t) return t:all "kind=send src=mg1 method=Notify"[2] end,
	others = {
		{ find = { node = "mgc", record = function(t)
			local r = t:first "kind=send src=mgc method=Add"
			return { r, r:arrival() }
		end }, rule = "megaco-connect",
			ask = { "Find the message by which A1 is added to a context: `node=… record=…`. The node is the one that sends it.", zh = "找出把 A1 放入关联的消息：`node=… record=…`。节点填发送它的那一个。" },
			why = { "Dial tone needs no context; a connection does.", zh = "拨号音不需要关联，连接才需要。" },
			hint = { "Which node decides about contexts? Look at `src=mgc dst=mg1 kind=send from=2.5s to=4s`, after the Notify with the number.",
				zh = "关联由谁决定？看 `src=mgc dst=mg1 kind=send from=2.5s to=4s`，在带号码的 Notify 之后。" },
			records = function(t) return t:first "kind=send src=mgc method=Add" end },
		{ find = { node = "mg2", record = function(t)
			local r = t:first "kind=send src=mg2 method=Notify"
			return { r, r:arrival() }
		end }, rule = "megaco-notify",
			ask = { "Find the message by which the controller learns that B1 went off hook: `node=… record=…`. The node is the one that sends it.\n\n    rung show media-gateway node=mg2 kind=send", zh = "找出控制器据以得知 B1 摘机的消息：`node=… record=…`。节点填发送它的那一个。\n\n    rung show media-gateway node=mg2 kind=send" },
			why = { "The telephone is at another gateway, which reports its events.", zh = "这部电话有自己的网关，由它报告在那里看到的。" },
			hint = { "B1 is at the other gateway: `src=mg2 kind=send from=5s`.", zh = "B1 接在另一个网关上：`src=mg2 kind=send from=5s`。" },
			records = function(t) return t:first "kind=send src=mg2 method=Notify" end },
	},
}

task {
	number = told_before,
	points = 2,
	wrong = {
		{ function(t) return told_before(t) - 2 end, why = { "The two at the beginning count as well.", zh = "开头的两个也要算上。" } },
	},
	why = { "A1 and A2 are watched, A1 gets dial tone, A1 is added; replies are not transactions of the controller.", zh = "监视 A1 和 A2，给 A1 拨号音，加入 A1；应答不是控制器的事务。" },
	records = ringing,
	hint = { "Count with `src=mgc dst=mg1 kind=send`, and leave out what begins with Reply.", zh = "用 `src=mgc dst=mg1 kind=send` 来数，去掉以 Reply 开头的。" },
	others = {
		{ number = function(t) return t:count "kind=send src=mg1 method=Notify" end,
			ask = { "How many Notify has `mg1` sent in the whole run?\n\n    rung show media-gateway src=mg1 kind=send", zh = "在整个运行中，`mg1` 一共发送了多少个 Notify？\n\n    rung show media-gateway src=mg1 kind=send" },
			wrong = { { function(t) return t:count "kind=send method=Notify" end, why = { "These include those of `mg2`.", zh = "其中也有 `mg2` 的。" } } },
			why = { "Three events cause one: a telephone goes off hook, a number is complete, a telephone goes on hook. Count those of both calls.", zh = "摘机、号码完整、挂机各产生一个。两个呼叫的都要数。" },
			hint = { "`method=Notify dst=mgc kind=recv` has those from both gateways: leave out those from `mg2`.",
				zh = "`method=Notify dst=mgc kind=recv` 列出来自两个网关的：去掉来自 `mg2` 的。" },
			records = function(t) return t:all "kind=send src=mg1 method=Notify" end },
		{ number = function(t) return t:count "kind=send src=mgc dst=mg2 method=Add,Modify,Subtract" end,
			ask = { "How many transactions has the controller sent to `mg2` in the whole run?\n\n    rung show media-gateway dst=mg2 kind=send", zh = "在整个运行中，控制器一共向 `mg2` 发送了多少个事务？\n\n    rung show media-gateway dst=mg2 kind=send" },
			wrong = { { function(t) return t:count "kind=send src=mgc dst=mg2" end, why = { "Its replies are not its own transactions.", zh = "它的应答不是它自己的事务。" } } },
			why = { "Count the controller's requests to that gateway; a message that begins with Reply answers one.", zh = "数控制器要求该网关做的事；以 Reply 开头的消息是应答。" },
			hint = { "Each of them gets a Reply: `src=mg2 dst=mgc kind=send` has these, and what `mg2` reports by itself.",
				zh = "每一个都得到一个 Reply：`src=mg2 dst=mgc kind=send` 中有这些应答，以及 `mg2` 主动告知的。" },
			records = function(t) return t:first "kind=send src=mgc dst=mg2 method=Modify" end },
	},
}

task {
	choice = {
		{ "since A1 has the lower number of the two telephones", zh = "因为两部电话中 A1 的号码较小",
			why = { "Numbers do not affect the order.", zh = "号码与顺序无关。" } },
		{ "since what mg1 receives is the offer that mg2 gets", zh = "因为 mg1 的接收地址就是交给 mg2 的提议", right = true },
		{ "since a context may have but one gateway at a time", zh = "因为一个关联一次只能有一个网关",
			why = { "Each gateway has its own context; they never share one.", zh = "每个网关各有自己的关联，从不共用。" } },
		{ "since mg2 has not yet said that it is there", zh = "因为 mg2 还没有报告自己已启动",
			why = { "It has, at the beginning.", zh = "它一开始就报告了。" } },
	},
	rule = "megaco-connect",
	ahead = function(t) return t:first "kind=send src=mgc dst=mg2 from=2s" end,
}

task {
	choice = {
		{ "by the first packet of RTP that comes from mg2", zh = "通过 mg2 发来的第一个 RTP 包",
			why = { "A gateway decides nothing by what it receives.", zh = "网关不根据听到的内容作决定。" } },
		{ "by a Notify that mg2 has sent to mg1", zh = "通过 mg2 发给 mg1 的 Notify",
			why = { "Gateways send each other only media.", zh = "网关之间除了媒体什么也不说。" } },
		{ "by a Modify whose Mode is SendReceive", zh = "通过 Mode 为 SendReceive 的 Modify", right = true },
		{ "by a 200 OK with a session description", zh = "通过带会话描述的 200 OK",
			why = { "There is no SIP in this call.", zh = "这个呼叫里没有 SIP。" } },
	},
	rule = "megaco-modify",
}

task {
	choice = {
		{ "from Carol's phone, as early media", zh = "来自 Carol 的话机，是早期媒体",
			why = { "Her 180 has no session description.", zh = "她的 180 没有会话描述。" } },
		{ "from the controller, by RTP", zh = "来自控制器，经由 RTP",
			why = { "Media never go to the controller.", zh = "媒体从不经过控制器。" } },
		{ "from the telephone itself, which knows what it waits for", zh = "来自电话本身，它知道自己在等什么",
			why = { "It knows only its hook and its keys.", zh = "它只知道自己的叉簧和按键。" } },
		{ "from mg1, which plays what Signals says", zh = "来自 mg1，它按 Signals 放音", right = true },
	},
	rule = "megaco-signal",
}

task {
	goal = {
		{ "A1 gets busy tone after it has dialled 8003", zh = "A1 拨 8003 后听到忙音",
			function(t)
				for _, r in ipairs(t:all "kind=note node=mg1") do
					if r.text == "A1 hears busy tone" then
						return true, r
					end
				end
				return false
			end,
			why = { "A telephone that is off the hook can't be called.", zh = "已摘机的电话无法被叫。" } },
		{ "Carol calls B1's number and gets a 486", zh = "Carol 呼叫 B1 的号码，得到 486",
			function(t)
				local r = t:first "kind=send src=mgc status=486"
				return r ~= nil, r
			end,
			why = { "sip:8003@exchange.example", zh = "sip:8003@exchange.example" } },
	},
	points = 3,
}
