-- The tasks of rfc5359-2.13; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--lan.delay=5ms..45ms:10ms" }

task {
	choice = {
		{ "each is a new request; CSeq says which came later",
			zh = "每个都是新的请求；CSeq 说明先后",
			right = true, rule = "auth-answer-proxy" },
		{ "the number counts the servers that were on the way",
			zh = "编号表示途中经过的服务器的个数",
			why = { "That is what Max-Forwards counts down.", zh = "递减计数跳数的是 Max-Forwards。" }, rule = "proxy-max-forwards" },
		{ "because they are repetitions of one and the same INVITE",
			zh = "因为它们是同一个 INVITE 的重传",
			why = { "A repetition has the same number, and the same bytes.", zh = "重传的编号和字节都相同。" }, rule = "ict-timer-a" },
		{ "because each of them belongs to a dialog of its own",
			zh = "因为它们各属于一个对话",
			why = { "No dialog has been made: nobody has accepted anything.", zh = "还没有对话：没有谁接受过什么。" }, rule = "invite-failed" },
	},
	points = 2,
	records = function(t) return t:all "kind=send src=alice method=INVITE to=2s" end,
}

task {
	choice = {
		{ "it proves who the caller is, as a password would",
			zh = "它像密码一样证明主叫是谁",
			why = { "It says which host sent the message, or seems to have.", zh = "它只说明消息来自（或看似来自）哪台主机。" }, rule = "auth-accept" },
		{ "over UDP little: the proxy's address can be forged",
			zh = "用 UDP 时不太可靠：来源地址可以伪造",
			right = true },
		{ "nothing: every INVITE comes from the caller's own address",
			zh = "毫无用处：每个 INVITE 都来自主叫自己的地址",
			why = { "What a proxy forwards comes from the proxy.", zh = "代理服务器转发的消息来自代理服务器。" }, rule = "proxy-forward" },
		{ "it is safe, as the Via names the same address",
			zh = "可靠，因为 Via 写的是同一个地址",
			why = { "Who forges the one writes the other as well.", zh = "能伪造前者的人也会写后者。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send src=bob status=305" end,
}

task {
	find = {
		node = "proxy",
		rule = "auth-accept",
		record = function(t)
			return t:first "kind=auth node=proxy op=accept"
		end,
	},
	points = 2,
	why = { "A From is a claim; that which proves it is the answer to the challenge.",
		zh = "From 只是声称；对质询的回答才是证明。" },
}

local function invite(t)
	return t:first "kind=send src=alice method=INVITE"
end

local function refused(t)
	return t:first "kind=recv dst=alice status=403"
end

task {
	time = function(t) return refused(t).time - invite(t).time end,
	tolerance = "1ms",
	wrong = {
		{ function(t) return t:first("kind=recv dst=alice status=305").time - invite(t).time end, rule = "redirect-use-proxy",
			why = { "A 305 says by which way to come; her phone goes on.", zh = "305 说明该走哪条路；她的话机继续。" } },
		{ function(t) return t:first("kind=recv dst=alice status=407").time - invite(t).time end, rule = "auth-407",
			why = { "A 407 asks for a password; her phone goes on.", zh = "407 要求密码；她的话机继续。" } },
		{ function(t) return t:first("kind=send src=proxy status=403").time - invite(t).time end,
			why = { "Then the proxy sends it.", zh = "那是代理服务器发送它的时间。" } },
	},
	rule = "screen-in",
	why = { "Two records at Alice's phone: it sends its first INVITE, and the 403 arrives.",
		zh = "看 Alice 的话机的两条记录：它发送第一个 INVITE，以及 403 到达。" },
	records = refused,
}

task {
	goal = {
		{ "Alice is sent to the proxy first: 305", zh = "Alice 先被指向代理服务器：305",
			function(t) return t:count "kind=recv dst=alice status=305" > 0, t:first "kind=recv dst=alice status=305" end },
		{ "the proxy knows who she is", zh = "代理服务器知道她是谁",
			function(t)
				return t:first "kind=auth node=proxy op=accept"
			end, rule = "auth-accept" },
		{ "Bob's phone gets the INVITE from the proxy, and answers", zh = "Bob 的话机收到来自代理服务器的 INVITE，并接听",
			function(t)
				local r = t:first "kind=send src=proxy dst=bob method=INVITE"
				return r ~= nil and t:count "kind=send src=bob status=200 cseq=INVITE" > 0, r
			end, rule = "screen-in" },
		{ "nobody says 403", zh = "没有人返回 403",
			function(t) return t:count "kind=send status=403" == 0, t:first "kind=send status=403" end },
	},
	points = 3,
}
