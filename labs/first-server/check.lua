-- The tasks of first-server; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.ping=4s..12s:1s", "alice--lan.delay=5ms..40ms:1ms", "seed=1..999:1" }

-- Alice's REGISTERs after the crash, each once.
local function tries(t)
	local seen, all = {}, {}
	for _, r in ipairs(t:all("kind=send method=REGISTER src=alice", function(r) return r.time > 20 end)) do
		local via = r:header "Via"
		if not seen[via] then all[#all + 1] = r end
		seen[via] = true
	end
	return all
end

local function first(t)
	return tries(t)[1]
end

local function second(t)
	return tries(t)[2]
end

local function gave_up(t)
	return t:first("kind=timer name=F node=alice op=fire", function(r) return r.time > 20 end)
end

task {
	time = function(t) return gave_up(t).time - first(t).time end,
	tolerance = "100ms",
	rule = "nict-timer-f",
	wrong = {
		{ function(t) return gave_up(t).time end, why = { "That is the time of the run. How long after the REGISTER is it?", zh = "那是运行的时间。它在 REGISTER 之后多久？" } },
		{ 0.5, why = { "After that time the phone repeats its request. It knows nothing yet.", zh = "那时话机重传请求。它还什么都不知道。" } },
		{ 2, why = { "So long it waits after it knows, before it tries again.", zh = "那是它得知之后、再次尝试之前等待的时间。" } },
	},
	ahead = true,
	why = { "Look for the timer that ends the transaction of that REGISTER.", zh = "找结束那个 REGISTER 的事务的定时器。" },
	hint = { "RFC 3261, section 17.1.2.2: when does a client give up a request which is not an INVITE?", zh = "RFC 3261 第 17.1.2.2 节：客户端何时放弃非 INVITE 的请求？" },
	records = first,
	others = {
		{ number = function(t)
				return t:count("kind=send method=REGISTER src=alice", function(r)
					return r.time > 20 and r:header "Via" == first(t):header "Via"
				end)
			end,
			unit = { "times", zh = "次" },
			rule = "nict-timer-e",
			wrong = {
				{ 7, why = { "So many times an INVITE would be sent: its interval doubles each time. That of other requests does not grow beyond T2.", zh = "INVITE 会发送这么多次：它的间隔每次加倍。其他请求的间隔不超过 T2。" } },
				{ 10, why = { "So many are retransmissions. Count the first one as well.", zh = "重传有这么多次。第一次也要算。" } },
				{ function(t)
					return t:count("kind=send method=REGISTER src=alice", function(r) return r.time > 20 end)
				end, why = { "So often she sends a REGISTER to the end of the run. How many of these are the same request?", zh = "到运行结束，她发送 REGISTER 有这么多次。其中有多少次是同一个请求？" } },
			},
			ahead = true,
			why = { "Count the records with the branch of the first REGISTER, up to the firing of Timer F.", zh = "数与第一个 REGISTER 的 branch 相同的记录，直到定时器 F 到期。" },
			hint = { "RFC 3261, section 17.1.2.2: Timer E begins with 0.5 s and doubles up to T2, 4 s; Timer F ends it all after 32 s.", zh = "RFC 3261 第 17.1.2.2 节：定时器 E 从 0.5 s 开始，每次加倍，最多到 T2 即 4 s；32 s 之后定时器 F 结束一切。" },
			records = first,
			ask = { "Before you look at the run: server 1 has crashed. How many times in all does Alice's phone send the first REGISTER that gets no response, until it knows that the server has failed?\n\n    rung show first-server node=alice kind=send,timer,note from=40s to=74s",
				zh = "先不看运行：服务器 1 已崩溃。Alice 的话机得知服务器失败之前，把第一个得不到响应的 REGISTER 一共发送了多少次？\n\n    rung show first-server node=alice kind=send,timer,note from=40s to=74s" } },
		{ number = function(t) return #tries(t) end,
			unit = { "REGISTERs", zh = "个 REGISTER" },
			rule = "uac-failover",
			wrong = {
				{ 1, why = { "So it would be if the second one went to server 2.", zh = "如果第二个发往服务器 2，才是这样。" } },
				{ function(t)
					return t:count("kind=send method=REGISTER src=alice", function(r) return r.time > 20 end)
				end, why = { "Most of these are retransmissions of a request, with its branch.", zh = "其中大多是同一个请求的重传，branch 相同。" } },
			},
			ahead = true,
			why = { "A new request has a new branch, and no `↻`. How long does each of them last, and how long is the pause?", zh = "新的请求有新的 branch，没有 `↻`。每个持续多久，中间停多久？" },
			hint = { "After 41 s each request lasts 32 s, and the next one follows 2 s later; `method=REGISTER src=alice kind=send from=40s` shows which have no `↻`.", zh = "从 41 s 起，每个请求持续 32 s，2 s 之后是下一个；`method=REGISTER src=alice kind=send from=40s` 显示哪些没有 `↻`。" },
			records = first,
			ask = { "Before you look at the run: server 1 has crashed. From 41 s to the end, at 130 s, Alice's phone tries in vain, each time 2 s after a failure. How many REGISTERs does it send, if a retransmission does not count as another one?\n\n    rung show first-server method=REGISTER src=alice kind=send from=40s",
				zh = "先不看运行：服务器 1 已崩溃。从 41 s 到 130 s 运行结束，Alice 的话机一直徒劳地尝试，每次在失败之后 2 s。它发送了多少个 REGISTER（重传不另计）？\n\n    rung show first-server method=REGISTER src=alice kind=send from=40s" } },
	},
}

task {
	find = { node = "alice", rule = "uac-failover", record = second },
	points = 2,
	rule = "uac-failover",
	why = { "Which request goes to a server that has just failed, although there is another one?", zh = "哪个请求发往刚刚失败的服务器，尽管还有另一台？" },
	hint = { "`method=REGISTER src=alice kind=send from=70s` begins with the last attempts of a request; which of the records has no `↻`? The rule is that of RFC 3263, section 4.3.", zh = "`method=REGISTER src=alice kind=send from=70s` 从一个请求的最后几次尝试开始；哪条记录没有 `↻`？规则是 RFC 3263 第 4.3 节的。" },
	records = second,
}

task {
	number = 25,
	rule = "uac-failover",
	wrong = {
		{ 18, why = { "That line is right for a new registration. Who else runs it?", zh = "对新的注册，那一行是对的。还有谁执行它？" } },
		{ 23, why = { "That line chooses the next server. Is that choice still there two seconds later?", zh = "那一行选择下一台服务器。两秒之后这个选择还在吗？" } },
		{ 34, why = { "That line begins the next refresh. It may begin with the first server.", zh = "那一行开始下一次刷新。它可以从第一台服务器开始。" } },
		{ 39, why = { "That line is reached, and it calls the right function.", zh = "那一行会执行到，它调用的函数是对的。" } },
	},
	why = { "Follow the variable `turn` from the failure to the next REGISTER.", zh = "从失败到下一个 REGISTER，跟踪变量 `turn`。" },
	hint = { "The phone shows `Next: 192.0.2.12`. Which line is executed after that, and which function does it run?", zh = "话机显示 `Next: 192.0.2.12`。此后执行的是哪一行，它运行哪个函数？" },
	records = second,
}

task {
	choice = {
		{ "Her phone has found in the DNS that server 1 works again since 53 s",
			zh = "她的话机从 DNS 得知服务器 1 从 53 s 起又正常了",
			why = { "The DNS knows names and addresses, not who is alive.", zh = "DNS 只知道名称和地址，不知道谁还活着。" } },
		{ "A registration belongs to the server at which it was made before",
			zh = "注册属于先前建立它的那台服务器",
			why = { "Both servers have one list of bindings.", zh = "两台服务器共用一份绑定清单。" } },
		{ "Each attempt begins with the first server, until it has failed", right = true,
			zh = "每次尝试都从第一台服务器开始，直到它失败" },
		{ "It sends the same REGISTER to both of the servers, one by one",
			zh = "它把同一个 REGISTER 依次发给两台服务器",
			why = { "It sends none to server 2 as long as server 1 has not failed.", zh = "只要服务器 1 没有失败，它就不向服务器 2 发送。" } },
	},
	points = 1,
	rule = "uac-failover",
	hint = { "What does Eve's phone do 32 s later, and what does Alice's?", zh = "32 s 之后 Eve 的话机做什么，Alice 的呢？" },
	records = function(t) return t:first("kind=send method=REGISTER src=eve", function(r) return r.time > 20 end) end,
}

task {
	agent = {
		{ "After server 1 has failed, Alice's REGISTER goes to server 2", zh = "服务器 1 失败之后，Alice 的 REGISTER 发往服务器 2",
			function(t)
				local r = second(t)
				return r ~= nil and r.dst_addr:find("192.0.2.12", 1, true) ~= nil, r
			end, rule = "uac-failover",
			why = { "Which server is next in the list?", zh = "清单中的下一台是哪台服务器？" } },
		{ "It begins with server 1, and waits until that one has failed", zh = "它从服务器 1 开始，并等到它失败",
			function(t)
				local r, over = first(t), gave_up(t)
				return r ~= nil and over ~= nil and r.dst_addr:find("192.0.2.11", 1, true) ~= nil
					and second(t) ~= nil and second(t).seq > over.seq, r
			end, rule = "dns-srv",
			why = { "The record with the lowest priority value comes first (RFC 2782).", zh = "优先级值最小的记录在先（RFC 2782）。" } },
		{ "Bob reaches Alice at 120 s", zh = "Bob 在 120 s 打通 Alice",
			function(t)
				return t:first "kind=send status=200 cseq=INVITE src=alice"
			end,
			why = { "Is she registered at that time?", zh = "那时她注册着吗？" } },
		program = "phone.lua",
		node = "alice",
		points = 3,
	},
	hint = { "The two functions `begin` and `register` differ by one line.", zh = "`begin` 和 `register` 两个函数相差一行。" },
}
