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
	number = function(t) return warning(t, "carol") end,
	wrong = {
		{ function(t) return warning(t, "dora") end,
			why = { "No audio format would help: her phone has no audio.", zh = "什么音频格式都没有用：她不接受音频。" } },
		{ 488, why = { "That is the status. Warning has its own code.", zh = "那是状态码。Warning 有自己的代码。" } },
	},
	why = { "It is the number that the Warning header field begins with.", zh = "就是 Warning 头字段开头的数。" },
	records = function(t) return refusal(t, "carol") end,
	ahead = true,
	hint = { "Does her phone reject audio as such, or its format? See the table and `488@carol`.", zh = "她不能接受的是音频本身，还是它的格式？表格和 `488@carol` 会说明。" },
	others = {
		{ number = function(t) return warning(t, "dora") end, ahead = true,
			ask = { "Before you look at the run: Dora's phone has only `G729`. Which Warning will it send?\n\n    rung show no-common-codec -m status=488 src=dora", zh = "先不看运行：Dora 的话机只有 `G729`。它会发送哪个 Warning？\n\n    rung show no-common-codec -m status=488 src=dora" },
			wrong = { { function(t) return warning(t, "carol") end, why = { "Her phone would accept audio in another format.", zh = "音频她是接受的，只要格式不同。" } }, { 488, why = { "That is the status. Warning has its own code.", zh = "那是状态码。Warning 有自己的代码。" } } },
			why = { "It is the number that the Warning header field begins with.", zh = "就是 Warning 头字段开头的数。" },
			hint = { "Which row of the table is about what her phone lacks? `488@dora` has the field.", zh = "表的哪一行说的是她的话机所缺少的？`488@dora` 有这个字段。" },
			records = function(t) return refusal(t, "dora") end },
		{ number = function(t) return t:count "kind=recv status=488 node=alice" end, unit = { "calls", zh = "个呼叫" }, ahead = true,
			ask = { "Before you look at the run: Alice calls Dora, Carol and Bob. How many of these three calls will end with a 488 at her phone?\n\n    rung show no-common-codec node=alice status=488", zh = "先不看运行：Alice 呼叫 Dora、Carol 和 Bob。这三个呼叫中有几个会在她的话机上以 488 结束？\n\n    rung show no-common-codec node=alice status=488" },
			wrong = { { 3, why = { "One of the three has a matching phone.", zh = "三人中有一人有一部合适的话机。" } }, { 1, why = { "More than one of them has no match.", zh = "不止一人没有合适的。" } } },
			why = { "Compare her codecs with those of each phone; if there are two phones, one match is enough.", zh = "把她的编解码器与每部话机的比较；两部话机中有一部合适就够了。" },
			hint = { "Compare the formats of `INVITE@alice` with what the handout says about each phone, RFC 3264 6; and see by `kind=lookup` which of the three has more than one.",
				zh = "把 `INVITE@alice` 的格式与表中每部话机的对照，RFC 3264 6；再用 `kind=lookup` 看三人中谁不止一部。" },
			records = function(t) return t:all "kind=recv status=488 node=alice" end },
	},
}

task {
	draw = "status=488",
	rule = "proxy-final",
	hint = { "`status=488 dst=px kind=send` are those that the phones send; which of them does `px` not forward by RFC 3261 16.7 step 6, as another branch is still ringing?",
		zh = "`status=488 dst=px kind=send` 是话机发送的；按 RFC 3261 16.7 第 6 步，哪一个因另一分支仍在振铃而被留下？" },
	others = {
		{ draw = "method=ACK", rule = "ict-ack",
			ask = { "Draw all ACKs of the run, one line for each.\n\n    rung show no-common-codec method=ACK kind=send", zh = "画出运行中的所有 ACK，每个一行。\n\n    rung show no-common-codec method=ACK kind=send" },
			hint = { "Each of `cseq=INVITE status=200,488 kind=recv` needs one: a rejection on the hop on which it arrived, RFC 3261 17.1.1.3, a 200 from end to end, 13.2.2.4.",
				zh = "`cseq=INVITE status=200,488 kind=recv` 的每一个都需要一个：拒绝在它到达的那一跳上，RFC 3261 17.1.1.3；200 是端到端，13.2.2.4。" } },
		{ draw = "method=INVITE src=px", rule = "proxy-forward",
			ask = { "Draw the INVITEs that `px` sends in the whole run, one line for each.\n\n    rung show no-common-codec method=INVITE kind=send src=px", zh = "画出 `px` 在整个运行中发送的 INVITE，每个一行。\n\n    rung show no-common-codec method=INVITE kind=send src=px" },
			hint = { "`method=INVITE src=alice kind=send` is what reaches `px`, and `kind=lookup` shows where it finds each of the three: RFC 3261 16.6 makes one for each target.",
				zh = "`method=INVITE src=alice kind=send` 是到达 `px` 的，`kind=lookup` 说明在哪里找到三人：按 RFC 3261 16.6，每个目标一个。" } },
	},
}

task {
	choice = {
		{ "The proxy has read the offer, and has sent it only where its formats are known.",
			zh = "代理服务器读了提议，只把它发到认识其格式的话机。",
			why = { "A proxy does not read the body, and the desk phone did get the INVITE.", zh = "代理服务器不看消息体，而桌上的话机被询问了。" } },
		{ "A 488 is about one phone: the proxy waits for what the other branch comes to.", right = true,
			zh = "488 只关系到一部话机：代理服务器等待另一个分支的结果。" },
		{ "Alice's phone has called again after the 488, with other formats in its offer.",
			zh = "Alice 的话机在 488 之后又呼叫一次，提议中换了格式。",
			why = { "She has sent one INVITE to Bob, and her phone has not received the 488.", zh = "她只向 Bob 发送了一个 INVITE，也没有收到 488。" } },
		{ "The mobile was called after the desk phone had refused, as the next of the list.",
			zh = "桌上的话机拒绝之后，才呼叫列表中的下一个，即手机。",
			why = { "Compare the times of the two INVITEs.", zh = "请比较两个 INVITE 的时间。" } },
	},
	points = 2,
	rule = "proxy-final",
	records = function(t) return { refusal(t, "desk"), t:first "kind=send status=200 src=mobile cseq=INVITE" } end,
	hint = { "`src=px dst=alice kind=send from=3s` shows what the proxy sends her, and when; RFC 3261 16.7 step 5 says what it does with a response other than 6xx.",
		zh = "`src=px dst=alice kind=send from=3s` 是代理服务器何时告诉她什么；不是 6xx 的响应怎样处理，见 RFC 3261 16.7 第 5 步。" },
}

task {
	number = 606,
	wrong = {
		{ 488, why = { "That would leave the mobile ringing.", zh = "那会让手机继续振铃。" } },
		{ 487, why = { "The mobile sends that when the proxy has cancelled its branch.", zh = "那是代理服务器取消分支之后，手机的响应。" } },
		{ { 200, 180 }, why = { "The mobile rang for ten milliseconds.", zh = "手机只振铃了十毫秒。" } },
	},
	why = { "Run it with the setting, and look for the final response to the INVITE for Bob.", zh = "用这个设置运行，找对给 Bob 的 INVITE 的最终响应。" },
	hint = { "`--set desk.global=true src=desk cseq=INVITE from=3s` shows what the desk phone answers then; RFC 3261 16.7 step 5 says what a proxy does with that class of response.",
		zh = "`--set desk.global=true src=desk cseq=INVITE from=3s` 是这时桌上的话机所说的；代理服务器怎样处理这一类响应，见 RFC 3261 16.7 第 5 步。" },
	others = {
		{ number = 487, rule = "cancel-487",
			ask = { "Now the desk phone says that it answers for all of Bob's phones. With which status does his mobile finally answer the INVITE?\n\n    rung show no-common-codec --set desk.global=true src=mobile from=3s", zh = "现在桌上的话机说它代表 Bob 的所有话机。他的手机最后以哪个状态码响应 INVITE？\n\n    rung show no-common-codec --set desk.global=true src=mobile from=3s" },
			wrong = { { 606, why = { "The desk phone sends that, and the proxy to Alice.", zh = "那是桌上的话机说的，也是代理服务器对 Alice 说的。" } }, { 200, why = { "That answers the CANCEL.", zh = "那是对 CANCEL 的响应。" } }, { { 180, 488 }, why = { "The response after it ends the INVITE.", zh = "在它之后还有一个响应结束 INVITE。" } } },
			why = { "Run it with the setting: the proxy cancels the branch, and the mobile answers two requests.", zh = "用这个设置运行：代理服务器撤回这个分支，手机响应两个请求。" },
			hint = { "Choose `src=mobile cseq=INVITE from=3s` in that run.", zh = "在那次运行中用 `src=mobile cseq=INVITE from=3s`。" } },
		{ text = "CANCEL", rule = "proxy-cancel-others",
			ask = { "Now the desk phone says that it answers for all of Bob's phones. By which request does `px` end the ringing of his mobile?\n\n    rung show no-common-codec --set desk.global=true src=px,mobile from=3s", zh = "现在桌上的话机说它代表 Bob 的所有话机。`px` 用哪个请求结束他的手机的振铃？\n\n    rung show no-common-codec --set desk.global=true src=px,mobile from=3s" },
			wrong = { { "BYE", why = { "A BYE ends an answered call; the mobile only rings.", zh = "BYE 结束已接听的呼叫；它只是在振铃。" } }, { "ACK", why = { "That acknowledges a final response; the mobile has sent none by then.", zh = "它确认最终响应；手机那时还没有发送。" } } },
			why = { "Run it with the setting, and look at what `px` sends to the mobile after the rejection.", zh = "用这个设置运行，看拒绝之后 `px` 向手机发送了什么。" },
			hint = { "In that run `src=px dst=mobile kind=send from=3s` has three requests: which of them may be sent while the mobile only rings, RFC 3261 9.1 and 15?",
				zh = "在那次运行中 `src=px dst=mobile kind=send from=3s` 有三个请求：手机还只是振铃时可以发送哪一个，RFC 3261 9.1 和 15？" } },
	},
}

task {
	choice = {
		{ "It would send the offer on as it is, and answer it with what Alice has asked for.",
			zh = "它原样转发提议，并按 Alice 的要求应答。",
			why = { "Then Dora's phone would reject it as before.", zh = "那么 Dora 的话机会像之前一样拒绝。" } },
		{ "It would take the formats out: then Dora offers hers, and Alice learns G729.",
			zh = "它删去格式：这样 Dora 提议她的，Alice 由此学会 G729。",
			why = { "A phone that lacks a codec lacks it whoever makes the offer.", zh = "话机没有的编解码器，不论谁提议都没有。" } },
		{ "It would say 606 instead of 488: then Alice's phone does not try once more.",
			zh = "它用 606 代替 488：这样 Alice 的话机不再尝试。",
			why = { "Then there is no call at all. It should let them talk.", zh = "那样谁也不能通话。它正是为了让双方通话。" } },
		{ "It would offer G729 to Dora, and compute each packet anew, which costs time and quality.", right = true,
			zh = "它提议 G729，并重算每个数据包，因此花费时间和音质。" },
	},
	points = 2,
	hint = { "Its two sides are two calls (docs/roles/sbc.md). What must the offer of the second call contain?", zh = "它的两侧是两个呼叫（docs/roles/sbc.md）。第二个的提议中必须有什么？" },
}

task {
	goal = {
		{ "Dora answers Alice's call", zh = "Dora 接听 Alice 的呼叫",
			function(t)
				local r = t:first "kind=send status=200 src=dora cseq=INVITE"
				return r ~= nil, r
			end, why = { "Is there a codec in Alice's offer that Dora's phone has?", zh = "Alice 的提议中有 Dora 的话机所具有的编解码器吗？" } },
		{ "both have agreed on G729", zh = "双方商定了 G729",
			function(t)
				local r = t:first("kind=media op=agree node=dora", function(r) return r.codec:find("G729", 1, true) end)
				return r ~= nil, r
			end },
		{ "Alice's phone still supports PCMU", zh = "Alice 的话机仍认识 PCMU",
			function(t)
				local r = t:first("kind=send method=INVITE src=alice", function(r) return r.text:find("RTP/AVP[%d ]* 0[%s]") end)
				return r ~= nil, r
			end, why = { "Which other phone has only PCMU?", zh = "还有谁只有 PCMU？" } },
	},
	points = 3,
	hint = { "`alice:set` above the script of `lab.lua`, with `codecs`: what is Dora's phone missing by `488@dora` and the handout, and what must stay by `op=agree node=mobile`?",
		zh = "在 `lab.lua` 的脚本之前写 `alice:set`，设置 `codecs`：从 `488@dora` 和表格看 Dora 缺什么，从 `op=agree node=mobile` 看什么要保留？" },
}
