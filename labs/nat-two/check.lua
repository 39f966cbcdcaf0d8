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
		{ "192.168.1.20:5060", why = { "So Bob's phone sends it. What has the first NAT made of that?",
			zh = "Bob 的话机这样发送。第一个 NAT 把它改成了什么？" } },
		{ function(t) return made(t, "cgn", "100.64.0.11:5060").outer end,
			why = { "So it leaves the second NAT.", zh = "它这样离开第二个 NAT。" } },
	},
	why = { "Each NAT says by a `nat` record which address it puts in the place of which: look for Bob's.",
		zh = "每个 NAT 用一条 `nat` 记录说明它用哪个地址代替哪个地址：找 Bob 的。" },
	records = function(t) return made(t, "home1", "192.168.1.20:5060") end,
}

task {
	number = function(t) return port(t, "100.64.0.11:5060") end,
	rule = "nat-mapping",
	wrong = {
		{ 5060, why = { "With that port it comes to the second NAT.", zh = "它带着这个端口到达第二个 NAT。" } },
		{ function(t) return port(t, "100.64.0.12:5060") end,
			why = { "That port is Carol's.", zh = "那是 Carol 的端口。" } },
	},
	why = { "The server writes into the top Via of its 200 whence the REGISTER came: read `rport` there.",
		zh = "服务器在它的 200 最上面的 Via 中写明 REGISTER 从哪里来：读其中的 `rport`。" },
	records = function(t) return made(t, "cgn", "100.64.0.11:5060") end,
}

task {
	choice = {
		{ "It may give out public addresses alone, and 100.64.0.0/10 are its own",
			zh = "它只可以分配公网地址，而 100.64.0.0/10 是它自己的",
			why = { "Nobody routes to 100.64.0.0/10 from outside, and all providers use it.", zh = "外面没有到 100.64.0.0/10 的路由，而所有运营商都用这一段。" } },
		{ "A router throws 192.168.0.0/16 away where it comes from two sides",
			zh = "192.168.0.0/16 从两侧来时，路由器会把它丢弃",
			why = { "Routers throw away what has no route. Who would have the same network on both sides?", zh = "路由器丢弃没有路由的数据。谁会在两侧有同一个网络？" } },
		{ "A NAT translates the addresses of another one from 100.64.0.0/10 alone",
			zh = "NAT 只能转换 100.64.0.0/10 中另一个 NAT 的地址",
			why = { "A NAT translates whatever stands on its inner side.", zh = "无论内侧是什么地址，NAT 都转换。" } },
		{ "Customers have such networks at home, on the other side of their NATs", right = true,
			zh = "客户在家中，即其 NAT 的另一侧，正用着这样的网络" },
	},
	points = 2,
	hint = { "Whose addresses are 192.168.1.0/24, and who chose them?", zh = "192.168.1.0/24 是谁的地址，由谁选定？" },
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
	why = { "Follow his second INVITE from the server on: a `drop` record says where it ends, and `rung explain` with its number names the rule.",
		zh = "从服务器起跟踪他的第二个 INVITE：一条 `drop` 记录说明它在哪里终止，用它的编号运行 `rung explain`，会给出规则。" },
	records = lost,
}

task {
	choice = {
		{ "It comes to home1, which has no binding for this address, and goes no farther",
			zh = "它到达 home1，home1 对这个地址没有映射，不再前进",
			why = { "home1 sends on whatever is for outside, and the CGN is outside.", zh = "home1 把发往外部的都往前送，而 CGN 在外部。" } },
		{ "It comes to the CGN, whose filter for Carol's port lets no neighbour's packets in", right = true,
			zh = "它到达 CGN，而 Carol 端口的过滤不放行邻居的包" },
		{ "It comes to the CGN, sent to its own address, and the CGN answers in her place",
			zh = "它到达 CGN，写的是 CGN 自己的地址，CGN 便代她响应",
			why = { "A NAT speaks no SIP.", zh = "NAT 不说 SIP。" } },
		{ "It comes to home2, whose filter for Carol's port lets no neighbour's packets in",
			zh = "它到达 home2，而 Carol 端口的过滤不放行邻居的包",
			why = { "It does not come so far: who has lost it?", zh = "它没有到那么远：是谁丢失了它？" } },
	},
	points = 2,
	rule = "nat-filter",
	hint = { "Whose address stands in Carol's Contact, and to whom has she sent?", zh = "Carol 的 Contact 中是谁的地址？她向谁发送过？" },
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
		{ "The three NATs stay as they are", zh = "三个 NAT 保持原样",
			function(t)
				for _, nat in ipairs { "home1", "home2", "cgn" } do
					local set = t:first("kind=act node=" .. nat)
					if set then return false, set end
				end
				return true
			end },
		{ "Carol's phone registers once", zh = "Carol 的话机只注册一次",
			function(t) return t:count "kind=send method=REGISTER src=carol" == 1 end,
			why = { "What is less than a REGISTER, and does for a NAT?", zh = "什么比 REGISTER 小，对 NAT 也够用？" } },
		{ "She answers both calls, the second one more than 90 s after the beginning", zh = "她接听两个呼叫，第二个在开始 90 s 之后",
			function(t)
				local n, last = answered(t)
				return n >= 2 and last.time > 90, last
			end, rule = "nat-timer",
			why = { "Of all NATs on the way the one that forgets first counts.", zh = "途中所有 NAT 里，最先遗忘的那个起决定作用。" } },
	},
	points = 3,
}
