-- The tasks of overloaded; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

task {
	choice = {
		{ "503 is a status between servers, which no phone understands.", zh = "503 只用于服务器之间，话机不懂这个状态码。",
			why = { "Any client does: what it does then, RFC 3263 4.3 says.",
				zh = "任何客户端都懂：此时怎么做，见 RFC 3263 4.3。" },
			rule = "proxy-503" },
		{ "Alice's phone would take atl for the server that has failed.",
			zh = "Alice 的话机会以为出故障的是 atl。", right = true },
		{ "All servers of Bob's domain have failed, which a 500 says.", zh = "Bob 的域的所有服务器都出了故障，500 就是这个意思。",
			why = { "bil is well; it has too much to do. And a failure everywhere would be a 6xx.",
				zh = "bil 没有故障，只是太忙。到处都失败则是 6xx。" }, rule = "proxy-503" },
		{ "The INVITE had an error, and that is what 500 says.", zh = "bil 发现 INVITE 有错误，500 就是这个意思。",
			why = { "That would be a 4xx; the same INVITE succeeds two seconds later.",
				zh = "那会是 4xx；两秒后同样的 INVITE 就成功了。" }, rule = "proxy-503" },
	},
	rule = "proxy-503",
	records = function(t) return t:get "500@atl" end,
}

task {
	number = function(t) return tonumber(t:first("status=503"):header("Retry-After"):match "%d+") end,
	unit = { "seconds", zh = "秒" },
	rule = "proxy-overload",
	wrong = {
		{ 2, why = { "So long it takes until Alice calls again; what does the 503 say?",
			zh = "这是 Alice 再次呼叫之前的时间；503 说的是多少？" } },
	},
	why = { "Read the 503 field by field: one has a number of seconds.",
		zh = "逐个字段读 503：其中一个是秒数。" },
	records = function(t) return t:get "503@bil" end,
}

task {
	time = function(t) return t:get("500@atl"):arrival().time - t:get("INVITE@alice").time end,
	wrong = {
		{ function(t) return t:get("503@bil").time - t:get("INVITE@alice").time end,
			why = { "Then bil says so; it has still a way to go.", zh = "那时 bil 刚发出响应；它还在途中。" } },
		{ function(t) return t:get("500@atl").time - t:get("INVITE@alice").time end,
			why = { "Then atl sends it; the line takes 10 ms more.", zh = "那时 atl 刚发送它；线路还要 10 ms。" } },
		{ 32, why = { "So long it would take if bil said nothing at all.", zh = "如果 bil 根本不响应，才会要这么久。" } },
	},
	why = { "Two records at Alice's phone: it sends its first INVITE, and the final refusal arrives, which need not be that of `bil`.",
		zh = "看 Alice 的话机的两条记录：它发送第一个 INVITE，以及最终的拒绝到达，它不一定是 `bil` 发的那个。" },
	records = function(t) return t:get("500@atl"):arrival() end,
}

task {
	find = {
		node = "atl",
		rule = "proxy-503",
		record = function(t) return t:get "500@atl" end,
	},
	points = 3,
	rule = "proxy-503",
	why = { "Look for the first send of the status that Alice's phone hears, and explain it: what came in before?",
		zh = "找 Alice 的话机收到的状态码的第一次发送，并用 explain 看：之前收到的是什么？" },
	records = function(t) return t:get "500@atl" end,
}

task {
	goal = {
		{ "Alice's phone places two calls", zh = "Alice 的话机发起两个呼叫",
			function(t)
				local ids, n = {}, 0
				for _, s in ipairs(t:all "method=INVITE kind=send src=alice") do
					if not ids[s.call_id] then
						ids[s.call_id] = true
						n = n + 1
					end
				end
				return n == 2
			end },
		{ "bil refuses one with 503", zh = "bil 以 503 拒绝一个",
			function(t)
				local r = t:first "status=503 kind=send src=bil"
				return r ~= nil and t:count "status=503 kind=send src=bil" == 1, r
			end, rule = "proxy-overload" },
		{ "the other one is answered, although it was placed before that", zh = "另一个被接听，而且它在此之前就已发起",
			function(t)
				local ok, no = t:first "status=200 cseq=INVITE kind=recv node=alice", t:first "status=503 kind=send src=bil"
				return ok ~= nil and no ~= nil and ok.time > no.time and
				    t:count "method=INVITE kind=send src=alice" == 2, ok
			end },
	},
	points = 3,
}
