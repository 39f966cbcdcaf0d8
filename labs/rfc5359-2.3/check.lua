-- The tasks of rfc5359-2.3; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1000ms..3000ms:500ms", "musicserver.refer_after=100ms..400ms:50ms" }

task {
	number = function(t) return t:count "kind=act node=alice invite" end,
	wrong = {
		{ 3, rule = "replaces-accept",
			why = { "In two of them INVITEs come to her, which her phone answers by itself.",
				zh = "其中两个是打给她的 INVITE，她的话机自动接听。" } },
		{ 2, rule = "replaces-accept", why = { "When Bob is back he calls her.", zh = "Bob 回来时由他呼叫她。" } },
		{ 0, why = { "The first one is hers.", zh = "第一个是她发起的。" } },
	},
	why = { "The caller sends the INVITE: look for each of the three calls whether Alice's phone sent it or got it.",
		zh = "主叫发送 INVITE：对三个呼叫逐个看 Alice 的话机是发送还是收到它。" },
	records = function(t) return t:all "kind=send method=INVITE src=alice" end,
}

task {
	choice = {
		{ "from the 202 by which the server accepts his REFER",
			zh = "从服务器接受他的 REFER 的 202",
			why = { "Then the server has not even called her.", zh = "那时服务器还没有呼叫她。" }, rule = "refer-accept" },
		{ "from the last NOTIFY, if that quotes the whole 200",
			zh = "从最后一个 NOTIFY，如果它引用整个 200",
			right = true, rule = "notify-final" },
		{ "from Alice's BYE, which ends the call with him",
			zh = "从 Alice 的 BYE，它结束与他的呼叫",
			why = { "It names the dialog that ends, not the one that has taken its place.",
				zh = "它指的是结束的对话，而不是取代它的那个。" }, rule = "replaces-bye" },
		{ "from his own call with her: it is the same dialog",
			zh = "从他自己与她的呼叫：是同一个对话",
			why = { "Another one has come in its place, with another Call-ID.",
				zh = "取而代之的是另一个对话，Call-ID 不同。" }, rule = "replaces-accept" },
	},
	points = 2,
	records = function(t) return t:last "kind=send src=musicserver method=NOTIFY" end,
}

local function refer(t)
	return t:first "kind=send src=bob method=REFER"
end

local function over(t)
	return t:first "kind=call node=bob state=terminated"
end

task {
	time = function(t) return over(t).time - refer(t).time end,
	tolerance = "2ms",
	wrong = {
		{ function(t) return t:last("kind=recv dst=bob method=NOTIFY").time - refer(t).time end,
			why = { "Then the server says that it is done; the BYE comes from Alice.",
				zh = "那时服务器说已完成；BYE 来自 Alice。" }, rule = "replaces-bye" },
		{ function(t) return t:first("kind=recv dst=bob status=202").time - refer(t).time end, rule = "refer-accept",
			why = { "A 202 says that it will be tried.", zh = "202 表示将会尝试。" } },
	},
	why = { "Count from the sending of the REFER to the record in which this call ends for Bob's phone, with its BYE.",
		zh = "从 REFER 的发送算起，到 Bob 的话机的这个呼叫随 BYE 结束的记录为止。" },
	records = over,
}

task {
	draw = "cseq=BYE",
	points = 2,
}

task {
	goal = {
		{ "the server is down before the REFER comes", zh = "REFER 到达之前服务器已停机",
			function(t) return t:count "kind=act node=musicserver crash" > 0 and t:count "kind=recv dst=musicserver" == 0, t:first "kind=act node=musicserver crash" end },
		{ "the REFER is sent again and again", zh = "REFER 一再重传",
			function(t) return t:count "kind=send src=bob method=REFER" > 1, t:last "kind=send src=bob method=REFER" end, rule = "nict-timer-e" },
		{ "Bob's call with Alice is still there at the end", zh = "最后 Bob 与 Alice 的呼叫仍在",
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
