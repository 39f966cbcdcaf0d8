-- The tasks of rfc5359-2.3; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1000ms..3000ms:500ms", "musicserver.refer_after=100ms..400ms:50ms" }

local function refer(t)
	return t:first "kind=send src=bob method=REFER"
end

local function over(t)
	return t:first "kind=call node=bob state=terminated"
end

task {
	draw = "cseq=BYE",
	points = 2,
	hint = { "RFC 3891, 3 says which phone must end the replaced call; Alice's phone is the one that is asked, `dst=alice method=INVITE from=4.5s`.", zh = "RFC 3891 第 3 节说明被取代的呼叫由谁结束；被请求的是 Alice 的话机，`dst=alice method=INVITE from=4.5s`。" },
	ahead = true,
	others = {
		{ draw = "cseq=REFER,NOTIFY kind=send",
			ask = { "Before you look at the run: draw what Bob's REFER will cause between his phone and the server, NOTIFYs and all responses: one line for each arrow, such as `alice -> bob ACK`.\n\n    rung show rfc5359-2.3 cseq=REFER,NOTIFY kind=send",
				zh = "先不看运行：画出 Bob 的 REFER 在他的话机与服务器之间将引起的消息，包括 NOTIFY 和所有响应：每行一个箭头，例如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.3 cseq=REFER,NOTIFY kind=send" },
			ahead = true,
			rule = "notify-final",
			hint = { "`src=musicserver dst=bob kind=send` is the server's part: RFC 3515, 2.4.2 to 2.4.5; which of these must Bob's phone answer?", zh = "`src=musicserver dst=bob kind=send` 是服务器的部分，RFC 3515 第 2.4.2 至 2.4.5 节：其中哪些 Bob 的话机必须响应？" } },
		{ draw = "method=INVITE,ACK kind=send",
			ask = { "Before you look at the run: draw all INVITEs and ACKs: one line for each arrow, such as `alice -> bob ACK`.\n\n    rung show rfc5359-2.3 method=INVITE,ACK kind=send",
				zh = "先不看运行：画出所有 INVITE 和 ACK：每行一个箭头，例如 `alice -> bob ACK`。\n\n    rung show rfc5359-2.3 method=INVITE,ACK kind=send" },
			ahead = true,
			rule = "hold-send",
			hint = { "There are three calls, one of them changed for the hold, RFC 3264, 8.4: `method=INVITE dst=alice`.", zh = "三个呼叫，其中一个为保持而改变，RFC 3264 第 8.4 节：`method=INVITE dst=alice`。" } },
	},
}

task {
	number = function(t) return t:count "kind=act node=alice invite" end,
	wrong = {
		{ 3, rule = "replaces-accept",
			why = { "In two of them she gets an INVITE, which her phone answers automatically.",
				zh = "其中两个是打给她的 INVITE，她的话机自动接听。" } },
		{ 2, rule = "replaces-accept", why = { "When Bob is back he calls her.", zh = "Bob 回来时由他呼叫她。" } },
		{ 0, why = { "The first one is hers.", zh = "第一个是她发起的。" } },
	},
	why = { "The caller sends the INVITE: see for each of the three calls whether Alice's phone sent it or received it.",
		zh = "主叫发送 INVITE：对三个呼叫逐个看 Alice 的话机是发送还是收到它。" },
	records = function(t) return t:all "kind=send method=INVITE src=alice" end,
	hint = { "`kind=call node=alice left=idle` has the beginnings of her calls: from `idle` a caller goes to another state than a callee.", zh = "`kind=call node=alice left=idle` 是她的各个呼叫的开始：从 `idle` 出发，主叫与被叫进入不同的状态。" },
	others = {
		{ number = function(t) return t:count "kind=send method=INVITE dst=alice" end,
			ask = { "How many INVITEs does Alice's phone get in the whole run?\n\n    rung show rfc5359-2.3 -m dst=alice method=INVITE kind=send",
				zh = "整个运行中 Alice 的话机收到多少个 INVITE？\n\n    rung show rfc5359-2.3 -m dst=alice method=INVITE kind=send" },
			wrong = {
				{ 2, why = { "Those have a Replaces; one more came before.", zh = "那是带 Replaces 的；之前还有一个。" } },
				{ 4, why = { "The first INVITE is her own.", zh = "第一个 INVITE 是她自己的。" } },
			},
			why = { "Count what she gets, within the first call and outside it.", zh = "数到达她的，第一个呼叫之内和之外的都算。" },
			rule = "replaces-accept",
			records = function(t) return t:all "kind=send method=INVITE dst=alice" end,
			hint = { "She answers what she gets: `src=alice cseq=INVITE status=2xx kind=send` has the responses, one for each.", zh = "她收到的都有响应：`src=alice cseq=INVITE status=2xx kind=send` 是这些响应，每个 INVITE 一个。" } },
		{ number = function(t) return t:count("kind=send method=INVITE", function(r) return r:header "Replaces" ~= nil end) end,
			ask = { "How many INVITEs of the run have a Replaces?\n\n    rung show rfc5359-2.3 -m method=INVITE kind=send",
				zh = "这次运行中有多少个 INVITE 带 Replaces？\n\n    rung show rfc5359-2.3 -m method=INVITE kind=send" },
			wrong = {
				{ 3, why = { "The Refer-To also has one, but that is no INVITE.", zh = "Refer-To 中也有一个，但那不是 INVITE。" } },
				{ 4, why = { "The first call and the hold replace nothing.", zh = "第一个呼叫和保持没有取代谁。" } },
			},
			why = { "Read all INVITEs, and look for that field.", zh = "读所有 INVITE，找这个字段。" },
			rule = "replaces-send",
			records = function(t) return t:last "kind=send method=INVITE" end,
			hint = { "RFC 3891, 3: the field replaces a dialog, so it is in an INVITE outside any dialog. Which of `INVITE@bob`, `INVITE@bob#2` and `INVITE@musicserver` have no tag in To?", zh = "RFC 3891 第 3 节：该字段用来取代一个对话，所以它在对话之外的 INVITE 中。`INVITE@bob`、`INVITE@bob#2`、`INVITE@musicserver` 中哪些的 To 没有 tag？" } },
	},
}

task {
	choice = {
		{ "from the 202 by which the server accepts his REFER",
			zh = "从服务器接受他的 REFER 的 202",
			why = { "At that time the server has not even called her.", zh = "那时服务器还没有呼叫她。" }, rule = "refer-accept" },
		{ "from the last NOTIFY, if that quotes the whole 200",
			zh = "从最后一个 NOTIFY，如果它引用整个 200",
			right = true, rule = "notify-final" },
		{ "from Alice's BYE, which ends the call with him",
			zh = "从 Alice 的 BYE，它结束与他的呼叫",
			why = { "It names the dialog that ends, not the one that has replaced it.",
				zh = "它指的是结束的对话，而不是取代它的那个。" }, rule = "replaces-bye" },
		{ "from his own call with her: it is the same dialog",
			zh = "从他自己与她的呼叫：是同一个对话",
			why = { "Another one has replaced it, with another Call-ID.",
				zh = "取而代之的是另一个对话，Call-ID 不同。" }, rule = "replaces-accept" },
	},
	points = 2,
	records = function(t) return t:last "kind=send src=musicserver method=NOTIFY" end,
}

task {
	time = function(t) return over(t).time - refer(t).time end,
	tolerance = "2ms",
	wrong = {
		{ function(t) return t:last("kind=recv dst=bob method=NOTIFY").time - refer(t).time end,
			why = { "At that time the server reports that it is done; the BYE comes from Alice.",
				zh = "那时服务器说已完成；BYE 来自 Alice。" }, rule = "replaces-bye" },
		{ function(t) return t:first("kind=recv dst=bob status=202").time - refer(t).time end, rule = "refer-accept",
			why = { "A 202 says that the server will try it.", zh = "202 表示将会尝试。" } },
	},
	why = { "Count from the transmission of the REFER to the record in which this call ends for Bob's phone, with its BYE.",
		zh = "从 REFER 的发送算起，到 Bob 的话机的这个呼叫随 BYE 结束的记录为止。" },
	records = over,
	hint = { "Begin at `REFER@bob`; for Bob's phone the call ends in `kind=call node=bob state=terminated`.", zh = "从 `REFER@bob` 开始；对 Bob 的话机，呼叫在 `kind=call node=bob state=terminated` 结束。" },
}

task {
	goal = {
		{ "the server is down before the REFER arrives", zh = "REFER 到达之前服务器已停机",
			function(t) return t:count "kind=act node=musicserver crash" > 0 and t:count "kind=recv dst=musicserver" == 0, t:first "kind=act node=musicserver crash" end },
		{ "the REFER is sent again and again", zh = "REFER 一再重传",
			function(t) return t:count "kind=send src=bob method=REFER" > 1, t:last "kind=send src=bob method=REFER" end, rule = "nict-timer-e" },
		{ "Bob's call with Alice still exists at the end", zh = "最后 Bob 与 Alice 的呼叫仍在",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local last = t:last { kind = "call", node = name }
					if last == nil or last.state ~= "confirmed" then
						return false, last
					end
				end
				return true
			end },
	},
	points = 3,
}
