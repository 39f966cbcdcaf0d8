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
}

task {
	find = { node = "alice", rule = { "prack-repeated", "prack-order" }, record = second },
	points = 2,
	rule = "prack-repeated",
	why = { "Compare CSeq and branch of each PRACK in that list with those of the first.", zh = "把列表中各个 PRACK 的 CSeq 和 branch 与第一个的比较。" },
	hint = { "`method=PRACK kind=send to=2.5s` shows them; one with `↻` has the branch of an earlier one. `rung help clauses` lists the rules of a section, and `rung explain` those of a record.", zh = "`method=PRACK kind=send to=2.5s` 显示它们；带 `↻` 的与先前一个 branch 相同。`rung help clauses` 列出各节的规则，`rung explain` 给出一条记录的规则。" },
	records = second,
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
