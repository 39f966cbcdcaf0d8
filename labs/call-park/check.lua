-- The tasks of call-park; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "router--parkserver.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function parking(t)
	return t:first "kind=send method=INVITE src=parkserver"
end

local function answer_to(t, whom)
	return t:first("kind=send status=200 cseq=INVITE src=alice dst=" .. whom)
end

task {
	number = function(t) return t:count "kind=send method=INVITE src=alice" end,
	wrong = {
		{ 3, why = { "Three dialogs, it is true; but the second and third were made by INVITEs that came to her phone.",
			zh = "对话确实有三个；但第二和第三个是由到达她话机的 INVITE 建立的。" }, rule = "replaces-accept" },
		{ 2, why = { "The server calls her, and so does Carol.", zh = "服务器呼叫她，Carol 也呼叫她。" } },
		{ 0, why = { "It was she who called Bob.", zh = "是她呼叫了 Bob。" } },
	},
	rule = "replaces-accept",
	why = { "An INVITE that comes to her does not count, a re-INVITE of hers would. Look for sends whose source is `alice`.",
		zh = "发给她的 INVITE 不算。看源为 `alice` 的发送。" },
	records = function(t) return t:all "kind=send method=INVITE" end,
}

task {
	choice = {
		{ "the one of Alice's call with Bob, which is to be parked", zh = "Alice 与 Bob 的呼叫的对话，要驻留的就是它",
			why = { "Compare the Call-IDs: the REFER went to the server, out of any dialog.",
				zh = "比较 Call-ID：REFER 在任何对话之外发给了服务器。" } },
		{ "the one of the server's call to Alice, made by the REFER", zh = "服务器给 Alice 的呼叫的对话，由 REFER 引发",
			why = { "Bob has no part in that one: its Call-ID is the server's.", zh = "Bob 不属于那个对话：它的 Call-ID 是服务器的。" } },
		{ "none: a NOTIFY is sent outside of dialogs, as a MESSAGE is", zh = "不属于任何对话：NOTIFY 像 MESSAGE 一样在对话之外",
			why = { "Each has tags on both sides, and its CSeq counts on.", zh = "每个 NOTIFY 两侧都有 tag，CSeq 连续递增。" }, rule = "dialog-notify" },
		{ "one of their own: that of the subscription the REFER has made",
			zh = "它们自己的对话：REFER 建立的订阅的对话", right = true },
	},
	rule = "dialog-notify",
	records = function(t) return { t:first "kind=send method=REFER", t:first "kind=send method=NOTIFY" } end,
}

task {
	text = { "Referred-By", "Referred-By:" },
	rule = "replaces-denied",
	wrong = {
		{ "Replaces", why = { "It names the call. Whoever has seen the messages could write it.", zh = "它指明呼叫。见过这些消息的人都写得出来。" } },
		{ "From", why = { "From is the server itself.", zh = "From 是服务器自己。" } },
		{ "Require", why = { "Require says that Replaces must be understood, nothing of who wants it.",
			zh = "Require 只说明必须懂得 Replaces，与谁愿意无关。" } },
		{ "Refer-To", why = { "That stands in the REFER, which the server gets.", zh = "它在发给服务器的 REFER 中。" } },
	},
	why = { "Read the server's INVITE: the field has Bob's URI in it, and stands in his REFER as well.",
		zh = "读服务器的 INVITE：这个字段含有 Bob 的 URI，也出现在他的 REFER 中。" },
	records = parking,
}

task {
	time = function(t) return answer_to(t, "carol").time - answer_to(t, "parkserver").time end,
	tolerance = 0.005,
	wrong = {
		{ function(t) return t:first("kind=send method=INVITE src=carol").time - parking(t).time end,
			why = { "That is from INVITE to INVITE; take the 200s of Alice's phone.", zh = "那是从 INVITE 到 INVITE；应看 Alice 的话机的 200。" } },
		{ function(t) return t:last("kind=send method=BYE").time - answer_to(t, "parkserver").time end,
			why = { "Then Carol hangs up; she had taken the call long before.", zh = "那时 Carol 挂断；她早已取回呼叫。" } },
	},
	why = { "Alice's phone answers two INVITEs: that of the server and that of Carol. Take the times at which it sends the two 200s.",
		zh = "Alice 的话机响应两个 INVITE：服务器的和 Carol 的。取它发送这两个 200 的时刻之差。" },
	records = function(t) return { answer_to(t, "parkserver"), answer_to(t, "carol") } end,
}

task {
	goal = {
		{ "Carol and Bob both ask for the place of the parked call", zh = "Carol 和 Bob 都要求取代驻留的呼叫",
			function(t)
				local hers, his = t:first "kind=send method=INVITE src=carol", t:first "kind=send method=INVITE src=bob"
				return hers ~= nil and his ~= nil and hers:header "Replaces" ~= nil and
				    hers:header "Replaces" == his:header "Replaces", his
			end },
		{ "Carol gets it", zh = "Carol 得到它",
			function(t) return answer_to(t, "carol") ~= nil, answer_to(t, "carol") end },
		{ "Bob hears 603: the call is over", zh = "Bob 收到 603：那个呼叫已结束",
			function(t) return t:first "kind=send src=alice dst=bob status=603" ~= nil, t:first "kind=send src=alice dst=bob status=603" end,
			rule = "replaces-over",
			why = { "His INVITE must come when the parked call has just ended, not before and not much later.",
				zh = "他的 INVITE 要在驻留的呼叫刚刚结束时到达，不能更早，也不能晚得多。" } },
		{ "Carol and Alice are not cut off by it", zh = "Carol 与 Alice 的通话没有因此被切断",
			function(t)
				local refused, bye = t:first "kind=send src=alice dst=bob status=603", t:last "kind=send method=BYE src=carol"
				return refused ~= nil and t:count "kind=send method=BYE src=alice dst=carol" == 0 and
				    (bye == nil or bye.time > refused.time), bye
			end },
	},
	points = 3,
	hint = { "First Carol, then sleep \"30ms\", then the same invite of bob.", zh = "先由 Carol 发送，然后 sleep \"30ms\"，再让 bob 执行同样的 invite。" },
}
