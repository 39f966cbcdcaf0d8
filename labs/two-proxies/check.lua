-- The tasks of two-proxies; their texts are in README.md.
lesson { minutes = 35, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function at_bob(t)
	return t:first "method=INVITE kind=send dst=bob"
end

task {
	choice = {
		{ "Bob's phone has got the INVITE by way of bil", zh = "Bob 的话机经由 bil 收到了 INVITE",
			why = { "atl says 100 before it has forwarded the INVITE. A 100 goes one hop only.",
				zh = "atl 在转发 INVITE 之前就返回了 100。100 只走一跳。" }, rule = "proxy-100" },
		{ "Bob's phone rings, and he hears of the call", zh = "Bob 的话机在振铃，他知道有呼叫",
			why = { "The 180 says that.", zh = "说明这一点的是 180。" }, rule = "invite-progress" },
		{ "atl has the INVITE, which need not be repeated",
			zh = "atl 收到了 INVITE，重传到此为止", right = true },
		{ "atl has found out from bil where Bob is", zh = "atl 已从 bil 得知 Bob 在哪里",
			why = { "Only bil does, and atl has not even asked it yet.",
				zh = "只有 bil 知道，而这时 atl 还没有问它。" }, rule = "proxy-100" },
	},
	rule = "proxy-100",
	records = function(t) return t:get "100@atl" end,
}

task {
	find = {
		node = "bil",
		rule = { "location-query", "proxy-by-location" },
	},
	points = 2,
	why = { "Take a lookup that asks (query), not one that stores what a phone registers.",
		zh = "要找的是查询（query），不是保存话机的注册。" },
	records = function(t) return t:first "kind=lookup node=bil text=query" end,
	hint = { "`kind=lookup` has three records: a server that stores what a phone registers does not ask. Which one is at the time of the INVITE, RFC 3261, 16.5?",
		zh = "`kind=lookup` 有三条记录：存储话机注册内容的服务器并没有查询。哪一条与 INVITE 有关，RFC 3261 第 16.5 节？" },
	others = {
		{
			draw = "status=100",
			ask = { "Draw every 100 of the run, one line for each, such as `atl -> bil 200`. Why is there none from Bob's phone?\n\n    rung show two-proxies status=100",
				zh = "画出运行中的每个 100，每个一行，如 `atl -> bil 200`。为什么没有 Bob 的话机的？\n\n    rung show two-proxies status=100" },
			rule = "proxy-100",
			hint = { "`method=INVITE kind=recv` has each node that receives the INVITE: RFC 3261, 17.2.1 says which nodes send a 100, and to which hop, and which need not since another response follows at once.",
				zh = "`method=INVITE kind=recv` 是收到 INVITE 的各个节点：谁发送 100、发给哪一跳，以及谁因为马上有别的响应而不必发送，见 RFC 3261 第 17.2.1 节。" },
		},
		{
			draw = "method=BYE",
			ask = { "Draw the path of the BYE, one line for each hop, such as `atl -> bil ACK`. Which of its fields does it follow?\n\n    rung show two-proxies -m method=BYE",
				zh = "画出 BYE 的路径，每一跳一行，如 `atl -> bil ACK`。是它的哪个字段引导它？\n\n    rung show two-proxies -m method=BYE" },
			rule = "dialog-route",
			hint = { "`BYE@bob` has the Routes for the nodes on its path, RFC 3261, 12.2.1.1, and in its first line where it ends.",
				zh = "`BYE@bob` 的各个 Route 是途中的节点，RFC 3261 第 12.2.1.1 节，首行是它的终点。" },
		},
	},
}

task {
	number = function(t)
		local n = 0
		while at_bob(t):header("Via", n + 1) do n = n + 1 end
		return n
	end,
	unit = { "Via fields", zh = "个 Via 字段" },
	rule = "proxy-forward",
	wrong = {
		{ 2, why = { "Each proxy adds one, and Alice's phone has begun with its own.",
			zh = "每个代理服务器加一个，而 Alice 的话机一开始就有自己的一个。" } },
		{ 1, why = { "A proxy adds its Via above the others; it removes none from a request.",
			zh = "代理服务器把自己的 Via 加在已有的上面；它不会从请求中去掉任何一个。" } },
	},
	why = { "Read the INVITE that arrives at Bob's phone, and count the lines that begin with Via.",
		zh = "读到达 Bob 的话机的 INVITE，数以 Via 开头的行。" },
	records = at_bob,
	ahead = true,
	hint = { "Each proxy writes one when it forwards, RFC 3261, section 16.6, step 8: `INVITE@bil`.",
		zh = "每台代理服务器转发时写一个，RFC 3261 第 16.6 节第 8 步：`INVITE@bil`。" },
	others = {
		{
			number = function(t) local n, r = 0, t:first "status=180 kind=send dst=alice" while r:header("Via", n + 1) do n = n + 1 end return n end,
			ask = { "Before you look at the run: how many Via fields are in the 180 that Alice's phone receives?\n\n    rung show two-proxies -m status=180",
				zh = "先不看运行：Alice 的话机收到的 180 会有几个 Via 字段？\n\n    rung show two-proxies -m status=180" },
			ahead = true,
			wrong = {
				{ 3, why = { "That is the number when Bob's phone sends it.", zh = "在 Bob 的话机那里有这么多。" } },
				{ 0, why = { "The last hop needs one, too.", zh = "最后一跳也需要一个。" } },
				{ 2, why = { "Two have been removed on the path.", zh = "途中去掉了两个。" } },
			},
			rule = "response-place",
			why = { "Read the 180 that arrives at Alice's phone, and count the lines that begin with Via.",
				zh = "读到达 Alice 的话机的 180，数以 Via 开头的行。" },
			hint = { "A node that forwards a response removes its own, RFC 3261, section 16.7, step 3: `180@atl`.",
				zh = "转发响应的一方去掉自己的那个，RFC 3261 第 16.7 节第 3 步：`180@atl`。" },
			records = function(t) return t:first "status=180 kind=send dst=alice" end,
		},
		{
			number = function(t) return tonumber(at_bob(t):header "Max-Forwards") end,
			ask = { "Before you look at the run: Alice's phone writes 70 into Max-Forwards. Which number is there in the INVITE that Bob's phone receives?\n\n    rung show two-proxies -m method=INVITE",
				zh = "先不看运行：Alice 的话机在 Max-Forwards 中写 70。Bob 的话机收到的 INVITE 中会是多少？\n\n    rung show two-proxies -m method=INVITE" },
			ahead = true,
			wrong = {
				{ 70, why = { "A node that forwards a request changes it.", zh = "转发请求的一方会改动它。" } },
				{ { 67, 69 }, why = { "There are as many proxies on the path as Via fields are added.", zh = "途中有几台代理服务器，就加上几个 Via。" } },
				{ 72, why = { "It becomes smaller, so that a request does not go round for ever.", zh = "它会减小，以免请求无限循环。" } },
			},
			rule = "proxy-forward",
			why = { "Read Max-Forwards in the INVITE that arrives at Bob's phone.",
				zh = "读到达 Bob 的话机的 INVITE 的 Max-Forwards。" },
			hint = { "RFC 3261, section 16.6, step 3: which nodes count, the phones as well? See `INVITE@bil`.",
				zh = "RFC 3261 第 16.6 节第 3 步：谁来递减，话机也算吗？看 `INVITE@bil`。" },
			records = at_bob,
		},
	},
}

task {
	choice = {
		{ "by Record-Route, in which each proxy has put its URI", zh = "靠 Record-Route，每个代理服务器都写入了自己的 URI",
			why = { "That routes the later requests; a response does not use it.",
				zh = "它决定以后的请求的路径；响应不看它。" }, rule = "dialog-route" },
		{ "by Via: each hop sends it to the address in the topmost",
			zh = "靠 Via：每一跳把它发往最上面的地址", right = true },
		{ "by From, the address from which the call has come", zh = "靠 From，即呼叫来自的地址",
			why = { "From is a name, and a domain; no response is sent there.",
				zh = "From 是名字和域；响应不会发到那里。" }, rule = "response-place" },
		{ "each proxy asks a location service for Alice", zh = "每个代理服务器向位置服务器查询 Alice",
			why = { "Requests are looked up. A response needs only its Vias.",
				zh = "查询位置的是请求。响应只需要 Via。" }, rule = "response-place" },
	},
	rule = "response-place",
	records = function(t) return t:first "status=180 kind=send" end,
}

task {
	text = { "Record-Route", "Record-Route:" },
	rule = "dialog-route",
	wrong = {
		{ "Via", why = { "Via brings the responses back; a BYE is a request of its own.",
			zh = "Via 带回响应；BYE 是另外的请求。" } },
		{ "Route", why = { "The BYE has a Route. From which field of the INVITE did the phones take it?",
			zh = "BYE 中有 Route。话机是从 INVITE 的哪个字段得到它的？" } },
		{ "Contact", why = { "Contact is where the BYE ends; alone it would lead there directly.",
			zh = "Contact 是 BYE 最终到达的地方；只靠它，BYE 会直接到那里。" } },
		{ "Max-Forwards", why = { "It only counts the hops.", zh = "它只计跳数。" } },
	},
	why = { "Read the INVITE as it arrives at Bob's phone: both proxies have put their own URI into one field besides Via.",
		zh = "读到达 Bob 的话机的 INVITE：除 Via 外，两个代理服务器都把自己的 URI 写进了一个字段。" },
	records = at_bob,
	hint = { "`-m method=BYE` has Routes; the same URIs are in `INVITE@bil` under another name.",
		zh = "`-m method=BYE` 有 Route；同样的 URI 在 `INVITE@bil` 中用另一个字段名。" },
	others = {
		{
			text = { "Route", "Route:" },
			ask = { "Which header field of Bob's BYE leads it through `bil` and `atl`?\n\n    rung show two-proxies -m method=BYE",
				zh = "Bob 的 BYE 的哪个头字段使它经过 `bil` 和 `atl`？\n\n    rung show two-proxies -m method=BYE" },
			wrong = {
				{ "Record-Route", why = { "That is in the INVITE; what has become of it in the BYE?", zh = "它在 INVITE 中；在 BYE 中变成了什么？" } },
				{ "Via", why = { "Via brings the answer to it back.", zh = "Via 带回对它的响应。" } },
				{ { "Request-URI", "To" }, why = { "That is where it ends, not the path.", zh = "那是它最终到达的地方，而不是路径。" } },
			},
			rule = "dialog-route",
			why = { "Read the BYE that Bob's phone sends, and the one that arrives at Alice's: one field is missing there.",
				zh = "读 Bob 的话机发送的 BYE 和到达 Alice 的 BYE：有一个字段到那时已经没有了。" },
			hint = { "Compare `BYE@bob`, `BYE@bil` and `BYE@atl`: which field becomes shorter from hop to hop, RFC 3261, 16.4?",
				zh = "把 `BYE@bob`、`BYE@bil` 和 `BYE@atl` 并排比较：哪个字段逐跳变短，RFC 3261 第 16.4 节？" },
			records = function(t) return t:first "method=BYE kind=send" end,
		},
		{
			text = { "Contact", "Contact:" },
			ask = { "The BYE of Bob's phone has the address of Alice's phone in its first line. From which header field of the INVITE does it come?\n\n    rung show two-proxies -m method=INVITE,BYE dst=bob\n    rung show two-proxies -m method=BYE",
				zh = "Bob 的话机的 BYE 首行中是 Alice 的话机的地址。它来自 INVITE 的哪个头字段？\n\n    rung show two-proxies -m method=INVITE,BYE dst=bob\n    rung show two-proxies -m method=BYE" },
			wrong = {
				{ "From", why = { "That is her name in her domain, not her phone.", zh = "那是她在域中的名字，不是她的话机。" } },
				{ "Via", why = { "It has that address, too, but brings responses back.", zh = "它也含有这个地址，但用来带回响应。" } },
				{ "Record-Route", why = { "That has the proxies.", zh = "那里写的是代理服务器。" } },
			},
			rule = "dialog-request",
			why = { "Compare the first line of the BYE with the INVITE that came to Bob's phone: one field has exactly this URI.",
				zh = "把 BYE 的首行与 Bob 的话机收到的 INVITE 对照：有一个字段正好是这个 URI。" },
			hint = { "The remote target of a dialog, RFC 3261, section 12.1.1: compare `INVITE@bil` and `BYE@bob`.",
				zh = "对话的远端目标，RFC 3261 第 12.1.1 节：比较 `INVITE@bil` 和 `BYE@bob`。" },
			records = at_bob,
		},
	},
}

task {
	goal = {
		{ "the call is answered, and Bob's phone hangs up", zh = "呼叫被接听，Bob 的话机挂断",
			function(t)
				local bye = t:first "method=BYE kind=send src=bob"
				return bye ~= nil, bye
			end },
		{ "the INVITE goes through both proxies", zh = "INVITE 经过两个代理服务器",
			function(t)
				return t:count "method=INVITE kind=recv node=atl" > 0 and
				    t:count "method=INVITE kind=recv node=bil" > 0
			end },
		{ "the BYE does not pass atl", zh = "BYE 不经过 atl",
			function(t) return t:count "method=BYE node=atl" == 0 end, rule = "dialog-route",
			why = { "A proxy that does not ask to stay in the path is left out.", zh = "不要求留在路径中的就不在其中。" } },
		{ "the BYE passes bil", zh = "BYE 经过 bil",
			function(t) return t:count "method=BYE kind=recv node=bil" > 0 end },
	},
	points = 3,
}
