-- The tasks of nat-two; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "net--server.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- The first binding that NAT makes for INNER.
local function made(t, nat, inner)
	return t:first("kind=nat node=" .. nat .. " op=made inner=" .. inner)
end

local function port(t, inner)
	return tonumber(made(t, "cgn", inner).outer:match ":(%d+)$")
end

-- The first INVITE of Bob's second call that is lost, as its `drop`.
local function lost(t)
	return t:first "kind=drop method=INVITE"
end

task {
	text = function(t) return made(t, "home1", "192.168.1.20:5060").outer end,
	rule = "nat-mapping",
	wrong = {
		{ "192.168.1.20:5060", why = { "That is the source at Bob's phone. To what has the first NAT changed it?",
			zh = "Bob 的话机这样发送。第一个 NAT 把它改成了什么？" } },
		{ function(t) return made(t, "cgn", "100.64.0.11:5060").outer end,
			why = { "That is the source after the second NAT.", zh = "它这样离开第二个 NAT。" } },
	},
	why = { "Each NAT has a `nat` record that shows by which address it replaces which: look for Bob's.",
		zh = "每个 NAT 用一条 `nat` 记录说明它用哪个地址代替哪个地址：找 Bob 的。" },
	records = function(t) return made(t, "home1", "192.168.1.20:5060") end,
	hint = { "Take the two records with which `kind=nat node=home1,cgn to=1s` begins: the external address of one is the internal address of the other.", zh = "`kind=nat node=home1,cgn to=1s` 开头的两条记录中，离开一个的就是到达另一个的。" },
	others = {
		{ text = function(t) return made(t, "home2", "192.168.2.20:5060").outer end, rule = "nat-mapping",
			ask = { "Which address and port does Carol's first message have as its source between the two NATs?\n\n    rung show nat-two kind=nat", zh = "在两个 NAT 之间，Carol 的第一条消息来自哪个地址和端口？\n\n    rung show nat-two kind=nat" },
			wrong = { { "192.168.2.20:5060", why = { "That is the source at Carol's phone. To what has the first NAT changed it?", zh = "Carol 的话机这样发送。第一个 NAT 把它改成了什么？" } }, { "100.64.0.11:5060", why = { "That is Bob's.", zh = "那是 Bob 的。" } } },
			why = { "Each NAT has a `nat` record that shows by which address it replaces which: look for Carol's.", zh = "每个 NAT 用一条 `nat` 记录说明它用哪个地址代替哪个地址：找 Carol 的。" },
			hint = { "Her NAT at home is the first on her way: `kind=nat node=home2`.", zh = "她家中的 NAT 是途中的第一个：`kind=nat node=home2`。" },
			records = function(t) return made(t, "home2", "192.168.2.20:5060") end },
		{ text = function(t) return t:first("kind=recv status=200 cseq=REGISTER dst=bob"):header("Via"):match "received=([%d.]+)" end, rule = "nat-mapping",
			ask = { "Which source address, without a port, does the server see for Bob's REGISTER?\n\n    rung show nat-two -m status=200 cseq=REGISTER dst=bob", zh = "服务器看到 Bob 的 REGISTER 来自哪个地址（不带端口）？\n\n    rung show nat-two -m status=200 cseq=REGISTER dst=bob" },
			wrong = { { "192.168.1.20", why = { "That is the address of Bob's phone; nobody outside sees that.", zh = "这是 Bob 的话机的地址；外面没有人看得到。" } }, { "100.64.0.11", why = { "That is its address between the NATs.", zh = "这是它在两个 NAT 之间的地址。" } } },
			why = { "The last NAT on the way out uses its own: the top Via of the 200 has it next to the port.", zh = "向外的最后一个 NAT 换上自己的地址：200 最上面的 Via 在端口旁写着它。" },
			hint = { "The server sees the address of the last NAT on the way out: `kind=nat node=cgn to=1s` has it after the arrow.",
				zh = "服务器看到的是出去途中最后一个 NAT 写上的：在 `kind=nat node=cgn to=1s` 的箭头之后。" },
			records = function(t) return t:first "kind=recv status=200 cseq=REGISTER dst=bob" end },
	},
}

task {
	number = function(t) return port(t, "100.64.0.11:5060") end,
	rule = "nat-mapping",
	wrong = {
		{ 5060, why = { "With that port it arrives at the second NAT.", zh = "它带着这个端口到达第二个 NAT。" } },
		{ function(t) return port(t, "100.64.0.12:5060") end,
			why = { "That port is Carol's.", zh = "那是 Carol 的端口。" } },
	},
	why = { "The server writes into the top Via of its 200 where the REGISTER came from: read `rport` there.",
		zh = "服务器在它的 200 最上面的 Via 中写明 REGISTER 从哪里来：读其中的 `rport`。" },
	records = function(t) return made(t, "cgn", "100.64.0.11:5060") end,
	hint = { "`kind=nat node=cgn to=1s` has two ports: to whose internal address does each belong?", zh = "`kind=nat node=cgn to=1s` 中有两个端口：哪个内部地址是谁的？" },
}

task {
	choice = {
		{ "It may give out public addresses alone, and 100.64.0.0/10 are its own",
			zh = "它只可以分配公网地址，而 100.64.0.0/10 是它自己的",
			why = { "No route from outside leads to 100.64.0.0/10, and all providers use it.", zh = "外面没有到 100.64.0.0/10 的路由，而所有运营商都用这一段。" } },
		{ "A router throws 192.168.0.0/16 away if it comes from two sides",
			zh = "192.168.0.0/16 从两侧来时，路由器会把它丢弃",
			why = { "Routers discard packets without a route. Which device would have the same network on both sides?", zh = "路由器丢弃没有路由的数据。谁会在两侧有同一个网络？" } },
		{ "A NAT translates the addresses of another one from 100.64.0.0/10 alone",
			zh = "NAT 只能转换 100.64.0.0/10 中另一个 NAT 的地址",
			why = { "A NAT translates any address on its inner side.", zh = "无论内侧是什么地址，NAT 都转换。" } },
		{ "Customers have such networks at home, on the other side of their NATs", right = true,
			zh = "客户在家中，即其 NAT 的另一侧，正用着这样的网络" },
	},
	points = 2,
	hint = { "`kind=nat node=home1,home2 to=1s` has the internal addresses of two customers: who has chosen these networks? RFC 6598 1 says what happens if the provider uses the same.",
		zh = "`kind=nat node=home1,home2 to=1s` 有两个用户的内部地址：这些网络由谁选定？运营商若也用这样的地址会怎样，见 RFC 6598 1。" },
}

task {
	find = {
		node = "cgn",
		rule = { "nat-filter", "nat-timer" },
		record = function(t)
			local drop = lost(t)
			return { drop, drop.of, drop.cause }
		end,
	},
	points = 2,
	why = { "Follow his second INVITE from the server: a `drop` record shows where it ends, and `rung explain` with its number names the rule.",
		zh = "从服务器起跟踪他的第二个 INVITE：一条 `drop` 记录说明它在哪里终止，用它的编号运行 `rung explain`，会给出规则。" },
	records = lost,
	hint = { "`kind=drop method=INVITE` leaves out what follows from it: open the first of these, and use the number of its cause for `rung explain`.",
		zh = "`kind=drop method=INVITE` 去掉由此引起的其他记录：打开其中第一条，把它的原因的编号交给 `rung explain`。" },
	others = {
		{ find = { node = "cgn", rule = "nat-timer", record = function(t) return t:first "kind=nat node=cgn op=expired inner=100.64.0.12:5060" end }, rule = "nat-timer",
			ask = { "Find the record in which the path to Carol's phone ends, before Bob calls again: `node=… rule=… record=…`.\n\n    rung show nat-two kind=nat from=10s to=90s", zh = "Bob 再次呼叫之前，通往 Carol 的话机的路就断了。找出那条记录：`node=… rule=… record=…`。\n\n    rung show nat-two kind=nat from=10s to=90s" },
			why = { "One of the NATs in the path removes its mapping first. Which of its two records is about Carol's address?", zh = "途中所有 NAT 里有一个最先遗忘。它的两条记录中哪条是 Carol 的地址？" },
			hint = { "Under which address do the packets of her phone arrive at the second NAT? `kind=nat node=home2` shows it: of the two mappings that end between the calls take the one with that internal address.",
				zh = "她的话机以什么地址到达第二个 NAT？见 `kind=nat node=home2`：两次呼叫之间结束的两个映射中，取内部地址与此相同的。" },
			records = function(t) return t:first "kind=nat node=cgn op=expired inner=100.64.0.12:5060" end },
		{ find = { node = "cgn", rule = "nat-mapping", record = function(t) return t:all "kind=nat node=cgn op=made inner=100.64.0.11:5060"[2] end }, rule = "nat-mapping",
			ask = { "Find the record in which Bob's phone gets another port for its second call: `node=… rule=… record=…`.\n\n    rung show nat-two kind=nat from=90s", zh = "找出 Bob 的话机在第二个呼叫时得到另一个端口的记录：`node=… rule=… record=…`。\n\n    rung show nat-two kind=nat from=90s" },
			why = { "His INVITE is sent at 100 s; at home the old mapping still exists, farther on it does not.", zh = "他的 INVITE 在 100 s 发出；家中的旧映射还在，再往前就没有了。" },
			hint = { "The first outgoing packet after 100 s creates it: `kind=nat from=99s to=101s`.", zh = "100 s 之后最先出去的数据建立它：`kind=nat from=99s to=101s`。" },
			records = function(t) return t:all "kind=nat node=cgn op=made inner=100.64.0.11:5060"[2] end },
	},
}

task {
	choice = {
		{ "It arrives at home1, which has no mapping for this address, and goes no farther",
			zh = "它到达 home1，home1 对这个地址没有映射，不再前进",
			why = { "home1 forwards everything that is for outside, and the CGN is outside.", zh = "home1 把发往外部的都往前送，而 CGN 在外部。" } },
		{ "It comes to the CGN, whose filter for Carol's port lets no neighbour's packets in", right = true,
			zh = "它到达 CGN，而 Carol 端口的过滤不放行邻居的包" },
		{ "It comes to the CGN, sent to its own address, and the CGN answers in her place",
			zh = "它到达 CGN，写的是 CGN 自己的地址，CGN 便代她响应",
			why = { "A NAT does not process SIP.", zh = "NAT 不说 SIP。" } },
		{ "It comes to home2, whose filter for Carol's port lets no neighbour's packets in",
			zh = "它到达 home2，而 Carol 端口的过滤不放行邻居的包",
			why = { "It does not get that far: which node has dropped it?", zh = "它没有到那么远：是谁丢失了它？" } },
	},
	points = 2,
	rule = "nat-filter",
	hint = { "`-m status=200 src=carol to=5s` has Carol's Contact: which node has that address? Then look at `src=carol kind=send to=3s`: to which nodes has her phone sent anything by then?",
		zh = "`-m status=200 src=carol to=5s` 有 Carol 的 Contact：这个地址属于哪个节点？再看 `src=carol kind=send to=3s`：到那时她的话机向谁发送过？" },
	ahead = function() end,
}

-- How many of Bob's calls Carol answers, and the last answer.
local function answered(t)
	local n, seen, last = 0, {}, nil
	for _, r in ipairs(t:all "kind=recv status=200 cseq=INVITE dst=bob") do
		if not seen[r.of.call_id] then
			seen[r.of.call_id], last = true, r
			n = n + 1
		end
	end
	return n, last
end

task {
	goal = {
		{ "The three NATs are unchanged", zh = "三个 NAT 保持原样",
			function(t)
				for _, nat in ipairs { "home1", "home2", "cgn" } do
					local set = t:first("kind=act node=" .. nat)
					if set then return false, set end
				end
				return true
			end },
		{ "Carol's phone registers once", zh = "Carol 的话机只注册一次",
			function(t) return t:count "kind=send method=REGISTER src=carol" == 1 end,
			why = { "What is less than a REGISTER, and enough for a NAT?", zh = "什么比 REGISTER 小，对 NAT 也够用？" } },
		{ "She answers both calls, the second one more than 90 s after the beginning", zh = "她接听两个呼叫，第二个在开始 90 s 之后",
			function(t)
				local n, last = answered(t)
				return n >= 2 and last.time > 90, last
			end, rule = "nat-timer",
			why = { "Of all NATs in the path, the one with the shortest lifetime counts.", zh = "途中所有 NAT 里，最先遗忘的那个起决定作用。" } },
	},
	points = 3,
}
