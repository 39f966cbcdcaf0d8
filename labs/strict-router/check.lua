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
		{ "old", why = { "It knows nothing of lr: that is what makes it a strict router for the others.", zh = "它不懂 lr：正因如此，别人视它为严格路由器。" } },
	},
	why = { "Read the two Record-Routes of the INVITE that arrives at Bob's phone: one has the parameter, and names its proxy.",
		zh = "读到达 Bob 的话机的 INVITE 的两个 Record-Route：其中一个带有该参数，并指明其代理服务器。" },
	records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
}

task {
	text = function(t) return uri(t:first "method=ACK src=atl dst=old kind=send") end,
	points = 2,
	rule = "proxy-to-strict",
	wrong = {
		{ function(t) return uri(t:first "method=ACK src=alice kind=send") end,
			why = { "So it leaves Alice's phone. For a strict router it has moved into the last Route.",
				zh = "离开 Alice 的话机时是这样。为了严格路由器，它被移到最后一个 Route。" } },
	},
	why = { "Read the first line of the ACK that `atl` sends: a strict router wants its own address there.",
		zh = "读 `atl` 发送的 ACK 的首行：严格路由器要求那里是它自己的地址。" },
	records = function(t) return t:all "method=ACK kind=send" end,
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
	why = { "Look at the records of kind route on the ACK's way: one says that the next hop is strict. `rung explain` names its rule.",
		zh = "看 ACK 途中的 route 记录：其中一条说明下一跳是严格路由器。`rung explain` 给出它的规则。" },
	hint = { "It stands between the arrival of the ACK at that node and its sending.", zh = "它在 ACK 到达该节点与再次发出之间。" },
}

task {
	choice = {
		{ "atl, as it did with the ACK of Alice's phone", zh = "atl，像处理 Alice 的话机的 ACK 那样", rule = "proxy-from-strict",
			why = { "atl comes behind the strict router this time.", zh = "这次 atl 在严格路由器之后。" } },
		{ "old: it moves the first Route into the Request-URI", zh = "old：它把第一个 Route 移入 Request-URI", rule = "proxy-strict",
			why = { "That is how it sends on. For that the request has to come to it with old's own name as Request-URI.",
				zh = "那是它转发的方式。为此，请求到达时必须以 old 自己的名字为 Request-URI。" } },
		{ "Bob's phone itself: its first Route has no lr", right = true, zh = "Bob 的话机自己：它的第一个 Route 没有 lr", rule = "dialog-request" },
		{ "nobody: a BYE goes straight to Alice", zh = "没有人：BYE 直接发给 Alice", rule = "dialog-request",
			why = { "Both proxies have recorded their route.", zh = "两台代理服务器都记录了路由。" } },
	},
	points = 2,
	records = function(t) return t:first "method=BYE src=bob kind=send" end,
}

task {
	choice = {
		{ "It wrote that URI into a Record-Route: the last Route counts.", right = true, rule = "proxy-from-strict",
			zh = "这个 URI 是它写进 Record-Route 的：以最后的 Route 为准。" },
		{ "It takes any Request-URI with its own name for its own, and answers.", zh = "凡以自己的名字为 Request-URI 的，它都当作给自己的并作出响应。", rule = "proxy-from-strict",
			why = { "Then the BYE would end here. Look at what it does: it puts Alice's URI back.", zh = "那样 BYE 就在这里结束了。看它做了什么：它恢复了 Alice 的 URI。" } },
		{ "It asks the location service whose dialog this is.", zh = "它向位置服务器查询这是谁的对话。", rule = "proxy-from-strict",
			why = { "No such question is in the run; a location service knows no dialogs.", zh = "运行中没有这样的查询；位置服务器不知道对话。" } },
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
			why = { "With record_route=false it would be passed by no more.", zh = "record_route=false 时就不再经过它了。" } },
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
