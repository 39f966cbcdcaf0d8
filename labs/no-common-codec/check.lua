-- The tasks of no-common-codec; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--px.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function refusal(t, phone)
	return t:first("kind=send status=488 src=" .. phone)
end

local function warning(t, phone)
	return tonumber(refusal(t, phone):header("Warning"):match "^%d+")
end

task {
	number = function(t) return warning(t, "dora") end,
	wrong = {
		{ function(t) return warning(t, "carol") end,
			why = { "Audio she would take, if it came in another form.", zh = "音频她是接受的，只要格式不同。" } },
		{ 488, why = { "That is the status. Warning has a code of its own.", zh = "那是状态码。Warning 有自己的代码。" } },
	},
	why = { "It is the number that the Warning header field begins with.", zh = "就是 Warning 头字段开头的数。" },
	records = function(t) return refusal(t, "dora") end,
}

task {
	number = function(t) return warning(t, "carol") end,
	wrong = {
		{ function(t) return warning(t, "dora") end,
			why = { "No format of audio would help her: she takes none of it.", zh = "什么音频格式都没有用：她不接受音频。" } },
		{ 488, why = { "That is the status. Warning has a code of its own.", zh = "那是状态码。Warning 有自己的代码。" } },
	},
	why = { "It is the number that the Warning header field begins with.", zh = "就是 Warning 头字段开头的数。" },
	records = function(t) return refusal(t, "carol") end,
}

task {
	choice = {
		{ "The proxy has read the offer, and has sent it only where its formats are known.",
			zh = "代理服务器读了提议，只把它发到认识其格式的话机。",
			why = { "A proxy does not look into the body, and the desk phone was asked.", zh = "代理服务器不看消息体，而桌上的话机被询问了。" } },
		{ "A 488 is about one phone: the proxy waits for what the other branch comes to.", right = true,
			zh = "488 只关系到一部话机：代理服务器等待另一个分支的结果。" },
		{ "Alice's phone has called again after the 488, with other formats in its offer.",
			zh = "Alice 的话机在 488 之后又呼叫一次，提议中换了格式。",
			why = { "She has sent one INVITE to Bob, and has not heard of the 488.", zh = "她只向 Bob 发送了一个 INVITE，也没有收到 488。" } },
		{ "The mobile was called after the desk phone had refused, as the next of the list.",
			zh = "桌上的话机拒绝之后，才呼叫列表中的下一个，即手机。",
			why = { "Compare the times of the two INVITEs.", zh = "请比较两个 INVITE 的时间。" } },
	},
	points = 2,
	rule = "proxy-final",
	records = function(t) return { refusal(t, "desk"), t:first "kind=send status=200 src=mobile cseq=INVITE" } end,
	hint = { "What does the proxy send to Alice after the 488, and when?", zh = "488 之后，代理服务器向 Alice 发送了什么？何时？" },
}

task {
	number = 606,
	wrong = {
		{ 488, why = { "That would leave the mobile ringing.", zh = "那会让手机继续振铃。" } },
		{ 487, why = { "That the mobile answers, when the proxy has cancelled its branch.", zh = "那是代理服务器取消分支之后，手机的响应。" } },
		{ { 200, 180 }, why = { "The mobile rang for ten milliseconds.", zh = "手机只振铃了十毫秒。" } },
	},
	why = { "Run it with the setting, and look for the final response to the INVITE for Bob.", zh = "用这个设置运行，找对给 Bob 的 INVITE 的最终响应。" },
}

task {
	choice = {
		{ "It would send the offer on as it is, and answer it with what Alice has asked for.",
			zh = "它原样转发提议，并按 Alice 的要求应答。",
			why = { "Then Dora's phone would refuse it as before.", zh = "那么 Dora 的话机会像之前一样拒绝。" } },
		{ "It would take the formats out, so that Dora offers hers, and Alice learns G729.",
			zh = "它删去格式，让 Dora 提议她的，Alice 由此学会 G729。",
			why = { "A phone that lacks a codec has it lacking whoever offers it.", zh = "话机没有的编解码器，不论谁提议都没有。" } },
		{ "It would say 606 instead of 488, so that Alice's phone does not try once more.",
			zh = "它用 606 代替 488，使 Alice 的话机不再尝试。",
			why = { "Then nobody talks at all. It is there to let them talk.", zh = "那样谁也不能通话。它正是为了让双方通话。" } },
		{ "It would offer G729 to Dora, and compute each packet anew: work, time and quality.", right = true,
			zh = "它向 Dora 提议 G729，并把每个数据包重新计算：花费运算、时间和音质。" },
	},
	points = 2,
	hint = { "Its two sides are two calls (docs/roles/sbc.md). What must the second one's offer have?", zh = "它的两侧是两个呼叫（docs/roles/sbc.md）。第二个的提议中必须有什么？" },
}

task {
	goal = {
		{ "Dora takes Alice's call", zh = "Dora 接听 Alice 的呼叫",
			function(t)
				local r = t:first "kind=send status=200 src=dora cseq=INVITE"
				return r ~= nil, r
			end, why = { "Is there a codec in Alice's offer that Dora's phone has?", zh = "Alice 的提议中有 Dora 的话机所具有的编解码器吗？" } },
		{ "both have agreed on G729", zh = "双方商定了 G729",
			function(t)
				local r = t:first("kind=media op=agree node=dora", function(r) return r.codec:find("G729", 1, true) end)
				return r ~= nil, r
			end },
		{ "Alice's phone still knows PCMU", zh = "Alice 的话机仍认识 PCMU",
			function(t)
				local r = t:first("kind=send method=INVITE src=alice", function(r) return r.text:find("RTP/AVP[%d ]* 0[%s]") end)
				return r ~= nil, r
			end, why = { "Who else has nothing but PCMU?", zh = "还有谁只有 PCMU？" } },
	},
	points = 3,
	hint = { "`alice:set` above the script, with `codecs`.", zh = "在脚本之前写 `alice:set`，设置 `codecs`。" },
}
