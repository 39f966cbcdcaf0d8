-- The tasks of redirection; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "lan2--lan3.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- The INVITEs for Bob, whatever they are sent to.
local function for_bob(t)
	return t:all "method=INVITE kind=send src=alice text=<sip:bob@biloxi.example.com>"
end

task {
	choice = {
		{ "It passes the INVITE on to the server that is right.", zh = "它把 INVITE 转给正确的服务器。",
			why = { "That would be a proxy. No INVITE leaves home.", zh = "那是代理服务器。没有 INVITE 从 home 发出。" },
			rule = "redirect-300" },
		{ "It refuses the call: to Alice's phone a 3xx is a failure.", zh = "它拒绝呼叫：对 Alice 的话机来说 3xx 是失败。",
			why = { "It ends this transaction, not the call: the phone goes on by itself.",
				zh = "它结束的是这个事务，而不是呼叫：话机自己继续。" }, rule = "redirect-300" },
		{ "It answers with addresses, where Alice's phone asks anew.",
			zh = "它在响应中给出地址，由 Alice 的话机重新询问。", right = true },
		{ "It asks Bob's phones which of them is free, and answers then.", zh = "它先询问 Bob 的话机哪一部有空，然后响应。",
			why = { "It asks nobody: the phone at the desk is busy, and home names it first.",
				zh = "它不问任何人：桌面话机忙，home 却把它列在最前。" }, rule = "redirect-300" },
	},
	rule = "redirect-300",
	records = function(t) return t:get "300@home" end,
}

task {
	draw = "method=INVITE src=alice text=<sip:bob@biloxi.example.com>",
	points = 2,
}

task {
	number = function(t)
		local list = for_bob(t)
		return tonumber(list[#list]:header("CSeq"):match "%d+")
	end,
	wrong = {
		{ 1, why = { "Each attempt is a request of its own, with the next number and another branch.",
			zh = "每次尝试都是独立的请求，CSeq 编号加一，branch 也不同。" } },
	},
	why = { "Count only Alice's INVITEs for Bob, each attempt of them, and read CSeq in the last.",
		zh = "只看 Alice 呼叫 Bob 的 INVITE，包括每次尝试，读最后一个的 CSeq。" },
	records = for_bob,
}

task {
	time = function(t)
		return t:first("status=200 cseq=INVITE kind=recv node=alice").time - for_bob(t)[1].time
	end,
	wrong = {
		{ function(t) return t:first("status=200 cseq=INVITE kind=recv node=alice").time - for_bob(t)[3].time end,
			why = { "That is counted from the last INVITE.", zh = "这是从最后一个 INVITE 算起的。" } },
		{ function(t) return t:first("status=200 cseq=INVITE kind=recv node=alice").time end,
			why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "From the first of her INVITEs for Bob until the 200 arrives at her phone: what the redirections cost is in it.",
		zh = "从她呼叫 Bob 的第一个 INVITE 起，到 200 到达她的话机为止：重定向所花的时间也包括在内。" },
	records = function(t) return t:first "status=200 cseq=INVITE kind=recv node=alice" end,
}

task {
	choice = {
		{ "home, by the Via of its own that stands in the INVITE", zh = "home，靠 INVITE 中它自己的 Via",
			why = { "A redirect server adds no Via, and the second INVITE would be a new request to it.",
				zh = "重定向服务器不加 Via，而且第二个 INVITE 对它是新的请求。" }, rule = "redirect-loop" },
		{ "away, since Max-Forwards is used up by the circle", zh = "away，因为 Max-Forwards 在循环中用完了",
			why = { "It begins anew with each of the phone's requests.", zh = "话机的每个请求都重新开始计数。" },
			rule = "redirect-loop" },
		{ "Alice's phone, which remembers where it has asked", zh = "Alice 的话机，它记得问过哪里",
			right = true },
		{ "nobody: the circle goes on until Timer B ends it", zh = "没有人：循环一直进行，直到定时器 B 结束它",
			why = { "Each INVITE is answered at once, so no Timer B runs out.", zh = "每个 INVITE 都立即得到响应，定时器 B 不会到期。" },
			rule = "redirect-loop" },
	},
	rule = "redirect-loop",
	records = function(t) return t:last "kind=call node=alice" end,
}

task {
	goal = {
		{ "home lists both addresses of Bob", zh = "home 列出 Bob 的两个地址",
			function(t)
				local r = t:first "status=300 kind=send src=home"
				return r ~= nil and r:header("Contact", 2) ~= nil, r
			end },
		{ "Alice's phone sends two INVITEs for Bob", zh = "Alice 的话机为 Bob 发送两个 INVITE",
			function(t) return #for_bob(t) == 2 end },
		{ "the car's phone is answered", zh = "车里的话机被接听",
			function(t)
				local ok = t:first "status=200 cseq=INVITE kind=send src=car"
				return ok ~= nil, ok
			end },
	},
	points = 2,
}
