-- The tasks of srtp-listener; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "proxy1--line.delay=20ms..90ms:10ms", "seed=1..999:1" }

local function refused(t)
	return t:first "kind=media op=refused node=dave"
end

local function packets(t, op, node)
	return t:first("kind=media op=" .. op .. " node=" .. node).packets
end

task {
	number = function(t) return refused(t).no_key end,
	unit = { "packets", zh = "个数据包" },
	rule = "secret-open",
	wrong = {
		{ function(t) return packets(t, "stop", "bob") - packets(t, "heard", "dave") end,
			why = { "That also counts what was still on its way when Dave had hung up.", zh = "这里还包括 Dave 挂断时仍在途中的数据包。" } },
		{ function(t) return packets(t, "heard", "dave") end, why = { "Those are the ones that he has heard.", zh = "那些他听到了。" } },
	},
	why = { "A record of Dave's phone, at the end of the call, says how many packets it could not use.", zh = "呼叫结束时，Dave 的话机有一条记录说明有多少数据包它无法使用。" },
	records = refused,
	hint = { "`op=refused node=dave` is written when the call ends.",
		zh = "`op=refused node=dave` 在呼叫结束时写下。" },
}

task {
	draw = "status=200 cseq=INVITE to=4s",
	ahead = true,
	rule = "secret-answer",
	hint = { "`text=crypto cseq=INVITE kind=send to=4s` has all messages with a key: RFC 4568, 7.1 says with whose key a phone encrypts, so start at that phone.",
		zh = "`text=crypto cseq=INVITE kind=send to=4s` 是带密钥的全部消息：话机用谁的密钥加密，见 RFC 4568 第 7.1 节，再从那部话机开始。" },
	others = {
		{
			number = 200,
			ask = { "Before you look at the run: which status has the response that brings Dave's phone the key for Bob's packets?\n\n    rung show srtp-listener -m dst=dave cseq=INVITE",
				zh = "先不看运行：Dave 的话机会在哪个响应中得到 Bob 的数据包的密钥？状态码是多少？\n\n    rung show srtp-listener -m dst=dave cseq=INVITE" },
			ahead = true,
			wrong = {
				{ 180, why = { "See whether it has a session description.", zh = "请看它有没有会话描述。" } },
				{ 100, why = { "It comes from proxy 1, which has no media.", zh = "它来自代理服务器 1，那里没有媒体。" } },
			},
			rule = "secret-answer",
			why = { "Bob's phone encrypts with a key of its own. Which message contains this key?",
				zh = "Bob 的话机用自己的密钥加密。它在哪条消息中说明？" },
			hint = { "`src=bob cseq=INVITE kind=send to=4s` is what Bob's phone answers to the offer: RFC 4568, 7.1; which of these contains a description, by its Content-Length?",
				zh = "`src=bob cseq=INVITE kind=send to=4s` 是 Bob 的话机对提议的响应，RFC 4568 第 7.1 节：按 Content-Length，其中哪个带有描述？" },
			records = function(t) return t:first "kind=send dst=dave cseq=INVITE status=200" end,
		},
		{
			draw = "method=INVITE to=4s",
			ask = { "Before you look at the run: draw the path on which Dave's own key gets to Bob's phone, one line for each hop, such as `dave -> proxy1 BYE`.\n\n    rung show srtp-listener -m src=dave to=2s",
				zh = "先不看运行：画出 Dave 自己的密钥会经怎样的路径到达 Bob 的话机，每一跳一行，如 `dave -> proxy1 BYE`。\n\n    rung show srtp-listener -m src=dave to=2s" },
			ahead = true,
			rule = "secret-agree",
			hint = { "`kind=route to=2s` has the choice of each next hop on the path; `INVITE@dave` starts on it with Dave's key in its body.",
				zh = "`kind=route to=2s` 是路上每次对下一跳的选择；带着 Dave 的密钥出发的是 `INVITE@dave`。" },
		},
	},
}

task {
	choice = {
		{ "Noise alone, since keys go from phone to phone, and through no other hands",
			zh = "只有噪声，因为密钥从话机到话机，不经过别人之手",
			why = { "They take the same path as the INVITE and its answer.", zh = "密钥与 INVITE 及其应答走同样的路。" } },
		{ "What both of them say, since he has seen the keys of the offer and the answer", right = true,
			zh = "双方所说的话，因为提议和应答中的密钥他都看到了" },
		{ "What Dave says, since the key of the INVITE is his, and what Bob says is noise",
			zh = "Dave 所说的话，因为 INVITE 中是他的密钥；Bob 所说的是噪声",
			why = { "How does Dave's phone get the key for Bob's packets?", zh = "Dave 的话机怎样得到 Bob 所说内容的密钥？" } },
		{ "What is said before the answer, since there is no key yet, and noise after it",
			zh = "应答之前所说的话，因为那时还没有密钥；之后是噪声",
			why = { "Bob's phone has its key, and encrypts the first packet, too.", zh = "Bob 的话机已有密钥，第一个数据包也加密。" } },
	},
	points = 2,
	rule = "secret-agree",
	records = function(t)
		return { t:first "kind=send src=dave method=INVITE", t:first "kind=send dst=dave cseq=INVITE status=200" }
	end,
	hint = { "Listen to heard.wav. `proto=tls kind=send to=4s` has the handshakes of Dave's call: which hops do the offer and its answer take without one?",
		zh = "听 heard.wav。`proto=tls kind=send to=4s` 是 Dave 的呼叫中的握手：提议和应答走过的哪些跳没有握手？" },
}

task {
	choice = {
		{ "Nobody: TLS keeps them sealed, on all of their way from her phone to Bob's",
			zh = "没有人：从她的话机到 Bob 的话机，TLS 全程加密",
			why = { "TLS is between two neighbours.", zh = "TLS 只在相邻两方之间。" } },
		{ "The listener: each handshake of TLS goes over the line where he can read it",
			zh = "旁听者：TLS 的每次握手都经过他能读到的线路",
			why = { "Nobody gets the secret of TLS from its handshake.", zh = "从握手中得不到 TLS 的秘密。" } },
		{ "Proxy 2 alone: it is the one that answers for the domain of the URI she calls",
			zh = "只有代理服务器 2：她所呼叫的 URI 的域由它负责",
			why = { "Which node reads her INVITE first?", zh = "她的 INVITE 最先由谁读到？" } },
		{ "Both proxies: each of them opens what comes by TLS and seals it for the next", right = true,
			zh = "两个代理服务器：各自解开 TLS 的内容并为下一跳加密" },
	},
	points = 2,
	rule = "secret-agree",
	records = function(t)
		return t:all("kind=send method=INVITE", function(r) return r.text:find("From: \"Alice", 1, true) end)
	end,
	hint = { "`method=INVITE kind=recv from=5s` has each node that reads her INVITE: between its arrival and its sending it is not encrypted.",
		zh = "`method=INVITE kind=recv from=5s` 是读取她的 INVITE 的各个节点：从到达到再发送之间，它没有加密。" },
}

task {
	number = 302,
	rule = "invite-unfit",
	wrong = {
		{ 488, why = { "That is the status. Warning has its own code.", zh = "那是状态码。Warning 有自己的代码。" } },
		{ { 304, 305 }, why = { "The medium and its formats are supported.", zh = "媒体和格式都可以。" } },
	},
	why = { "Run it with the setting, and look for the Warning of Bob's phone.", zh = "用这个设置运行，找 Bob 的话机发出的 Warning。" },
	hint = { "The `m=` line of the offers says RTP/SAVP; RFC 3261, section 20.43, has a code for it.",
		zh = "提议的 `m=` 行写着 RTP/SAVP；RFC 3261 第 20.43 节有对应的代码。" },
	others = {
		{
			number = 305,
			ask = { "Now Bob's phone has only G.729. Which code has the Warning that it sends?\n\n    rung show srtp-listener --set bob.codecs=G729 -m status=488",
				zh = "现在 Bob 的话机只会 G.729。它发送的 Warning 是哪个代码？\n\n    rung show srtp-listener --set bob.codecs=G729 -m status=488" },
			wrong = {
				{ 488, why = { "That is the status. Warning has its own code.", zh = "那是状态码。Warning 有自己的代码。" } },
				{ { 304, 302 }, why = { "Audio is supported, and so is SRTP.", zh = "声音可以，SRTP 也可以。" } },
			},
			rule = "invite-unfit",
			why = { "Run it with the setting, and look for the Warning of Bob's phone.",
				zh = "用这个设置运行，找 Bob 的话机发出的 Warning。" },
			hint = { "The medium is right and the transport, too; RFC 3261, section 20.43: what is left on the `m=` line?",
				zh = "媒体合适，传输协议也合适；RFC 3261 第 20.43 节：`m=` 行上还剩什么？" },
		},
		{
			number = 304,
			ask = { "Now Bob's phone has only video. Which code has the Warning that it sends?\n\n    rung show srtp-listener --set bob.streams=video -m status=488",
				zh = "现在 Bob 的话机只会视频。它发送的 Warning 是哪个代码？\n\n    rung show srtp-listener --set bob.streams=video -m status=488" },
			wrong = {
				{ 488, why = { "That is the status. Warning has its own code.", zh = "那是状态码。Warning 有自己的代码。" } },
				{ { 305, 302 }, why = { "Formats and keys are not even checked.", zh = "还没有轮到格式和密钥。" } },
			},
			rule = "invite-unfit",
			why = { "Run it with the setting, and look for the Warning of Bob's phone.",
				zh = "用这个设置运行，找 Bob 的话机发出的 Warning。" },
			hint = { "It is the first word of the `m=` line that is not supported: RFC 3261, section 20.43.",
				zh = "不合适的是 `m=` 行的第一个词：RFC 3261 第 20.43 节。" },
		},
	},
}

task {
	goal = {
		{ "Bob answers two calls", zh = "Bob 接听两个呼叫",
			function(t)
				local r = t:last "kind=send src=bob cseq=INVITE status=200"
				return t:count "kind=send src=bob cseq=INVITE status=200" >= 2, r
			end },
		{ "each INVITE goes by TLS", zh = "每个 INVITE 都用 TLS",
			function(t)
				for _, r in ipairs(t:all "kind=send method=INVITE") do
					if r.transport ~= "tls" then return false, r end
				end
				return t:count "kind=send method=INVITE" > 0
			end,
			why = { "Dave's phone must have TLS, and the URI must require it on each hop.", zh = "Dave 的话机要有 TLS，URI 要求每一跳都用它。" } },
		{ "all media are encrypted", zh = "所有媒体都加密",
			function(t)
				for _, r in ipairs(t:all "kind=media op=agree") do
					if not r.suite then return false, r end
				end
				return t:count "kind=media op=agree" >= 4
			end },
	},
	points = 3,
	hint = { "`proto=tls kind=send to=4s` shows which hop of Dave's call has TLS as the lab stands: docs/TLS.md has the attribute for his phone, and the scheme of a URI that requires it on all hops.", zh = "`proto=tls kind=send to=4s` 显示原实验中 Dave 的呼叫哪一跳有 TLS：他的话机要用的属性，以及要求每一跳都用 TLS 的 URI 方案，见 docs/TLS.md。" },
}
