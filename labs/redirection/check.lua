-- The tasks of redirection; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "lan2--lan3.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- The INVITEs for Bob, whatever they are sent to.
local function for_bob(t)
	return t:all "method=INVITE kind=send src=alice text=<sip:bob@biloxi.example.com>"
end

task {
	choice = {
		{ "It passes the INVITE on to the server that is right.", zh = "它把 INVITE 转给正确的服务器，由那里响应。",
			why = { "That would be a proxy. No INVITE leaves home.", zh = "那是代理服务器。没有 INVITE 从 home 发出。" },
			rule = "redirect-300" },
		{ "It rejects the call: to Alice's phone a 3xx is a failure.", zh = "它拒绝呼叫：对 Alice 的话机来说 3xx 是失败。",
			why = { "It ends this transaction, not the call: the phone continues automatically.",
				zh = "它结束的是这个事务，而不是呼叫：话机自己继续。" }, rule = "redirect-300" },
		{ "It answers with addresses that Alice's phone asks anew.",
			zh = "它在响应中给出供 Alice 的话机重新询问的地址。", right = true },
		{ "It asks Bob's phones which of them is free, and answers then.", zh = "它先询问 Bob 的话机哪一部有空，然后响应。",
			why = { "It asks no phone: the desk phone is busy, and home names it first.",
				zh = "它不问任何人：桌面话机忙，home 却把它列在最前。" }, rule = "redirect-300" },
	},
	rule = "redirect-300",
	records = function(t) return t:get "300@home" end,
}

task {
	draw = "method=INVITE src=alice text=<sip:bob@biloxi.example.com>",
	points = 2,
	hint = { "Her first INVITE goes to `home`; the response, `-m status=3xx dst=alice to=4s`, has in Contact the next targets, in the order of RFC 3261 8.1.3.4.",
		zh = "她先问 `home`；返回的 `-m status=3xx dst=alice to=4s` 的 Contact 中写着随后问谁，次序见 RFC 3261 8.1.3.4。" },
	others = {
		{ draw = "method=ACK to=4s", rule = "ict-ack",
			ask = { "Draw the ACKs of the call for Bob, one line for each.\n\n    rung show redirection method=ACK kind=send to=4s", zh = "画出呼叫 Bob 时的 ACK，每个一行。\n\n    rung show redirection method=ACK kind=send to=4s" },
			hint = { "Every final response to an INVITE needs one, even a 3xx: `cseq=INVITE dst=alice kind=recv to=4s` shows where they have come from.",
				zh = "对 INVITE 的每个最终响应都需要一个，3xx 也一样：它们来自谁，见 `cseq=INVITE dst=alice kind=recv to=4s`。" } },
		{ draw = "cseq=INVITE from=4s", rule = "redirect-loop",
			ask = { "Draw the INVITEs for Carol and the responses to them, one line for each.\n\n    rung show redirection cseq=INVITE kind=send from=4s", zh = "画出呼叫 Carol 的 INVITE 及其响应，每条一行。\n\n    rung show redirection cseq=INVITE kind=send from=4s" },
			hint = { "The Contacts in `-m status=302 from=4s` are the next targets; RFC 3261 8.1.3.4 says what she must not do with an address that she has tried.",
				zh = "`-m status=302 from=4s` 的 Contact 写着她接着问谁；对已经问过的地址不得再做什么，见 RFC 3261 8.1.3.4。" } },
	},
}

task {
	number = function(t)
		local list = for_bob(t)
		return tonumber(list[#list]:header("CSeq"):match "%d+")
	end,
	wrong = {
		{ 1, why = { "Each attempt is a separate request, with the next number and another branch.",
			zh = "每次尝试都是独立的请求，CSeq 编号加一，branch 也不同。" } },
	},
	why = { "Count only Alice's INVITEs for Bob, each attempt of them, and read CSeq in the last.",
		zh = "只看 Alice 呼叫 Bob 的 INVITE，包括每次尝试，读最后一个的 CSeq。" },
	records = for_bob,
	ahead = true,
	hint = { "Read CSeq in `INVITE@alice#2` and `INVITE@alice#3`.", zh = "读 `INVITE@alice#2` 和 `INVITE@alice#3` 的 CSeq。" },
	others = {
		{ number = function(t)
			local n, seen = 0, {}
			for _, r in ipairs(t:all "method=INVITE kind=send src=alice") do
				if not seen[r.branch] then
					seen[r.branch] = true
					n = n + 1
				end
			end
			return n
		end, rule = "branch-unique", unit = { "branches", zh = "个 branch" }, ahead = true,
			ask = { "Before you look at the run: how many different branches will Alice's INVITEs have, including those for Carol?\n\n    rung show redirection -m method=INVITE src=alice", zh = "先不看运行：Alice 的 INVITE（包括呼叫 Carol 的）会有多少个不同的 branch？\n\n    rung show redirection -m method=INVITE src=alice" },
			wrong = { { 2, why = { "There are two Call-IDs. Each attempt is a separate request.", zh = "Call-ID 有两个。每次尝试都是独立的请求。" } }, { 1, why = { "The branch names a transaction; each request begins one.", zh = "branch 标识事务；每个请求开始一个。" } }, { 3, why = { "That is the number for Bob.", zh = "这是呼叫 Bob 的数目。" } } },
			why = { "Count her INVITEs: none of them is a retransmission.", zh = "数她的 INVITE：没有一个是重传。" },
			hint = { "Is `INVITE@alice#2` a retransmission of `INVITE@alice` or another request (RFC 3261 8.1.1.7)? Count those for Bob, and those of `method=INVITE src=alice kind=send from=4s`.",
				zh = "`INVITE@alice#2` 是 `INVITE@alice` 的重传，还是另一个请求（RFC 3261 8.1.1.7）？数出给 Bob 的，再数 `method=INVITE src=alice kind=send from=4s` 的。" },
			records = function(t) return t:all "method=INVITE kind=send src=alice" end },
		{ number = function(t) return tonumber(t:first("method=BYE kind=send src=alice"):header("CSeq"):match "%d+") end, rule = "dialog-request", ahead = true,
			ask = { "Before you look at the run: Alice hangs up when she has talked with Bob. What will be the CSeq number of her BYE?\n\n    rung show redirection -m method=INVITE,BYE src=alice", zh = "先不看运行：Alice 与 Bob 通话之后挂断。她的 BYE 的 CSeq 会是几？\n\n    rung show redirection -m method=INVITE,BYE src=alice" },
			wrong = { { 2, why = { "The INVITE before it was not her first.", zh = "它之前的 INVITE 不是她的第一个。" } }, { 1, why = { "The number keeps increasing in the dialog.", zh = "它在对话中继续计数。" } }, { function(t) return #for_bob(t) end, why = { "The last INVITE has that.", zh = "那是最后一个 INVITE 的。" } } },
			why = { "It is the next request after the answered INVITE; an ACK has the number of its INVITE.", zh = "它是被接听的 INVITE 之后的下一个请求；ACK 用其 INVITE 的编号。" },
			hint = { "Compare `BYE@alice` with the INVITE that the car's phone has answered.", zh = "把 `BYE@alice` 与车里的话机所接听的 INVITE 比较。" },
			records = function(t) return t:first "method=BYE kind=send src=alice" end },
	},
}

task {
	time = function(t)
		return t:first("status=200 cseq=INVITE kind=recv node=alice").time - for_bob(t)[1].time
	end,
	wrong = {
		{ function(t) return t:first("status=200 cseq=INVITE kind=recv node=alice").time - for_bob(t)[3].time end,
			why = { "That is counted from the last INVITE.", zh = "这是从最后一个 INVITE 算起的。" } },
		{ function(t) return t:first("status=200 cseq=INVITE kind=recv node=alice").time end,
			why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Count from the first of her INVITEs for Bob until the 200 arrives at her phone: this includes the redirections.",
		zh = "从她呼叫 Bob 的第一个 INVITE 起，到 200 到达她的话机为止：重定向所花的时间也包括在内。" },
	records = function(t) return t:first "status=200 cseq=INVITE kind=recv node=alice" end,
	hint = { "Count from `INVITE@alice` to `status=200 cseq=INVITE node=alice kind=recv`: the other record of that 200 is at the car.",
		zh = "从 `INVITE@alice` 到 `status=200 cseq=INVITE node=alice kind=recv`：这个 200 的另一条记录在车里。" },
}

task {
	choice = {
		{ "home, by the Via of its own that is in the INVITE", zh = "home，靠 INVITE 中它自己的 Via",
			why = { "A redirect server adds no Via, and the second INVITE would be a new request to it.",
				zh = "重定向服务器不加 Via，而且第二个 INVITE 对它是新的请求。" }, rule = "redirect-loop" },
		{ "away, since Max-Forwards is used up by the circle", zh = "away，因为 Max-Forwards 在循环中用完了",
			why = { "It starts again with each of the phone's requests.", zh = "话机的每个请求都重新开始计数。" },
			rule = "redirect-loop" },
		{ "Alice's phone, which remembers where it has asked", zh = "Alice 的话机，它记得问过哪里",
			right = true },
		{ "nobody: the circle goes on until Timer B ends it", zh = "没有人：循环一直进行，直到定时器 B 结束它",
			why = { "Each INVITE is answered at once, so no Timer B fires.", zh = "每个 INVITE 都立即得到响应，定时器 B 不会到期。" },
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
