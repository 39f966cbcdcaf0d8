-- The tasks of rfc5407-3.3.1; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

local function glare(t, who)
	return t:first { kind = "timer", node = who, text = "glare" }
end

local function version(r)
	return tonumber(r.text:match "o=%S+ %d+ (%d+)")
end

local function last_of(t, who)
	return t:last { kind = "send", src = who, method = "INVITE" }
end

task {
	number = function(t) return version(last_of(t, "bob")) end,
	wrong = {
		{ function(t) return version(last_of(t, "alice")) end, rule = "hold-send",
			why = { "That is the version of Alice's, which changes the session.", zh = "这是 Alice 的，她修改了会话。" } },
		{ function(t) return version(last_of(t, "bob")) + 1 end, rule = "offer-again",
			why = { "A refresh changes nothing, so it has the same version as before.",
				zh = "刷新不作任何改变，所以版本与之前相同。" } },
	},
	why = { "Read `o=` in the last INVITE that Bob's phone sends: the version is its second number.",
		zh = "读 Bob 的话机发送的最后一个 INVITE 里的 `o=`：版本是其中第二个数。" },
	records = function(t) return last_of(t, "bob") end,
	ahead = function(t) return t:first "kind=send method=INVITE src=bob" end,
	hint = { "RFC 4028, section 7.4, says when a description is the same as before; `-m src=bob method=INVITE` shows it.",
		zh = "RFC 4028 第 7.4 节说明何时描述与之前相同；`-m src=bob method=INVITE` 显示它。" },
	others = {
		{
			number = function(t) return version(last_of(t, "alice")) end,
			ask = { "Before you look at the run: which version does the `o=` line of Alice's second re-INVITE have (the second number in it)? The offer of her call has version 1, and the first re-INVITE was rejected.\n\n    rung show rfc5407-3.3.1 -m method=INVITE src=alice",
				zh = "先不看运行：Alice 的第二个 re-INVITE 的 `o=` 行（其中第二个数）会是哪个版本？她的呼叫的提议版本为 1，第一个 re-INVITE 被拒绝。\n\n    rung show rfc5407-3.3.1 -m method=INVITE src=alice" },
			ahead = true,
			wrong = {
				{ function(t) return version(last_of(t, "bob")) end, why = { "That is the version of Bob's refresh, which changes nothing.", zh = "Bob 的刷新是这样，它不作任何改变。" } },
				{ function(t) return version(last_of(t, "alice")) - 1 end, why = { "That was in the offer that was rejected; it was an offer all the same.", zh = "那在被拒绝的提议中；但它同样是一个提议。" }, rule = "offer-again" },
			},
			why = { "Read `o=` in the last INVITE that Alice's phone sends: the version is its second number.",
				zh = "读 Alice 的话机发送的最后一个 INVITE 里的 `o=`：版本是其中第二个数。" },
			hint = { "`INVITE@alice#2` has the offer that was rejected, with its version. RFC 3264, 8: when she tries again, does she offer the same description, or a new one?",
				zh = "`INVITE@alice#2` 是被拒绝的提议，带有版本。RFC 3264 第 8 节：她再次尝试时提议的是同一个描述，还是又一个？" },
			records = function(t) return last_of(t, "alice") end,
		},
		{
			number = function(t) return t:count "kind=send src=bob method=INVITE,ACK" end,
			ask = { "Before you look at the run: how many requests does Bob's phone send, including its ACKs?\n\n    rung show rfc5407-3.3.1 src=bob kind=send",
				zh = "先不看运行：包括 ACK 在内，Bob 的话机会发送多少个请求？\n\n    rung show rfc5407-3.3.1 src=bob kind=send" },
			ahead = true,
			wrong = {
				{ 2, rule = "ict-ack", why = { "For each final response to an INVITE of his there is one request more.", zh = "他的 INVITE 每得到一个最终响应，还要多发一个请求。" } },
			},
			why = { "Count the INVITEs and ACKs that Bob's phone sends in the whole run.",
				zh = "数整个运行中 Bob 的话机发送的 INVITE 和 ACK。" },
			hint = { "`dst=bob cseq=INVITE kind=recv` has the final responses to his INVITEs: how many requests follow each of them, RFC 3261, 17.1.1.3 and 13.2.2.4?",
				zh = "`dst=bob cseq=INVITE kind=recv` 中有对他的 INVITE 的最终响应：每个最终响应涉及他的几个请求，RFC 3261 第 17.1.1.3 和 13.2.2.4 节？" },
			records = function(t) return t:all "kind=send src=bob method=INVITE,ACK" end,
		},
	},
}

task {
	choice = {
		{ "the one with the slower line waits longer; each measures it",
			zh = "线路较慢的一方等得更久；各自测量",
			why = { "Nothing is measured; both are at the ends of the same line.",
				zh = "没有测量；双方在同一条线路的两端。" }, rule = "reinvite-glare" },
		{ "whoever sent the re-INVITE that came first waits less",
			zh = "先到的 re-INVITE 的发送方等得较短",
			why = { "Neither side can know which of the two was first.", zh = "哪一方也无从知道哪个先到。" }, rule = "reinvite-glare" },
		{ "so as not to cross again; by who has made the Call-ID",
			zh = "为了不再交错；看 Call-ID 由谁生成",
			right = true, rule = "reinvite-glare" },
		{ "each draws from 0 s to 4 s, which is different almost always",
			zh = "双方各从 0 s 至 4 s 中抽取，几乎总是不同",
			why = { "With those times they might cross again. Two ranges that do not overlap make this impossible.",
				zh = "那样可能再次相遇；两个互不重叠的范围则不会。" }, rule = "reinvite-glare" },
	},
	points = 2,
	records = function(t) return { glare(t, "alice"), glare(t, "bob") } end,
}

task {
	time = function(t) return glare(t, "bob").length / 1e9 end,
	tolerance = "10ms",
	wrong = {
		{ function(t) return glare(t, "alice").length / 1e9 end, rule = "reinvite-glare",
			why = { "That is the range of Alice's phone: she has called, so the Call-ID is hers.", zh = "这是 Alice 的：她是主叫，Call-ID 是她的。" } },
	},
	rule = "reinvite-glare",
	why = { "Read the length of the timer that is called glare at Bob's phone.",
		zh = "读 Bob 的话机上名为 glare 的定时器的时长。" },
	records = function(t) return glare(t, "bob") end,
	hint = { "Bob did not call, so it is the shorter range: `node=bob name=glare`.",
		zh = "Bob 不是主叫，所以是较短的范围：`node=bob name=glare`。" },
}

local function held(t)
	return t:last "kind=recv src=bob status=200 cseq=INVITE"
end

task {
	draw = "status=491",
	rule = "reinvite-pending",
	hint = { "`method=INVITE kind=recv from=3.9s to=4.3s` has the two offers where they arrive: RFC 3261, 14.2 says what a phone answers when its own offer is open.",
		zh = "`method=INVITE kind=recv from=3.9s to=4.3s` 是两个提议到达之处：自己的提议还没有得到应答的话机怎样响应，见 RFC 3261 第 14.2 节。" },
	others = {
		{
			time = function(t) return held(t).time - t:first("kind=act node=alice hold").time end,
			ask = { "How long after she has pressed the key is Bob on hold for Alice's phone?\n\n    rung show rfc5407-3.3.1 kind=fsm machine=offer-answer",
				zh = "Alice 按键之后多久，Bob 对她的话机来说处于保持？\n\n    rung show rfc5407-3.3.1 kind=fsm machine=offer-answer" },
			tolerance = "10ms",
			wrong = {
				{ function(t) return last_of(t, "alice").time - t:first("kind=act node=alice hold").time end, why = { "At that time it tries again; the answer has not arrived yet.", zh = "那是它再次尝试的时间；响应还没到。" } },
				{ function(t) return t:first("kind=recv src=bob status=491").time - t:first("kind=act node=alice hold").time end, why = { "A 491 leaves the session as it was.", zh = "491 使会话保持原样。" }, rule = "reinvite-refused" },
			},
			why = { "Count from the moment when she presses the key to the record in which offer and answer of her phone are agreed with the hold in force.",
				zh = "从按键的操作算起，到她的话机的提议和应答就保持达成一致的记录为止。" },
			hint = { "The last 200 that her phone receives agrees to it: `dst=alice status=200 cseq=INVITE`.",
				zh = "到达她的话机的最后一个 200 同意了它：`dst=alice status=200 cseq=INVITE`。" },
			records = held,
		},
		{
			draw = "method=ACK src=alice",
			ask = { "Draw the ACKs of Alice's phone, one line for each. To how many different INVITEs do they belong?\n\n    rung show rfc5407-3.3.1 -m method=ACK src=alice",
				zh = "画出 Alice 的话机的 ACK，每行一个。它们属于几个不同的 INVITE？\n\n    rung show rfc5407-3.3.1 -m method=ACK src=alice" },
			rule = "ict-ack",
			hint = { "`cseq=INVITE status=2xx,4xx dst=alice kind=recv` has the final responses that she receives; for each an ACK is sent when it arrives.",
				zh = "`cseq=INVITE status=2xx,4xx dst=alice kind=recv` 是她收到的最终响应；每个都有一个 ACK，响应一到就发送。" },
		},
	},
}

task {
	goal = {
		{ "both try to hold, and both get a 491", zh = "双方都尝试保持，都得到 491",
			function(t)
				return t:count "kind=act node=alice hold" > 0 and t:count "kind=act node=bob hold" > 0 and t:count "kind=send status=491" > 1,
					t:first "kind=send status=491"
			end },
		{ "Bob's second offer says sendonly", zh = "Bob 的第二个提议写明 sendonly",
			function(t)
				local r = last_of(t, "bob")
				return r ~= nil and r.text:find("a=sendonly", 1, true) ~= nil, r
			end, rule = "hold-send" },
		{ "Alice's second offer says inactive", zh = "Alice 的第二个提议写明 inactive",
			function(t)
				local r = last_of(t, "alice")
				return r ~= nil and r.text:find("a=inactive", 1, true) ~= nil, r
			end, rule = "hold-inactive",
			why = { "Her phone must try again after Bob's second one.", zh = "她的话机必须在 Bob 的第二次之后再次尝试。" } },
	},
	points = 3,
}
