-- The tasks of update; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "alice--router.delay=5ms..30ms:5ms", "seed=1..999:1" }

-- The last description that NODE has sent, and its version.
local function last_description(t, node)
	return t:last("kind=send src=" .. node, function(r) return r.text:find "\r\no=" end)
end

local function version(r)
	return tonumber(r.text:match "\r\no=%S+ %d+ (%d+)")
end

-- The 491 that arrives at NODE, and the UPDATE that goes out after it.
local function refused(t, node)
	return t:first("kind=recv status=491 dst=" .. node)
end

local function again(t, node)
	return t:first("kind=send method=UPDATE src=" .. node, function(r) return r.time > refused(t, node).time end)
end

task {
	draw = "cseq=PRACK",
	rule = "offer-reliable",
	hint = { "It is after the 183 and before the first UPDATE: `kind=send from=1s to=2s`.",
		zh = "它在 183 之后、第一个 UPDATE 之前：`kind=send from=1s to=2s`。" },
	others = {
		{
			text = { "RAck", "RAck:" },
			ask = { "A PRACK makes the answer in the 183 final, so that the next offer may follow. Which of its header fields says which response it is for?\n\n    rung show update -m from=1s to=1500ms",
				zh = "PRACK 使 183 中的应答成为最终的，从而可以有下一个提议。它的哪个头字段说明它针对哪个响应？\n\n    rung show update -m from=1s to=1500ms" },
			wrong = {
				{ "RSeq", why = { "That is in the 183 itself.", zh = "那在 183 本身中。" } },
				{ "CSeq", why = { "That is the PRACK's own number.", zh = "那是 PRACK 自己的编号。" } },
				{ { "Require", "Supported" }, why = { "That says that it is wanted, not what it is for.", zh = "那说明需要它，不说明它针对什么。" } },
			},
			rule = "prack-send",
			why = { "Compare the 183 and the PRACK: a number of the first is again in the second.",
				zh = "把 183 和 PRACK 并排：前者的一个数在后者中再次出现。" },
			hint = { "RFC 3262, section 7.2: it repeats two numbers of the 183, `-m method=PRACK`.",
				zh = "RFC 3262 第 7.2 节：它重复 183 中的两个数，看 `-m method=PRACK`。" },
			records = function(t) return t:first "kind=send method=PRACK" end,
		},
		{
			draw = "cseq=UPDATE to=3s",
			ask = { "Draw how the session is changed while the phone rings: the request that has the second offer, and the response that has the answer to it, one line for each, such as `alice -> bob ACK`.\n\n    rung show update -m from=1s to=2.5s",
				zh = "画出振铃时怎样修改会话：带有第二个提议的请求，以及带有对它的应答的响应，每条一行，如 `alice -> bob ACK`。\n\n    rung show update -m from=1s to=2.5s" },
			rule = "update-send",
			hint = { "Bob's phone wants the media elsewhere: `-m from=1500ms to=2500ms`.",
				zh = "想让媒体去别处的是 Bob 的话机：`-m from=1500ms to=2500ms`。" },
		},
	},
}

task {
	number = function(t) return version(last_description(t, "bob")) end,
	rule = "offer-version",
	wrong = {
		{ function(t) return version(last_description(t, "bob")) - 1 end,
			why = { "An offer that was rejected counts, and so does an answer.", zh = "被拒绝的提议也计数，应答也是。" } },
		{ function(t) return tonumber(last_description(t, "bob").text:match "\r\no=%S+ (%d+)") end,
			why = { "That is the number of the session, which stays.", zh = "那是会话的编号，它不变。" } },
	},
	why = { "Look for the last message with a description that Bob's phone sends, and read the second number of `o=`.",
		zh = "找 Bob 的话机发送的最后一个带描述的消息，读 `o=` 的第二个数。" },
	records = function(t) return last_description(t, "bob") end,
	hint = { "`src=bob text=application/sdp kind=send` has everything that counts: the version grows by one with each description that is not the same as before, an offer, an answer or one that is rejected, RFC 3264, section 8.",
		zh = "`src=bob text=application/sdp kind=send` 是要数的全部：与前一个不同的，无论是提议、应答还是被拒绝的提议，版本各加一，RFC 3264 第 8 节。" },
	ahead = true,
	others = {
		{
			number = function(t) return tonumber(t:last("kind=send method=UPDATE src=alice").cseq:match "%d+") end,
			ask = { "Before you look at the run: Alice's INVITE has the CSeq number 1. Which one does her last UPDATE have?\n\n    rung show update -m src=alice kind=send",
				zh = "先不看运行：Alice 的 INVITE 的 CSeq 编号是 1。她的最后一个 UPDATE 会是几？\n\n    rung show update -m src=alice kind=send" },
			ahead = true,
			wrong = {
				{ 2, why = { "She has sent other requests before.", zh = "此前她还发送过别的请求。" } },
				{ 5, why = { "An ACK has the number of its INVITE.", zh = "ACK 用它的 INVITE 的编号。" } },
				{ 3, why = { "That one was rejected.", zh = "那一个被拒绝了。" } },
			},
			rule = "dialog-request",
			why = { "Read CSeq in the last UPDATE that Alice's phone sends.",
				zh = "读 Alice 的话机发送的最后一个 UPDATE 的 CSeq。" },
			hint = { "`src=alice method=INVITE,PRACK,UPDATE kind=send` leaves the ACK out, RFC 3261, 12.2.1.1: each of the others takes a number, whether or not it is rejected.",
				zh = "`src=alice method=INVITE,PRACK,UPDATE kind=send` 不含 ACK，RFC 3261 第 12.2.1.1 节：其余每个都占一个编号，被拒绝的也一样。" },
			records = function(t) return t:last "kind=send method=UPDATE src=alice" end,
		},
		{
			number = function(t) return tonumber(t:last("kind=send method=UPDATE src=bob").cseq:match "%d+") end,
			ask = { "Before you look at the run: which CSeq number does Bob's last UPDATE have? Before the first one he has sent no request.\n\n    rung show update -m src=bob kind=send",
				zh = "先不看运行：Bob 的最后一个 UPDATE 的 CSeq 编号会是几？在第一个 UPDATE 之前他没有发送过请求。\n\n    rung show update -m src=bob kind=send" },
			ahead = true,
			wrong = {
				{ 2, why = { "A request that was rejected and is tried again has the next number.", zh = "被拒绝后再次尝试的请求，编号要再加一。" } },
				{ 5, why = { "Alice's requests do not count for him.", zh = "Alice 的请求不计入他的编号。" } },
			},
			rule = "dialog-request",
			why = { "Read CSeq in the last UPDATE that Bob's phone sends.",
				zh = "读 Bob 的话机发送的最后一个 UPDATE 的 CSeq。" },
			hint = { "`status=491 dst=bob` is between two of his tries: RFC 3261, 12.2.1.1 says which number the second of them has, after that of `UPDATE@bob#2`.",
				zh = "`status=491 dst=bob` 位于他的两次尝试之间：第二次的编号与 `UPDATE@bob#2` 的编号是什么关系，见 RFC 3261 第 12.2.1.1 节。" },
			records = function(t) return t:last "kind=send method=UPDATE src=bob" end,
		},
	},
}

task {
	choice = {
		{ "After the answer only a re-INVITE may change the session", zh = "呼叫接听之后只有 re-INVITE 才能修改会话",
			why = { "An UPDATE may, too: the next ones are answered with 200. A re-INVITE is recommended, since its receiver may ask the user.",
				zh = "UPDATE 也可以：后面的都得到 200。推荐用 re-INVITE，因为它可以询问人。" } },
		{ "The side that has called wins, and has refused first", zh = "主叫一侧优先，并且已先拒绝了对方",
			why = { "Neither has priority: both answer at the same moment, and neither knows the other's answer.",
				zh = "谁也不优先：双方同时响应，互不知道对方的响应。" }, rule = "update-glare" },
		{ "Who waits for an answer refuses any offer till then",
			zh = "自己的提议还在等待时，要拒绝对方的", right = true },
		{ "The CSeq numbers of the two do not follow each other", zh = "双方的 CSeq 编号不是连续的",
			why = { "Each side counts separately. A number that is too low would cause 500.",
				zh = "双方各自计数。编号太小会得到 500。" }, rule = "dialog-cseq" },
	},
	rule = "update-glare",
	records = function(t) return t:all "kind=send status=491" end,
}

task {
	time = function(t) return again(t, "alice").time - refused(t, "alice").time end,
	tolerance = 0.01,
	rule = "update-again",
	wrong = {
		{ function(t) return again(t, "bob").time - refused(t, "bob").time end,
			why = { "That is Bob's phone: the side that has not made the Call-ID waits for 2 s at most.",
				zh = "那是 Bob 的话机：不拥有 Call-ID 的一方最多等 2 s。" } },
		{ function(t)
				local first
				for _, r in ipairs(t:all "kind=send method=UPDATE src=alice") do
					first = first or r
				end
				return again(t, "alice").time - first.time
			end,
			why = { "That is counted from the UPDATE that was rejected.", zh = "这是从被拒绝的 UPDATE 算起的。" } },
		{ function(t) return again(t, "alice").time end,
			why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records at Alice's phone: the arrival of the 491, and the sending of the next UPDATE.",
		zh = "看 Alice 的话机的两条记录：491 的到达，以及下一个 UPDATE 的发送。" },
	records = function(t) return { refused(t, "alice"), again(t, "alice") } end,
	hint = { "Her glare timer starts when the 491 arrives: `node=alice name=glare`.",
		zh = "491 到达时启动她的冲突定时器：`node=alice name=glare`。" },
}

task {
	goal = {
		{ "Bob's phone sends an UPDATE before the call is answered", zh = "Bob 的话机在呼叫接听之前发送 UPDATE",
			function(t)
				local u, ok = t:first "kind=send method=UPDATE src=bob", t:first "kind=send status=200 cseq=INVITE src=bob"
				return u ~= nil and ok ~= nil and u.time < ok.time, u
			end },
		{ "Alice's phone rejects it with 504, at once", zh = "Alice 的话机立即用 504 拒绝",
			function(t)
				local r = t:first "kind=send status=504 src=alice"
				return r ~= nil and r.time - t:first("kind=recv method=UPDATE dst=alice").time < 0.01, r
			end, rule = "update-ask" },
		{ "Alice's phone sends no UPDATE", zh = "Alice 的话机不发送 UPDATE",
			function(t) return t:count "kind=send method=UPDATE src=alice" == 0 end },
		{ "the call is answered and acknowledged", zh = "呼叫被接听并得到确认",
			function(t) return t:first "kind=send method=ACK src=alice" ~= nil, t:first "kind=send method=ACK src=alice" end },
	},
	points = 3,
	hint = { "`method=UPDATE kind=send` shows which phone sends one, and when: only the first may be left, so remove `hers:update()`, and `his:update()` as well if you like. The answer to it must come before `200/INVITE@bob`.", zh = "`method=UPDATE kind=send` 显示谁在何时发送 UPDATE：只有第一个可以留下，所以去掉 `hers:update()`，也可以去掉 `his:update()`。对它的响应必须先于 `200/INVITE@bob`。" },
}
