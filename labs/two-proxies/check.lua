-- The tasks of two-proxies; their texts are in README.md.
lesson { minutes = 35, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function at_bob(t)
	return t:first "method=INVITE kind=send dst=bob"
end

task {
	choice = {
		{ "Bob's phone has got the INVITE by way of bil", zh = "Bob 的话机经由 bil 收到了 INVITE",
			why = { "atl says 100 before it has passed the INVITE on. A 100 goes one hop only.",
				zh = "atl 在转发 INVITE 之前就返回了 100。100 只走一跳。" }, rule = "proxy-100" },
		{ "Bob's phone rings, and he hears of the call", zh = "Bob 的话机在振铃，他知道有呼叫",
			why = { "The 180 says that.", zh = "说明这一点的是 180。" }, rule = "invite-progress" },
		{ "atl has the INVITE, which need not be repeated",
			zh = "atl 收到了 INVITE，不必再重传", right = true },
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
	why = { "A lookup that asks (query), not one that stores what a phone registers.",
		zh = "要找的是查询（query），不是保存话机的注册。" },
	records = function(t) return t:first "kind=lookup node=bil text=query" end,
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
		{ 1, why = { "A proxy adds its Via above those that there are; it takes none away from a request.",
			zh = "代理服务器把自己的 Via 加在已有的上面；它不会从请求中去掉任何一个。" } },
	},
	why = { "Read the INVITE that arrives at Bob's phone, and count the lines that begin with Via.",
		zh = "读到达 Bob 的话机的 INVITE，数以 Via 开头的行。" },
	records = at_bob,
}

task {
	choice = {
		{ "by Record-Route, in which each proxy has put its URI", zh = "靠 Record-Route，每个代理服务器都写入了自己的 URI",
			why = { "That steers the requests that come later; a response does not look at it.",
				zh = "它决定以后的请求的路径；响应不看它。" }, rule = "dialog-route" },
		{ "by Via: each hop sends it to the address in the topmost",
			zh = "靠 Via：每一跳把它发往最上面的地址", right = true },
		{ "by From, the address from which the call has come", zh = "靠 From，即呼叫来自的地址",
			why = { "From is a name, and a domain; no response is sent there.",
				zh = "From 是名字和域；响应不会发到那里。" }, rule = "response-place" },
		{ "each proxy asks a location service for Alice", zh = "每个代理服务器向位置服务器查询 Alice",
			why = { "Requests are looked up. A response needs nothing but its Vias.",
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
		{ "Contact", why = { "Contact is where the BYE ends up; alone it would lead there straight.",
			zh = "Contact 是 BYE 最终到达的地方；只靠它，BYE 会直接到那里。" } },
		{ "Max-Forwards", why = { "It only counts the hops.", zh = "它只计跳数。" } },
	},
	why = { "Read the INVITE as it arrives at Bob's phone: both proxies have put their own URI into one field beside Via.",
		zh = "读到达 Bob 的话机的 INVITE：除 Via 外，两个代理服务器都把自己的 URI 写进了一个字段。" },
	records = at_bob,
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
			why = { "Who does not ask to stay in the path is left out.", zh = "不要求留在路径中的就不在其中。" } },
		{ "the BYE passes bil", zh = "BYE 经过 bil",
			function(t) return t:count "method=BYE kind=recv node=bil" > 0 end },
	},
	points = 3,
}
