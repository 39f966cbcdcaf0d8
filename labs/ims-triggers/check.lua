-- The tasks of ims-triggers; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=2000ms..3000ms:250ms", "seed=1..999:1" }

-- The INVITEs of the urgent call that come to the S-CSCF.
local function urgent(t)
	return t:all("kind=send method=INVITE dst=scscf", function(r) return r:header "Subject" ~= nil end)
end

-- The S-CSCF's copy for the application server.
local function asked(t)
	return t:first "kind=send method=INVITE src=scscf dst=as"
end

task {
	draw = "method=INVITE src=scscf kind=send to=4s",
	points = 2,
	hint = { "The S-CSCF forwards each INVITE that it gets, `-m method=INVITE dst=scscf kind=send to=4s`, once: to the server of the matching criterion, otherwise by the Request-URI.",
		zh = "S-CSCF 每收到一个（`-m method=INVITE dst=scscf kind=send to=4s`），就转发一次：发给谁，由符合的条件决定，否则由 Request-URI 决定。" },
	others = {
		{ draw = "method=INVITE dst=scscf kind=send to=4s",
			rule = "proxy-forward",
			ask = { "Draw the INVITEs that the S-CSCF gets in the first call (up to 4 s), one line for each, `pcscf -> scscf INVITE`.\n\n    rung show ims-triggers method=INVITE dst=scscf to=4s",
				zh = "画出第一个呼叫中（4 s 之前）S-CSCF 收到的 INVITE，每个一行，如 `pcscf -> scscf INVITE`。\n\n    rung show ims-triggers method=INVITE dst=scscf to=4s" },
			hint = { "Follow each of `method=INVITE src=scscf kind=send to=4s`: which node gets it, and where does that node send it, by the Routes that it has?",
				zh = "跟踪 `method=INVITE src=scscf kind=send to=4s` 的每一个：谁收到它，又按其中的 Route 发给谁？" } },
		{ draw = "status=180 kind=send to=4s",
			rule = "proxy-response",
			ask = { "Draw the path of the 180 in the first call (up to 4 s), one line for each hop, `bob -> pcscf 180`.\n\n    rung show ims-triggers status=180 to=4s",
				zh = "画出第一个呼叫中（4 s 之前）180 的路径，每一跳一行，如 `bob -> pcscf 180`。\n\n    rung show ims-triggers status=180 to=4s" },
			hint = { "The Vias of `-m method=INVITE dst=bob to=2s` are its path back, from the top down, RFC 3261 16.7; a node may appear there more than once.",
				zh = "`-m method=INVITE dst=bob to=2s` 的 Via 自上而下就是它返回的路径，RFC 3261 16.7；同一个节点可以出现多次。" } },
	},
}

task {
	text = { "odi-term", "sip:odi-term@192.0.2.12", "<sip:odi-term@192.0.2.12;lr>" },
	wrong = {
		{ "orig", why = { "That is in the Service-Route, for what Alice sends.", zh = "那在 Service-Route 中，用于 Alice 发送的请求。" } },
		{ { "term", "odi" }, why = { "That is a part of it.", zh = "那只是其中一部分。" } },
		{ "bob", why = { "He is in the Request-URI; look at the second Route.", zh = "他在请求 URI 中；请看第二个 Route。" } },
	},
	why = { "The second Route of the INVITE for the application server leads back.", zh = "发往应用服务器的 INVITE 中，第二个 Route 通回来处。" },
	records = asked,
	hint = { "`INVITE@scscf#2` has two Routes; the first is the server itself.",
		zh = "`INVITE@scscf#2` 有两个 Route；第一个是服务器自身。" },
	others = {
		{ text = { "orig", "sip:orig@192.0.2.12", "<sip:orig@192.0.2.12:5060;lr>", "sip:orig@192.0.2.12:5060" },
			wrong = {
				{ "odi-term", why = { "That is for what returns from the application server.", zh = "那用于从应用服务器回来的。" } },
				{ "alice", why = { "She is in From, which a server need not believe.", zh = "她在 From 中，而 From 不必相信。" } },
			},
			records = function(t) return t:first "kind=send method=INVITE src=pcscf dst=scscf" end,
			ask = { "By which user part in a Route does the S-CSCF know that its user makes an INVITE, and that it is not one for the user?\n\n    rung show ims-triggers -m method=INVITE src=pcscf dst=scscf",
				zh = "S-CSCF 凭 Route 中的哪个用户部分知道 INVITE 是它的用户发出的，而不是给他的？\n\n    rung show ims-triggers -m method=INVITE src=pcscf dst=scscf" },
			why = { "Look at the Route of the INVITE that comes from the P-CSCF.",
				zh = "来自 P-CSCF 的 INVITE 的 Route。" },
			hint = { "`INVITE@pcscf` has it, since the phone got it at its registration as Service-Route, RFC 3608 5.",
				zh = "`INVITE@pcscf` 中有它，因为话机注册时从 Service-Route 得到了它，RFC 3608 5。" } },
		{ number = function(t)
				local r, n = t:first "kind=send method=INVITE dst=bob", 0
				while r:header("Via", n + 1) do n = n + 1 end
				return n
			end,
			unit = { "Via fields", zh = "个 Via 头字段" },
			rule = "proxy-forward",
			wrong = {
				{ 5, why = { "That many different nodes have sent it; one of them more than once.", zh = "发送过它的不同节点有这么多；其中一个发送了不止一次。" } },
			},
			records = function(t) return t:first "kind=send method=INVITE dst=bob" end,
			ask = { "How many Via fields does the first INVITE have when it reaches Bob's phone?\n\n    rung show ims-triggers -m method=INVITE dst=bob",
				zh = "第一个 INVITE 到达 Bob 的话机时有几个 Via 头字段？\n\n    rung show ims-triggers -m method=INVITE dst=bob" },
			why = { "Each time that the INVITE was forwarded, one was added on top.",
				zh = "INVITE 每转发一次，就在最上面加一个。" },
			hint = { "Go through `method=INVITE kind=send to=2s` line by line: each adds one on top, RFC 3261 16.6 step 8; the phone's own is the first.",
				zh = "逐行看 `method=INVITE kind=send to=2s`：每一行在顶部加一个，RFC 3261 16.6 第 8 步，第一个是话机自己的。" } },
	},
}

task {
	choice = {
		{ "since Max-Forwards is smaller each time", zh = "因为 Max-Forwards 每次都变小",
			why = { "That ends a loop in the end; it does not distinguish a loop from a spiral.", zh = "它最终会结束环路，但不能区分环路与螺旋。" } },
		{ "since the Routes differ each time", zh = "因为每次的 Route 都不同", right = true },
		{ "since it forgets each time that it has seen the call", zh = "因为它每次都忘记见过这个呼叫",
			why = { "Its own Vias are in the INVITE: it checks those.", zh = "INVITE 中有它自己的 Via：它会看这些。" } },
		{ "since an S-CSCF does not look for loops", zh = "因为 S-CSCF 不检查环路",
			why = { "Every proxy that forks must (RFC 5393 4.2).", zh = "会分叉的代理服务器都必须检查（RFC 5393 第 4.2 节）。" } },
	},
	points = 2,
	why = { "RFC 5393 4.2.1: the second part of the branch contains what decides where the request goes.", zh = "RFC 5393 第 4.2.1 节：决定去向的内容都在 branch 的第二部分中。" },
}

task {
	number = 2,
	wrong = {
		{ 3, why = { "The second call matches no criterion: it is for Alice, and not urgent.", zh = "第二个呼叫不符合任何条件：它打给 Alice，也没有说紧急。" } },
		{ 1, why = { "There are two criteria, one for the callee, one for the caller.", zh = "有两个条件，一个看被叫，一个看主叫。" } },
	},
	why = { "Count the INVITEs that the application server gets.", zh = "数一数应用服务器收到的 INVITE。" },
	records = asked,
	ahead = true,
	hint = { "The INVITEs of `-m method=INVITE src=alice,bob kind=send` show caller, callee and Subject: compare each with both criteria of the handout.",
		zh = "谁呼叫谁、带什么 Subject，看 `-m method=INVITE src=alice,bob kind=send` 的各个 INVITE：用讲义中的两个条件检查每一个。" },
	others = {
		{ number = function(t) return #urgent(t) end,
			unit = { "times", zh = "次" },
			wrong = {
				{ 2, why = { "That would be the number without the subject: for the caller, and for the callee.", zh = "没有那个主题时才是这样：为主叫一次，为被叫一次。" } },
				{ 1, why = { "It checks the services of the caller, and then those of the callee.", zh = "它要先看主叫的业务，再看被叫的。" } },
				{ 4, why = { "Alice has no matching criterion.", zh = "Alice 没有符合的条件。" } },
			},
			records = urgent,
			ask = { "Before you look at the run: how often will the S-CSCF get the INVITE of the third call, the urgent one?\n\n    rung show ims-triggers method=INVITE dst=scscf kind=send",
				zh = "先不看运行：第三个呼叫，即紧急的那个，它的 INVITE 会几次到达 S-CSCF？\n\n    rung show ims-triggers method=INVITE dst=scscf kind=send" },
			why = { "It comes from the P-CSCF, back from the application server, and for the callee.",
				zh = "来自 P-CSCF，从被送往之处回来，以及为被叫而来。" },
			hint = { "Take the last lines of `method=INVITE dst=scscf kind=send`, those after the second BYE.",
				zh = "取 `method=INVITE dst=scscf kind=send` 的最后几行，即第二个 BYE 之后的。" },
			ahead = true },
		{ number = function(t)
				local n, second = 0, t:all "kind=send method=INVITE src=bob"[1]
				for _, r in ipairs(t:all "kind=send method=INVITE") do
					if r.seq >= second.seq and r:header "From" == second:header "From" and not r:header "Subject" then n = n + 1 end
				end
				return n
			end,
			unit = { "INVITEs", zh = "个 INVITE" },
			wrong = {
				{ 1, why = { "Each hop is one transmission.", zh = "每一跳都是一次发送。" } },
				{ 8, why = { "That is the number for the first call, which goes through the application server.", zh = "第一个呼叫有这么多，它经过应用服务器。" } },
			},
			records = function(t) return t:all "kind=send method=INVITE src=bob" end,
			ask = { "Before you look at the run: how many transmissions, hop by hop, will the INVITE of the second call need from Bob's phone to Alice's?\n\n    rung show ims-triggers method=INVITE kind=send",
				zh = "先不看运行：第二个呼叫的 INVITE 从 Bob 的话机到 Alice 的话机，逐跳要发送几次？\n\n    rung show ims-triggers method=INVITE kind=send" },
			why = { "Follow the call from node to node until it is at Alice's phone.",
				zh = "逐个节点跟随呼叫，直到 Alice 的话机。" },
			hint = { "`INVITE@bob` is its first transmission: P-CSCF, S-CSCF, I-CSCF, and which of them again?",
				zh = "`INVITE@bob` 是它的第一次发送：P-CSCF、S-CSCF、I-CSCF，其中哪些会再次出现？" },
			ahead = true },
	},
}

task {
	choice = {
		{ "Alice, by a SUBSCRIBE of the server's", zh = "Alice，因服务器发送的 SUBSCRIBE",
			why = { "The server has subscribed to nothing.", zh = "服务器没有订阅任何东西。" } },
		{ "the HSS, which has sent it the profile", zh = "HSS，它发送了签约数据",
			why = { "The HSS answers any server that asks; the application server did not.", zh = "HSS 只应答询问者；服务器没有询问。" } },
		{ "Bob's phone, by a second Contact", zh = "Bob 的话机，通过第二个 Contact",
			why = { "His phone does not know the server.", zh = "他的话机不知道有这台服务器。" } },
		{ "the S-CSCF, with a REGISTER", zh = "S-CSCF，通过它自己的 REGISTER", right = true },
	},
	rule = "register-third",
}

task {
	goal = {
		{ "a call of Alice's goes through the application server twice", zh = "Alice 的一个呼叫两次经过应用服务器",
			function(t)
				local r = asked(t)
				return t:count "kind=send method=INVITE src=scscf dst=as" == 2 and t:count "kind=send method=INVITE src=bob" == 0, r
			end,
			why = { "One criterion is for the caller, the other for the callee: both match the same call.", zh = "一个条件看主叫，另一个看被叫：让同一个呼叫两者都符合。" } },
		{ "and is answered", zh = "而且被接听",
			function(t)
				local r = t:first "kind=send src=bob status=200 cseq=INVITE"
				return r ~= nil, r
			end },
	},
	points = 3,
}
