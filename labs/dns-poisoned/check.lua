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
	text = { "203.0.113.66", "203.0.113.66:5060" },
	rule = "dns-host",
	wrong = {
		{ { "198.51.100.1", "198.51.100.1:5060" }, why = { "There is the proxy that Alice wanted. Who has got her INVITE?",
			zh = "那里才是 Alice 想找的代理服务器。是谁收到了她的 INVITE？" } },
	},
	why = { "Look at the lookup of the server's addresses in the second call.", zh = "看第二次呼叫中对服务器地址的查询。" },
	records = for_bob,
}

task {
	find = {
		node = "ns1",
		rule = "dns-additional",
		record = poisoned,
	},
	points = 3,
	why = { "It came beside the answer to another question: which name is known from then on without having been asked for?",
		zh = "它附在另一个询问的答复里：哪个名字没有被问过，却从那时起成为已知？" },
	hint = { "It is an `fsm` record: a DNS name becomes known.", zh = "它是一条 `fsm` 记录：一个 DNS 名字成为已知。" },
}

task {
	time = function(t) return expired(t).time end,
	tolerance = "50ms",
	points = 2,
	rule = "dns-expired",
	why = { "What was learnt is kept as long as its TTL says, from when it came: at which time is it over?",
		zh = "得知的内容从到来时起保存 TTL 所说的时间：什么时候结束？" },
	records = expired,
}

task {
	choice = {
		{ "ns1 asks ns2 whether an address is right before it passes any answer on.", zh = "ns1 在转交任何答复之前，先问 ns2 地址是否正确。",
			why = { "Nothing is asked because of it; the address is just not taken.", zh = "并不因此询问什么；只是不接受那个地址。" } },
		{ "ns1 throws the whole answer away, and mallory.example is not found any more.",
			zh = "ns1 丢弃整个答复，mallory.example 也就找不到了。",
			why = { "Of mallory.example all is believed: look at the lookups of px1.", zh = "关于 mallory.example 的一切都相信：看 px1 的查询。" } },
		{ "ns1 no longer takes what comes beside an answer, whatever name it is about.",
			zh = "ns1 不再接受答复附带的任何内容，不管是哪个名字。",
			why = { "An SRV record has come along and is kept.", zh = "有一条 SRV 记录附带而来，并被保存。" } },
		{ "ns3 was asked as a server of mallory.example, and Biloxi's names lie outside.", right = true,
			zh = "ns3 是作为 mallory.example 的服务器被询问的，而 Biloxi 的名字在此之外。" },
	},
	points = 2,
	rule = "dns-additional",
	hint = { "What does `ns1` keep of that answer, and what not?", zh = "`ns1` 保存了那个答复中的什么，没有保存什么？" },
}

task {
	goal = {
		{ "Alice calls the prize, and is refused", zh = "Alice 呼叫奖品，被拒绝",
			function(t)
				return t:first("kind=send dst=alice cseq=INVITE status=4xx,5xx,6xx", function(r)
					return r:header("To"):find("prize", 1, true)
				end)
			end },
		{ "ns3 tells its lie", zh = "ns3 说了谎",
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
	hint = { "An attribute of a name server may be set while the run goes on.", zh = "域名服务器的属性可以在运行中设置。" },
}
