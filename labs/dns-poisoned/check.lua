-- The tasks of dns-poisoned; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "net--ns3.delay=10ms..50ms:10ms", "px1--net.delay=10ms..40ms:10ms", "seed=1..999:1" }

-- The record by which the machine of that name at a node comes into a state.
local function came(t, node, rule, id)
	return t:first("kind=fsm node=" .. node .. " rule=" .. rule, function(r) return r.id == id end)
end

local name = "A px2.biloxi.example.com"

-- The first INVITE for Bob that px1 sends on.
local function for_bob(t)
	return t:first("method=INVITE kind=send src=px1", function(r) return r:header("To"):find("bob", 1, true) end)
end

local function poisoned(t)
	return came(t, "ns1", "dns-additional", name)
end

local function expired(t)
	return came(t, "px1", "dns-expired", name)
end

task {
	choice = {
		{ "ns1 asks ns2 whether an address is right before it forwards any answer.", zh = "ns1 在转交任何答复之前，先问 ns2 地址是否正确。",
			why = { "It sends no query for that; the address is just not accepted.", zh = "并不因此询问什么；只是不接受那个地址。" } },
		{ "ns1 throws the whole answer away, and mallory.example is not found any more.",
			zh = "ns1 丢弃整个答复，mallory.example 也就找不到了。",
			why = { "Everything about mallory.example is believed: look at the lookups of px1.", zh = "关于 mallory.example 的一切都相信：看 px1 的查询。" } },
		{ "ns1 no longer accepts additional records of a response, whatever name they are about.",
			zh = "ns1 不再接受答复附带的任何内容，不管是哪个名字。",
			why = { "An SRV record came in the same way and is kept.", zh = "有一条 SRV 记录附带而来，并被保存。" } },
		{ "ns3 was asked as a server of mallory.example, and Biloxi's names lie outside.", right = true,
			zh = "ns3 是作为 mallory.example 的服务器被询问的，而 Biloxi 的名字在此之外。" },
	},
	points = 2,
	rule = "dns-additional",
	hint = { "Compare `kind=fsm node=ns1 to=5s` as the lab stands and with `--set ns1.bailiwick=true`: which name of that response does `ns1` keep in only one of the runs, and whose is it?", zh = "比较 `kind=fsm node=ns1 to=5s` 在原样与 `--set ns1.bailiwick=true` 之下：那个答复中的哪个名称只在一次运行中被 `ns1` 保存，它是谁的？" },
	ahead = function() end,
}

task {
	text = { "203.0.113.66", "203.0.113.66:5060" },
	rule = "dns-host",
	wrong = {
		{ { "198.51.100.1", "198.51.100.1:5060" }, why = { "That is the proxy that Alice wanted. Which node has got her INVITE?",
			zh = "那里才是 Alice 想找的代理服务器。是谁收到了她的 INVITE？" } },
	},
	why = { "Look at the lookup of the server's addresses in the second call.", zh = "看第二次呼叫中对服务器地址的查询。" },
	records = for_bob,
	hint = { "Of `kind=lookup node=px1` take the one of 10 s with `op=addresses`.", zh = "`kind=lookup node=px1` 中，取 10 s 处 `op=addresses` 的那条。" },
	others = {
		{
			text = function(t)
				local r = t:last "kind=lookup node=px1 op=addresses"
				local host = r.targets:match "[%d.]+"
				return { host, host .. ":5060" }
			end,
			rule = "dns-host",
			records = function(t) return t:last "kind=lookup node=px1 op=addresses" end,
			wrong = {
				{ { "203.0.113.66", "203.0.113.66:5060" }, why = { "That was the address at 10 s. What has expired since?", zh = "10 s 时是这样。此后什么到期了？" } },
			},
			why = { "Look at the lookup of the server's addresses in the third call.",
				zh = "看第三次呼叫中对服务器地址的查询。" },
			hint = { "By then what was learnt at 1 s has expired: `op=addresses node=px1 from=45s` is a new lookup.",
				zh = "到那时 1 s 时学到的已经过期：`op=addresses node=px1 from=45s` 是新的查询。" },
			ask = { "To which address does `px1` send the INVITE for Bob at 45 s?\n\n    rung show dns-poisoned kind=lookup node=px1 from=40s",
				zh = "45 s 时 `px1` 把给 Bob 的 INVITE 发往哪个地址？\n\n    rung show dns-poisoned kind=lookup node=px1 from=40s" },
		},
		{
			text = { "px2.biloxi.example.com", "px2.biloxi.example.com:5060" },
			rule = "dns-srv",
			records = function(t) return t:first("kind=lookup node=px1 op=servers") end,
			wrong = {
				{ "mallory.example", why = { "That is the domain in the query.", zh = "那是所询问的域。" } },
				{ "203.0.113.66", why = { "That is an address; an SRV record has a name.", zh = "那是地址；SRV 记录中是名称。" } },
			},
			why = { "Look at the lookup of servers in the first call: the name before the port.",
				zh = "看第一次呼叫中对服务器的查询：端口之前的名称。" },
			hint = { "Of `kind=lookup node=px1 to=5s` take `op=servers`; to whose domain does that name belong?",
				zh = "`kind=lookup node=px1 to=5s` 中取 `op=servers`；那个名称属于谁的域？" },
			ask = { "Which server is named in the SRV record that `px1` gets for mallory.example? Write its name.\n\n    rung show dns-poisoned kind=lookup node=px1 to=5s",
				zh = "`px1` 得到的 mallory.example 的 SRV 记录指向哪个服务器？写出它的名称。\n\n    rung show dns-poisoned kind=lookup node=px1 to=5s" },
		},
	},
}

task {
	find = {
		node = "ns1",
		rule = "dns-additional",
		record = poisoned,
	},
	points = 3,
	why = { "It came with the response to another query: which name is known from then on without a query for it?",
		zh = "它附在另一个询问的答复里：哪个名字没有被问过，却从那时起成为已知？" },
	hint = { "It is a record of `kind=fsm node=ns1`: a DNS name becomes known.", zh = "它是一条 `kind=fsm node=ns1` 记录：一个 DNS 名字成为已知。" },
	others = {
		{
			find = {
				node = "ns3",
				rule = "dns-lie",
				record = function(t) return { t:first "kind=send src=ns3 rule=dns-lie", t:first("kind=send src=ns3 rule=dns-lie"):arrival() } end,
			},
			why = { "It is a response to `ns1` that contains more than was asked. `rung explain` with its number names the rule.",
				zh = "它是给 `ns1` 的一个答复，说的比问的多。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "`ns1` sends one query before 5 s: look at the response from the other side, `dst=ns1 to=5s`.",
				zh = "5 s 之前 `ns1` 只向外询问一次：看 `dst=ns1 to=5s` 中从外面来的。" },
			ask = { "Find the message that first contains the false address: `node=… rule=… record=…`.\n\n    rung show dns-poisoned node=ns1 to=5s",
				zh = "找出把假地址带到世上的那条消息：`node=… rule=… record=…`。\n\n    rung show dns-poisoned node=ns1 to=5s" },
		},
		{
			find = {
				node = "px1",
				rule = "dns-host",
				record = function(t) return t:first("kind=lookup node=px1 op=addresses", function(r) return r.time > 9 end) end,
			},
			why = { "The last lookup before the INVITE: a name is resolved to an address. `rung explain` with its number names the rule.",
				zh = "INVITE 之前的最后一次查询：名称变成地址。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "Go back from the INVITE of `src=px1 from=10s`: the first `lookup` above it.",
				zh = "从 `src=px1 from=10s` 的 INVITE 往回：它上面的第一条 `lookup`。" },
			ask = { "At 10 s `px1` looks up the address of Bob's proxy, and gets Mallory's. Find where it does: `node=… rule=… record=…`.\n\n    rung show dns-poisoned kind=lookup node=px1 from=10s to=11s",
				zh = "10 s 时 `px1` 查找 Bob 的代理服务器的地址，得到的却是 Mallory 的。找出这条记录：`node=… rule=… record=…`。\n\n    rung show dns-poisoned kind=lookup node=px1 from=10s to=11s" },
		},
	},
}

task {
	time = function(t) return expired(t).time end,
	tolerance = "50ms",
	points = 2,
	rule = "dns-expired",
	why = { "What was learnt is cached for its TTL, from its arrival: at which time does it expire?",
		zh = "得知的内容从到来时起保存 TTL 所说的时间：什么时候结束？" },
	records = expired,
	hint = { "`rule=dns-expired node=px1` has the end of each name; which name has the false address?",
		zh = "`rule=dns-expired node=px1` 有每个名字的结束；假地址属于哪个名字？" },
}

task {
	goal = {
		{ "Alice calls the prize, and is rejected", zh = "Alice 呼叫奖品，被拒绝",
			function(t)
				return t:first("kind=send dst=alice cseq=INVITE status=4xx,5xx,6xx", function(r)
					return r:header("To"):find("prize", 1, true)
				end)
			end },
		{ "ns3 sends its false address", zh = "ns3 说了谎",
			function(t)
				return t:first "kind=send src=ns3 rule=dns-lie"
			end, rule = "dns-lie" },
		{ "within fifteen seconds after that Bob's phone gets an INVITE", zh = "此后十五秒之内 Bob 的话机收到 INVITE",
			function(t)
				local prize, bob = t:first "method=INVITE kind=send src=alice", t:first "method=INVITE kind=send dst=bob"
				return prize and bob and prize:header("To"):find("prize", 1, true) ~= nil
					and bob.time > prize.time and bob.time - prize.time < 15 or false, bob
			end },
	},
	points = 3,
	hint = { "The script may set an attribute of `ns1` between the two calls, `ns1:set` (docs/SCENARIO.md): which one makes the run of task 1 harmless?", zh = "脚本可以在两次呼叫之间设置 `ns1` 的属性，用 `ns1:set`（docs/SCENARIO.md）：任务 1 的运行因哪个属性而无害？" },
}
