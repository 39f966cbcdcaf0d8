-- The tasks of prack-twice; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "alice--net.delay=260ms..340ms:4ms", "seed=1..999:1" }

-- Alice's PRACKs, each once.
local function pracks(t)
	local seen, all = {}, {}
	for _, r in ipairs(t:all "kind=send method=PRACK src=alice") do
		local via = r:header "Via"
		if not seen[via] then all[#all + 1] = r end
		seen[via] = true
	end
	return all
end

local function second(t)
	return pracks(t)[2]
end

-- The number of the response that a PRACK confirms.
local function confirmed(r)
	return tonumber(r:header("RAck"):match "%d+")
end

-- Bob's first answer to a PRACK that confirms nothing, and his first 183 for
-- which no PRACK has come in time.
local function rejected(t)
	return t:first "kind=send status=481 src=bob"
end
local function again(t)
	return t:first("kind=send status=183 src=bob", function(r) return r.rule == "reliable-again" end)
end

task {
	number = 481,
	rule = "prack-none",
	wrong = {
		{ 200, why = { "The first one gets that. Does anything still wait for the second?", zh = "第一个得到它。还有什么在等第二个吗？" } },
		{ 487, why = { "That is how the INVITE ends, when Alice's phone has given up.", zh = "那是 Alice 的话机放弃之后 INVITE 的结果。" } },
		{ 500, why = { "So it would be if its CSeq were lower than that of the first. It is higher.", zh = "CSeq 比第一个小时才是这样。它更大。" } },
	},
	ahead = true,
	why = { "Look at the responses to the PRACKs in the capture of Bob's line.", zh = "看 Bob 线路的抓包中对各个 PRACK 的响应。" },
	hint = { "RFC 3262, section 3: what does a UAS say to a PRACK that matches no response which waits for one?", zh = "RFC 3262 第 3 节：PRACK 与任何等待中的响应都不匹配时，UAS 怎样响应？" },
	records = second,
	others = {
		{ number = function(t) return confirmed(second(t)) end,
			rule = "prack-send",
			wrong = {
				{ function(t) return confirmed(second(t)) + 1 end, why = { "So it would be if there were a second 183, with a number of its own. This one is a retransmission.", zh = "如果有第二个 183、带着自己的编号，才是这样。这一个是重传。" } },
				{ 1, why = { "That is the CSeq of the INVITE. The number of the 183 comes before it.", zh = "那是 INVITE 的 CSeq。183 的编号在它前面。" } },
			},
			ahead = true,
			why = { "Look for the first number in the RAck of the second PRACK.", zh = "看第二个 PRACK 的 RAck 中的第一个数。" },
			hint = { "RFC 3262, section 7.2: RAck repeats the RSeq of the response that is confirmed. A retransmission has the RSeq of its original.", zh = "RFC 3262 第 7.2 节：RAck 重复被确认的响应的 RSeq。重传的 RSeq 与原来的相同。" },
			records = second,
			ask = { "Before you look at the run: Bob's phone retransmits its 183 before the PRACK arrives, and Alice's phone sends a second PRACK. Find the RSeq of the first 183. Which number, the first in its RAck, does the second PRACK confirm?\n\n    rung show bob.pcapng -m status=183",
				zh = "先不看运行：Bob 的话机在 PRACK 到来之前重传 183，Alice 的话机发送第二个 PRACK。请找出第一个 183 的 RSeq。第二个 PRACK 确认的是哪个编号，即它的 RAck 中的第一个数？\n\n    rung show bob.pcapng -m status=183" } },
	},
}

task {
	find = { node = "alice", rule = { "prack-repeated", "prack-order" }, record = second },
	points = 2,
	rule = "prack-repeated",
	why = { "Compare CSeq and branch of each PRACK in that list with those of the first.", zh = "把列表中各个 PRACK 的 CSeq 和 branch 与第一个的比较。" },
	hint = { "`method=PRACK kind=send to=2.5s` shows them; one with `↻` has the branch of an earlier one. `rung help clauses` lists the rules of a section, and `rung explain` those of a record.", zh = "`method=PRACK kind=send to=2.5s` 显示它们；带 `↻` 的与先前一个 branch 相同。`rung help clauses` 列出各节的规则，`rung explain` 给出一条记录的规则。" },
	records = second,
	others = {
		{ find = { node = "bob", rule = { "prack-none" }, record = function(t) return { rejected(t), rejected(t).cause } end },
			rule = "prack-none",
			why = { "Look for the first response to a PRACK that is not a 200.", zh = "找对 PRACK 的第一个不是 200 的响应。" },
			hint = { "`cseq=PRACK kind=send src=bob` shows the responses; `rung explain` gives the rule of a record.", zh = "`cseq=PRACK kind=send src=bob` 显示这些响应；`rung explain` 给出一条记录的规则。" },
			records = rejected,
			ask = { "Find the record in which a node first rejects what Alice's phone should not have sent: `node=… rule=… record=…`. The rule is one of RFC 3262, section 3.\n\n    rung show prack-twice cseq=PRACK kind=send",
				zh = "找出节点第一次拒绝 Alice 的话机本不该发送的消息的记录：`node=… rule=… record=…`。规则是 RFC 3262 第 3 节的。\n\n    rung show prack-twice cseq=PRACK kind=send" } },
		{ find = { node = "bob", rule = { "reliable-again" }, record = function(t) return { again(t), again(t).cause, again(t).cause.cause } end },
			rule = "reliable-again",
			why = { "Look for the first 183 that is not new. Which of the two at that time does a timer cause, and which one another INVITE?", zh = "找第一个不是新的 183。那一刻的两个之中，哪个由定时器引起，哪个由又一个 INVITE 引起？" },
			hint = { "`status=183 kind=send src=bob` has three; `rung explain` says what has caused each of them, and by which rule.", zh = "`status=183 kind=send src=bob` 有三条；`rung explain` 说明每一条由什么引起、依据哪条规则。" },
			records = again,
			ask = { "Alice's phone sends a second PRACK only because Bob's retransmits its 183. Find the record in which a timer first makes it do so, since no PRACK has come: `node=… rule=… record=…`. The rule is one of RFC 3262, section 3.\n\n    rung show prack-twice status=183 kind=send",
				zh = "Alice 的话机发送第二个 PRACK，只是因为 183 又来了一次。请找出因为没有收到 PRACK、定时器第一次重传 183 的记录：`node=… rule=… record=…`。规则是 RFC 3262 第 3 节的。\n\n    rung show prack-twice status=183 kind=send" } },
	},
}

task {
	number = 21,
	rule = "prack-repeated",
	wrong = {
		{ 22, why = { "That line is right: it notes which number was confirmed last. Who asks for it, and how?", zh = "那一行是对的：它记下最后确认的编号。谁查询它，怎样查询？" } },
		{ 23, why = { "That line sends the PRACK. Which line should have kept it from that?", zh = "那一行发送 PRACK。本该由哪一行阻止它？" } },
		{ 41, why = { "That line obeys RFC 3261, section 12.2.1.2. What has caused the 481?", zh = "那一行遵守 RFC 3261 第 12.2.1.2 节。481 是什么引起的？" } },
	},
	why = { "Which line decides whether a provisional response gets a PRACK?", zh = "哪一行决定临时响应是否得到 PRACK？" },
	hint = { "Which values have `number` and `confirmed` when the 183 comes for the second time?", zh = "183 第二次到来时，`number` 和 `confirmed` 是什么值？" },
	records = second,
}

task {
	choice = {
		{ "It has the RAck of the first, by which Bob's phone knows it again",
			zh = "它的 RAck 与第一个的相同，Bob 的话机由此认出它",
			why = { "The PRACKs that get a 481 have the same RAck as well.", zh = "得到 481 的 PRACK 也有同样的 RAck。" } },
		{ "It has branch and CSeq of the first, so it gets the same 200 again", right = true,
			zh = "它的 branch 和 CSeq 与第一个的相同，所以再次得到同一个 200" },
		{ "It arrives before Bob's phone has answered the PRACK that came first",
			zh = "它在 Bob 的话机响应最先到来的 PRACK 之前到达",
			why = { "It arrives after the 200 was sent. Compare the times.", zh = "它在 200 发送之后才到达。比较时间。" } },
		{ "It has a lower CSeq than the others, and a phone ignores such requests",
			zh = "它的 CSeq 比其他的小，而话机忽略这样的请求",
			why = { "Such requests get a 500 (RFC 3261, section 12.2.2), if they are new ones.", zh = "如果是新的请求，会得到 500（RFC 3261 第 12.2.2 节）。" } },
	},
	points = 1,
	rule = "nist-final",
	hint = { "RFC 3261, section 17.2.3: by which values does a server know that a request is a retransmission?", zh = "RFC 3261 第 17.2.3 节：服务器凭哪些值知道请求是重传？" },
	records = function(t) return pracks(t)[1] end,
}

task {
	agent = {
		{ "Alice's phone confirms the 183 by one PRACK, which may be retransmitted", zh = "Alice 的话机用一个 PRACK 确认 183，它可以被重传",
			function(t) return #pracks(t) == 1, second(t) end, rule = "prack-repeated",
			why = { "Which numbers has the phone confirmed already, when the 183 is retransmitted?", zh = "183 再次到来时，话机已经确认过哪些编号？" } },
		{ "Bob answers, and Alice hangs up after she has talked with him", zh = "Bob 接听，Alice 通话之后挂断",
			function(t)
				local bye = t:first "kind=send method=BYE src=alice"
				return bye ~= nil and t:first "kind=recv status=200 cseq=BYE dst=alice" ~= nil
					and not t:first "kind=send method=CANCEL src=alice", bye
			end, rule = "prack-send",
			why = { "Her phone may not give up a call that goes well.", zh = "呼叫正常时她的话机不得放弃。" } },
		program = "phone.lua",
		node = "alice",
		points = 3,
	},
	hint = { "RFC 3262, section 4: which response is a retransmission, by its RSeq?", zh = "RFC 3262 第 4 节：凭 RSeq，哪个响应是重传？" },
}
