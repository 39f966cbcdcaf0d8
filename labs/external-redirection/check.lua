-- The tasks of external-redirection; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "lan1--px.delay=5ms..25ms:5ms", "seed=1..999:1" }

-- Alice's INVITEs: two of the first call, one of the second, two of the third.
local function asked(t, i)
	return t:all("method=INVITE kind=send src=alice")[i]
end

local function rung(t, i)
	return t:all("status=180 kind=recv node=alice")[i]
end

local function followed(t)
	return t:first "kind=route node=px rule=proxy-recurse"
end

task {
	draw = "method=INVITE to=3s",
	points = 2,
}

task {
	choice = {
		{ "It calls the desk itself, since Bob is a user of its domain.", zh = "它自己呼叫桌面话机，因为 Bob 是它的域的用户。",
			why = { "It might; but it has not been told to follow (recurse=false).", zh = "它可以这样做，但没有人让它这样做（recurse=false）。" },
			rule = "proxy-final" },
		{ "It passes it on to Alice's phone, as the best of the responses that it has.", zh = "它把它作为已有响应中最好的一个转给 Alice 的话机。",
			right = true },
		{ "It makes an answer of its own, with the Contact as Alice called it.", zh = "它自己构造响应，Contact 是 Alice 呼叫的地址。",
			why = { "The bytes that Alice's phone gets are red's but for the Via.", zh = "Alice 的话机收到的字节除 Via 外都是 red 的。" },
			rule = "proxy-final" },
		{ "It drops it, and repeats the INVITE.", zh = "它丢弃它，并重发 INVITE。",
			why = { "The INVITE that follows has the next CSeq number and comes from Alice's phone.", zh = "随后的 INVITE 的 CSeq 编号加一，来自 Alice 的话机。" },
			rule = "proxy-final" },
	},
	rule = "proxy-final",
	records = function(t) return t:first "status=302 kind=send src=px" end,
}

task {
	time = function(t)
		return rung(t, 1).time - asked(t, 1).time - (rung(t, 2).time - asked(t, 3).time)
	end,
	wrong = {
		{ function(t) return rung(t, 2).time - asked(t, 3).time end,
			why = { "That is how long it takes in the second call.", zh = "这是第二次呼叫所用的时间。" } },
		{ function(t) return rung(t, 1).time - asked(t, 1).time end,
			why = { "That is how long it takes in the first call.", zh = "这是第一次呼叫所用的时间。" } },
		{ function(t) return rung(t, 1).time - asked(t, 2).time - (rung(t, 2).time - asked(t, 3).time) end,
			why = { "Count the first call from its first INVITE, too.", zh = "第一次呼叫也要从它的第一个 INVITE 算起。" } },
	},
	why = { "What is saved is the way of the 302 to Alice's phone and of its next INVITE back to the proxy.",
		zh = "省下的是 302 到 Alice 话机的路程，以及它下一个 INVITE 回到代理服务器的路程。" },
	records = function(t) return { rung(t, 1), rung(t, 2) } end,
}

task {
	choice = {
		{ "Alice's phone has said by a Route that it wants to follow itself.", zh = "Alice 的话机用 Route 说明它要自己去。",
			why = { "The Route names the proxy in all three calls.", zh = "三次呼叫的 Route 都指明这个代理服务器。" },
			rule = "proxy-recurse" },
		{ "It has tried Bob's desk in the second call already.", zh = "它在第二次呼叫中已经试过 Bob 的桌面话机。",
			why = { "What was tried counts within one request only.", zh = "试过的地址只在同一个请求中算数。" }, rule = "proxy-recurse" },
		{ "The Request-URI is of a domain that it is not responsible for.", zh = "Request-URI 属于它不负责的域。", right = true },
		{ "A redirect server of another domain may never be followed.", zh = "别的域的重定向服务器永远不可听从。",
			why = { "In the second call it was this very server.", zh = "第二次呼叫中正是这个服务器。" }, rule = "proxy-recurse" },
	},
	rule = "proxy-recurse",
	records = function(t) return t:last "status=302 kind=send src=px" end,
}

task {
	find = {
		node = "px",
		rule = { "proxy-recurse" },
		record = function(t) return { followed(t) } end,
	},
	rule = "proxy-recurse",
	why = { "One of the records of kind route leads where a 302 has named, and no phone's.", zh = "route 记录中有一条去往 302 所说的地址，而且不是话机的。" },
	records = followed,
}

task {
	goal = {
		{ "red answers with two Contacts", zh = "red 的响应有两个 Contact",
			function(t)
				local r = t:first "status=300 kind=send src=red"
				return r ~= nil and r:header("Contact", 2) ~= nil, r
			end },
		{ "the desk is tried first, and busy", zh = "先试桌面话机，它忙",
			function(t)
				local r = t:first "status=486 kind=send src=desk"
				return r ~= nil, r
			end },
		{ "the car's phone is answered", zh = "车里的话机被接听",
			function(t)
				local r = t:first "status=200 cseq=INVITE kind=send src=car"
				return r ~= nil, r
			end },
		{ "Alice's phone sends one INVITE", zh = "Alice 的话机发送一个 INVITE",
			function(t) return t:count "method=INVITE kind=send src=alice" == 1 end },
	},
	points = 3,
	hint = { "two binds at red, with q; px:set and desk:set", zh = "在 red 处 bind 两次，带 q；px:set 和 desk:set" },
}
