-- The tasks of loop-and-spiral; their texts are in README.md.
lesson { minutes = 30, level = 3 }
-- Task 3 names a time: the lines stay as they are.
vary { "seed=1..999:1" }

-- The INVITE for support, as it comes back to atl.
local function came_back(t)
	return t:last "method=INVITE src=bil dst=atl kind=send"
end

task {
	choice = {
		{ "Via: the one of atl is in it already the second time", zh = "Via：第二次时其中已经有 atl 的", rule = "proxy-loop",
			why = { "That is true both times, even for sales. A request is allowed to return.",
				zh = "两个呼叫都是这样，sales 也有。请求回来并不被禁止。" } },
		{ "the Request-URI: it changes as the call goes to sales", right = true, rule = "proxy-loop",
			zh = "Request-URI：呼叫转往 sales 时它改变" },
		{ "Call-ID: the same for support, a new one for sales", zh = "Call-ID：support 相同，sales 是新的", rule = "proxy-loop",
			why = { "It is the same on the whole path in either call.", zh = "在每个呼叫中它始终相同。" } },
		{ "Max-Forwards: it is smaller for support than for sales", zh = "Max-Forwards：support 的比 sales 的小", rule = "proxy-max-forwards",
			why = { "It is 68 both times; it counts hops, whatever they are.", zh = "两次都是 68；它只数跳数。" } },
	},
	points = 2,
	records = function(t) return t:all "method=INVITE src=bil dst=atl kind=send" end,
	ahead = true,
}

task {
	find = {
		node = "atl",
		rule = "proxy-loop",
		record = function(t) return t:first "status=482 kind=send" end,
	},
	points = 3,
	why = { "A loop is rejected by the node that sees the same request again unchanged. Take the first transmission of a 482, and what `rung explain` says about it.",
		zh = "拒绝环路的，是再次见到同一个未变的请求的节点。看第一次发送 482 的记录，以及 `rung explain` 怎样说。" },
	hint = { "In `method=INVITE dst=atl from=4.1s kind=recv` one is there for the second time: RFC 5393 4.2.2 describes the check; use the number of what is sent directly after it for `rung explain`.",
		zh = "`method=INVITE dst=atl from=4.1s kind=recv` 中有一个是第二次到达：检查方法见 RFC 5393 4.2.2；用紧接其后发送的那条的编号运行 `rung explain`。" },
	others = {
		{ draw = "method=INVITE kind=send to=2s",
			rule = "proxy-forward",
			ask = { "Draw the path of the INVITE for `sales`, one line for each hop, `alice -> atl INVITE`. Where would it end if every returning request were rejected?\n\n    rung show loop-and-spiral method=INVITE to=2s",
				zh = "画出呼叫 `sales` 的 INVITE 的路径，每一跳一行，如 `alice -> atl INVITE`。如果凡是回来的请求都被拒绝，它会止于何处？\n\n    rung show loop-and-spiral method=INVITE to=2s" },
			hint = { "Read the Vias of `-m method=INVITE dst=bob to=2s` from the lowest to the top: there is one for each hop, and a node that is passed twice has two.",
				zh = "自下而上读 `-m method=INVITE dst=bob to=2s` 的 Via：每一跳一个，再次经过的有两个。" } },
		{ draw = "status=482 kind=send",
			rule = "proxy-response",
			ask = { "Draw the path of the 482, one line for each hop, `X -> Y 482`, from the node that has detected the loop.\n\n    rung show loop-and-spiral status=482",
				zh = "从发现环路的节点起，画出 482 的路径，每一跳一行，如 `X -> Y 482`。\n\n    rung show loop-and-spiral status=482" },
			hint = { "The Vias of `-m method=INVITE src=bil dst=atl from=4.1s`, from the top down, are its hops back, RFC 3261 16.7.",
				zh = "`-m method=INVITE src=bil dst=atl from=4.1s` 的 Via 自上而下就是它返回的各跳，RFC 3261 16.7。" } },
	},
}

task {
	draw = "method=INVITE,ACK kind=send from=4.1s",
	points = 3,
	hint = { "`status=482 kind=recv` shows how far the INVITE had come, and which nodes get a rejection: each of them acknowledges it to the node before, RFC 3261 17.1.1.3.",
		zh = "`status=482 kind=recv` 说明 INVITE 走到了哪里、谁收到拒绝：每一方都向前一跳确认，RFC 3261 17.1.1.3。" },
	others = {
		{ draw = "method=ACK kind=send to=3s",
			rule = "invite-2xx",
			ask = { "Draw the path of the ACK of the first call, one line for each hop, `alice -> atl ACK`. Whose addresses are in its Routes?\n\n    rung show loop-and-spiral -m method=ACK to=3s",
				zh = "画出第一个呼叫的 ACK 的路径，每一跳一行，如 `alice -> atl ACK`。它的 Route 中有谁的地址？\n\n    rung show loop-and-spiral -m method=ACK to=3s" },
			hint = { "A 2xx is acknowledged end to end, RFC 3261 13.2.2.4, along the Record-Routes of `-m status=200 cseq=INVITE dst=alice`, read from the lowest to the top.",
				zh = "2xx 端到端确认，RFC 3261 13.2.2.4，经过 `-m status=200 cseq=INVITE dst=alice` 的各个 Record-Route，自下而上读。" } },
		{ draw = "cseq=BYE kind=send",
			rule = "bye-send",
			ask = { "Draw how the first call ends, the BYE and its response, one line for each hop, `alice -> atl BYE`.\n\n    rung show loop-and-spiral cseq=BYE kind=send",
				zh = "画出第一个呼叫怎样结束，即 BYE 及其响应，每一跳一行，如 `alice -> atl BYE`。\n\n    rung show loop-and-spiral cseq=BYE kind=send" },
			hint = { "The Routes of `BYE@alice` name the hops; the response follows the Vias of `-m method=BYE dst=bob`, from the top down.",
				zh = "`BYE@alice` 的 Route 说明去时的各跳；响应按 `-m method=BYE dst=bob` 的 Via 自上而下返回。" } },
	},
}

task {
	number = function(t) return tonumber(came_back(t):header "Max-Forwards") end,
	rule = "proxy-max-forwards",
	wrong = {
		{ 70, why = { "That is the value at Alice's phone; each proxy subtracts one.", zh = "那是 Alice 的话机发出时的值；每台代理服务器减一。" } },
		{ 69, why = { "That is the value on arrival at bil; bil subtracts one as well.", zh = "那是 bil 收到时的值；bil 也减一。" } },
		{ 67, why = { "That is the value with which atl would have forwarded it.", zh = "那是 atl 若再转发时的值。" } },
	},
	why = { "Read Max-Forwards in the INVITE as `bil` sends it back to `atl`: each proxy on the path has subtracted one.",
		zh = "读 `bil` 发回 `atl` 的 INVITE 的 Max-Forwards：途中每个代理服务器都减去一。" },
	records = came_back,
	hint = { "`-m method=INVITE src=bil dst=atl from=4.1s`; Alice's phone has begun with 70, RFC 3261 8.1.1.6.",
		zh = "`-m method=INVITE src=bil dst=atl from=4.1s`；Alice 的话机从 70 开始，RFC 3261 8.1.1.6。" },
	others = {
		{ number = function(t) return tonumber(t:first("method=INVITE dst=bob kind=send"):header "Max-Forwards") end,
			rule = "proxy-max-forwards",
			wrong = {
				{ 70, why = { "That is the value at Alice's phone; each proxy subtracts one.", zh = "那是 Alice 的话机发出时的值；每台代理服务器减一。" } },
				{ 68, why = { "That is the value on its return to atl, which subtracts one more.", zh = "那是它回到 atl 时的值，atl 又减一。" } },
			},
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
			ask = { "If no proxy detected loops, Max-Forwards would stop them. What is the Max-Forwards of the INVITE for `sales` when it reaches Bob?\n\n    rung show loop-and-spiral -m method=INVITE dst=bob",
				zh = "如果没有人检查环路，Max-Forwards 会使它停止。呼叫 `sales` 的 INVITE 到达 Bob 时，Max-Forwards 是多少？\n\n    rung show loop-and-spiral -m method=INVITE dst=bob" },
			why = { "Read it in the INVITE that `atl` sends to `bob`.",
				zh = "读 `atl` 发给 `bob` 的 INVITE。" },
			hint = { "`-m method=INVITE to=2s`, hop by hop: a proxy counts each time that it forwards the request.",
				zh = "`-m method=INVITE to=2s`，逐跳看：代理服务器每转发一次就计一次。" } },
		{ number = function(t) return t:count "src=alice kind=send from=4.1s" end,
			unit = { "messages", zh = "条消息" },
			rule = "ict-ack",
			wrong = {
				{ 1, why = { "A rejection is acknowledged.", zh = "拒绝要得到确认。" } },
				{ 6, why = { "That is the number of INVITEs and ACKs on all hops together.", zh = "那是各跳上 INVITE 和 ACK 的总数。" } },
			},
			records = function(t) return t:all "src=alice kind=send from=4.1s" end,
			ask = { "The loop causes the proxies a lot of work. How many messages must Alice's phone send for it, from 4.1 s on?\n\n    rung show loop-and-spiral node=alice from=4.1s",
				zh = "环路使代理服务器付出不少代价。从 4.1 s 起，Alice 的话机为此要发送多少条消息？\n\n    rung show loop-and-spiral node=alice from=4.1s" },
			why = { "Only what Alice's phone sends counts.",
				zh = "只算从 Alice 的话机发出的。" },
			hint = { "`dst=alice kind=send from=4.1s` is what it gets: which of these does it respond to, RFC 3261 17.1.1.3, and what did it send first?",
				zh = "`dst=alice kind=send from=4.1s` 是它收到的：它为此问过什么，对其中哪些还要回答，RFC 3261 17.1.1.3？" } },
	},
}

task {
	number = function(t)
		local r, n = t:first "method=INVITE dst=bob kind=send", 0
		while r:header("Record-Route", n + 1) do
			n = n + 1
		end
		return n
	end,
	points = 2,
	rule = "proxy-forward",
	wrong = {
		{ 2, why = { "There are two proxies, but atl is passed twice, and records its route each time.", zh = "代理服务器是两台，但 atl 经过两次，每次都记录路由。" } },
		{ 4, why = { "Phones record none.", zh = "话机不记录。" } },
	},
	why = { "Count the Record-Route fields in the INVITE that arrives at Bob's phone: one for each time that a proxy forwarded it.",
		zh = "数到达 Bob 的话机的 INVITE 的 Record-Route：代理服务器每转发一次就有一个。" },
	records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
	hint = { "Go along `method=INVITE src=atl,bil kind=send to=2s`: at each of these transmissions RFC 3261 16.6 step 4 adds one.",
		zh = "沿 `method=INVITE src=atl,bil kind=send to=2s` 看：按 RFC 3261 16.6 第 4 步，每次发送增加一个。" },
	others = {
		{ number = function(t)
				local r, n = t:first "method=INVITE dst=bob kind=send", 0
				while r:header("Via", n + 1) do n = n + 1 end
				return n
			end,
			rule = "proxy-forward",
			wrong = {
				{ 3, why = { "That is the number of the proxies' fields; which other node has sent it?", zh = "代理服务器的有这么多；还有谁发送过它？" } },
				{ 2, why = { "A node that has sent it twice has two in it.", zh = "发送过两次的节点有两个。" } },
			},
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
			ask = { "How many Via fields does the INVITE for `sales` have when it reaches Bob?\n\n    rung show loop-and-spiral -m method=INVITE dst=bob",
				zh = "呼叫 `sales` 的 INVITE 到达 Bob 时有多少个 Via 头字段？\n\n    rung show loop-and-spiral -m method=INVITE dst=bob" },
			why = { "Each transmission of that request has added one on top, including the phone's own.",
				zh = "该请求每发送一次就在最上面加一个，话机自己的也在其中。" },
			hint = { "The response returns along these: compare with `status=180 kind=send`.",
				zh = "响应按它们返回：与 `status=180 kind=send` 比较。" } },
		{ number = function(t) return t:count "src=bil kind=send to=4s" end,
			unit = { "messages", zh = "条消息" },
			wrong = {
				{ { 3, 4 }, why = { "That is only the forwarded requests, or only the responses; count both, and its own 100.", zh = "那只是它转发的请求或响应；两者都要算，还有它自己的 100。" } },
			},
			records = function(t) return t:all "src=bil kind=send to=4s" end,
			ask = { "How many messages does `bil` send for the first call, requests and responses?\n\n    rung show loop-and-spiral src=bil kind=send to=4s",
				zh = "为第一个呼叫，`bil` 发送多少条消息，请求和响应都算？\n\n    rung show loop-and-spiral src=bil kind=send to=4s" },
			why = { "Count everything that `bil` sends before the second call begins.",
				zh = "第二个呼叫开始之前从 `bil` 发出的一切。" },
			hint = { "`dst=bil kind=send to=4s` is what it receives: it forwards all except one response, and RFC 3261 17.2.1 adds one that `bil` makes itself.",
				zh = "`dst=bil kind=send to=4s` 是到达它的：除一个响应外都从那里继续，另按 RFC 3261 17.2.1，`bil` 自己生成一个。" } },
	},
}

task {
	goal = {
		{ "an INVITE passes the third name, help", zh = "INVITE 经过第三个名字 help",
			function(t)
				return t:first("method=INVITE kind=send", function(r) return r.text:find("^INVITE sip:help@atlanta") end)
			end },
		{ "bil detects the loop, and atl does not", zh = "发现环路的是 bil，不是 atl",
			function(t)
				local r = t:first "status=482 kind=send"
				return r ~= nil and r.src == "bil" and r.rule == "proxy-loop", r
			end, rule = "proxy-loop",
			why = { "Which node sees the same Request-URI for the second time first?", zh = "谁先第二次看到同样的 Request-URI？" } },
	},
	points = 3,
}
