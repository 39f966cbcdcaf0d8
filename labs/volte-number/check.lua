-- The tasks of volte-number; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1500ms..3000ms:250ms", "bob--pcscf.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=3s",
	points = 2,
	hint = { "`kind=route from=900ms to=1.2s` has the choice of each next hop, and how it was made; after an (enum) the call is for another name, and is routed again.",
		zh = "`kind=route from=900ms to=1.2s` 是每次对下一跳的选择及其依据；（enum）之后呼叫的是另一个名称，于是重新查找。" },
	others = {
		{
			draw = "method=BYE kind=send to=5600ms",
			ask = { "Draw the path of the BYE that ends the first call, one line for each hop, such as `icscf -> scscf INVITE`. Which of the nodes that received the INVITE does not see it?\n\n    rung show volte-number method=BYE kind=send to=5600ms",
				zh = "画出结束第一个呼叫的 BYE 的路径，每一跳一行，如 `icscf -> scscf INVITE`。收到过 INVITE 的服务器中，哪一台看不到它？\n\n    rung show volte-number method=BYE kind=send to=5600ms" },
			rule = "dialog-route",
			hint = { "`-m method=INVITE dst=bob to=3s` has the Record-Routes that the BYE follows: read them from below, RFC 3261, 12.1.2; two next to each other from one node, for two transports, are one hop.",
				zh = "`-m method=INVITE dst=bob to=3s` 有引导 BYE 的各个 Record-Route：从下往上看，RFC 3261 第 12.1.2 节；同一节点因两种传输协议而相邻的，只算一跳。" },
		},
		{
			draw = "method=ACK kind=send to=5600ms",
			ask = { "Draw the path of the ACK of the first call, one line for each hop, such as `icscf -> scscf INVITE`. Which of the nodes that received the INVITE does not see it?\n\n    rung show volte-number method=ACK kind=send to=5600ms",
				zh = "画出第一个呼叫的 ACK 的路径，每一跳一行，如 `icscf -> scscf INVITE`。收到过 INVITE 的服务器中，哪一台看不到它？\n\n    rung show volte-number method=ACK kind=send to=5600ms" },
			rule = "dialog-route",
			hint = { "`method=INVITE kind=recv from=900ms to=3s` has the nodes of the INVITE: which of them is in no Record-Route of `-m status=200 cseq=INVITE dst=alice to=5s`, RFC 3261, 12.1.2?",
				zh = "`method=INVITE kind=recv from=900ms to=3s` 是收到 INVITE 的节点：其中哪个不在 `-m status=200 cseq=INVITE dst=alice to=5s` 的任何 Record-Route 中，RFC 3261 第 12.1.2 节？" },
		},
	},
}

task {
	text = { "sip:bob@home.example" },
	wrong = {
		{ { "tel:+12015550102", "+12015550102" }, why = { "That is what was asked about.", zh = "那是所问的号码。" } },
		{ { "2.0.1.0.5.5.5.1.0.2.1.e164.arpa", "home.example" }, why = { "That is the question to the DNS; what is the answer?", zh = "那是向 DNS 查询的名字；查到了什么？" } },
	},
	rule = "enum-lookup",
	why = { "The lookup of the S-CSCF says what the DNS has answered.", zh = "S-CSCF 的查找记录说明 DNS 的答复。" },
	records = function(t) return t:first "kind=lookup op=enum" end,
	hint = { "RFC 6116: the record of `op=enum` has the question and the answer.",
		zh = "RFC 6116：`op=enum` 的记录写有所问的和所得的。" },
	others = {
		{
			text = { "2.0.1.0.5.5.5.1.0.2.1.e164.arpa", "2.0.1.0.5.5.5.1.0.2.1.e164.arpa." },
			ask = { "Under which name does the S-CSCF ask the DNS for Bob's number?\n\n    rung show volte-number -m method=query src=scscf",
				zh = "S-CSCF 用哪个名称向 DNS 查询 Bob 的号码？\n\n    rung show volte-number -m method=query src=scscf" },
			wrong = {
				{ "12015550102.e164.arpa", why = { "Each digit is a label, and the last one comes first.", zh = "每个数字自成一段，最后一个在最前。" } },
				{ "1.2.0.1.5.5.5.0.1.0.2.e164.arpa", why = { "A DNS name has the most general part at its end.", zh = "DNS 名字的最后才是最大的范围。" } },
				{ { "tel:+12015550102", "+12015550102", "home.example" }, why = { "That is the number, or the answer; under which name is it asked for?", zh = "那是号码，或者查询的结果；查询时用什么名字？" } },
			},
			rule = "enum-lookup",
			why = { "The first query that the S-CSCF sends contains it.",
				zh = "S-CSCF 发出的第一个查询中有这个名字。" },
			hint = { "RFC 6116, section 3.2, reverses the digits: `-m method=query src=scscf`.",
				zh = "RFC 6116 第 3.2 节把数字倒过来：`-m method=query src=scscf`。" },
			records = function(t) return t:first "kind=lookup op=enum" end,
		},
		{
			text = function(t) return t:first("kind=send method=INVITE dst=bob").text:match "^%u+ (%S+)" end,
			ask = { "With which Request-URI does the INVITE of the first call arrive at Bob's phone?\n\n    rung show volte-number -m method=INVITE dst=bob",
				zh = "第一个呼叫的 INVITE 到达 Bob 的话机时，Request-URI 是什么？\n\n    rung show volte-number -m method=INVITE dst=bob" },
			wrong = {
				{ { "tel:+12015550102", "+12015550102" }, why = { "That is how Alice has called him.", zh = "Alice 是这样呼叫他的。" } },
				{ "sip:bob@home.example", why = { "That is how it has arrived at his S-CSCF.", zh = "到达他的 S-CSCF 时是这样。" } },
			},
			rule = "proxy-by-location",
			why = { "Read the first line of the INVITE that the P-CSCF sends to his phone.",
				zh = "读 P-CSCF 发给他的话机的 INVITE 的首行。" },
			hint = { "The node that has the binding of a user puts the Contact into the first line, RFC 3261, 16.5: `kind=lookup op=query to=3s` is where that is done.",
				zh = "拥有用户绑定的服务器把他的 Contact 放进首行，RFC 3261 第 16.5 节：在 `kind=lookup op=query to=3s` 处完成。" },
			records = function(t) return t:first "kind=send method=INVITE dst=bob" end,
		},
	},
}

task {
	choice = {
		{ "both say who that is, in case one is silent", zh = "两者都说那是谁，以防其中之一没有回答",
			why = { "The two questions are not the same: compare the Query with the LIR.", zh = "问它们的并不相同：比较 Query 与 LIR。" } },
		{ "ENUM is asked for the number, the HSS who calls", zh = "ENUM 查被叫号码，HSS 查主叫是谁",
			why = { "The LIR is about Bob, the called user.", zh = "LIR 问的是被叫 Bob。" } },
		{ "ENUM says who that is, the HSS on which server", zh = "ENUM 说那是谁，HSS 说在哪台服务器", right = true },
		{ "ENUM knows no name, so the HSS is asked instead", zh = "ENUM 不知道名字，于是改问 HSS",
			why = { "It has given a name.", zh = "它给出了名字。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=LIR" end,
}

task {
	text = { "tel:+12015550101", "<tel:+12015550101>", "+12015550101" },
	wrong = {
		{ { "sip:alice@home.example", "<sip:alice@home.example>" }, why = { "The P-CSCF has put that in; something was added after it.", zh = "那是 P-CSCF 填入的；后面还有一项。" } },
		{ { "tel:+12015550102", "+12015550102" }, why = { "That is Bob's.", zh = "那是 Bob 的。" } },
	},
	why = { "See P-Asserted-Identity of the INVITE that the S-CSCF sends.", zh = "S-CSCF 转发的 INVITE 中的 P-Asserted-Identity。" },
	records = function(t) return t:first "kind=send method=INVITE src=scscf" end,
	hint = { "P-Asserted-Identity has two entries in `-m method=INVITE src=scscf`, RFC 3325, section 9.1.",
		zh = "`-m method=INVITE src=scscf` 中 P-Asserted-Identity 有两项，见 RFC 3325 第 9.1 节。" },
	others = {
		{
			text = { "tel:+12015550102", "<tel:+12015550102>", "+12015550102" },
			ask = { "In the second call the P-CSCF says who calls. Which URI does the S-CSCF add after that?\n\n    rung show volte-number -m method=INVITE src=scscf from=3s",
				zh = "第二个呼叫：P-CSCF 说明了谁在呼叫。S-CSCF 在它后面加了哪个 URI？\n\n    rung show volte-number -m method=INVITE src=scscf from=3s" },
			wrong = {
				{ { "sip:bob@home.example", "<sip:bob@home.example>" }, why = { "The P-CSCF has put that in; something was added after it.", zh = "那是 P-CSCF 填入的；后面还有一项。" } },
				{ { "tel:+12015550101", "+12015550101" }, why = { "That is Alice's.", zh = "那是 Alice 的。" } },
			},
			why = { "See P-Asserted-Identity of the INVITE that the S-CSCF sends in the second call.",
				zh = "第二个呼叫中 S-CSCF 转发的 INVITE 的 P-Asserted-Identity。" },
			hint = { "Here Bob is the caller: P-Asserted-Identity in `-m method=INVITE src=scscf from=3s`.",
				zh = "这里主叫是 Bob：看 `-m method=INVITE src=scscf from=3s` 的 P-Asserted-Identity。" },
			records = function(t) return t:first "kind=send method=INVITE src=scscf from=3s" end,
		},
		{
			text = { "sip:alice@home.example", "<sip:alice@home.example>" },
			ask = { "In the first call, which URI does the P-CSCF write into P-Asserted-Identity, before anything is added to it?\n\n    rung show volte-number -m method=INVITE src=pcscf to=3s",
				zh = "第一个呼叫：在有人添加之前，P-CSCF 在 P-Asserted-Identity 中写了哪个 URI？\n\n    rung show volte-number -m method=INVITE src=pcscf to=3s" },
			wrong = {
				{ { "tel:+12015550101", "+12015550101" }, why = { "That comes from the S-CSCF.", zh = "那来自 S-CSCF。" } },
				{ { "sip:bob@home.example", "tel:+12015550102" }, why = { "That is the called user.", zh = "那是被叫。" } },
				{ "sip:alice@192.0.2.1:5060", why = { "That is where her phone is.", zh = "那是她的话机所在之处。" } },
			},
			why = { "See P-Asserted-Identity of the INVITE between the P-CSCF and the S-CSCF.",
				zh = "P-CSCF 与 S-CSCF 之间的 INVITE 的 P-Asserted-Identity。" },
			hint = { "It is a name that has registered with it: P-Asserted-Identity in `-m method=INVITE src=pcscf dst=scscf`.",
				zh = "它是在 P-CSCF 处注册过的名字：看 `-m method=INVITE src=pcscf dst=scscf` 的 P-Asserted-Identity。" },
			records = function(t) return t:first "kind=send method=INVITE src=pcscf dst=scscf" end,
		},
	},
}

task {
	number = function(t) return t:count "kind=send method=query src=scscf" end,
	wrong = {
		{ function(t) return t:count "kind=send method=query" end, why = { "Count only what the S-CSCF itself asks.", zh = "只算 S-CSCF 自己的查询。" } },
		{ 1, why = { "First what the number is, then where that name is.", zh = "先问号码是什么，再问那个名字在哪里。" } },
	},
	why = { "With a name, no number must be asked for.", zh = "用名字呼叫时不必查号码。" },
	records = function(t) return t:first "kind=send method=query src=scscf" end,
	ahead = true,
	hint = { "`kind=lookup node=scscf from=900ms to=3s` has what the S-CSCF learns in the first call, a number and a server. `kind=route node=scscf from=5.6s to=6.75s` says how it chooses in the second.",
		zh = "`kind=lookup node=scscf from=900ms to=3s` 是 S-CSCF 在第一个呼叫中得知的，一个号码和一个服务器。`kind=route node=scscf from=5.6s to=6.75s` 说明第二个呼叫中它依据什么选择。" },
	others = {
		{
			number = function(t) return t:count "kind=send method=INVITE from=3s" end,
			ask = { "Before you look at the run: how many INVITEs are sent in the second call, on all hops together?\n\n    rung show volte-number method=INVITE kind=send from=3s",
				zh = "先不看运行：第二个呼叫中，各跳总共会发送多少个 INVITE？\n\n    rung show volte-number method=INVITE kind=send from=3s" },
			ahead = true,
			wrong = {
				{ { 4, 5 }, why = { "It passes the S-CSCF twice, for the caller and for the called user.", zh = "S-CSCF 要经过两次，一次为主叫，一次为被叫。" } },
				{ 12, why = { "Those are the INVITEs of both calls.", zh = "那是两个呼叫的。" } },
			},
			rule = "proxy-forward",
			why = { "Count the transmissions of INVITE from 3 s on.",
				zh = "数 3 s 起 INVITE 的发送。" },
			hint = { "`kind=route from=5.6s to=6.75s` has the choice of each next hop in the second call; a line with another transport for the same hop, (size), is not another INVITE.",
				zh = "`kind=route from=5.6s to=6.75s` 是第二个呼叫中每次对下一跳的选择；同一跳换传输协议的一行（size）不多出 INVITE。" },
			records = function(t) return t:all "kind=send method=INVITE from=3s" end,
		},
		{
			number = function(t) return t:count "kind=send method=INVITE src=pcscf" end,
			ask = { "Before you look at the run: how many INVITEs does the P-CSCF send, in both calls together?\n\n    rung show volte-number method=INVITE src=pcscf kind=send",
				zh = "先不看运行：两个呼叫中，P-CSCF 总共会发送多少个 INVITE？\n\n    rung show volte-number method=INVITE src=pcscf kind=send" },
			ahead = true,
			wrong = {
				{ { 2, 3 }, why = { "Each call passes it twice: from the caller and to the called phone.", zh = "每个呼叫都经它离开，又经它到达。" } },
				{ 12, why = { "Those are the INVITEs of all nodes.", zh = "那是所有节点的。" } },
			},
			rule = "proxy-forward",
			why = { "Count what the P-CSCF sends, to either side.",
				zh = "数离开 P-CSCF 的，两个方向都算。" },
			hint = { "`method=INVITE dst=pcscf kind=send to=3s` has what arrives at the P-CSCF in the first call, and from which node: it forwards each. Is it different in the second?",
				zh = "`method=INVITE dst=pcscf kind=send to=3s` 是第一个呼叫中来到 P-CSCF 的及其来源：每个它都转发。第二个呼叫中不一样吗？" },
			records = function(t) return t:all "kind=send method=INVITE src=pcscf" end,
		},
	},
}

task {
	goal = {
		{ "Bob's number is asked for, and the DNS does not answer", zh = "查询 Bob 的号码，而 DNS 没有回答",
			function(t)
				local r = t:first "kind=send method=query dst=ns"
				return r ~= nil and t:count "kind=send method=answer src=ns" == 0, r
			end,
			why = { "node \"ns\":crash() before the call.", zh = "呼叫之前 node \"ns\":crash()。" } },
		{ "a call by number is rejected", zh = "用号码的呼叫被拒绝",
			function(t) return t:first "kind=recv node=alice status=5xx cseq=INVITE" or t:first "kind=recv node=alice status=4xx cseq=INVITE" end },
		{ "and one by name is answered", zh = "而用名字的呼叫被接听",
			function(t) return t:first "kind=recv node=alice status=200 cseq=INVITE" end },
	},
	points = 3,
}
