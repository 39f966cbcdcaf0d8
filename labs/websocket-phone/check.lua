-- The tasks of websocket-phone; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--web.delay=12ms..40ms:4ms", "seed=1..999:1" }

local function register(t)
	return t:first "method=REGISTER kind=send src=alice"
end

-- The first INVITE to Alice.
local function invite(t)
	return t:first "method=INVITE kind=send dst=alice"
end

-- Where web has chosen its flow for that.
local function chosen(t)
	return t:first "kind=route node=web rule=flow-route"
end

task {
	choice = {
		{ "The DNS: it asks for the name in the Request-URI", zh = "DNS：它查询 Request-URI 中的名称",
			why = { "No node looks up a name that ends in .invalid (RFC 6761 6.4).", zh = "没有人查询以 .invalid 结尾的名称（RFC 6761 第 6.4 节）。" } },
		{ "The Path that web has put into her REGISTER", right = true, zh = "web 写进她的 REGISTER 的 Path" },
		{ "The address in the Via of her REGISTER, which it keeps", zh = "它记下的她的 REGISTER 中 Via 的地址",
			why = { "Read that Via: it has the same name and no address.", zh = "读那个 Via：其中是同一个名称，没有地址。" } },
		{ "An own connection to her, which it opens for the call", zh = "它为呼叫向她打开的一条连接",
			why = { "Nobody can connect to a browser. Look for a handshake from web to alice.", zh = "没有人能连接到浏览器。找一找从 web 到 alice 的握手。" } },
	},
	rule = "register-path",
	hint = { "Compare `REGISTER@alice` with `REGISTER@web`: which field has `web` added besides its Via, and what does it ask of a registrar, RFC 3327, 5?",
		zh = "把 `REGISTER@alice` 与 `REGISTER@web` 并排比较：除了 Via，`web` 还加了哪个字段，它要求注册服务器做什么，RFC 3327 第 5 节？" },
	ahead = true,
}

task {
	text = function(t) return register(t).text:match "@([%w]+%.invalid)" end,
	rule = "websocket-handshake",
	wrong = {
		{ "192.0.2.1", why = { "That is where her connection comes from. Her phone can't know it.", zh = "那是她的连接的来源地址，她的话机无从知道。" } },
		{ "example.com", why = { "That is the domain of her address-of-record. The Contact says where she is.", zh = "那是她的 AOR 的域。Contact 说的是她在哪里。" } },
	},
	why = { "Read the Contact of the first REGISTER.", zh = "读第一个 REGISTER 的 Contact。" },
	records = register,
	hint = { "A browser does not know its own address: RFC 7118, appendix B.1 says what it makes up instead. Read the host in Contact of `REGISTER@alice`, after the @.",
		zh = "浏览器不知道自己的地址：用什么代替它，见 RFC 7118 附录 B.1。看 `REGISTER@alice` 的 Contact 中 @ 之后的主机。" },
}

task {
	find = {
		node = "web",
		rule = "flow-route",
		record = chosen,
	},
	points = 2,
	why = { "It is directly before the last INVITE on the path to Alice.", zh = "它紧接在通向 Alice 的最后一个 INVITE 之前。" },
	hint = { "It is a record of the kind `route`; `rung explain` with `INVITE@web` leads to it.",
		zh = "它是一条 `route` 记录；对 `INVITE@web` 运行 `rung explain` 会引到它。" },
	others = {
		{
			draw = "method=INVITE",
			ask = { "Draw the path of Bob's INVITE, one line for each hop, such as `web -> px REGISTER`. On which hop is it not sent by UDP?\n\n    rung show websocket-phone method=INVITE kind=send",
				zh = "画出 Bob 的 INVITE 的路径，每一跳一行，如 `web -> px REGISTER`。在哪一跳它不再用 UDP？\n\n    rung show websocket-phone method=INVITE kind=send" },
			rule = "flow-route",
			hint = { "`kind=route from=1s to=1.1s` has the choice of each next hop, and how it was made: the last one takes a connection that is open already, RFC 5626, 5.3.",
				zh = "`kind=route from=1s to=1.1s` 是每次对下一跳的选择及其依据：最后一次用的是已有的连接，RFC 5626 第 5.3 节。" },
		},
		{
			draw = "cseq=REGISTER node=web",
			ask = { "Draw how Alice's phone registers, requests and responses: one line for each hop, such as `px -> bob 200`. Which of the nodes keeps the binding?\n\n    rung show websocket-phone cseq=REGISTER kind=send",
				zh = "画出 Alice 的话机怎样注册，请求和响应：每一跳一行，如 `px -> bob 200`。绑定由哪个节点保存？\n\n    rung show websocket-phone cseq=REGISTER kind=send" },
			rule = "response-place",
			hint = { "`kind=binding` says where a REGISTER is stored; the answer takes the Vias of `REGISTER@web` back, RFC 3261, 18.2.2.",
				zh = "`kind=binding` 说明 REGISTER 存在哪里；响应沿 `REGISTER@web` 的各个 Via 返回，RFC 3261 第 18.2.2 节。" },
		},
	},
}

task {
	choice = {
		{ "One is for the INVITE and one for what follows in the dialog", zh = "一个用于 INVITE，一个用于对话中后续的请求",
			why = { "Both are for what follows: an INVITE has its Route already.", zh = "两个都用于后续的请求：INVITE 已经有 Route。" } },
		{ "One is left over from the REGISTER, in which web was, too", zh = "一个是 REGISTER 留下的，web 也在那条路径上",
			why = { "Record-Route belongs to this request alone.", zh = "Record-Route 只属于这个请求。" } },
		{ "One leads to it from either side: by WebSocket, by UDP", right = true, zh = "两侧各有一个通向它：WebSocket 侧和 UDP 侧" },
		{ "One is for its address, and one for its name in the domain", zh = "一个是它的地址，一个是它在域中的名称",
			why = { "Read both: both have its address.", zh = "读这两个：都是它的地址。" } },
	},
	rule = "proxy-forward",
	hint = { "Compare the two Record-Routes of `INVITE@web`, with port and transport, and see which of these Routes is left in `BYE@px`: which side does each one serve?", zh = "把 `INVITE@web` 的两个 Record-Route 连同端口和传输协议并排比较，再看 `BYE@px` 中还剩哪个 Route：每个各为谁服务？" },
}

task {
	goal = {
		{ "Alice answers Bob's call", zh = "Alice 接听 Bob 的呼叫",
			function(t)
				local call = t:first "method=INVITE kind=send src=bob"
				return t:first("status=200 cseq=INVITE kind=send dst=bob", function(r)
					return call and r.call_id == call.call_id
				end)
			end, rule = "alias-route",
			why = { "A node must note where her REGISTER came from, and be on the path of calls to her.", zh = "要有人记下她的 REGISTER 从哪里来，并处在呼叫她的路径上。" } },
		{ "her REGISTER has no reg-id", zh = "她的 REGISTER 没有 reg-id",
			function(t)
				local r = register(t)
				return not r.text:find("reg-id", 1, true), r
			end },
		{ "and still no address of hers", zh = "其中仍然没有她的地址",
			function(t)
				local r = register(t)
				return r.text:match "@([%w]+%.invalid)" ~= nil, r
			end },
		{ "nobody else's connection leads to her", zh = "没有别人的连接通到她",
			function(t)
				local r = invite(t)
				return r ~= nil and r.src == "web" and r.transport == "wss", r
			end },
	},
	points = 3,
	hint = { "Use two attributes of `web`: `alias`, and `path` (docs/TOPOLOGY.md).", zh = "`web` 的两个属性：`alias` 和 `path`（docs/TOPOLOGY.md）。" },
}
