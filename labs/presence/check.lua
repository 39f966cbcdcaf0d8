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
		{ "SIP-ETag", why = { "That stands in the 200: there the agent gives the tag out. Which field brings it back?",
			zh = "它在 200 中：呈现代理在那里给出实体标签。是哪个字段把它带回来？" }, rule = "publish-done" },
		{ "Call-ID", why = { "The Call-IDs differ: a PUBLISH makes no dialog.", zh = "两个 Call-ID 不同：PUBLISH 不建立对话。" } },
		{ "Event", why = { "Event names the package; a second phone of Bob's would say the same.",
			zh = "Event 指明事件包；Bob 的另一部话机也会这样写。" } },
		{ "CSeq", why = { "Both have CSeq 1: they are of no common dialog.", zh = "两者的 CSeq 都是 1：它们不属于同一对话。" } },
		{ "From", why = { "It has a new tag; another phone of Bob's would have the same URI.", zh = "它的 tag 是新的；Bob 的另一部话机的 URI 也相同。" } },
	},
	why = { "The 200 to the first PUBLISH gives a tag: look for the field of the second PUBLISH in which it stands again.",
		zh = "对第一个 PUBLISH 的 200 给出一个实体标签：看它再次出现在第二个 PUBLISH 的哪个字段。" },
	records = function(t) return published(t)[2] end,
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
			why = { "In it stands sip:bob@biloxi.example.com.", zh = "其中是 sip:bob@biloxi.example.com。" } },
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
		{ "active;expires=0", why = { "A subscription without time is none.", zh = "没有时间的订阅就不是订阅。" } },
		{ "pending", why = { "Nobody has to decide: Carol is told at once.", zh = "不需要谁来决定：Carol 立即得到通知。" } },
	},
	why = { "Read Subscription-State in the NOTIFY to Carol. Which number of her SUBSCRIBE is another, and what does it ask for?",
		zh = "读发给 Carol 的 NOTIFY 的 Subscription-State。她的 SUBSCRIBE 里哪个数不同，它要求什么？" },
	records = function(t) return t:first "kind=send method=NOTIFY dst=carol" end,
}

task {
	time = function(t) return told(t, "dst=alice"):arrival().time - crash(t).time end,
	tolerance = 0.02,
	rule = "publish-expired",
	wrong = {
		{ 90, why = { "So long was granted at 5.1 s; the phone crashed 35 s later.", zh = "这是 5.1 s 时准许的时长；35 s 之后话机才崩溃。" } },
		{ function(t) return told(t, "dst=alice"):arrival().time - published(t)[2].time end,
			why = { "That is counted from his PUBLISH; count from the crash.", zh = "这是从他的 PUBLISH 算起的；应从崩溃算起。" } },
		{ function(t) return t:last("kind=send method=SUBSCRIBE src=alice").time - crash(t).time end,
			why = { "Then Alice asks to hear no more.", zh = "那时 Alice 要求不再通知。" } },
		{ function(t)
				local asked = t:all "kind=send method=SUBSCRIBE src=alice"
				return asked[2].time - crash(t).time
			end,
			why = { "Then she refreshes, and is told the same once more: the agent knows nothing of the crash.",
				zh = "那时她刷新订阅，得到的仍是同样的内容：呈现代理不知道崩溃。" } },
	},
	why = { "Count from the crash of Bob's phone to the arrival of the NOTIFY at Alice's phone whose document says something else.",
		zh = "从 Bob 的话机崩溃算起，到文档内容不同的 NOTIFY 到达 Alice 的话机为止。" },
	records = function(t) return { crash(t), told(t, "dst=alice"):arrival() } end,
	hint = { "Until the NOTIFY comes which has no status any more.", zh = "到收到不再含有状态的 NOTIFY 为止。" },
}

task {
	find = {
		node = "pa",
		rule = { "publish-expired" },
		record = function(t) return { forgotten(t), told(t, "src=pa") } end,
	},
	points = 2,
	rule = "publish-expired",
	why = { "What was published has its time. Look for the timer that fires at 95 s.", zh = "所发布的内容有期限。找出在 95 s 到期的定时器。" },
	records = forgotten,
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
			why = { "It does so by itself, when 90 percent of the time are over.", zh = "期限过去九成时它会自动刷新。" } },
		{ "Alice is not told of that: nothing has changed", zh = "Alice 没有得到通知：什么也没有改变",
			function(t)
				local r = published(t)[3]
				for _, n in ipairs(t:all "kind=send method=NOTIFY dst=alice") do
					if r ~= nil and n.time > r.time and n.time < r.time + 2 then
						return false, n
					end
				end
				return r ~= nil
			end, rule = "notify-change" },
		{ "she never hears that nothing is known of Bob", zh = "她始终没有得知“Bob 的状态未知”",
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
	hint = { "One line of the script goes.", zh = "去掉脚本中的一行。" },
}
