-- The tasks of rfc3665-3.2; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "bob.answer=1s..4s:1s", "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

local function cseq(r)
	return tonumber((r:header("CSeq"):match "%d+"))
end

task {
	choice = {
		{ "Bob's phone: it is the callee of the INVITE", zh = "Bob 的话机：它是 INVITE 的被叫方", rule = "proxy-ack",
			why = { "The sender of the INVITE sends the ACK; Bob's phone has not even received this INVITE.",
				zh = "ACK 由发出 INVITE 的一方发送；这个 INVITE Bob 的话机根本没有听说过。" } },
		{ "the call of Alice's phone, with a new branch, as for a 200", zh = "Alice 话机的呼叫，像对 200 那样用新的 branch", rule = "ict-ack",
			why = { "That is how a 2xx is acknowledged. Compare the branches: this ACK has the INVITE's.",
				zh = "那是确认 2xx 的方式。比较 branch：这个 ACK 用的是 INVITE 的。" } },
		{ "nobody: only a 200 to an INVITE is acknowledged at all", zh = "没有人：只有对 INVITE 的 200 才被确认", rule = "ict-ack",
			why = { "Every final response to an INVITE has its ACK; without it proxy1 would retransmit the 407.",
				zh = "INVITE 的每个最终响应都有 ACK；没有它，proxy1 会重传 407。" } },
		{ "the INVITE transaction of Alice's phone, to proxy1 alone", right = true, rule = "ict-ack",
			zh = "Alice 话机的 INVITE 事务，只发给 proxy1" },
	},
	points = 2,
	records = function(t) return t:first "method=ACK kind=send" end,
}

task {
	draw = "method=INVITE,ACK kind=send",
	given = 2,
	points = 4,
	hint = {
		{ "`method=INVITE,ACK kind=send to=1.05s`: the first INVITE gets no further than proxy1.",
			zh = "`method=INVITE,ACK kind=send to=1.05s`：第一个 INVITE 只到 proxy1。" },
		{ "The ACK for the 200 goes by the route set, RFC 3261 13.2.2.4: which addresses are in Record-Route of `-m method=INVITE dst=bob`?",
			zh = "对 200 的 ACK 按路由集发送，RFC 3261 13.2.2.4：`-m method=INVITE dst=bob` 的 Record-Route 中有哪些地址？" },
	},
	others = {
		{ draw = "cseq=INVITE status=1xx,2xx,4xx kind=send", rule = "proxy-response",
			ask = { "Draw every response to an INVITE in the run, one line for each hop.\n\n    rung show rfc3665-3.2 cseq=INVITE kind=send", zh = "画出运行中对 INVITE 的所有响应，每一跳一行。\n\n    rung show rfc3665-3.2 cseq=INVITE kind=send" },
			hint = { "`dst=alice cseq=INVITE kind=send` is what her phone gets: which of it comes from Bob's phone, over all hops? A response that a server sends by itself at once is for the previous hop, RFC 3261 17.2.1.",
				zh = "`dst=alice cseq=INVITE kind=send` 是她的话机收到的：其中哪些来自 Bob 的话机，走过所有各跳？服务器自己立即说的只给前一跳，RFC 3261 17.2.1。" } },
		{ draw = "cseq=BYE kind=send", rule = "dialog-route",
			ask = { "Draw everything that is sent after Bob hangs up, one line for each hop.\n\n    rung show rfc3665-3.2 cseq=BYE kind=send", zh = "画出 Bob 挂断之后发送的所有消息，每一跳一行。\n\n    rung show rfc3665-3.2 cseq=BYE kind=send" },
			hint = { "The Routes of `BYE@bob` name its hops, and no server challenges it on them; the Vias of `-m method=BYE dst=alice` those of its response.",
				zh = "`BYE@bob` 的 Route 指出去时的各跳，途中没有服务器要凭据；响应返回的各跳见 `-m method=BYE dst=alice` 的 Via。" } },
	},
}

task {
	number = function(t) return cseq(t:first "method=INVITE dst=bob kind=send") end,
	rule = "auth-answer-proxy",
	wrong = {
		{ 1, why = { "That was the INVITE that proxy1 rejected. The one with credentials is another request.",
			zh = "那是 proxy1 没有放行的 INVITE。带凭据的是另一个请求。" } },
		{ 3, why = { "Proxies do not count: only the phone that makes the request sets its CSeq.", zh = "代理服务器不计数：CSeq 只由产生请求的一方设定。" } },
	},
	why = { "Read CSeq in the INVITE that arrives at Bob's phone: which of Alice's attempts is it?",
		zh = "读到达 Bob 的话机的 INVITE 的 CSeq：它是 Alice 的第几次尝试？" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
	ahead = true,
	hint = { "Only Alice's phone sets it: `-m method=INVITE src=alice` has both of her attempts.", zh = "只有 Alice 的话机设定它：她的两次尝试都在 `-m method=INVITE src=alice` 中。" },
	others = {
		{ number = function(t) return cseq(t:first "method=BYE src=bob kind=send") end, rule = "dialog-request", ahead = true,
			ask = { "Before you look at the run: which sequence number (CSeq) will Bob's BYE have?\n\n    rung show rfc3665-3.2 -m method=BYE src=bob", zh = "先不看运行：Bob 的 BYE 的序号（CSeq）会是几？\n\n    rung show rfc3665-3.2 -m method=BYE src=bob" },
			wrong = { { 3, why = { "Alice's phone and Bob's count separately.", zh = "Alice 的话机和 Bob 的话机各自计数。" } }, { 2, why = { "It is the first request that his phone sends in this dialog.", zh = "这是他的话机在这个对话中发送的第一个请求。" } } },
			why = { "How many requests has his phone sent in this dialog before?", zh = "他的话机此前在这个对话中发送过几个请求？" },
			hint = { "Read `BYE@bob`; what else does `src=bob kind=send` have in this dialog?", zh = "读 `BYE@bob`；`src=bob kind=send` 中这个对话还有什么？" },
			records = function(t) return t:first "method=BYE src=bob kind=send" end },
		{ number = function(t)
			local r, n = t:first "method=INVITE dst=bob kind=send", 0 while r:header("Via", n + 1) do
				n = n + 1
			end
			return n
		end, rule = "proxy-forward", unit = { "fields", zh = "个字段" }, ahead = true,
			ask = { "Before you look at the run: how many Via fields will the INVITE have that reaches Bob's phone?\n\n    rung show rfc3665-3.2 -m method=INVITE dst=bob", zh = "先不看运行：到达 Bob 的话机的 INVITE 会有几个 Via 字段？\n\n    rung show rfc3665-3.2 -m method=INVITE dst=bob" },
			wrong = { { 2, why = { "The phone that sends it first also has one.", zh = "发起的话机也有一个。" } }, { 4, why = { "The first message to proxy1 was another request.", zh = "先发给 proxy1 的是另一个请求。" } } },
			why = { "Each sender adds one on top.", zh = "每个发送它的都在最上面加一个。" },
			hint = { "Follow `method=INVITE kind=send from=1.015s` hop by hop.", zh = "逐跳跟踪 `method=INVITE kind=send from=1.015s`。" },
			records = function(t) return t:first "method=INVITE dst=bob kind=send" end },
	},
}

task {
	number = function(t) return t:count "status=100 kind=send" end,
	points = 2,
	rule = "proxy-100",
	wrong = {
		{ 1, why = { "A 100 goes only one hop: each proxy sends its own.", zh = "100 只走一跳：每台代理服务器发自己的。" } },
		{ 3, why = { "The first INVITE is answered at once with 407: no 100 is needed, and none is sent.",
			zh = "第一个 INVITE 立即得到 407：不需要 100，也没有发送。" } },
	},
	why = { "Count the transmissions with status 100, one for each proxy that forwards the INVITE and does not reject it.",
		zh = "数状态码为 100 的发送：每个继续转发而不拒绝的代理服务器一个。" },
	records = function(t) return t:all "status=100 kind=send" end,
	hint = { "`method=INVITE dst=proxy1,proxy2 kind=recv` are the INVITEs that a proxy gets: which of them gets a final response at once, and which needs a provisional one (RFC 3261 17.2.1)?",
		zh = "`method=INVITE dst=proxy1,proxy2 kind=recv` 是代理服务器收到的 INVITE：哪些立即得到最终响应，哪些其间需要别的（RFC 3261 17.2.1）？" },
	others = {
		{ number = function(t) return t:count "status=180 kind=send" end, rule = "proxy-1xx", unit = { "responses", zh = "个响应" },
			ask = { "How many 180 Ringing are sent in total, counting each hop?\n\n    rung show rfc3665-3.2 status=180", zh = "每一跳算一个，一共发送多少个 180 Ringing？\n\n    rung show rfc3665-3.2 status=180" },
			wrong = { { 1, why = { "Unlike a 100 it is forwarded, hop by hop.", zh = "与 100 不同，它逐跳继续前行。" } }, { 2, why = { "Bob's phone has sent it as well.", zh = "Bob 的话机也发送了。" } } },
			why = { "It goes all the way from Bob's phone to Alice's: count the hops.", zh = "它从 Bob 的话机一直到 Alice 的话机：数一数跳数。" },
			hint = { "It begins with `180@bob`, and returns along every Via that has reached Bob's phone, RFC 3261 16.7 step 9; a response that only a proxy sends does not.",
				zh = "它从 `180@bob` 开始，沿到达 Bob 的话机的每个 Via 返回，RFC 3261 16.7 第 9 步；只由代理服务器说的则不是这样。" },
			records = function(t) return t:all "status=180 kind=send" end },
		{ number = function(t) return t:count "method=ACK kind=send" end, rule = "ict-ack", unit = { "ACKs", zh = "个 ACK" },
			ask = { "How many ACKs are sent in total, counting each hop?\n\n    rung show rfc3665-3.2 method=ACK", zh = "每一跳算一个，一共发送多少个 ACK？\n\n    rung show rfc3665-3.2 method=ACK" },
			wrong = { { 3, why = { "The rejection has one as well.", zh = "拒绝也有一个。" } }, { 2, why = { "That for the 200 passes both proxies.", zh = "对 200 的那个经过两个代理服务器。" } } },
			why = { "One is for the rejection, on one hop; one for the 200, from end to end.", zh = "一个是对拒绝的，走一跳；一个是对 200 的，端到端。" },
			hint = { "Her phone acknowledges both of `status=407,200 cseq=INVITE dst=alice kind=recv`: one ACK ends at the next hop; for the other count the Routes of `ACK@alice#2`.",
				zh = "她的话机确认 `status=407,200 cseq=INVITE dst=alice kind=recv` 的两者：一个 ACK 止于下一跳，另一个数 `ACK@alice#2` 的 Route。" },
			records = function(t) return t:all "method=ACK kind=send" end },
	},
}

task {
	choice = {
		{ "A BYE is asked for a password in no network at all.", zh = "在任何网络中都不会对 BYE 要求密码。", rule = "auth-407",
			why = { "A BYE may be challenged like most requests; only ACK and CANCEL may not.",
				zh = "BYE 和大多数请求一样可以被质询；只有 ACK 和 CANCEL 不可以。" } },
		{ "He proved who he is when he registered: both proxies know.", zh = "他注册时已证明过自己：两台代理服务器都知道。", rule = "auth-407",
			why = { "He registered with proxy2, which asks for no password; proxy1 knows nothing about that.",
				zh = "他在 proxy2 注册，而 proxy2 不要密码；proxy1 对此一无所知。" } },
		{ "proxy1 has chosen to ask only who begins a call.", right = true,
			zh = "问谁由它自己决定，这里只问发起呼叫的人。", rule = "auth-407" },
		{ "Alice's credentials hold for the whole dialog.", zh = "Alice 的凭据对整个对话有效。", rule = "auth-ahead",
			why = { "Credentials prove who sends one request. Hers say nothing about Bob.",
				zh = "凭据证明的是某一个请求由谁发出。她的凭据与 Bob 无关。" } },
	},
	points = 2,
	records = function(t) return t:first "method=BYE dst=proxy1 kind=send" end,
}

task {
	goal = {
		{ "Alice calls Bob twice, and both calls are answered", zh = "Alice 两次呼叫 Bob，两次都被接听",
			function(t)
				local ids, n, last = {}, 0, nil
				for _, r in ipairs(t:all "status=200 cseq=INVITE kind=send src=bob") do
					if not ids[r.call_id] then
						ids[r.call_id], n, last = true, n + 1, r
					end
				end
				return n == 2, last
			end },
		{ "proxy1 asks for her password only once", zh = "proxy1 只要求一次密码",
			function(t)
				local r = t:all "status=407 kind=send src=proxy1"
				return #r == 1, r[#r]
			end, rule = "auth-ahead",
			why = { "Her phone still has the nonce of the first challenge.", zh = "她的话机持有第一次质询的 nonce。" } },
		{ "her phone sends three INVITEs in total", zh = "她的话机一共发送三个 INVITE",
			function(t)
				local r = t:all "method=INVITE kind=send src=alice"
				return #r == 3, r[3]
			end },
	},
	points = 3,
}
