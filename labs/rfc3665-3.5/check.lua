-- The tasks of rfc3665-3.5; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "bob.answer=1s..4s:1s", "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

task {
	choice = {
		{ "It remembers which path the INVITE has taken.", zh = "它记得 INVITE 来时走过的路。", rule = "proxy-by-uri",
			why = { "A proxy has transactions, no dialogs; and the INVITE's path led to proxy2.", zh = "代理服务器有事务而没有对话；况且 INVITE 走的是 proxy2。" } },
		{ "By the Vias, from which it removes its own.", zh = "按 Via，并去掉自己的那一个。", rule = "proxy-by-uri",
			why = { "Vias route responses back. A request collects them.", zh = "Via 引导响应返回。请求只是不断积累它们。" } },
		{ "It asks the location service once more where Bob is.", zh = "它再次向位置服务器查询 Bob 在哪里。", rule = "proxy-by-uri",
			why = { "It is not responsible for Bob's domain; and the URI is already an address.", zh = "它不负责 Bob 的域；而且 URI 已经是地址。" } },
		{ "By the Request-URI, in which Bob's Contact stands.", right = true, rule = "proxy-by-uri",
			zh = "按请求 URI：其中是 Bob 的 Contact。" },
	},
	points = 2,
	records = function(t) return { t:last "method=ACK src=alg kind=send", t:last "kind=route node=alg" } end,
	ahead = true,
}

task {
	text = { "alg" },
	rule = "proxy-forward",
	wrong = {
		{ "proxy2", why = { "proxy2 has record_route=false: it is in the Via, for the responses, and not in the Record-Route.",
			zh = "proxy2 设了 record_route=false：它在供响应返回的 Via 中，不在 Record-Route 中。" } },
		{ "alice", why = { "Phones record no routes. Alice's address is in her Contact.", zh = "话机不记录路由。到达 Alice 靠的是她的 Contact。" } },
	},
	why = { "Read Record-Route in the INVITE that arrives at Bob's phone, and find the node with that address.",
		zh = "读到达 Bob 的话机的 INVITE 的 Record-Route，看哪个节点有那个地址。" },
	records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
	hint = { "Read the address in Record-Route of `INVITE@proxy2`, and open `INVITE@alice`, `INVITE@alg` and `INVITE@proxy2` one by one: whose `src_addr` or `dst_addr` is it?",
		zh = "读 `INVITE@proxy2` 的 Record-Route 中的地址，再依次打开 `INVITE@alice`、`INVITE@alg` 和 `INVITE@proxy2`：它是谁的 `src_addr` 或 `dst_addr`？" },
	others = {
		{ text = "proxy2", rule = "proxy-forward",
			ask = { "Which server is in the topmost Via that Bob's phone sees? Write the node's name.\n\n    rung show rfc3665-3.5 -m method=INVITE dst=bob", zh = "Bob 的话机看到的最上面的 Via 中是哪个服务器？写出节点名。\n\n    rung show rfc3665-3.5 -m method=INVITE dst=bob" },
			wrong = { { "alg", why = { "That is below it, and in Record-Route.", zh = "它在下面，也在 Record-Route 中。" } }, { "alice", why = { "The first sender is at the bottom.", zh = "发起者在最下面。" } } },
			why = { "The last sender of a request has added its Via on top: find the node with that address.", zh = "最后发送请求的一方把自己的 Via 放在最上面：看哪个节点有那个地址。" },
			hint = { "RFC 3261 16.6 step 8 says where a server writes its own; compare the first line with Via of `method=INVITE dst=bob kind=send` with the `src_addr` of that record.",
				zh = "服务器把自己的写在哪里，见 RFC 3261 16.6 第 8 步；把 `method=INVITE dst=bob kind=send` 的第一个 Via 与该记录的 `src_addr` 对照。" },
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end },
		{ number = function(t)
			local r, n = t:first "method=INVITE dst=bob kind=send", 0 while r:header("Via", n + 1) do
				n = n + 1
			end
			return n
		end, rule = "proxy-forward", unit = { "fields", zh = "个字段" },
			ask = { "How many Via fields does the INVITE have that Bob's phone gets?\n\n    rung show rfc3665-3.5 -m method=INVITE dst=bob", zh = "Bob 的话机收到的 INVITE 有几个 Via 字段？\n\n    rung show rfc3665-3.5 -m method=INVITE dst=bob" },
			wrong = { { 1, why = { "That is the number of Record-Routes: not every node wants the later requests.", zh = "这是 Record-Route 的数目：并非谁都要以后的请求。" } }, { 2, why = { "Each sender adds one on top, even the phone.", zh = "每个发送它的都在最上面加一个，话机也是。" } } },
			why = { "A node that needs the response has one there.", zh = "要收回响应的每一方都有一个。" },
			hint = { "Each line of `method=INVITE kind=send` adds one on top, the phone's own (RFC 3261 8.1.1.7) as well as a server's (16.6 step 8).",
				zh = "`method=INVITE kind=send` 的每一行在顶部加一个，话机自己的（RFC 3261 8.1.1.7）和服务器的（16.6 第 8 步）都算。" },
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end },
	},
}

task {
	draw = "method=ACK,BYE kind=send",
	points = 3,
	hint = { "The Routes of `ACK@alice` and of `BYE@alice` name the servers that they pass, RFC 3261 12.2.1.1: is proxy2 one of them?",
		zh = "`ACK@alice` 和 `BYE@alice` 的 Route 指出它们经过的服务器，RFC 3261 12.2.1.1：proxy2 在其中吗？" },
	others = {
		{ draw = "cseq=BYE kind=send", rule = "dialog-route",
			ask = { "Draw the end of the call, BYE and its 200: one line for each hop.\n\n    rung show rfc3665-3.5 cseq=BYE kind=send", zh = "画出呼叫的结束，即 BYE 及其 200，每一跳一行。\n\n    rung show rfc3665-3.5 cseq=BYE kind=send" },
			hint = { "Through which server does the Route of `BYE@alice` send it? The 200 returns along the Vias of `-m method=BYE dst=bob`.",
				zh = "`BYE@alice` 的 Route 让它经过哪台服务器？200 沿 `-m method=BYE dst=bob` 的 Via 返回。" } },
		{ draw = "cseq=INVITE status=2xx kind=send", rule = "proxy-response",
			ask = { "Draw the path of the 200 to the INVITE, one line for each hop. Compare it with that of the ACK.\n\n    rung show rfc3665-3.5 status=200 cseq=INVITE kind=send\n    rung show rfc3665-3.5 method=ACK kind=send", zh = "画出对 INVITE 的 200 的路径，每一跳一行。与 ACK 的路径比较。\n\n    rung show rfc3665-3.5 status=200 cseq=INVITE kind=send\n    rung show rfc3665-3.5 method=ACK kind=send" },
			hint = { "A response follows the Vias of `-m method=INVITE dst=bob`, from the top down (RFC 3261 18.2.2), whether or not a server has recorded its route.",
				zh = "响应沿 `-m method=INVITE dst=bob` 的 Via 自上而下返回（RFC 3261 18.2.2），不管谁记录了路由。" } },
	},
}

task {
	text = function(t)
		return t:first("method=INVITE src=alice kind=send"):header("Proxy-Authorization"):match 'realm="([^"]*)"'
	end,
	rule = "auth-other-realm",
	wrong = {
		{ "atlanta.example.com", why = { "That is the ALG's own domain; these credentials are for the next server.", zh = "那是网关自己的域；这份凭据是给下一台的。" } },
	},
	why = { "Read `realm` in the Proxy-Authorization of Alice's INVITE: the domain of the server that will check it.",
		zh = "读 Alice 的 INVITE 的 Proxy-Authorization 中的 `realm`：即将检验它的服务器的域。" },
	records = function(t) return t:first "method=INVITE src=alice kind=send" end,
	hint = { "Proxy-Authorization of `INVITE@alice` has it; from which server did the phone have a nonce before?", zh = "`INVITE@alice` 的 Proxy-Authorization 中有它；话机先前持有谁的 nonce？" },
	others = {
		{ text = function(t) return t:first("method=INVITE src=alice kind=send"):header("Proxy-Authorization"):match 'uri="([^"]*)"' end, rule = "auth-ahead",
			ask = { "The gateway forwards the credentials of the INVITE without reading them. For which URI are they valid? Write the parameter's value.\n\n    rung show rfc3665-3.5 -m method=INVITE src=alice", zh = "网关不读 INVITE 的凭据，原样转发。它们对哪个 URI 有效？写出该参数的值。\n\n    rung show rfc3665-3.5 -m method=INVITE src=alice" },
			wrong = { { "sip:alice@atlanta.example.com", why = { "That is in From.", zh = "那在 From 中。" } }, { { "biloxi.example.com", "sip:biloxi.example.com" }, why = { "That is the realm; the URI has a user.", zh = "那是 realm；URI 有用户部分。" } }, { { "sip:bob@198.51.100.2:5060", "sip:bob@198.51.100.2" }, why = { "That is the URI after Bob's proxy has looked him up.", zh = "那是 Bob 的代理服务器查询之后的。" } } },
			why = { "Read the Proxy-Authorization of Alice's INVITE: the digest was computed from this URI.", zh = "读 Alice 的 INVITE 的 Proxy-Authorization：摘要由这个 URI 算出。" },
			hint = { "Compare the field with the first line of `INVITE@alice`.", zh = "把该字段与 `INVITE@alice` 的首行比较。" },
			records = function(t) return t:first "method=INVITE src=alice kind=send" end },
		{ text = function(t) return t:first("method=INVITE src=alice kind=send"):header("Proxy-Authorization"):match "nc=(%x+)" end, rule = "auth-ahead",
			ask = { "The gateway forwards the credentials of the INVITE without reading them. What is the value of `nc` in them?\n\n    rung show rfc3665-3.5 -m method=INVITE src=alice", zh = "网关不读 INVITE 的凭据，原样转发。其中的 `nc` 是什么值？\n\n    rung show rfc3665-3.5 -m method=INVITE src=alice" },
			wrong = { { "00000002", why = { "The nonce was received before the run, and not used since.", zh = "nonce 是运行之前得到的，此后没有用过。" } }, { { "1", "0" }, why = { "The field has eight hexadecimal digits: write it as it is there.", zh = "该字段是八位十六进制数字：请照原样写。" } } },
			why = { "Read the Proxy-Authorization: how often has this nonce been used?", zh = "读 Proxy-Authorization：这个 nonce 用过几次？" },
			hint = { "There is no 407 in this run (`kind=auth`), and one INVITE of hers.", zh = "这次运行中没有 407（`kind=auth`），她的 INVITE 只有一个。" },
			records = function(t) return t:first "method=INVITE src=alice kind=send" end },
	},
}

task {
	goal = {
		{ "Bob's phone sends a BYE, to the ALG", zh = "Bob 的话机向网关发送 BYE",
			function(t)
				local r = t:first "method=BYE src=bob dst=alg kind=send"
				return r ~= nil, r
			end, rule = "dialog-request" },
		{ "it reaches Alice's phone", zh = "它到达 Alice 的话机",
			function(t)
				local r = t:first "method=BYE src=alg dst=alice kind=send"
				return r ~= nil and r:arrival() ~= nil, r
			end },
		{ "Bob's proxy sees nothing of it", zh = "Bob 的代理服务器没有看到它",
			function(t) return t:count "method=BYE node=proxy2" == 0 end,
			why = { "It has left the path: record_route=false.", zh = "它已离开路径：record_route=false。" } },
	},
	points = 3,
}
