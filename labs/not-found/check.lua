-- The tasks of not-found; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "lan1--lan2.delay=10ms..60ms:5ms", "seed=1..999:1" }

task {
	find = {
		node = "bil",
		rule = "proxy-480",
		record = function(t) return t:get "480@bil" end,
	},
	points = 3,
	rule = "proxy-480",
	why = { "A 480 says: the user is known here, but has no binding. Look for who sends it first; explain that record.",
		zh = "480 的意思是：这里知道该用户，但没有绑定。看谁最先发送它；对该记录用 explain。" },
	records = function(t) return t:get "480@bil" end,
}

task {
	choice = {
		{ "the one with 404: the server may be up again by then", zh = "404 的那次：那时服务器可能已恢复",
			why = { "The domain does not know the name: an hour changes nothing.",
				zh = "该域没有这个名字：过一小时也一样。" }, rule = "proxy-404" },
		{ "the one with 480: the phone may be there by then", zh = "480 的那次：那时话机可能已接入", right = true },
		{ "the one with 500: the line may be free again by then", zh = "500 的那次：那时线路可能空闲",
			why = { "There is no such domain, as the explanation says; it has to be spelt right first.",
				zh = "解释说明没有这个域；必须先改正拼写。" }, rule = "proxy-unreachable" },
		{ "none of them: a final response forbids to try again", zh = "都没有：收到最终响应之后不允许再试",
			why = { "It ends this attempt. Another one may be made at any time.",
				zh = "它结束的是这一次尝试。任何时候都可以再试。" } },
	},
	rule = "proxy-480",
	records = function(t) return { t:get "404@bil", t:get "480@bil", t:get "500@atl" } end,
}

task {
	time = function(t)
		return t:get("404@atl"):arrival().time - t:get("INVITE@alice").time
	end,
	wrong = {
		{ function(t) return t:get("404@bil").time - t:get("INVITE@alice").time end,
			why = { "Then bil says it; the 404 still has its way to go.", zh = "那时 bil 刚返回 404；它还在途中。" } },
		{ function(t) return t:get("404@atl").time - t:get("INVITE@alice").time end,
			why = { "Then atl sends it; the line takes 10 ms more.", zh = "那时 atl 刚发送它；线路还要 10 ms。" } },
		{ function(t) return t:get("404@atl"):arrival().time end,
			why = { "That is the time of the run; count from the INVITE.", zh = "那是运行的时刻；应从 INVITE 算起。" } },
	},
	why = { "Two records at Alice's phone: it sends its first INVITE, and the 404 arrives. Subtract their times.",
		zh = "看 Alice 的话机的两条记录：它发送第一个 INVITE，以及 404 到达。两个时刻相减。" },
	records = function(t) return t:get("404@atl"):arrival() end,
}

task {
	text = "503",
	rule = "proxy-unreachable",
	wrong = {
		{ "404", why = { "atl is not responsible for that domain: it can't know whether the name exists.",
			zh = "atl 不负责那个域：它无法知道这个名字是否存在。" } },
		{ "408", why = { "Nobody was asked, so nobody was silent.", zh = "没有问过任何人，所以也没有人不回答。" } },
	},
	why = { "The explanation of the 500 has a step that speaks of a failure on the way: which status stands for it?",
		zh = "对 500 的解释里有一步说到途中的失败：哪个状态码代表它？" },
	records = function(t) return t:get "500@atl" end,
}

task {
	goal = {
		{ "Alice calls bab of biloxi.example.com", zh = "Alice 呼叫 biloxi.example.com 的 bab",
			function(t) return t:count 'method=INVITE kind=send src=alice text=sip:bab@biloxi.example.com' > 0 end },
		{ "she hears 410", zh = "她收到 410",
			function(t)
				local gone = t:first "status=410 kind=recv node=alice"
				return gone ~= nil, gone
			end },
		{ "nobody says 404", zh = "没有人返回 404",
			function(t) return t:count "status=404" == 0 end },
	},
	points = 2,
}
