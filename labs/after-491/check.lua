-- The tasks of after-491; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.settings=hold=4,hold=5,hold=6,hold=7", "seed=1..999:1" }

-- Bob's own re-INVITE, and the responses that reject one of Alice's after its end.
local function own(t)
	return t:first "kind=send method=INVITE src=bob"
end

local function ended(t)
	return t:first "kind=recv status=491 dst=bob"
end

local function wrong(t)
	local last = ended(t)
	return last and t:all("kind=send status=491 src=bob", function(r) return r.seq > last.seq end) or {}
end

task {
	choice = {
		{ "That of Alice's phone, since it has made the call and owns the Call-ID",
			zh = "Alice 的话机的那个，因为呼叫是它发起的，Call-ID 属于它",
			why = { "The owner of the Call-ID only waits longer before it tries again.", zh = "Call-ID 的所有者只是在再试之前等得更久。" } },
		{ "That of Bob's phone, since its CSeq number is the lower one of the two",
			zh = "Bob 的话机的那个，因为它的 CSeq 的数较小",
			why = { "Each side counts by itself; the numbers are not compared.", zh = "双方各自计数，两个数并不比较。" } },
		{ "Both of them, since each of the two phones can put the other on hold",
			zh = "两个都得到，因为两部话机都可以保持对方",
			why = { "One offer at a time: two would have two answers.", zh = "一次只能有一个提议：两个就会有两个应答。" } },
		{ "Neither, since each of the phones has a re-INVITE of its own pending", right = true,
			zh = "都得不到，因为每部话机自己都有尚未完成的 re-INVITE" },
	},
	ahead = true,
	rule = "reinvite-pending",
	hint = { "RFC 3261, section 14.2, third paragraph, says what a phone answers while its own INVITE is in progress.", zh = "RFC 3261 第 14.2 节第三段说明话机自己的 INVITE 进行中时怎样响应。" },
	records = function(t) return t:first "kind=send status=491 src=alice" end,
}

task {
	find = { node = "bob", rule = "reinvite-pending", record = function(t) return wrong(t)[1] end },
	points = 2,
	rule = "reinvite-pending",
	why = { "For each 491, look whether its sender has a re-INVITE without a final response at that moment.", zh = "对每个 491，看它的发送者当时是否有尚未得到最终响应的 re-INVITE。" },
	hint = { "`cseq=INVITE kind=recv dst=bob,alice from=4s to=11s` shows when each change got its final response.", zh = "`cseq=INVITE kind=recv dst=bob,alice from=4s to=11s` 显示各个更改何时得到最终响应。" },
	records = function(t) return wrong(t)[1] end,
}

task {
	number = 21,
	rule = "reinvite-pending",
	wrong = {
		{ 17, why = { "That line is right: while a change is pending, the phone must know it.", zh = "那一行是对的：更改尚未完成时，话机必须知道。" } },
		{ 32, why = { "That line is right: it asks whether a change is pending. Who says that it no longer is?", zh = "那一行是对的：它问更改是否尚未完成。谁来说已经完成了？" } },
	},
	why = { "Follow the variable `pending`: where is it set, where is it asked, where is it reset?", zh = "跟踪变量 `pending`：在哪里置位，在哪里查询，在哪里复位？" },
	hint = { "The function behind `on_answer` runs for each final response. Which ones does it think of?", zh = "`on_answer` 后面的函数对每个最终响应都运行。它考虑到了哪些？" },
	records = own,
}

task {
	number = function(t) return #wrong(t) end,
	unit = { "re-INVITEs", zh = "个 re-INVITE" },
	rule = "reinvite-pending",
	wrong = {
		{ function(t) return t:count "kind=send status=491 src=bob" end, why = { "One of those is right: that of the collision.", zh = "其中有一个是对的：冲突时的那个。" } },
		{ function(t) return t:count "kind=send status=491" end, why = { "One of those is of Alice's phone, and one of Bob's is right.", zh = "其中一个是 Alice 的话机的，Bob 的话机的也有一个是对的。" } },
	},
	why = { "Count the 491s that Bob's phone sends after its own re-INVITE is over.", zh = "数 Bob 的话机在自己的 re-INVITE 结束之后发送的 491。" },
	hint = { "`status=491 src=bob kind=send` has them all, and one more.", zh = "`status=491 src=bob kind=send` 就是全部，还多一个。" },
	records = function(t) return wrong(t)[1] end,
}

task {
	agent = {
		{ "Both phones say 491 to the re-INVITEs that cross", zh = "对交错的 re-INVITE，两部话机都返回 491",
			function(t)
				local last = ended(t)
				local his = t:first "kind=send status=491 src=bob"
				return last and his and his.seq < last.seq, his
			end, rule = "reinvite-pending",
			why = { "While its own change is pending, the phone still has to reject another one.", zh = "自己的更改尚未完成时，话机仍须拒绝另一个更改。" } },
		{ "Alice's next re-INVITE gets a 200 with recvonly", zh = "Alice 的下一个 re-INVITE 得到 200，其中有 recvonly",
			function(t)
				local last = ended(t)
				local good = last and t:first("kind=send status=200 cseq=INVITE src=bob", function(r) return r.seq > last.seq end)
				return good ~= nil and good.body:find("a=recvonly", 1, true) ~= nil and #wrong(t) == 0, good
			end, rule = "reinvite-pending",
			why = { "A 491 ends Bob's change as well as a 200 does.", zh = "491 与 200 一样结束 Bob 的更改。" } },
		program = "phone.lua",
		node = "bob",
		points = 3,
	},
	hint = { "Which final responses end a change? RFC 3261, section 14.1, treats more than one of them.", zh = "哪些最终响应结束一次更改？RFC 3261 第 14.1 节不止讲到一个。" },
}
