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
	time = function(t) return first(t, "expired").time end,
	tolerance = "20ms",
	rule = "nat-timer",
	wrong = {
		{ function(t) return pings(t, "bob")[1].time end,
			why = { "Then Bob's phone sends its first ping. Is the binding there still?", zh = "那时 Bob 的话机发送第一个 ping。映射还在吗？" } },
	},
	why = { "Look for the first `nat` record that says that a binding has expired.", zh = "找第一条说明映射到期的 `nat` 记录。" },
	records = function(t) return first(t, "expired") end,
}

task {
	number = function(t) return #pings(t, "bob") end,
	unit = { "pings", zh = "个 ping" },
	rule = "keepalive-send",
	wrong = {
		{ function(t) return #pings(t, "dora") end,
			why = { "So many are Dora's.", zh = "那是 Dora 的数目。" } },
		{ function(t) return #pings(t, "dora") + #pings(t, "bob") end,
			why = { "Dora's are none of his.", zh = "不要把 Dora 的算进来。" } },
	},
	why = { "Count the messages `ping` that Bob's phone sends.", zh = "数 Bob 的话机发送的 `ping` 消息。" },
	records = function(t) return pings(t, "bob")[1] end,
}

task {
	choice = {
		{ "A ping without a response, over UDP, refreshes no binding; the NAT waits for both sides",
			zh = "UDP 上没有响应的 ping 不刷新映射；NAT 要等双方都发送",
			why = { "What goes out alone refreshes this NAT's bindings. It came too late.", zh = "这个 NAT 的映射只要有数据出去就会刷新。这里来得太迟。" } },
		{ "Each ping comes too late and opens a new port, and the server uses the one it knows", right = true,
			zh = "每个 ping 都来得太迟，打开一个新端口，而服务器仍用它知道的那个" },
		{ "Each ping opens a new port, whose filter lets only that server's empty lines come in",
			zh = "每个 ping 打开一个新端口，其过滤只让那台服务器的空行进来",
			why = { "A filter knows addresses and ports, and the server's are the right ones.", zh = "过滤只认地址和端口，而服务器的地址和端口是对的。" } },
		{ "The server has ended Bob's flow at the first ping that was late, and looks for no other",
			zh = "第一个 ping 迟到时，服务器就结束了 Bob 的流，不再找别的流",
			why = { "It sends the INVITE. Where does that go to?", zh = "它发出了 INVITE。它发往哪里？" } },
	},
	points = 2,
	rule = "nat-mapping",
	hint = { "Compare the port in the last `made` before Alice's call with that of the INVITE that is lost.", zh = "比较 Alice 呼叫之前最后建立的映射的端口，与丢失的 INVITE 的端口。" },
}

task {
	choice = {
		{ "The server has answered its question with an error, since the flow is not registered",
			zh = "服务器以错误响应它的询问，因为这条流没有注册",
			why = { "Each question has a success response.", zh = "每个询问都得到成功的响应。" } },
		{ "No answer came to its second question, so that the flow has failed for good",
			zh = "第二次询问没有得到响应，所以这条流彻底失败",
			why = { "A new binding lets the answer in.", zh = "新的映射让响应进来。" } },
		{ "The answer says that the NAT's binding ends earlier than it is going to ask again",
			zh = "响应说明 NAT 的映射会在它下次询问之前结束",
			why = { "Nobody tells how long a binding lives.", zh = "没有人说明映射能保留多久。" } },
		{ "Another address than by the answer before: the binding had run out between the two", right = true,
			zh = "地址与上一次的响应不同：两次之间映射已经到期" },
	},
	points = 2,
	rule = "keepalive-stun",
	hint = { "Read XOR-MAPPED-ADDRESS in the first two answers.", zh = "读前两个响应中的 XOR-MAPPED-ADDRESS。" },
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
	why = { "Take the times of Dora's pings, each from the next, and look for the largest difference.", zh = "取 Dora 的各个 ping 的时刻，相邻的相减，找最大的差。" },
	records = function(t)
		local _, a, b = longest(t)
		return { a, b }
	end,
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
		{ "Bob's phone has sent six keep-alives at most, and two at least", zh = "Bob 的话机最多发送六次保活，至少两次",
			function(t)
				local n = #pings(t, "bob") + t:count "kind=send proto=stun src=bob"
				return n >= 2 and n <= 6, pings(t, "bob")[1]
			end, rule = "keepalive-send",
			why = { "Count what it sends that is no SIP. How does Dora's phone do with less?", zh = "数它发送的、不是 SIP 的数据。Dora 的话机为什么发得更少？" } },
		{ "It registers once", zh = "它只注册一次",
			function(t) return t:count "kind=send method=REGISTER src=bob" == 1 end },
	},
	points = 3,
}
