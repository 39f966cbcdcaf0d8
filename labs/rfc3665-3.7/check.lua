-- The tasks of rfc3665-3.7; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1s..3s:1s", "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

-- The last dialog record of Alice's that names a remote target.
local function moved(t)
	return t:last("kind=dialog node=alice", function(r) return r.remote_target end)
end

local function address(r)
	return r.remote_target:match "@([%d.]+)"
end

task {
	choice = {
		{ "from the topmost Via of the 200", zh = "从 200 最上面的 Via", rule = "dialog-uac",
			why = { "Via says which way the response goes back: there stand the proxy and Alice herself.", zh = "Via 说明响应怎样返回：里面是代理服务器和 Alice 自己。" } },
		{ "from the To of the 200", zh = "从 200 的 To", rule = "dialog-uac",
			why = { "To says whom the call was for; no device is reached by it without a proxy.", zh = "To 说明呼叫原本找谁；没有代理服务器就不能凭它到达设备。" } },
		{ "from the registrar, which it asked", zh = "从注册服务器，它去查询过", rule = "dialog-uac",
			why = { "Registrars are not asked by phones for others. Nothing of the kind is in the run.", zh = "话机不会向注册服务器查询别人。运行中没有这样的消息。" } },
		{ "from the Contact of the 200", right = true, zh = "从 200 的 Contact", rule = "dialog-uac" },
	},
	points = 2,
	records = function(t) return t:first "status=200 dst=alice kind=send" end,
}

task {
	choice = {
		{ "To, in which there is a tag", right = true, zh = "To，其中带有一个 tag", rule = "reinvite" },
		{ "CSeq, which is greater than before", zh = "CSeq，它比以前大", rule = "reinvite",
			why = { "It is not: Bob counts for himself. And a number alone names no dialog.", zh = "并不大：Bob 单独计数。而且单凭序号不能确定对话。" } },
		{ "Via, with the branch of the first INVITE", zh = "Via，branch 与首个 INVITE 相同", rule = "reinvite",
			why = { "Each transaction has a branch of its own; compare the two.", zh = "每个事务都有自己的 branch；比较一下。" } },
		{ "Contact, which is a new one", zh = "Contact，它是新的", rule = "dialog-refresh",
			why = { "That is what it changes, not by what it is known.", zh = "那是它要改变的内容，不是识别它的依据。" } },
	},
	points = 2,
	hint = { "A first INVITE can't know this yet.", zh = "首个 INVITE 还不可能知道它。" },
	records = function(t) return t:first "method=INVITE src=bob kind=send" end,
}

task {
	number = function(t)
		return tonumber((t:first("method=INVITE src=bob kind=send"):header("CSeq"):match "%d+"))
	end,
	rule = "dialog-request",
	wrong = {
		{ 2, why = { "Alice's requests are counted by her phone. Bob's counts its own: how many has it sent before?", zh = "Alice 的请求由她的话机计数。Bob 的话机为自己的请求计数：此前它发送过几个？" } },
	},
	why = { "Read CSeq in the INVITE that Bob's phone sends: it counts its own requests only.",
		zh = "读 Bob 的话机发送的 INVITE 的 CSeq：它只给自己的请求计数。" },
	records = function(t) return t:all "method=INVITE kind=send" end,
}

task {
	text = function(t) return { address(moved(t)), moved(t).remote_target } end,
	points = 2,
	rule = "dialog-refresh",
	wrong = {
		{ "198.51.100.2", why = { "So it was at 5 s. The Contact of the re-INVITE has changed it.", zh = "5 s 时是这样。re-INVITE 的 Contact 改变了它。" } },
		{ "198.51.100.1", why = { "That is the proxy, which is in no route set.", zh = "那是代理服务器，它不在任何路由集中。" } },
	},
	why = { "Read remote target in the state of Alice's phone at 8 s: it is the Contact of the re-INVITE.",
		zh = "读 8 s 时 Alice 的话机的状态中的远端目标：即 re-INVITE 的 Contact。" },
	records = moved,
}

task {
	goal = {
		{ "Bob's phone has moved and has sent no re-INVITE", zh = "Bob 的话机已移动，且没有发送 re-INVITE",
			function(t)
				return t:first("kind=act node=bob verb=set", function(r)
					return t:count "method=INVITE src=bob kind=send" == 0
				end)
			end },
		{ "Alice's phone sends its BYE more than once", zh = "Alice 的话机不止一次发送 BYE",
			function(t)
				local all = t:all "method=BYE src=alice kind=send"
				return #all >= 2, all[2]
			end, rule = "nict-timer-e" },
		{ "it reaches nobody", zh = "它没有到达任何人",
			function(t) return t:count "method=BYE kind=recv" == 0 end },
	},
	points = 3,
	hint = { "Take call:reinvite() out, and nothing else.", zh = "只去掉 call:reinvite()。" },
}
