-- The tasks of one-rseq; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "lan--mobile.delay=40ms..80ms:2ms", "seed=1..999:1" }

-- The 183s of the mobile, as Alice's phone receives them.
local function came(t)
	return t:all("kind=recv status=183 dst=alice", function(r)
		return r:header("Contact"):find("192.0.2.3", 1, true) ~= nil
	end)
end

local function first(t)
	return came(t)[1]
end

local function second(t)
	return t:first "kind=send status=183 src=mobile from=12s"
end

task {
	choice = {
		{ "A 200: he has answered, and so the 183 does not matter any more",
			zh = "200：他已接听，183 就不再重要了",
			why = { "The 183 has the answer to Alice's offer, so it has to arrive first.", zh = "183 中有对 Alice 的提议的应答，所以它必须先到达。" } },
		{ "A 500: it can't be answered while a response is not confirmed",
			zh = "500：有响应未得到确认时不能接听",
			why = { "That comes later, when it gives up to wait.", zh = "那是之后的事，在它放弃等待的时候。" } },
		{ "Another 183 with the next number, which contains the answer",
			zh = "编号加一的另一个 183，其中有应答",
			why = { "One waits at a time: the next one follows the PRACK of the first.", zh = "一次只等一个：下一个要等第一个的 PRACK。" } },
		{ "Nothing: its 200 has to wait until the 183 gets its PRACK", right = true,
			zh = "什么也不发送：200 必须等到 183 得到 PRACK" },
	},
	ahead = true,
	rule = "reliable-2xx",
	hint = { "RFC 3262, section 3, has a paragraph on the 2xx of a call whose reliable response has a session description.", zh = "RFC 3262 第 3 节有一段讲可靠响应带有会话描述时的 2xx。" },
	records = second,
}

task {
	find = { node = "alice", rule = { "prack-send", "prack-order", "prack-repeated" }, record = first },
	points = 2,
	rule = "prack-send",
	why = { "Which 183 arrives at the caller and gets no PRACK, although it is the first of its phone?", zh = "哪个 183 到达主叫却没有得到 PRACK，尽管它是那部话机的第一个？" },
	hint = { "`status=183 kind=recv dst=alice to=1.5s` has two records; their To tags differ. `rung inspect` names the section.", zh = "`status=183 kind=recv dst=alice to=1.5s` 有两条记录，它们的 To tag 不同。`rung inspect` 给出章节。" },
	records = first,
}

task {
	number = 27,
	rule = "prack-send",
	wrong = {
		{ 29, why = { "That line is RFC 3262, section 4. With which number does it compare?", zh = "那一行就是 RFC 3262 第 4 节。它与哪个编号比较？" } },
		{ { 28, 30 }, why = { "That line reads or notes the number of one dialog. Who says which dialog that is?", zh = "那一行读取或记下一个对话的编号。是谁说明是哪个对话？" } },
		{ 31, why = { "That line is right, where it is reached.", zh = "执行到那一行时，它是对的。" } },
	},
	why = { "For what does the program keep the last number: for a call, or for a dialog?", zh = "程序为什么保存最后的编号：为呼叫，还是为对话？" },
	hint = { "Two phones answer the same INVITE. Which value is different in their responses?", zh = "两部话机响应同一个 INVITE。它们的响应中哪个值不同？" },
	records = first,
}

task {
	text = function(t)
		return second(t):header "RSeq" .. " 1 INVITE"
	end,
	rule = "prack-send",
	wrong = {
		{ function(t) return second(t):header "RSeq" end, why = { "That is its first part. RAck also has the CSeq of the response.", zh = "那是第一部分。RAck 还有响应的 CSeq。" } },
		{ function(t) return t:first("kind=send status=183 src=desk from=12s"):header "RSeq" .. " 1 INVITE" end, why = { "That confirms the 183 of the desk phone.", zh = "那确认的是桌面话机的 183。" } },
	},
	why = { "Look at RSeq and CSeq of that 183.", zh = "看那个 183 的 RSeq 和 CSeq。" },
	hint = { "RFC 3262, section 7.2: RAck is the number of RSeq, the number of CSeq, and the method of CSeq.", zh = "RFC 3262 第 7.2 节：RAck 是 RSeq 的编号、CSeq 的数和 CSeq 的方法。" },
	records = second,
}

task {
	agent = {
		{ "The mobile gets a PRACK in both calls", zh = "手机在两个呼叫中都得到 PRACK",
			function(t)
				local all = t:all "kind=send status=200 cseq=PRACK src=mobile"
				return #all == 2, all[1] or second(t)
			end, rule = "prack-send",
			why = { "Which last number does the phone compare with that of the mobile?", zh = "话机拿哪个最后的编号与手机的比较？" } },
		{ "Bob takes the second call on his mobile, and Alice hangs up", zh = "Bob 用手机接第二个呼叫，Alice 挂断",
			function(t)
				local ok = t:first "kind=send status=200 cseq=INVITE src=mobile"
				return ok ~= nil and t:first "kind=recv method=BYE dst=mobile" ~= nil, ok
			end, rule = "reliable-2xx",
			why = { "The 200 of the mobile waits for its PRACK.", zh = "手机的 200 在等它的 PRACK。" } },
		{ "No PRACK gets a 481, however far away Alice is", zh = "无论 Alice 多远，没有一个 PRACK 得到 481",
			function(t) return t:first "kind=recv method=PRACK dst=desk" ~= nil and not t:first "kind=send status=481", t:first "kind=send status=481" end, rule = "prack-repeated", set = "alice--lan.delay=300ms",
			why = { "A retransmission of a 183 must be discarded.", zh = "183 的重传必须丢弃。" } },
		program = "phone.lua",
		node = "alice",
		points = 3,
	},
	hint = { "The tag in To tells the dialogs of one INVITE apart: `answer:address(\"To\").tag`.", zh = "To 中的 tag 区分同一个 INVITE 的各个对话：`answer:address(\"To\").tag`。" },
}
