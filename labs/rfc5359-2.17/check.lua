-- The tasks of rfc5359-2.17; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--router.delay=5ms..45ms:10ms", "router--carol.delay=5ms..45ms:10ms" }

task {
	choice = {
		{ "a NOTIFY is what answers a SUBSCRIBE, in place of a 200",
			zh = "NOTIFY 就是对 SUBSCRIBE 的响应，代替 200",
			why = { "Its response is the 200; the NOTIFY is a request of its own.", zh = "响应是 200；NOTIFY 是独立的请求。" } },
		{ "each SUBSCRIBE is followed by one with the present state",
			zh = "每个 SUBSCRIBE 之后都有一个带当前状态的 NOTIFY",
			right = true, rule = "notify-at-once" },
		{ "because Bob is busy: else nothing would be sent before he calls somebody",
			zh = "因为 Bob 忙：否则在他呼叫之前什么也不发送",
			why = { "It is sent whatever the state is.", zh = "无论什么状态都会发送。" }, rule = "notify-at-once" },
		{ "because Alice's phone has sent Bob an INVITE before",
			zh = "因为 Alice 的话机之前向 Bob 发送过 INVITE",
			why = { "That has nothing to do with it: the call ended with the 486.", zh = "那与此无关，已随 486 结束。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=bob method=NOTIFY" end,
}

task {
	number = function(t)
		local seen, n = {}, 0
		for _, r in ipairs(t:all "kind=send src=alice dst=bob method=INVITE,SUBSCRIBE") do
			if not seen[r.call_id] then
				seen[r.call_id] = true
				n = n + 1
			end
		end
		return n
	end,
	wrong = {
		{ 4, rule = "subscribe-stop",
			why = { "Two of the four requests are SUBSCRIBEs of one dialog.", zh = "四个请求中有两个是同一对话的 SUBSCRIBE。" } },
		{ 1, why = { "A call that failed and one that is tried anew are two calls.", zh = "失败的呼叫和重新尝试的呼叫是两个呼叫。" } },
		{ 2, why = { "The second INVITE does not belong to the subscription's dialog, nor to the first call.",
				zh = "第二个 INVITE 既不属于订阅的对话，也不属于第一个呼叫。" }, rule = "redial-call" },
	},
	why = { "Write down the Call-ID of each INVITE and SUBSCRIBE that Alice's phone sends, and strike out those that are the same.",
		zh = "写下 Alice 的话机发送的每个 INVITE 和 SUBSCRIBE 的 Call-ID，划去相同的。" },
	records = function(t) return t:all "kind=send src=alice dst=bob method=INVITE,SUBSCRIBE" end,
}

task {
	text = function(t)
		local last
		for _, r in ipairs(t:all "kind=send method=SUBSCRIBE,NOTIFY") do
			last = r
		end
		return last.method
	end,
	wrong = {
		{ "SUBSCRIBE", rule = "subscribe-stop",
			why = { "That asks for the end. What says that it is reached?", zh = "它要求结束。什么说明已经结束？" } },
		{ "BYE", why = { "That ends a call.", zh = "它结束的是呼叫。" } },
		{ "200", why = { "That answers the last request. Which method has it?", zh = "它响应最后一个请求。那是哪个方法？" } },
	},
	rule = "subscribe-stop",
	why = { "Look for the last request of the subscription, and read its method: who has the last word, subscriber or notifier?",
		zh = "找订阅的最后一个请求，读它的方法：最后由订阅者还是通知者来说？" },
	records = function(t) return t:last "kind=send method=NOTIFY" end,
}

local function hung_up(t)
	return t:first "kind=send src=carol method=BYE"
end

local function again(t)
	return t:last "kind=send src=alice method=INVITE"
end

task {
	time = function(t) return again(t).time - hung_up(t).time end,
	wrong = {
		{ function(t) return again(t):arrival().time - hung_up(t).time end,
			why = { "Then the INVITE has arrived at Bob's.", zh = "那时 INVITE 已到达 Bob。" } },
		{ function(t) return t:first("kind=recv dst=bob src=carol method=BYE").time - hung_up(t).time end,
			why = { "Then Bob's phone is free; Alice's has to be told.", zh = "那时 Bob 的话机空闲；还要告知 Alice 的话机。" } },
	},
	rule = "redial-call",
	why = { "Count from the act in which Carol hangs up to the sending of Alice's second INVITE.",
		zh = "从 Carol 挂断的操作算起，到 Alice 的第二个 INVITE 发送为止。" },
	records = function(t) return { hung_up(t), again(t) } end,
}

task {
	goal = {
		{ "Alice's phone redials when Bob is free", zh = "Bob 空闲时 Alice 的话机自动重拨",
			function(t)
				local list = t:all "kind=send src=alice method=INVITE"
				return #list > 1, list[2]
			end },
		{ "a NOTIFY for her names Carol", zh = "给她的 NOTIFY 指出了 Carol",
			function(t)
				return t:first("kind=send dst=alice method=NOTIFY", function(r)
					return r.text:find("sip:carol@", 1, true)
				end)
			end,
			why = { "To a stranger Bob's phone says only whether it has a call.", zh = "对陌生人，Bob 的话机只说有没有呼叫。" } },
	},
	points = 2,
}
