-- The tasks of sips-end-to-end; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "lan1--lan2.delay=12ms..60ms:4ms", "seed=1..999:1" }

-- The first INVITE from Proxy 1 to Proxy 2, and how long it took.
local function between(t)
	local r = t:first "method=INVITE kind=send src=proxy1 dst=proxy2"
	return r:arrival().time - r.time, r
end

-- One way from Proxy 1 to Proxy 2.
local function way(t)
	local r = t:first "method=BYE kind=send src=proxy1 dst=proxy2"
	return r:arrival().time - r.time
end

task {
	time = function(t) return (between(t)) end,
	tolerance = "1ms",
	rule = "tls-handshake",
	wrong = {
		{ way, why = { "That is the time of a message once there is a connection, such as the BYE.", zh = "那是已有连接时一条消息所需的时间，如 BYE。" } },
		{ function(t) return between(t) - way(t) end,
			why = { "At that time both handshakes are over. The INVITE is only sent then.", zh = "那时两次握手刚结束，INVITE 才上路。" } },
	},
	why = { "From the INVITE that Proxy 1 sends to the same one received by Proxy 2.", zh = "从 Proxy 1 发出 INVITE，到 Proxy 2 收到同一个 INVITE。" },
	records = function(t)
		local r = select(2, between(t))
		return { r, r:arrival() }
	end,
	hint = { "Both handshakes take whole round trips: count the arrows of `src=proxy1 dst=proxy2 to=2s`.",
		zh = "两种握手都占整数个往返：数 `src=proxy1 dst=proxy2 to=2s` 的箭头。" },
}

task {
	time = function(t) return between(t) - 2 * way(t) end,
	tolerance = "1ms",
	points = 2,
	rule = "tls-handshake",
	wrong = {
		{ function(t) return (between(t)) end, why = { "That is the time with 1.2. Count the arrows of both handshakes.", zh = "那是 1.2 所需的时间。数一数两种握手的箭头。" } },
		{ function(t) return between(t) - 4 * way(t) end,
			why = { "That is TCP's handshake alone: TLS takes time in 1.3, too.", zh = "那只有 TCP 的握手：TLS 1.3 的握手也要时间。" } },
	},
	why = { "Run it with `--set proxy2.tls=1.3`, in your copy if you have one, and measure as before.",
		zh = "加上 `--set proxy2.tls=1.3` 运行（有副本就用副本），再像前一题那样测量。" },
	records = function(t) return t:first "kind=send src=proxy1 dst=proxy2 proto=tls" end,
	ahead = true,
	hint = { "RFC 8446, section 2: in which message does the client of 1.3 send its key share? Compare `src=alice proto=tls`.",
		zh = "RFC 8446 第 2 节：1.3 的客户端在哪条消息中发送密钥份额？与 `src=alice proto=tls` 比较。" },
}

task {
	choice = {
		{ "Alice's and Bob's phones, and the proxies on the way", right = true, zh = "两部话机，以及途中的两台代理服务器" },
		{ "Both phones, and nobody else, since it is a sips call", zh = "只有两部话机，因为这是一个 sips 呼叫",
			why = { "Each connection ends at a proxy, which adds a Via and a Record-Route to what it reads there.",
				zh = "每条连接都止于代理服务器，它读到请求，再加上 Via 和 Record-Route。" } },
		{ "Both phones and Proxy 2, whose version of TLS is older", zh = "两部话机和 Proxy 2，因为它的 TLS 版本较旧",
			why = { "Version 1.2 encrypts it on the line, too. Look at where connections end.", zh = "1.2 版在线路上同样加密。看连接止于何处。" } },
		{ "Both phones and whoever has got a server's certificate", zh = "两部话机，以及得到服务器证书的任何人",
			why = { "Everybody can see a certificate; the key that belongs to it stays with its owner.",
				zh = "证书谁都可以看；与它对应的私钥留在所有者手中。" } },
	},
	rule = "plain-signalling",
	hint = { "Each node that has written a Via into `-m method=INVITE dst=bob` has had its text unencrypted; TLS ends at each of them, RFC 3261, 26.2.1.", zh = "凡在 `-m method=INVITE dst=bob` 中写入 Via 的节点，都得到过它的全文；TLS 在每个节点处终止，RFC 3261 第 26.2.1 节。" },
}

task {
	find = {
		node = "proxy2",
		rule = "sips-kept",
		record = function(t) return t:first "kind=bad node=proxy2" end,
	},
	points = 3,
	why = { "Go back from the 480: what was found about the address at which Carol is registered?",
		zh = "从 480 往回看：对 Carol 注册的地址，发现了什么？" },
	hint = { "`node=proxy2 kind=lookup,bad,route from=4.3s to=5s` is what Proxy 2 decides about that call before its 480.",
		zh = "`node=proxy2 kind=lookup,bad,route from=4.3s to=5s` 是 Proxy 2 在发出 480 之前对这个呼叫所作的决定。" },
	others = {
		{
			draw = "status=480",
			ask = { "Draw how the rejection that ends the second call gets to Alice's phone: one line for each hop, such as `bob -> proxy2 486`. Which node has made it, and why?\n\n    rung show sips-end-to-end status=4xx kind=send",
				zh = "画出结束第二个呼叫的拒绝怎样到达 Alice 的话机：每一跳一行，如 `bob -> proxy2 486`。它由哪个节点产生，为什么？\n\n    rung show sips-end-to-end status=4xx kind=send" },
			rule = "sips-kept",
			hint = { "Follow the causes of the 480 back from Alice's phone, `status=480 dst=alice`: the node that has sent it without having received it is the one that has made it.",
				zh = "从 Alice 的话机处 `status=480 dst=alice` 往回查 480 的起因：没有人把它发给该节点的，就是产生它的节点。" },
		},
		{
			draw = "node=carol src=proxy2",
			ask = { "Draw every request that Carol's phone receives in the whole run, one line for each, such as `proxy1 -> carol CANCEL`. To which of the three calls does it belong, and by which transport does it arrive?\n\n    rung show sips-end-to-end dst=carol kind=send",
				zh = "画出整个运行中到达 Carol 的话机的每个请求，每个一行，如 `proxy1 -> carol CANCEL`。它们属于三个呼叫中的哪一个，用哪种传输到达？\n\n    rung show sips-end-to-end dst=carol kind=send" },
			rule = "sips-kept",
			hint = { "`kind=lookup from=4s` has the two questions for Carol: one of these calls is forwarded to her, and `src=carol kind=send` is what she answers.",
				zh = "`kind=lookup from=4s` 是对 Carol 的两次查询：其中一个呼叫转到她那里，`src=carol kind=send` 是她的响应。" },
		},
	},
}

task {
	choice = {
		{ "It has TLS as well, since the first hop has it", zh = "它也用 TLS，因为第一跳用了",
			why = { "Read the topmost Via of the INVITE that Carol's phone receives.", zh = "读 Carol 的话机收到的 INVITE 最上面的 Via。" } },
		{ "It has no TLS, since she called a sip URI", zh = "它不用 TLS，因为她呼叫的是 sip URI",
			why = { "A sip URI leaves it open: two hops of this call use TLS.", zh = "sip URI 不作要求：这个呼叫有两跳用了 TLS。" } },
		{ "Nothing: her URI has asked for nothing there", zh = "一无所知：她的 URI 对那里没有要求", right = true },
		{ "What Carol's Contact in the 200 says about it", zh = "200 中 Carol 的 Contact 所说的",
			why = { "A Contact says where its user wants to be reached, not how a request reached her.",
				zh = "Contact 说的是用户希望在哪里被联系到，不是请求怎样到达她。" } },
	},
	rule = "uac-tls",
	hint = { "RFC 3261, 26.2.2 says what a sips URI requires of the hops. Compare the first line and the topmost Via of `-m method=INVITE dst=carol` with those of `-m method=INVITE dst=bob`.", zh = "sips URI 对各跳有何要求，见 RFC 3261 第 26.2.2 节。把 `-m method=INVITE dst=carol` 的首行和最上面的 Via 与 `-m method=INVITE dst=bob` 的比较。" },
}

-- The answer of Carol's phone to a call to that URI, and whether it was asked by TLS.
local function answered(t, uri)
	local calls = {}
	for _, r in ipairs(t:all "method=INVITE kind=send src=alice") do
		if r.text:match "^INVITE (%S+)" == uri then calls[r.call_id] = true end
	end
	for _, r in ipairs(t:all "method=INVITE kind=send dst=carol") do
		if calls[r.call_id] then
			for _, a in ipairs(t:all "status=200 cseq=INVITE kind=send dst=alice") do
				if a.call_id == r.call_id then return true, r end
			end
		end
	end
	return false
end

task {
	goal = {
		{ "Carol answers the call to her sips URI", zh = "Carol 接听对她的 sips URI 的呼叫",
			function(t) return answered(t, "sips:carol@biloxi.example.com") end,
			rule = "sips-kept",
			why = { "Two things are missing: TLS at her phone, and a sips Contact in her registration.",
				zh = "缺两样：她的话机上的 TLS，以及注册为 sips 的 Contact。" } },
		{ "and that to her sip URI", zh = "也接听对她的 sip URI 的呼叫",
			function(t) return answered(t, "sip:carol@biloxi.example.com") end },
		{ "no INVITE comes to her by UDP", zh = "没有 INVITE 用 UDP 到达她",
			function(t)
				local r = t:first("method=INVITE kind=send dst=carol", function(r) return r.transport ~= "tls" end)
				return r == nil, r
			end },
	},
	points = 3,
	hint = { "A user whose `aor` is a sips URI has a sips Contact (docs/TLS.md).", zh = "`aor` 为 sips URI 的用户，其 Contact 也是 sips（docs/TLS.md）。" },
}
