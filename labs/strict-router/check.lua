-- The tasks of strict-router; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1s..3s:1s", "lan1--lan2.delay=10ms..40ms:10ms", "seed=1..999:1" }

local function uri(r)
	return r.text:match "^%u+ (%S+)"
end

task {
	text = "atl",
	rule = "proxy-forward",
	wrong = {
		{ "old", why = { "It does not know lr: that is what makes it a strict router for the others.", zh = "它不懂 lr：正因如此，别人视它为严格路由器。" } },
	},
	why = { "Read the two Record-Routes of the INVITE that arrives at Bob's phone: one has the parameter, and names its proxy.",
		zh = "读到达 Bob 的话机的 INVITE 的两个 Record-Route：其中一个带有该参数，并指明其代理服务器。" },
	records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
	hint = { "`INVITE@atl` has one Record-Route, `INVITE@old` one more above it: each proxy puts its own on top, RFC 3261, 16.6, step 4.",
		zh = "`INVITE@atl` 有一个 Record-Route，`INVITE@old` 在它上面又多一个：每个代理服务器把自己的放在最上面，RFC 3261 第 16.6 节第 4 步。" },
	others = {
		{
			text = "old",
			ask = { "On the path of the INVITE one server asks `bil`, the location server, where Bob is. Which server is it? Write the node's name.\n\n    rung show strict-router kind=lookup,send from=1s to=1.1s",
				zh = "在 INVITE 的路径上，有一台服务器向位置服务器 `bil` 询问 Bob 在哪里。是哪一台？写出节点名。\n\n    rung show strict-router kind=lookup,send from=1s to=1.1s" },
			wrong = {
				{ "atl", why = { "It belongs to the other domain, and sends by the name of the domain alone.", zh = "它属于另一个域，只按域名转发。" } },
				{ "bil", why = { "That is the one that is asked.", zh = "那是被问的一方。" } },
			},
			rule = "location-query",
			why = { "Look for the message `query`, and its sender.",
				zh = "找 `query` 消息，看由谁发送。" },
			hint = { "It is at the entry of Bob's domain: `method=query kind=send`.",
				zh = "它在 Bob 的域的入口：`method=query kind=send`。" },
			records = function(t) return t:first "kind=send method=query" end,
		},
		{
			number = function(t) local n, r = 0, t:first "method=BYE dst=alice kind=send" while r:header("Via", n + 1) do n = n + 1 end return n end,
			ask = { "How many Via fields has the BYE that arrives at Alice's phone?\n\n    rung show strict-router -m method=BYE dst=alice",
				zh = "到达 Alice 的话机的 BYE 有多少个 Via 字段？\n\n    rung show strict-router -m method=BYE dst=alice" },
			wrong = {
				{ 2, why = { "Bob's phone has begun with one of its own.", zh = "Bob 的话机一开始就有自己的一个。" } },
				{ 1, why = { "Each server on the path has added one.", zh = "途中的每台服务器都加了一个。" } },
			},
			rule = "proxy-forward",
			why = { "Read the BYE that arrives at Alice's phone, and count the lines that begin with Via.",
				zh = "读到达 Alice 的话机的 BYE，数以 Via 开头的行。" },
			hint = { "Each node that sends `method=BYE kind=send` has put its own Via on top, the strict router as well, RFC 3261, 16.6: the last one is what her phone receives.",
				zh = "`method=BYE kind=send` 的每次发送都在最上面加入自己的 Via，严格路由器也一样，RFC 3261 第 16.6 节：最后一次是她的话机收到的。" },
			records = function(t) return t:first "method=BYE dst=alice kind=send" end,
		},
	},
}

task {
	text = function(t) return uri(t:first "method=ACK src=atl dst=old kind=send") end,
	points = 2,
	rule = "proxy-to-strict",
	wrong = {
		{ function(t) return uri(t:first "method=ACK src=alice kind=send") end,
			why = { "That is how Alice's phone sends it. For a strict router it has been moved into the last Route.",
				zh = "离开 Alice 的话机时是这样。为了严格路由器，它被移到最后一个 Route。" } },
	},
	why = { "Read the first line of the ACK that `atl` sends: a strict router wants its own address there.",
		zh = "读 `atl` 发送的 ACK 的首行：严格路由器要求那里是它自己的地址。" },
	records = function(t) return t:all "method=ACK kind=send" end,
	hint = { "RFC 3261, section 16.6, step 6: where is the URI put that was there before? `-m method=ACK src=atl`.",
		zh = "RFC 3261 第 16.6 节第 6 步：原来的 URI 到哪里去了？看 `-m method=ACK src=atl`。" },
	others = {
		{
			text = function(t) return uri(t:first "method=ACK src=alice kind=send") end,
			ask = { "Follow the ACK from hop to hop. Which Request-URI does it have when Alice's phone sends it?\n\n    rung show strict-router -m method=ACK",
				zh = "逐跳跟踪 ACK。它离开 Alice 的话机时，Request-URI 是什么？\n\n    rung show strict-router -m method=ACK" },
			wrong = {
				{ function(t) return uri(t:first "method=ACK src=atl dst=old kind=send") end, why = { "That is one hop later.", zh = "那是下一跳的。" } },
				{ "sip:bob@biloxi.example.com", why = { "That is how she has called him; his 200 has said where he is.", zh = "她是这样呼叫的；他的 200 说明了他在哪里。" } },
			},
			rule = "dialog-request",
			why = { "Read the first line of the ACK that Alice's phone sends.",
				zh = "读 Alice 的话机发送的 ACK 的首行。" },
			hint = { "Her first Route has `lr`: where is the Contact of Bob's 200 put in this case? `-m method=ACK src=alice`.",
				zh = "她的第一个 Route 有 `lr`：那么 Bob 的 200 的 Contact 放在哪里？看 `-m method=ACK src=alice`。" },
			records = function(t) return t:first "method=ACK src=alice kind=send" end,
		},
		{
			text = function(t) return uri(t:first "method=BYE src=old dst=atl kind=send") end,
			ask = { "Follow the BYE from hop to hop. Which Request-URI does it have between `old` and `atl`?\n\n    rung show strict-router -m method=BYE",
				zh = "逐跳跟踪 BYE。在 `old` 与 `atl` 之间，它的 Request-URI 是什么？\n\n    rung show strict-router -m method=BYE" },
			wrong = {
				{ function(t) return uri(t:first "method=BYE src=bob kind=send") end, why = { "That is how Bob's phone sends it, to the strict router itself.", zh = "离开 Bob 的话机时是这样，那是给严格路由器自己的。" } },
				{ function(t) return uri(t:first "method=BYE dst=alice kind=send") end, why = { "That is after the URI was restored.", zh = "恢复之后才是这样。" } },
			},
			rule = "proxy-strict",
			why = { "Read the first line of the BYE that `old` sends.",
				zh = "读 `old` 发送的 BYE 的首行。" },
			hint = { "A strict router moves the first Route into the Request-URI: read the Routes, and the first line, of `BYE@bob`, and look at `BYE@old` only after that.",
				zh = "严格路由器把第一个 Route 移上去：先看 `BYE@bob` 的各个 Route 和首行，再看 `BYE@old`。" },
			records = function(t) return t:first "method=BYE src=old dst=atl kind=send" end,
		},
	},
}

task {
	find = {
		node = "atl",
		rule = "proxy-to-strict",
		record = function(t)
			return t:first "kind=route node=atl rule=proxy-to-strict"
		end,
	},
	points = 3,
	why = { "Look at the records of kind route on the path of the ACK: one says that the next hop is strict. `rung explain` names its rule.",
		zh = "看 ACK 途中的 route 记录：其中一条说明下一跳是严格路由器。`rung explain` 给出它的规则。" },
	hint = { "Compare the first lines of `ACK@alice`, `ACK@atl` and `ACK@old`: the node that changes the line has chosen the next hop for it, in the record before it sends, RFC 3261, 16.6, step 6.",
		zh = "比较 `ACK@alice`、`ACK@atl` 和 `ACK@old` 的首行：在哪里改变，那个节点就是考虑到这一点来选择下一跳的，记录在它发送之前，RFC 3261 第 16.6 节第 6 步。" },
	others = {
		{
			draw = "method=BYE kind=send",
			ask = { "Draw the path of the BYE, one line for each hop, such as `atl -> old ACK`. At which node is its Request-URI restored?\n\n    rung show strict-router method=BYE kind=send",
				zh = "画出 BYE 的路径，每一跳一行，如 `atl -> old ACK`。它的 Request-URI 在哪个节点恢复？\n\n    rung show strict-router method=BYE kind=send" },
			rule = "proxy-from-strict",
			hint = { "Bob's phone takes its Routes from the Record-Routes of `INVITE@old`, in their order, RFC 3261, 12.1.1; after the last of these, whose Contact comes?",
				zh = "Bob 的话机按顺序从 `INVITE@old` 的 Record-Route 得到各个 Route，RFC 3261 第 12.1.1 节；最后一个之后是谁的 Contact？" },
		},
		{
			draw = "method=ACK kind=send",
			ask = { "Draw the path of the ACK, one line for each hop, such as `atl -> old BYE`. On which hop does it have another Request-URI than on the others?\n\n    rung show strict-router method=ACK kind=send",
				zh = "画出 ACK 的路径，每一跳一行，如 `atl -> old BYE`。它在哪一跳的 Request-URI 与其他各跳不同？\n\n    rung show strict-router method=ACK kind=send" },
			rule = "proxy-to-strict",
			hint = { "Alice's phone takes its Routes from the Record-Routes of `200@atl`, the last first, RFC 3261, 12.1.2: the ACK passes the nodes in them.",
				zh = "Alice 的话机从 `200@atl` 的 Record-Route 得到各个 Route，从最后一个开始，RFC 3261 第 12.1.2 节：凡列在其中的都要经过。" },
		},
	},
}

task {
	choice = {
		{ "atl, as it did with the ACK of Alice's phone", zh = "atl，像处理 Alice 的话机的 ACK 那样", rule = "proxy-from-strict",
			why = { "atl comes after the strict router this time.", zh = "这次 atl 在严格路由器之后。" } },
		{ "old: it moves the first Route into the Request-URI", zh = "old：它把第一个 Route 移入 Request-URI", rule = "proxy-strict",
			why = { "That is how it forwards. For that the request must arrive there with old's own name as Request-URI.",
				zh = "那是它转发的方式。为此，请求到达时必须以 old 自己的名字为 Request-URI。" } },
		{ "Bob's phone, since lr is missing in its first Route", right = true, zh = "Bob 的话机，因为第一个 Route 缺 lr", rule = "dialog-request" },
		{ "nobody: a BYE goes straight to Alice, by no Route", zh = "没有人：BYE 直接发给 Alice，不经任何 Route", rule = "dialog-request",
			why = { "Both proxies have recorded their route.", zh = "两台代理服务器都记录了路由。" } },
	},
	points = 2,
	records = function(t) return t:first "method=BYE src=bob kind=send" end,
	ahead = true,
}

task {
	choice = {
		{ "It wrote that URI into a Record-Route: the last Route counts.", right = true, rule = "proxy-from-strict",
			zh = "这个 URI 是它写进 Record-Route 的：以最后的 Route 为准。" },
		{ "It takes any Request-URI with its own name for its own, and answers.", zh = "凡以自己的名字为 Request-URI 的，它都当作给自己的并作出响应。", rule = "proxy-from-strict",
			why = { "Then the BYE would end here. See what it does: it puts Alice's URI back.", zh = "那样 BYE 就在这里结束了。看它做了什么：它恢复了 Alice 的 URI。" } },
		{ "It asks the location service whose dialog this is.", zh = "它向位置服务器查询这是谁的对话。", rule = "proxy-from-strict",
			why = { "There is no such question in the run; a location service knows nothing about dialogs.", zh = "运行中没有这样的查询；位置服务器不知道对话。" } },
		{ "By the To of the BYE, in which Alice's name stands.", zh = "凭 BYE 的 To，其中写着 Alice 的名字。", rule = "proxy-from-strict",
			why = { "No proxy routes by To.", zh = "没有代理服务器按 To 选路。" } },
	},
	points = 2,
	records = function(t)
		return t:first "kind=route node=atl rule=proxy-from-strict"
	end,
}

task {
	goal = {
		{ "the ACK for the 200 passes old", zh = "对 200 的 ACK 经过 old",
			function(t)
				local r = t:first "method=ACK src=old dst=bob kind=send"
				return r ~= nil, r
			end,
			why = { "With record_route=false it would not pass old any more.", zh = "record_route=false 时就不再经过它了。" } },
		{ "its Request-URI is the same on every hop", zh = "它的 Request-URI 在每一跳都相同",
			function(t)
				local all = t:all "method=ACK kind=send"
				for _, r in ipairs(all) do
					if uri(r) ~= uri(all[1]) then
						return false, r
					end
				end
				return #all >= 3
			end, rule = "proxy-to-strict" },
		{ "the call is hung up with a BYE that arrives", zh = "呼叫以到达的 BYE 结束",
			function(t)
				local r = t:first "method=BYE dst=alice kind=send"
				return r ~= nil and r:arrival() ~= nil, r
			end },
	},
	points = 3,
}
