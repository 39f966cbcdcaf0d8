-- The tasks of no-answer; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function to_bob(t)
	return t:all "method=INVITE kind=send src=bil dst=bob"
end

task {
	number = function(t) return #to_bob(t) end,
	unit = { "times", zh = "次" },
	rule = "ict-timer-a",
	wrong = {
		{ function(t) return #to_bob(t) - 1 end,
			why = { "So often it is repeated; the first time counts, too.", zh = "这是重传的次数；第一次也算。" } },
		{ 11, why = { "Other requests go 11 times: their intervals stop at 4 s. Timer A doubles without bound.",
			zh = "其他请求发 11 次：其间隔到 4 s 为止。定时器 A 无限加倍。" } },
	},
	why = { "Count the sends of the INVITE from `bil` to Bob's phone, the first and all repetitions, until Timer B.",
		zh = "数 `bil` 向 Bob 的话机发送 INVITE 的次数，第一次和所有重传都算，直到定时器 B 到期。" },
	records = to_bob,
}

task {
	time = function(t) return t:get("408@bil").time - to_bob(t)[1].time end,
	rule = "ict-timer-b",
	wrong = {
		{ function(t) return t:get("408@bil").time end,
			why = { "That is the time of the run; count from the INVITE.", zh = "那是运行的时刻；应从 INVITE 算起。" } },
		{ function(t) return to_bob(t)[#to_bob(t)].time - to_bob(t)[1].time end,
			why = { "Then it sends for the last time; it goes on waiting.", zh = "那是最后一次发送；之后它还在等待。" } },
		{ 181, why = { "That is Timer C, which waits for phones that ring.", zh = "那是定时器 C，它等待的是正在振铃的话机。" } },
	},
	why = { "Look for the send of the 408 and what caused it; count from the first INVITE that `bil` sends to the phone.",
		zh = "找 408 的发送及其起因；从 `bil` 向话机发送的第一个 INVITE 算起。" },
	records = function(t) return t:get "408@bil" end,
}

task {
	choice = {
		{ "It trusts that UDP delivers what it has sent once.", zh = "它相信 UDP 会送达它发送过一次的消息。",
			why = { "UDP promises nothing; without an answer it would repeat its INVITE as bil does.",
				zh = "UDP 不作任何保证；如果没有响应，它会像 bil 一样重传 INVITE。" }, rule = "ict-timer-a" },
		{ "Its Timer B has ended the transaction.", zh = "它的定时器 B 结束了事务。",
			why = { "It has stopped Timer B with the first response; only the 408 ends the transaction.",
				zh = "第一个响应就使它的定时器 B 停止了；结束事务的是 408。" }, rule = "ict-1xx" },
		{ "the 100 of atl: in Proceeding nothing is repeated", zh = "atl 的 100：Proceeding 状态下不再重传",
			right = true },
		{ "The proxies ask it to be quiet while Bob's phone rings.", zh = "Bob 的话机振铃时，代理服务器要它安静。",
			why = { "Nothing rings, and it can't know that.", zh = "没有什么在振铃，它也无从得知。" } },
	},
	rule = "ict-1xx",
	records = function(t) return t:get("100@atl"):arrival() end,
}

task {
	choice = {
		{ "Bob's phone rings, and nobody picks it up.", zh = "Bob 的话机在振铃，没有人接。",
			why = { "A phone that rings has answered with 180; that ends otherwise: 480, 487, or Timer C.",
				zh = "振铃的话机已返回 180；那种情况以别的方式结束：480、487 或定时器 C。" }, rule = "proxy-408" },
		{ "The call is refused: Alice may not call Bob any more.", zh = "呼叫被拒绝：Alice 不可以再呼叫 Bob。",
			why = { "Only this attempt has ended; she may call again at any time.",
				zh = "结束的只是这一次尝试；她随时可以再呼叫。" }, rule = "proxy-408" },
		{ "The INVITE was lost between her phone and atl.", zh = "INVITE 在她的话机与 atl 之间丢失。",
			why = { "atl has answered 100: it had the INVITE.", zh = "atl 返回了 100：它收到了 INVITE。" }, rule = "proxy-100" },
		{ "Somewhere on the way nobody answered within the time.",
			zh = "路径上某处没有人及时响应。", right = true },
	},
	rule = "proxy-408",
	records = function(t) return t:get "408@bil" end,
}

task {
	number = function(t)
		local b = t:first "kind=binding node=bil"
		return b.expires / 1e9 - 40
	end,
	tolerance = 1,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ 3600, why = { "So long from the registration on; some of it has gone.", zh = "这是从注册起的时间；已经过去了一部分。" } },
		{ 0, why = { "Nobody tells the registrar that the phone is dead.", zh = "没有人告诉注册服务器话机已断电。" } },
	},
	why = { "The binding has its time of expiry in the state of `bil`: take the 40 s that have gone from it.",
		zh = "绑定的到期时刻在 `bil` 的状态中：从它减去已过的 40 s。" },
	records = function(t) return t:first "kind=binding node=bil" end,
}

task {
	goal = {
		{ "Bob's phone crashes and comes back", zh = "Bob 的话机崩溃后又恢复",
			function(t)
				return t:count "kind=act verb=crash" > 0 and t:count "kind=act verb=restart" > 0
			end },
		{ "an INVITE to it is lost because it is down", zh = "发给它的一个 INVITE 因它停机而丢失",
			function(t)
				local first = t:first "method=INVITE kind=send src=bil dst=bob"
				return first ~= nil and first:arrival() == nil, first
			end },
		{ "Alice's phone hears that the call is answered", zh = "Alice 的话机得知呼叫被接听",
			function(t)
				local ok = t:first "status=200 cseq=INVITE kind=recv node=alice"
				return ok ~= nil, ok
			end },
	},
	points = 3,
}
