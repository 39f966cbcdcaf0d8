-- The tasks of trapezoid-dns; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "ns1--ns2.delay=20ms..80ms:10ms", "px1--ns1.delay=4ms..12ms:2ms", "seed=1..999:1" }

-- The first INVITE that px1 sends on.
local function onward(t)
	return t:first "method=INVITE kind=send src=px1"
end

-- The first lookup of px1 that tells servers.
local function servers(t)
	return t:first "kind=lookup node=px1 op=servers"
end

-- What px1 has sent to its name server before that INVITE.
local function questions(t)
	return t:all("kind=send src=px1 dst=ns1", function(r) return r.time < onward(t).time end)
end

task {
	number = function(t)
		return t:count("kind=send src=ns1 dst=ns2", function(r) return r.time < onward(t).time end)
	end,
	unit = { "questions", zh = "次询问" },
	ahead = true,
	rule = "dns-additional",
	wrong = {
		{ function(t) return #questions(t) end,
			why = { "That is how often `px1` asks. `ns1` need not ask for what it has already received.", zh = "那是 `px1` 询问的次数。`ns1` 已得知的不必再问。" } },
		{ 2, why = { "Read everything that is in the first answer.", zh = "请读第一个答复中的全部内容。" } },
	},
	why = { "Count what `ns1` sends to `ns2`, not what it answers.",
		zh = "数 `ns1` 发给 `ns2` 的，不是它作出的答复。" },
	hint = { "The records that are added to the first answer are kept: `src=ns1 dst=ns2 to=2s`.",
		zh = "随第一个答复附带来的会保存下来：`src=ns1 dst=ns2 to=2s`。" },
	records = function(t) return t:first "kind=send src=ns1 dst=ns2" end,
	others = {
		{
			number = function(t) return t:count "kind=send src=px1 dst=ns1" end,
			ask = { "Before you look at the run: how many queries does `px1` send to `ns1` in the whole run, for both calls?\n\n    rung show trapezoid-dns -m dst=ns1",
				zh = "先不看运行：整个运行中，为两次呼叫，`px1` 会向 `ns1` 询问多少次？\n\n    rung show trapezoid-dns -m dst=ns1" },
			ahead = true,
			wrong = {
				{ 6, why = { "At the second call everything is still in the cache.", zh = "第二次呼叫到来时，一切都还记得。" } },
				{ { 1, 2 }, why = { "There is one query for each type of record.", zh = "每种类型的记录各要问一次。" } },
			},
			rule = "dns-ask",
			why = { "Count what `px1` sends to `ns1`, not what `ns1` sends to `ns2`, and no answers.",
				zh = "数 `px1` 发给 `ns1` 的，不是 `ns1` 发给 `ns2` 的，也不是答复。" },
			hint = { "`kind=lookup node=px1 to=2s` has what `px1` learns, each by a query of its own; `rule=dns-expired node=px1` says for how long it is kept.",
				zh = "`kind=lookup node=px1 to=2s` 是 `px1` 得知的，每项各由一次查询得到；`rule=dns-expired node=px1` 说明保留多久。" },
			records = function(t) return t:all "kind=send src=px1 dst=ns1" end,
		},
		{
			number = function(t) return t:count "kind=send method=query,answer to=5s" end,
			ask = { "Before you look at the run: how many DNS messages are sent until the first INVITE is forwarded, queries and answers, between `px1`, `ns1` and `ns2`?\n\n    rung show trapezoid-dns method=query,answer kind=send to=2s",
				zh = "先不看运行：到第一个 INVITE 被转发为止，`px1`、`ns1` 和 `ns2` 之间会发送多少条 DNS 消息，询问和答复都算？\n\n    rung show trapezoid-dns method=query,answer kind=send to=2s" },
			ahead = true,
			wrong = {
				{ 12, why = { "`ns1` need not forward every query.", zh = "`ns1` 不必转交每一次询问。" } },
				{ 6, why = { "That is without the queries of `ns1` itself.", zh = "这还不包括 `ns1` 自己要问的。" } },
				{ 4, why = { "Those are only the queries, or only the answers.", zh = "那只是询问，或者只是答复。" } },
			},
			rule = "dns-recursion",
			why = { "Count everything that is sent between `px1` and `ns1` and between `ns1` and `ns2`.",
				zh = "数 `px1` 与 `ns1` 之间、`ns1` 与 `ns2` 之间发送的全部。" },
			hint = { "Between `px1` and `ns1` a query for one type of one name makes two messages; each query that `ns1` must send itself, `src=ns1 dst=ns2 kind=send to=2s`, makes two more.",
				zh = "`px1` 与 `ns1` 之间，每问一个名称的一种类型有两条消息；`ns1` 还须转问的，`src=ns1 dst=ns2 kind=send to=2s`，每次再加两条。" },
			records = function(t) return t:all "kind=send method=query,answer to=5s" end,
		},
	},
}

task {
	time = function(t)
		return onward(t).time - t:first("method=INVITE src=alice kind=send"):arrival().time
	end,
	tolerance = "1ms",
	points = 2,
	rule = "dns-recursion",
	why = { "It begins when the INVITE arrives at `px1` and ends when `px1` sends it to `px2`.",
		zh = "从 INVITE 到达 `px1` 开始，到 `px1` 把它发给 `px2` 为止。" },
	records = onward,
	hint = { "`node=px1 method=INVITE to=2s` has four records: take the one in which Alice's INVITE arrives at `px1`, and the one in which `px1` forwards it.",
		zh = "`node=px1 method=INVITE to=2s` 只剩四条记录：取 Alice 到 `px1` 这一段结束的一条，和 `px1` 继续发送的一条。" },
}

task {
	find = {
		node = "px1",
		rule = "dns-srv",
		record = servers,
	},
	points = 3,
	why = { "It is a decision of the node that must forward the INVITE, made when the answers have arrived; the address of one server is another decision.",
		zh = "它是要转发 INVITE 的一方在得到答复时作出的决定；单个服务器的地址是另一条。" },
	hint = { "`kind=lookup node=px1 to=2s` has one record each for NAPTR, SRV and A (RFC 3263, 4.1 and 4.2): which type has priorities and ports? `rung explain` with its number names the rule.",
		zh = "`kind=lookup node=px1 to=2s` 中 NAPTR、SRV、A 各有一条（RFC 3263 第 4.1 和 4.2 节）：哪种类型有优先级和端口？对它的记录号用 `rung explain`，得到规则。" },
	others = {
		{
			draw = "cseq=BYE to=9s",
			ask = { "Draw how the first call ends, the BYE and the answer to it, one line for each hop, such as `px2 -> bob ACK`. Why is no name server asked for its path?\n\n    rung show trapezoid-dns cseq=BYE kind=send to=9s",
				zh = "画出第一次呼叫怎样结束：BYE 和对它的响应，每一跳一行，如 `px2 -> bob ACK`。为什么没有谁为它的路径询问域名服务器？\n\n    rung show trapezoid-dns cseq=BYE kind=send to=9s" },
			rule = "dialog-route",
			hint = { "`BYE@bob` has the Routes that it follows, RFC 3261, 12.2.1.1; its answer goes back by the Vias of `BYE@px1`.",
				zh = "`BYE@bob` 有引导它的各个 Route，RFC 3261 第 12.2.1.1 节；它的响应沿 `BYE@px1` 的各个 Via 返回。" },
		},
		{
			draw = "cseq=INVITE from=9s",
			ask = { "Draw how the second call is set up until it is answered, INVITE and responses, one line for each, such as `px2 -> bob BYE`. What was in the first one, and is not in this?\n\n    rung show trapezoid-dns kind=send from=9s",
				zh = "画出第二次呼叫怎样建立，直到被接听：INVITE 和各响应，每条一行，如 `px2 -> bob BYE`。与第一次相比少了什么？\n\n    rung show trapezoid-dns kind=send from=9s" },
			hint = { "`method=INVITE kind=send from=9s` is the path of the INVITE; `status=100,180 kind=send from=9s` says which response goes one hop and which goes all the way back, RFC 3261, 16.7.",
				zh = "`method=INVITE kind=send from=9s` 是去程；`status=100,180 kind=send from=9s` 说明哪种响应只走一跳、哪种一路返回，RFC 3261 第 16.7 节。" },
		},
	},
}

task {
	choice = {
		{ "Only the name server of a proxy's own house may be asked for SRV and A records.",
			zh = "SRV 和 A 记录只能询问代理服务器本域的域名服务器。",
			why = { "The server that has the zone may be asked for each of its records.", zh = "谁有这个区域，谁就可以被询问其中的每种记录。" } },
		{ "Its first answer has brought SRV and A records along, which ns1 keeps for their TTL.", right = true,
			zh = "它的第一个答复附带了 SRV 和 A 记录，ns1 在 TTL 内保存它们。" },
		{ "The NAPTR record itself contains the port and the address of the server to be used.",
			zh = "NAPTR 记录自身就含有要用的服务器的端口和地址。",
			why = { "It contains a name for which SRV records are queried.", zh = "它含有一个名字，要用它再询问 SRV 记录。" } },
		{ "ns1 has learnt the addresses of Biloxi's servers when the phones registered.",
			zh = "话机注册时，ns1 已得知 Biloxi 各服务器的地址。",
			why = { "A registration says where a phone is, and no name server learns of it.",
				zh = "注册说明话机在哪里，没有人把它告诉域名服务器。" } },
	},
	points = 2,
	rule = "dns-additional",
	hint = { "Read the answer of `-m src=ns2 to=2s` also below ANSWER (RFC 1035 4.1 names the sections, RFC 2181 5.4.1 how far they are trusted): for which of these lines would `ns1` have had to ask otherwise?", zh = "`-m src=ns2 to=2s` 的答复，ANSWER 以下也要读（各部分的名称见 RFC 1035 4.1，可信程度见 RFC 2181 5.4.1）：其中哪几行，`ns1` 本来还须再问？" },
}

task {
	goal = {
		{ "two calls are answered", zh = "两次呼叫都被接听",
			function(t)
				return t:count "status=200 cseq=INVITE kind=send dst=alice" >= 2
			end },
		{ "px1 asks its name server again between its first INVITE and its second",
			zh = "px1 在它的第一个 INVITE 与第二个之间再次询问域名服务器",
			function(t)
				local first, last = onward(t), t:last "method=INVITE kind=send src=px1"
				return t:first("kind=send src=px1 dst=ns1", function(r)
					return first and r.time > first.time and r.time < last.time
				end)
			end, rule = "dns-expired" },
	},
	points = 3,
	hint = { "`rule=dns-expired node=px1` starts a timer for each answer: how long does it run, and how long after that answer does the script of `lab.lua` call again?", zh = "`rule=dns-expired node=px1` 为每个答复设置定时器：它有多长，`lab.lua` 的脚本在这个答复之后多久再次呼叫？" },
}
