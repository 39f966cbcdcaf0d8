-- The tasks of presence; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "lan1--lan2.delay=10ms..150ms:10ms", "seed=1..999:1" }

local function body(r)
	return r.text:match "\r\n\r\n(.*)" or ""
end

local function crash(t)
	return t:first "kind=act node=bob verb=crash"
end

-- The expiry of what Bob has published, at the presence agent.
local function forgotten(t)
	return t:first "kind=timer node=pa op=fire rule=publish-expired"
end

-- The NOTIFY that tells of it, as it leaves the agent and as it comes to Alice.
local function told(t, where)
	return t:first("kind=send method=NOTIFY " .. where, function(r) return r.time >= forgotten(t).time end)
end

local function published(t)
	return t:all "kind=send method=PUBLISH src=bob"
end

task {
	text = { "SIP-If-Match", "SIP-If-Match:" },
	rule = "publish-modify",
	wrong = {
		{ "SIP-ETag", why = { "That is in the 200, in which the agent returns the tag. Which field sends it back?",
			zh = "它在 200 中：呈现代理在那里给出实体标签。是哪个字段把它带回来？" }, rule = "publish-done" },
		{ "Call-ID", why = { "The Call-IDs differ: a PUBLISH creates no dialog.", zh = "两个 Call-ID 不同：PUBLISH 不建立对话。" } },
		{ "Event", why = { "Event names the package; a second phone of Bob's would send the same.",
			zh = "Event 指明事件包；Bob 的另一部话机也会这样写。" } },
		{ "CSeq", why = { "Both have CSeq 1: they do not share a dialog.", zh = "两者的 CSeq 都是 1：它们不属于同一对话。" } },
		{ "From", why = { "It has a new tag; another phone of Bob's would have the same URI.", zh = "它的 tag 是新的；Bob 的另一部话机的 URI 也相同。" } },
	},
	why = { "The 200 to the first PUBLISH has a tag: look for the field of the second PUBLISH that repeats it.",
		zh = "对第一个 PUBLISH 的 200 给出一个实体标签：看它再次出现在第二个 PUBLISH 的哪个字段。" },
	records = function(t) return published(t)[2] end,
	hint = { "Compare the two PUBLISHs (`-m method=PUBLISH src=bob`), and look for the tag of `200@pa`.", zh = "把两个 PUBLISH（`-m method=PUBLISH src=bob`）并排，找 `200@pa` 中的实体标签。" },
	others = {
		{ text = { "SIP-ETag", "SIP-ETag:" }, rule = "publish-done",
			ask = { "In which header field does the presence agent return the tag by which Bob's phone later refers to what it has published?\n\n    rung show presence -m method=PUBLISH\n    rung show presence -m status=200 src=pa", zh = "呈现代理在哪个头字段中给出 Bob 的话机以后用来指明其发布内容的实体标签？\n\n    rung show presence -m method=PUBLISH\n    rung show presence -m status=200 src=pa" },
			wrong = { { "SIP-If-Match", why = { "That is in the next PUBLISH, which sends the tag back.", zh = "它在下一个 PUBLISH 中：它把实体标签带回来。" } }, { { "Expires", "Event" }, why = { "That is the same in each of them.", zh = "它在每个里都一样。" } }, { "Call-ID", why = { "The phone has made that.", zh = "那是话机产生的。" } } },
			why = { "Read the 200 to the first PUBLISH: one field of it is in no 200 to another method.", zh = "读对第一个 PUBLISH 的 200：其中一个字段只在对 PUBLISH 的 200 中出现。" },
			hint = { "Compare `200@pa` with a 200 to a SUBSCRIBE: which field is added?", zh = "把 `200@pa` 与对 SUBSCRIBE 的 200 比较：多了哪个字段？" },
			records = function(t) return t:get "200@pa" end },
		{ text = { "Event", "Event:" }, rule = "subscribe-send",
			ask = { "Which header field of Alice's SUBSCRIBE says which information about Bob she wants?\n\n    rung show presence -m method=SUBSCRIBE src=alice", zh = "Alice 的 SUBSCRIBE 的哪个头字段说明她想知道 Bob 的什么？\n\n    rung show presence -m method=SUBSCRIBE src=alice" },
			wrong = { { { "To", "Request-URI" }, why = { "That says about whom; there are several kinds of information about him.", zh = "它说明是谁；关于他有多种内容可以通知。" } }, { "Accept", why = { "That is the format that she can read.", zh = "那是她能读的格式。" } }, { "Expires", why = { "That is the duration.", zh = "那是时长。" } } },
			why = { "One field names the package; that of a registrar would be `reg`.", zh = "有一个字段指明事件包；注册服务器的叫 `reg`。" },
			hint = { "Read `SUBSCRIBE@alice`: which value is repeated in the NOTIFYs to her?", zh = "读 `SUBSCRIBE@alice`：哪个值又出现在发给她的 NOTIFY 中？" },
			records = function(t) return t:first "kind=send method=SUBSCRIBE src=alice" end },
	},
}

task {
	choice = {
		{ "Bob's phone has not registered yet, and nobody knows its place", zh = "Bob 的话机还没有注册，没有人知道它在哪里",
			why = { "It has, at 0 s. A call would find it.", zh = "它在 0 s 已注册。呼叫找得到它。" }, rule = "location-store" },
		{ "The proxy answers each SUBSCRIBE itself, by what it has stored", zh = "代理服务器按自己保存的内容响应每个 SUBSCRIBE",
			why = { "It forwards it, to pa.", zh = "它转发给 pa。" } },
		{ "Whatever is about presence goes to the domain's presence agent",
			zh = "与呈现有关的请求都发给该域的呈现代理", right = true },
		{ "The SUBSCRIBE has the agent's address in its Request-URI", zh = "SUBSCRIBE 的请求 URI 中就是呈现代理的地址",
			why = { "It contains sip:bob@biloxi.example.com.", zh = "其中是 sip:bob@biloxi.example.com。" } },
	},
	rule = "proxy-by-presence",
	records = function(t) return t:all "kind=route node=bil text=presence" end,
}

task {
	text = function(t)
		local value = t:first("kind=send method=NOTIFY dst=carol"):header "Subscription-State"
		return { value, (value:match "^[^;]+") }
	end,
	rule = "notify-at-once",
	wrong = {
		{ "active", why = { "That is Alice's. Expires 0 asks for the state once.", zh = "那是 Alice 的。Expires 为 0 只要求一次状态。" } },
		{ "active;expires=0", why = { "Without time there is no subscription.", zh = "没有时间的订阅就不是订阅。" } },
		{ "pending", why = { "No authorization is needed: Carol gets the state at once.", zh = "不需要谁来决定：Carol 立即得到通知。" } },
	},
	why = { "Read Subscription-State in the NOTIFY to Carol. Which number of her SUBSCRIBE differs, and what does it ask for?",
		zh = "读发给 Carol 的 NOTIFY 的 Subscription-State。她的 SUBSCRIBE 里哪个数不同，它要求什么？" },
	records = function(t) return t:first "kind=send method=NOTIFY dst=carol" end,
	ahead = true,
	hint = { "RFC 6665 4.4.3 says what an Expires of 0 asks for; `machine=subscription from=10s to=11s` shows the states of her subscription.",
		zh = "Expires 为 0 请求的是什么，见 RFC 6665 4.4.3；`machine=subscription from=10s to=11s` 显示她的订阅经过哪些状态。" },
	others = {
		{ text = function(t)
			local value = t:first("kind=send method=NOTIFY dst=alice"):header "Subscription-State"
			return { value, (value:match "^[^;]+") }
		end, rule = "notify-at-once", ahead = true,
			ask = { "Before you look at the run: Alice's SUBSCRIBE is granted 60 s. What will be the value of Subscription-State in the first NOTIFY that she gets?\n\n    rung show presence -m method=NOTIFY dst=alice to=3s", zh = "先不看运行：Alice 的 SUBSCRIBE 得到 60 s。她收到的第一个 NOTIFY 中，Subscription-State 会是什么值？\n\n    rung show presence -m method=NOTIFY dst=alice to=3s" },
			wrong = { { "terminated", why = { "That is for a subscription without remaining time.", zh = "没有剩余时间的人才会收到这个。" } }, { "pending", why = { "No authorization is needed: Alice gets the state at once.", zh = "不需要谁来决定：Alice 立即得到通知。" } }, { "open", why = { "That is Bob's state. What is the state of her subscription?", zh = "那是 Bob 的状态。她的订阅呢？" } } },
			why = { "The agent has accepted her subscription, and no authorization is needed: read Subscription-State in what she gets at 2 s.", zh = "呈现代理接受了她的订阅，不需要先得到谁的允许：读她在 2 s 收到的 Subscription-State。" },
			hint = { "RFC 6665 4.1.3 has the states of a subscription; `machine=subscription node=alice to=3s` shows the steps of hers, the last of them with the message that she gets.",
				zh = "订阅的各个状态见 RFC 6665 第 4.1.3 节；`machine=subscription node=alice to=3s` 显示她的订阅经过的各步，最后一步由她收到的引起。" },
			records = function(t) return t:first "kind=send method=NOTIFY dst=alice" end },
		{ text = function(t) return { t:last("kind=send method=NOTIFY dst=alice"):header("Subscription-State"):match "reason=(%w+)" } end, rule = "notify-at-once", ahead = true,
			ask = { "Before you look at the run: Alice ends her subscription by a SUBSCRIBE with Expires 0. Which `reason` will be in the last NOTIFY's Subscription-State?\n\n    rung show presence -m method=NOTIFY dst=alice from=96s", zh = "先不看运行：Alice 用 Expires 为 0 的 SUBSCRIBE 结束订阅。最后一个 NOTIFY 的 Subscription-State 中，`reason` 会是什么？\n\n    rung show presence -m method=NOTIFY dst=alice from=96s" },
			wrong = { { { "deactivated", "rejected", "giveup" }, why = { "The agent has not rejected her subscription.", zh = "呈现代理并不反对她的订阅。" } }, { "noresource", why = { "Bob still exists there.", zh = "那里仍然认识 Bob。" } } },
			why = { "No time remains: the reason is the same as without a refresh.", zh = "它没有剩余的时间：原因与没有人刷新时相同。" },
			hint = { "The reasons are listed in RFC 6665 4.1.3: which of them fits a subscription without remaining time? `machine=subscription node=pa from=96s` shows what ended it.",
				zh = "各种 reason 见 RFC 6665 第 4.1.3 节：哪一个适合没有剩余时间的订阅？`machine=subscription node=pa from=96s` 显示它因什么结束。" },
			records = function(t) return t:last "kind=send method=NOTIFY dst=alice" end },
	},
}

task {
	time = function(t) return told(t, "dst=alice"):arrival().time - crash(t).time end,
	tolerance = 0.02,
	rule = "publish-expired",
	wrong = {
		{ 90, why = { "That is the time granted at 5.1 s; the phone crashed 35 s later.", zh = "这是 5.1 s 时准许的时长；35 s 之后话机才崩溃。" } },
		{ function(t) return told(t, "dst=alice"):arrival().time - published(t)[2].time end,
			why = { "That is counted from his PUBLISH; count from the crash.", zh = "这是从他的 PUBLISH 算起的；应从崩溃算起。" } },
		{ function(t) return t:last("kind=send method=SUBSCRIBE src=alice").time - crash(t).time end,
			why = { "That is when Alice ends her subscription.", zh = "那时 Alice 要求不再通知。" } },
		{ function(t)
				local asked = t:all "kind=send method=SUBSCRIBE src=alice"
				return asked[2].time - crash(t).time
			end,
			why = { "That is when she refreshes, and gets the same state again: the agent does not know about the crash.",
				zh = "那时她刷新订阅，得到的仍是同样的内容：呈现代理不知道崩溃。" } },
	},
	why = { "Count from the crash of Bob's phone to the arrival of the NOTIFY at Alice's phone whose document differs.",
		zh = "从 Bob 的话机崩溃算起，到文档内容不同的 NOTIFY 到达 Alice 的话机为止。" },
	records = function(t) return { crash(t), told(t, "dst=alice"):arrival() } end,
	hint = { "Count from the act (`kind=act verb=crash`) until the NOTIFY without a status arrives (`method=NOTIFY dst=alice from=60s`).", zh = "从操作（`kind=act verb=crash`）起，到她收到不再含有状态的 NOTIFY（`method=NOTIFY dst=alice from=60s`）为止。" },
}

task {
	find = {
		node = "pa",
		rule = { "publish-expired" },
		record = function(t) return { forgotten(t), told(t, "src=pa") } end,
	},
	points = 2,
	rule = "publish-expired",
	why = { "A published state has an expiry time. Look for the timer that fires at 95 s.", zh = "所发布的内容有期限。找出在 95 s 到期的定时器。" },
	records = forgotten,
	hint = { "Something fires there just before: `kind=timer from=90s to=96s`.", zh = "就在那之前有什么到期了：`kind=timer from=90s to=96s`。" },
	others = {
		{ find = { node = "alice", rule = "subscribe-refresh", record = function(t) return { t:first "kind=timer node=alice op=fire rule=subscribe-refresh", t:all "kind=send method=SUBSCRIBE src=alice"[2] } end }, rule = "subscribe-refresh",
			ask = { "At 56 s no node has sent Alice's phone anything. What makes it send a SUBSCRIBE? Find the node, the rule and the record: `node=… rule=… record=…`.\n\n    rung show presence kind=timer,send from=50s to=57s", zh = "在 56 s 时没有人向 Alice 的话机发送过什么。是什么使它发送 SUBSCRIBE？找出节点、规则和记录：`node=… rule=… record=…`。\n\n    rung show presence kind=timer,send from=50s to=57s" },
			why = { "A subscription has an expiry time; the subscriber refreshes it before that.", zh = "订阅有期限；想让它继续的一方要在到期之前来。" },
			hint = { "The presence agent does not cause it: which of `kind=timer op=fire from=55s to=57s` is directly before it?",
				zh = "这不是呈现代理引起的：`kind=timer op=fire from=55s to=57s` 中哪一条紧接在它之前？" },
			records = function(t) return t:first "kind=timer node=alice op=fire rule=subscribe-refresh" end },
		{ find = { node = "pa", rule = "notify-at-once", record = function(t)
			local r = t:first("kind=fsm node=pa machine=subscription into=terminated")
			local n = t:first("kind=send method=NOTIFY src=pa", function(x) return x.time >= r.time end)
			return { r, n }
		end }, rule = "notify-at-once",
			ask = { "Carol's subscription ends as soon as it begins. Where? Find the node, the rule and the record: `node=… rule=… record=…`.\n\n    rung show presence kind=fsm machine=subscription from=10s to=11s", zh = "Carol 的订阅刚开始就结束。在哪里？找出节点、规则和记录：`node=… rule=… record=…`。\n\n    rung show presence kind=fsm machine=subscription from=10s to=11s" },
			why = { "The notifier ends it; the record is one of its state machine, or the NOTIFY that reports it.", zh = "由保存订阅的一方结束它；记录是它的状态机的，或者是说明这一点的 NOTIFY。" },
			hint = { "Both sides keep the subscription: which of them is first in `machine=subscription into=terminated from=10s to=11s`?",
				zh = "双方都保存着这个订阅：在 `machine=subscription into=terminated from=10s to=11s` 中哪一方在先？" },
			records = function(t) return t:first "kind=fsm node=pa machine=subscription into=terminated" end },
	},
}

task {
	goal = {
		{ "Bob's phone does not crash", zh = "Bob 的话机没有崩溃",
			function(t) return crash(t) == nil and #published(t) > 2 end },
		{ "it refreshes what it has published, by its entity tag and without a body", zh = "它凭实体标签刷新所发布的内容，没有消息体",
			function(t)
				local r = published(t)[3]
				return r ~= nil and r:header "SIP-If-Match" ~= nil and body(r) == "", r
			end, rule = "publish-refresh",
			why = { "It does so automatically, when 90 percent of the time are over.", zh = "期限过去九成时它会自动刷新。" } },
		{ "Alice is not notified of that: nothing has changed", zh = "Alice 没有得到通知：什么也没有改变",
			function(t)
				local r = published(t)[3]
				for _, n in ipairs(t:all "kind=send method=NOTIFY dst=alice") do
					if r ~= nil and n.time > r.time and n.time < r.time + 2 then
						return false, n
					end
				end
				return r ~= nil
			end, rule = "notify-change" },
		{ "she never learns that nothing is known about Bob", zh = "她始终没有得知“Bob 的状态未知”",
			function(t)
				for _, n in ipairs(t:all "kind=send method=NOTIFY dst=alice") do
					if not body(n):find "<basic>" then
						return false, n
					end
				end
				return t:count "kind=send method=NOTIFY dst=alice" > 1
			end },
	},
	points = 3,
	hint = { "Which line of `lab.lua` makes the record `kind=act verb=crash`? Without it see what is added in `method=PUBLISH src=bob kind=send`, and whether its document differs.",
		zh = "`lab.lua` 的哪一行产生了记录 `kind=act verb=crash`？去掉它之后，看 `method=PUBLISH src=bob kind=send` 多了什么，其文档是否不同。" },
}
