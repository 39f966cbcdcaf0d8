-- The tasks of lost-route; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice.settings=talk=2,talk=3,talk=4,talk=5", "bob.answer=1000ms..3000ms:500ms", "seed=1..999:1" }

local function ack(t)
	return t:first "kind=send method=ACK src=alice"
end

local function bye(t)
	return t:first "kind=send method=BYE src=alice"
end

task {
	choice = {
		{ "The 200 for the INVITE: without it, no proxy knows how a call ends",
			zh = "对 INVITE 的 200：没有它，代理服务器不知道呼叫怎样结束",
			why = { "Responses go back by the Vias, and proxy 1 has added one.", zh = "响应按 Via 返回，而代理服务器 1 加了一个 Via。" } },
		{ "The ACK for the 200: it takes the same way as each later request", right = true,
			zh = "对 200 的 ACK：它与以后的每个请求走同一条路" },
		{ "The 180 of Bob's phone: only the last proxy learns that a phone rings",
			zh = "Bob 的话机的 180：振铃只告诉最后一台代理服务器",
			why = { "Alice's phone hears the 180, and it comes through proxy 1.", zh = "Alice 的话机收到 180，它经过代理服务器 1。" } },
		{ "Nothing: a BYE is the one request that may go from phone to phone",
			zh = "什么也不缺：BYE 是唯一可以由话机直达话机的请求",
			why = { "Any request within a dialog follows its route set.", zh = "对话之内的任何请求都按路由集走。" } },
	},
	ahead = true,
	rule = "dialog-route",
	hint = { "RFC 3261, section 12.2.1.1, says which way requests take within a dialog. Which of them does a call have?", zh = "RFC 3261 第 12.2.1.1 节说明对话之内的请求走哪条路。一个呼叫有哪些这样的请求？" },
	records = ack,
}

task {
	find = { node = "alice", rule = "dialog-route", record = ack },
	points = 2,
	rule = "dialog-route",
	why = { "Compare the Routes of each request in that list with the Record-Routes of the 200.", zh = "把列表中各个请求的 Route 与 200 的 Record-Route 比较。" },
	hint = { "`method=ACK kind=send from=6s` begins with it; `rung inspect lost-route` names the section.", zh = "`method=ACK kind=send from=6s` 的第一条就是；`rung inspect lost-route` 给出章节。" },
	records = ack,
}

task {
	number = 31,
	rule = "dialog-route",
	wrong = {
		{ 6, why = { "That is the way of the INVITE, when there is no dialog yet.", zh = "那是 INVITE 的路，那时还没有对话。" } },
		{ 17, why = { "That line sends what is in `dialog.routes`. Where does that come from?", zh = "那一行发送 `dialog.routes` 的内容。它从哪里来？" } },
	},
	why = { "Follow `dialog.routes`: which line sets it from the 200, and how many values does it take?", zh = "跟踪 `dialog.routes`：哪一行根据 200 给它赋值，取了几个值？" },
	hint = { "docs/PROGRAMS.md says what `m:get` returns of a field with several values, and what `m:all` does.", zh = "docs/PROGRAMS.md 说明字段有多个值时 `m:get` 返回什么，`m:all` 又返回什么。" },
	records = ack,
}

task {
	choice = {
		{ "Proxy 2 forwards what it gets, and Bob's phone knows the dialog", right = true,
			zh = "代理服务器 2 转发它得到的，而 Bob 的话机认得这个对话" },
		{ "Proxy 1 forwards the BYE as well, only later than proxy 2 does",
			zh = "代理服务器 1 也转发 BYE，只是比代理服务器 2 晚",
			why = { "It never gets one.", zh = "它从未得到。" } },
		{ "Bob's phone hangs up by itself, since it gets no more sound",
			zh = "Bob 的话机得不到声音，就自己挂断",
			why = { "It gets a BYE, and answers it.", zh = "它得到 BYE 并作出响应。" } },
		{ "Proxy 2 tells proxy 1 that the call is over, by a CANCEL",
			zh = "代理服务器 2 用 CANCEL 告诉代理服务器 1 呼叫已结束",
			why = { "No proxy sends a request towards the caller by itself.", zh = "没有代理服务器会自己向主叫方向发送请求。" } },
	},
	points = 1,
	rule = "bye-recv",
	hint = { "Follow the BYE to its end: `-m cseq=BYE from=6s`.", zh = "跟踪 BYE 到底：`-m cseq=BYE from=6s`。" },
	records = bye,
	others = {
		{
			time = function(t) return t:last("kind=recv status=200 cseq=BYE dst=alice").time end,
			tolerance = "30ms",
			ask = { "When is Alice's call over for Alice's phone?\n\n    rung show lost-route from=6s -m cseq=BYE", zh = "对 Alice 的话机来说，她的呼叫什么时候结束？\n\n    rung show lost-route from=6s -m cseq=BYE" },
			rule = "bye-recv",
			wrong = { { function(t) return bye(t).time end, why = { "That is when it asks for the end. The answer comes later.", zh = "那是它要求结束的时间。响应来得更晚。" } } },
			why = { "Look for the arrival of the 200 for its BYE.", zh = "找对它的 BYE 的 200 的到达。" },
			hint = { "`kind=recv cseq=BYE dst=alice` has one record.", zh = "`kind=recv cseq=BYE dst=alice` 只有一条记录。" },
			records = bye,
		},
	},
}

local function through(t, method)
	return t:first("kind=send src=p1 dst=p2 method=" .. method .. " from=6s")
end

task {
	agent = {
		{ "The ACK goes through proxy 1 and proxy 2 to Bob's phone", zh = "ACK 经过代理服务器 1 和代理服务器 2 到 Bob 的话机",
			function(t) return through(t, "ACK") and t:first "kind=recv method=ACK src=p2 dst=bob from=6s" end, rule = "dialog-route",
			why = { "Which proxy does Alice's phone send the ACK to?", zh = "Alice 的话机把 ACK 发给哪台代理服务器？" } },
		{ "So does the BYE, and its 200 comes back", zh = "BYE 也一样，它的 200 返回",
			function(t) return through(t, "BYE") and t:first "kind=recv status=200 cseq=BYE src=p1 dst=alice" end, rule = "dialog-route",
			why = { "The order of the Routes is that in which the request meets the proxies.", zh = "Route 的顺序就是请求遇到代理服务器的顺序。" } },
		{ "The Routes of ACK and BYE are the Record-Routes of the 200, each once", zh = "ACK 和 BYE 的 Route 就是 200 的 Record-Route，每个一次",
			function(t)
				local ok = t:first "kind=recv status=200 cseq=INVITE dst=alice"
				return ok ~= nil and t:count("kind=send method=ACK,BYE src=alice", function(r)
					return r:header("Route", 1) ~= ok:header("Record-Route", 2)
						or r:header("Route", 2) ~= ok:header("Record-Route", 1)
						or r:header("Route", 3) ~= nil
				end) == 0, ok
			end, rule = "dialog-route",
			why = { "Does the route set still contain what was there before?", zh = "路由集里是否还留着以前的内容？" } },
		program = "phone.lua",
		node = "alice",
		points = 3,
	},
	hint = { "`ipairs(answer:all \"Record-Route\")` goes through all values; `table.insert(list, 1, value)` puts one before the others.", zh = "`ipairs(answer:all \"Record-Route\")` 遍历全部的值；`table.insert(list, 1, value)` 把一个放在其他的前面。" },
}
