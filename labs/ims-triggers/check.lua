-- The tasks of ims-triggers; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=2000ms..3000ms:250ms", "seed=1..999:1" }

-- The S-CSCF's copy for the application server.
local function asked(t)
	return t:first "kind=send method=INVITE src=scscf dst=as"
end

task {
	draw = "method=INVITE src=scscf kind=send to=4s",
	points = 2,
}

task {
	text = { "odi-term", "sip:odi-term@192.0.2.12", "<sip:odi-term@192.0.2.12;lr>" },
	wrong = {
		{ "orig", why = { "That stands in the Service-Route, for what Alice sends.", zh = "那在 Service-Route 中，用于 Alice 发送的请求。" } },
		{ { "term", "odi" }, why = { "That is a part of it.", zh = "那只是其中一部分。" } },
		{ "bob", why = { "He is in the Request-URI; look at the second Route.", zh = "他在请求 URI 中；请看第二个 Route。" } },
	},
	why = { "The second Route of the INVITE for the application server leads back.", zh = "发往应用服务器的 INVITE 中，第二个 Route 通回来处。" },
	records = asked,
}

task {
	choice = {
		{ "since Max-Forwards is smaller each time", zh = "因为 Max-Forwards 每次都变小",
			why = { "That ends a loop in the end; it does not tell one from a spiral.", zh = "它最终会结束环路，但不能区分环路与螺旋。" } },
		{ "since its Routes are others each time", zh = "因为每次的 Route 都不同", right = true },
		{ "since it has forgotten that it has seen the call", zh = "因为它已忘记见过这个呼叫",
			why = { "Its own Vias are in the INVITE: it looks at those.", zh = "INVITE 中有它自己的 Via：它会看这些。" } },
		{ "since an S-CSCF does not look for loops", zh = "因为 S-CSCF 不检查环路",
			why = { "Every proxy that forks has to (RFC 5393 4.2).", zh = "会分叉的代理服务器都必须检查（RFC 5393 第 4.2 节）。" } },
	},
	points = 2,
	why = { "RFC 5393 4.2.1: what decides where it goes is in the second part of the branch.", zh = "RFC 5393 第 4.2.1 节：决定去向的内容都在 branch 的第二部分中。" },
}

task {
	number = 2,
	wrong = {
		{ 3, why = { "The second call fits no criterion: it is for Alice, and says nothing of urgency.", zh = "第二个呼叫不符合任何条件：它打给 Alice，也没有说紧急。" } },
		{ 1, why = { "There are two criteria, one for who is called, one for who calls.", zh = "有两个条件，一个看被叫，一个看主叫。" } },
	},
	why = { "Count the INVITEs that the application server gets.", zh = "数一数应用服务器收到的 INVITE。" },
	records = asked,
}

task {
	choice = {
		{ "Alice, by a SUBSCRIBE of the server's", zh = "Alice，因服务器发送的 SUBSCRIBE",
			why = { "The server has subscribed to nothing.", zh = "服务器没有订阅任何东西。" } },
		{ "the HSS, which has sent it the profile", zh = "HSS，它发送了签约数据",
			why = { "The HSS answers whoever asks; the server did not.", zh = "HSS 只应答询问者；服务器没有询问。" } },
		{ "Bob's phone, by a second Contact", zh = "Bob 的话机，通过第二个 Contact",
			why = { "His phone does not know of the server.", zh = "他的话机不知道有这台服务器。" } },
		{ "the S-CSCF, by a REGISTER of its own", zh = "S-CSCF，通过它自己的 REGISTER", right = true },
	},
	rule = "register-third",
}

task {
	goal = {
		{ "a call of Alice's goes by way of the application server twice", zh = "Alice 的一个呼叫两次经过应用服务器",
			function(t)
				local r = asked(t)
				return t:count "kind=send method=INVITE src=scscf dst=as" == 2 and t:count "kind=send method=INVITE src=bob" == 0, r
			end,
			why = { "One criterion is for the caller, the other for the one who is called: both fit the same call.", zh = "一个条件看主叫，另一个看被叫：让同一个呼叫两者都符合。" } },
		{ "and is answered", zh = "而且被接听",
			function(t)
				local r = t:first "kind=send src=bob status=200 cseq=INVITE"
				return r ~= nil, r
			end },
	},
	points = 3,
}
