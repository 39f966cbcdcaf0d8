-- The tasks of rfc3665-3.5; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "bob.answer=1s..4s:1s", "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

task {
	text = { "alg" },
	rule = "proxy-forward",
	wrong = {
		{ "proxy2", why = { "proxy2 has record_route=false: it stands in the Via, for the responses, and not in the Record-Route.",
			zh = "proxy2 设了 record_route=false：它在供响应返回的 Via 中，不在 Record-Route 中。" } },
		{ "alice", why = { "Phones record no routes. Alice is reached at her Contact.", zh = "话机不记录路由。到达 Alice 靠的是她的 Contact。" } },
	},
	why = { "Read Record-Route in the INVITE that arrives at Bob's phone, and look which node has that address.",
		zh = "读到达 Bob 的话机的 INVITE 的 Record-Route，看哪个节点有那个地址。" },
	records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
}

task {
	draw = "method=ACK,BYE kind=send",
	points = 3,
	hint = { "Only who has recorded a route is passed.", zh = "只经过记录了路由的服务器。" },
}

task {
	choice = {
		{ "It remembers which way the INVITE has taken.", zh = "它记得 INVITE 来时走过的路。", rule = "proxy-by-uri",
			why = { "A proxy has transactions, no dialogs; the INVITE's way led to proxy2, too.", zh = "代理服务器有事务而没有对话；况且 INVITE 走的是 proxy2。" } },
		{ "By the Vias, from which it takes its own off.", zh = "按 Via，并去掉自己的那一个。", rule = "proxy-by-uri",
			why = { "Vias lead responses back. A request collects them.", zh = "Via 引导响应返回。请求只是不断积累它们。" } },
		{ "It asks the location service once more where Bob is.", zh = "它再次向位置服务器查询 Bob 在哪里。", rule = "proxy-by-uri",
			why = { "It is not responsible for Bob's domain; and the URI is an address already.", zh = "它不负责 Bob 的域；而且 URI 已经是地址。" } },
		{ "By the Request-URI, in which Bob's Contact stands.", right = true, rule = "proxy-by-uri",
			zh = "按请求 URI：其中是 Bob 的 Contact。" },
	},
	points = 2,
	records = function(t) return { t:last "method=ACK src=alg kind=send", t:last "kind=route node=alg" } end,
}

task {
	text = function(t)
		return t:first("method=INVITE src=alice kind=send"):header("Proxy-Authorization"):match 'realm="([^"]*)"'
	end,
	rule = "auth-other-realm",
	wrong = {
		{ "atlanta.example.com", why = { "That is the gateway's own domain; these credentials are for the next.", zh = "那是网关自己的域；这份凭据是给下一台的。" } },
	},
	why = { "Read `realm` in the Proxy-Authorization of Alice's INVITE: the domain of the server that will check it.",
		zh = "读 Alice 的 INVITE 的 Proxy-Authorization 中的 `realm`：即将检验它的服务器的域。" },
	records = function(t) return t:first "method=INVITE src=alice kind=send" end,
}

task {
	goal = {
		{ "Bob's phone sends a BYE, to the gateway", zh = "Bob 的话机向网关发送 BYE",
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
