-- The tasks of nat-keepalive; their texts are in README.md.
lesson { minutes = 40, level = 2 }
vary { "home.timeout=20s..30s:2s", "seed=1..999:1" }

-- The first binding for Bob's phone, as the NAT makes it or forgets it.
local function first(t, op)
	return t:first("kind=nat node=home op=" .. op .. " inner=192.168.1.20:5060", function(r) return r.proto == "udp" end)
end

local function pings(t, phone)
	return t:all("kind=send proto=crlf src=" .. phone)
end

-- The two pings of Dora's with the longest time between them.
local function longest(t)
	local list, best, at = pings(t, "dora"), 0, nil
	for i = 2, #list do
		local gap = list[i].time - list[i - 1].time
		if gap > best then best, at = gap, i end
	end
	return best, list[at - 1], list[at]
end

task {
	number = function(t) return #pings(t, "bob") end,
	tolerance = 1,
	unit = { "pings", zh = "个 ping" },
	rule = "keepalive-send",
	wrong = {
		{ function(t) return #pings(t, "dora") end,
			why = { "That is the number of Dora's.", zh = "那是 Dora 的数目。" } },
		{ function(t) return #pings(t, "dora") + #pings(t, "bob") end,
			why = { "Dora's pings do not count.", zh = "不要把 Dora 的算进来。" } },
	},
	why = { "Count the messages `ping` that Bob's phone sends.", zh = "数 Bob 的话机发送的 `ping` 消息。" },
	records = function(t) return pings(t, "bob")[1] end,
	ahead = true,
	hint = { "Divide the run by the mean of the intervals in the handout; `proto=crlf kind=send src=bob to=120s` shows afterwards how many there are in two minutes.",
		zh = "用运行时长除以讲义中间隔的平均值；之后用 `proto=crlf kind=send src=bob to=120s` 看两分钟里有几个。" },
	others = {
		{ number = function(t) return #pings(t, "dora") end, rule = "keepalive-send", unit = { "pings", zh = "个 ping" }, ahead = true,
			ask = { "Before you look at the run: how many pings will Dora's phone have sent in the seven minutes?\n\n    rung show nat-keepalive proto=crlf kind=send src=dora", zh = "先不看运行：七分钟内 Dora 的话机会发送多少个 ping？\n\n    rung show nat-keepalive proto=crlf kind=send src=dora" },
			wrong = { { function(t) return #pings(t, "bob") end, why = { "That is the number of Bob's, over UDP.", zh = "那是 Bob 的数目，用的是 UDP。" } } },
			why = { "The table has the intervals of TCP; count the messages `ping` that Dora's phone sends.", zh = "表中有 TCP 的间隔；数 Dora 的话机发送的 `ping` 消息。" },
			hint = { "The third row of the table has her intervals: how many of them fit into the run? `proto=crlf kind=send src=dora to=200s` is the beginning.",
				zh = "表的第三行有她的间隔：整个运行容得下几个？`proto=crlf kind=send src=dora to=200s` 是开头部分。" },
			records = function(t) return pings(t, "dora") end },
		{ number = function(t) return t:count "kind=send method=INVITE src=server" end, rule = "ict-timer-a", unit = { "INVITEs", zh = "个 INVITE" }, ahead = true,
			ask = { "Before you look at the run: none of Alice's three calls reaches Bob. How many INVITEs will the server send for him in total, including retransmissions?\n\n    rung show nat-keepalive method=INVITE kind=send src=server", zh = "先不看运行：Alice 的三个呼叫都到不了 Bob。包括重传在内，服务器一共会为他发送多少个 INVITE？\n\n    rung show nat-keepalive method=INVITE kind=send src=server" },
			wrong = { { 3, why = { "There is no response: each is retransmitted again and again.", zh = "没有响应：每个都一再重传。" } } },
			why = { "Each call is retransmitted after T1, and after twice as long each time, until Timer B; Alice's CANCEL changes nothing while there is no response.", zh = "每个呼叫在 T1 之后重传，间隔每次加倍，直到定时器 B；没有响应时，Alice 的 CANCEL 不改变这一点。" },
			hint = { "`method=INVITE kind=send src=server to=160s` is one of the three calls: Timer A doubles from 0.5 s, until Timer B.",
				zh = "`method=INVITE kind=send src=server to=160s` 是三个呼叫之一：定时器 A 从 0.5 s 起加倍，直到定时器 B。" },
			records = function(t) return t:all "kind=send method=INVITE src=server" end },
	},
}

task {
	find = {
		node = "home",
		rule = "nat-timer",
		record = function(t) return first(t, "expired") end,
	},
	rule = "nat-timer",
	why = { "Look for the first `nat` record that says that a mapping has expired.", zh = "找第一条说明映射到期的 `nat` 记录。" },
	hint = { "Nothing is sent after the REGISTER for longer than the lifetime of the mapping: `kind=nat to=40s`.", zh = "REGISTER 之后很久没有数据出去，超过映射的寿命：`kind=nat to=40s`。" },
	records = function(t) return first(t, "expired") end,
	others = {
		{ find = { node = "home", rule = "nat-mapping", record = function(t) return t:all("kind=nat node=home op=made inner=192.168.1.20:5060", function(r) return r.proto == "udp" end)[2] end }, rule = "nat-mapping",
			ask = { "Find the record in which Bob's phone gets its second port: `node=… rule=… record=…`.\n\n    rung show nat-keepalive node=home kind=nat", zh = "找出 Bob 的话机得到第二个端口的记录：`node=… rule=… record=…`。\n\n    rung show nat-keepalive node=home kind=nat" },
			why = { "The first mapping has expired by then: the next outgoing packet creates another one.", zh = "第一个那时已到期：下一次发送会建立另一个映射。" },
			hint = { "His first ping creates it (`proto=crlf src=bob`): look at the NAT just after it.", zh = "它由他的第一个 ping（`proto=crlf src=bob`）产生：看紧接其后 NAT 的记录。" },
			records = function(t) return t:all("kind=nat node=home op=made inner=192.168.1.20:5060", function(r) return r.proto == "udp" end)[2] end },
		{ find = { node = "home", rule = { "nat-filter", "nat-timer" }, record = function(t)
			local drop = t:first "kind=drop method=INVITE"
			return { drop, drop.of, drop.cause }
		end }, rule = "nat-filter",
			ask = { "Find the first INVITE for Bob that is lost: `node=… rule=… record=…`. The node is the one that loses the message.\n\n    rung show nat-keepalive kind=drop", zh = "找出发给 Bob 的第一个丢失的 INVITE：`node=… rule=… record=…`。节点填丢失它的那一个。\n\n    rung show nat-keepalive kind=drop" },
			why = { "A `drop` record shows where it ends; `rung explain` with its number, or with that of its cause, names the rule.", zh = "一条 `drop` 记录说明它在哪里终止；用它或其原因的编号运行 `rung explain`，会给出规则。" },
			hint = { "`kind=drop from=120s to=121s` begins with it: the node is the one that drops it. `rung explain` with its number also shows what was missing there, and since when.", zh = "`kind=drop from=120s to=121s` 的第一条就是：节点是丢弃它的那一个。用它的编号运行 `rung explain`，可知那里缺少什么、从何时起缺少。" },
			records = function(t) return t:first "kind=drop method=INVITE" end },
	},
}

task {
	choice = {
		{ "A ping without a response, over UDP, refreshes no mapping; the NAT waits for both sides",
			zh = "UDP 上没有响应的 ping 不刷新映射；NAT 要等双方都发送",
			why = { "An outgoing packet alone refreshes this NAT's mappings. It came too late.", zh = "这个 NAT 的映射只要有数据出去就会刷新。这里来得太迟。" } },
		{ "Each ping comes too late and opens a new port, and the server uses the one it knows", right = true,
			zh = "每个 ping 都来得太迟而打开新端口，服务器仍用它知道的那个" },
		{ "Each ping opens a new port, whose filter lets only that server's empty lines come in",
			zh = "每个 ping 打开一个新端口，其过滤只让那台服务器的空行进来",
			why = { "A filter checks addresses and ports, and the server's are the right ones.", zh = "过滤只认地址和端口，而服务器的地址和端口是对的。" } },
		{ "The server has ended Bob's flow at the first ping that was late, and looks for no other",
			zh = "第一个 ping 迟到时，服务器就结束了 Bob 的流，不再找别的流",
			why = { "It sends the INVITE. Where is that sent to?", zh = "它发出了 INVITE。它发往哪里？" } },
	},
	points = 2,
	rule = "nat-mapping",
	hint = { "Compare the external port in the last of `kind=nat op=made to=120s` with the one to which `INVITE@server` was sent, its `dst_addr`.",
		zh = "把 `kind=nat op=made to=120s` 最后一条的外部端口，与 `INVITE@server` 发往的端口（`dst_addr`）比较。" },
}

task {
	choice = {
		{ "The server has answered its request with an error, since the flow is not registered",
			zh = "服务器以错误响应它的询问，因为这条流没有注册",
			why = { "Each request has a success response.", zh = "每个询问都得到成功的响应。" } },
		{ "No answer came to its second request, so that the flow has failed for good",
			zh = "第二次询问没有得到响应，所以这条流彻底失败",
			why = { "A new mapping lets the response in.", zh = "新的映射让响应进来。" } },
		{ "The answer says that the NAT's mapping ends earlier than it is going to ask again",
			zh = "响应说明 NAT 的映射会在它下次询问之前结束",
			why = { "No message says how long a mapping lasts.", zh = "没有人说明映射能保留多久。" } },
		{ "Another address than by the answer before: the binding had run out between the two", right = true,
			zh = "地址与上一次的响应不同：两次之间映射已经到期" },
	},
	points = 2,
	rule = "keepalive-stun",
	hint = { "`rung show stun.jsonl -m proto=stun dst=bob to=100s`: what is XOR-MAPPED-ADDRESS in the first two, and what does RFC 5626 4.4.2 conclude from that?",
		zh = "`rung show stun.jsonl -m proto=stun dst=bob to=100s`：前两个的 XOR-MAPPED-ADDRESS 是什么，按 RFC 5626 4.4.2 由此得出什么？" },
}

task {
	time = function(t) return (longest(t)) end,
	tolerance = "100ms",
	points = 2,
	rule = "keepalive-send",
	wrong = {
		{ function(t) return pings(t, "dora")[1].time end,
			why = { "That is how long it waits for the first one.", zh = "那是它等待第一个的时间。" } },
	},
	why = { "Take the times of Dora's pings and find the largest difference between two consecutive ones.", zh = "取 Dora 的各个 ping 的时刻，相邻的相减，找最大的差。" },
	records = function(t)
		local _, a, b = longest(t)
		return { a, b }
	end,
	hint = { "Pings are sent, `proto=crlf src=dora kind=send`, and pongs return, `proto=crlf dst=dora kind=send`: only the first count, and there is one difference less than pings.",
		zh = "ping 发出（`proto=crlf src=dora kind=send`），pong 返回（`proto=crlf dst=dora kind=send`）：只算前者，差值比它们少一个。" },
}

-- Alice's calls that were answered, each once.
local function reached(t)
	local n, seen, last = 0, {}, nil
	for _, r in ipairs(t:all "kind=recv status=200 cseq=INVITE dst=alice") do
		if not seen[r.of.call_id] then
			seen[r.of.call_id], last = true, r
			n = n + 1
		end
	end
	return n, last
end

task {
	goal = {
		{ "Alice's three calls are answered, the third one more than 350 s after the beginning", zh = "Alice 的三个呼叫都被接听，第三个在开始 350 s 之后",
			function(t)
				local n, last = reached(t)
				return n >= 3 and last.time > 350, last
			end, rule = "nat-timer",
			why = { "What does this NAT keep for longer than 40 s?", zh = "这个 NAT 会把什么保留 40 s 以上？" } },
		{ "Bob's phone has sent at most six keepalives, and at least two", zh = "Bob 的话机最多发送六次保活，至少两次",
			function(t)
				local n = #pings(t, "bob") + t:count "kind=send proto=stun src=bob"
				return n >= 2 and n <= 6, pings(t, "bob")[1]
			end, rule = "keepalive-send",
			why = { "Count what it sends that is not SIP. How does Dora's phone manage with fewer?", zh = "数它发送的、不是 SIP 的数据。Dora 的话机为什么发得更少？" } },
		{ "It registers once", zh = "它只注册一次",
			function(t) return t:count "kind=send method=REGISTER src=bob" == 1 end },
	},
	points = 3,
}
