-- The tasks of rfc5407-3.1.5; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--bob.delay=90ms..140ms:10ms" }

-- In which state the last of those records before record AT has left it.
local function state_at(t, filter, at)
	local state
	for _, r in ipairs(t:all(filter)) do
		if r.seq < at.seq then
			state = r.to
		end
	end
	return state
end

local function reinvite(t)
	return t:last "kind=recv dst=bob method=INVITE"
end

task {
	text = function(t)
		local state
		for _, r in ipairs(t:all "kind=fsm node=bob") do
			if r.machine == "offer-answer" and r.seq < reinvite(t).seq then
				state = r.to
			end
		end
		return state
	end,
	wrong = {
		{ "agreed", rule = "invite-ack",
			why = { "That is how Alice sees it: her answer has been sent, in the ACK that is lost.",
				zh = "Alice 是这样看的：她的应答在丢失的 ACK 中。" } },
		{ "reoffered", why = { "That is the state at Alice's phone, after the re-INVITE.", zh = "这是 Alice 发出 re-INVITE 后的状态。" } },
		{ "answering", why = { "He has no offer to answer: the INVITE had none.",
				zh = "他没有什么要应答：INVITE 中没有提议。" }, rule = "offer-make" },
	},
	why = { "Take the last record of the machine offer-answer at Bob's phone before the re-INVITE arrives: the state after the arrow.",
		zh = "取 re-INVITE 到达之前 Bob 的话机上 offer-answer 状态机的最后一条记录：箭头之后的状态。" },
	records = reinvite,
	ahead = true,
	hint = { "Bob's phone has sent a description in its 200 and has received none since: `machine=offer-answer node=bob`.",
		zh = "Bob 的话机在 200 中发送了描述，此后没有收到描述：`machine=offer-answer node=bob`。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=fsm node=alice machine=offer-answer", t:last "kind=send src=alice method=INVITE") end,
			ask = { "Before you look at the run: in which state are offer and answer for Alice's phone just before it sends the re-INVITE?\n\n    rung show rfc5407-3.1.5 kind=fsm machine=offer-answer node=alice",
				zh = "先不看运行：就在 Alice 的话机发送 re-INVITE 之前，提议和应答对它来说会处于什么状态？\n\n    rung show rfc5407-3.1.5 kind=fsm machine=offer-answer node=alice" },
			ahead = true,
			hint = { "She has put her answer into an ACK: see `machine=offer-answer node=alice to=2.4s`.", zh = "她已把应答放进 ACK：看 `machine=offer-answer node=alice to=2.4s`。" },
			wrong = {
				{ "offered", why = { "That is the state at Bob's phone, which has not received the ACK.", zh = "对没有收到 ACK 的 Bob 的话机来说是这样。" } },
				{ "answering", why = { "Her answer has been sent, in the ACK.", zh = "她的应答已在 ACK 中发出。" } },
				{ "reoffered", why = { "That is the state after the re-INVITE is sent.", zh = "re-INVITE 发出之后才是这样。" } },
			},
			why = { "Take the last record of the machine offer-answer at Alice's phone before the re-INVITE is sent: the state after the arrow.",
				zh = "取 re-INVITE 发送之前 Alice 的话机上 offer-answer 状态机的最后一条记录：箭头之后的状态。" },
			records = function(t) return t:last "kind=send src=alice method=INVITE" end,
		},
		{
			text = function(t) return state_at(t, "kind=dialog node=bob", reinvite(t)) end,
			ask = { "Before you look at the run: in which state will Bob's dialog be when the re-INVITE arrives (RFC 5407, section 2)?\n\n    rung show rfc5407-3.1.5 kind=dialog node=bob",
				zh = "先不看运行：re-INVITE 到达时，Bob 的对话会处于什么状态（RFC 5407 第 2 节）？\n\n    rung show rfc5407-3.1.5 kind=dialog node=bob" },
			ahead = true,
			wrong = {
				{ "confirmed", why = { "For that state his phone needs an ACK.", zh = "要这样，他的话机需要一个 ACK。" } },
				{ "early", why = { "It was, until he answered.", zh = "他接听之前是这样。" } },
			},
			rule = "dialog-established",
			why = { "Take the last record of kind dialog at Bob's phone before the re-INVITE arrives: the state after the arrow.",
				zh = "取 re-INVITE 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
			hint = { "His 200 has been sent, and the ACK is lost: `kind=dialog node=bob to=2.6s`.",
				zh = "他的 200 已发出，ACK 丢失了：`kind=dialog node=bob to=2.6s`。" },
			records = reinvite,
		},
	},
}

task {
	find = {
		node = "bob",
		rule = "reinvite-offered",
		record = function(t)
			local no = t:first "kind=send src=bob status=491"
			return { no, no:arrival() }
		end,
	},
	points = 2,
	why = { "Look for the response with which the re-INVITE is rejected; `rung explain` with its number names the rule, which is about offers.",
		zh = "找拒绝 re-INVITE 的响应；用它的编号运行 `rung explain`，会给出规则，其中说到提议。" },
	hint = { "It has the CSeq of the re-INVITE, `INVITE@alice#2`. The rule follows from the state of `machine=offer-answer node=bob` at that moment: RFC 3261, 14.2.",
		zh = "它的 CSeq 与 re-INVITE `INVITE@alice#2` 的相同。规则取决于那一刻 `machine=offer-answer node=bob` 处于何处：RFC 3261 第 14.2 节。" },
	records = function(t) return t:first "kind=send src=bob status=491" end,
	others = {
		{
			number = function(t) return t:count "kind=send src=alice method=ACK" end,
			ask = { "How many ACKs does Alice's phone send in total, including the one that is lost, and for which responses?\n\n    rung show rfc5407-3.1.5 -m method=ACK kind=send",
				zh = "包括丢失的那个在内，Alice 的话机总共发送多少个 ACK？它们确认哪些响应？\n\n    rung show rfc5407-3.1.5 -m method=ACK kind=send" },
			wrong = {
				{ 2, why = { "One is lost, but it was sent.", zh = "有一个丢失了，但它已发出。" } },
				{ 1, rule = "invite-ack", why = { "A phone that receives the 200 again must acknowledge it again.", zh = "再次收到 200，就必须再次确认。" } },
			},
			rule = "invite-ack",
			why = { "Count the transmissions of ACK by Alice's phone, and read CSeq in each.",
				zh = "数 Alice 的话机发送 ACK 的次数，并逐一读 CSeq。" },
			hint = { "The 200 arrives twice, and the rejection must be acknowledged as well: `dst=alice status=2xx,4xx kind=recv`.",
				zh = "200 到达两次，拒绝也要确认：看 `dst=alice status=2xx,4xx kind=recv`。" },
			records = function(t) return t:all "kind=send src=alice method=ACK" end,
		},
		{
			draw = "src=bob kind=send from=1.5s",
			ask = { "Draw what Bob's phone sends from his first 200 on, one line for each arrow, such as `bob -> alice 180`. Which of these messages is the answer to the re-INVITE?\n\n    rung show rfc5407-3.1.5 src=bob kind=send from=1.5s",
				zh = "画出 Bob 的话机从第一个 200 起发送的消息，每行一个，例如 `bob -> alice 180`。其中哪一个是对 re-INVITE 的响应？\n\n    rung show rfc5407-3.1.5 src=bob kind=send from=1.5s" },
			rule = "invite-2xx-again",
			hint = { "No ACK reaches him in time: which timer of `node=bob kind=timer from=1.5s` fires until then (RFC 3261, 13.3.1.4)? And a re-INVITE that arrives meanwhile is answered by `rule=reinvite-offered`.",
				zh = "没有 ACK 及时到达他：在此之前 `node=bob kind=timer from=1.5s` 中哪个定时器到期（RFC 3261 13.3.1.4）？其间到达的 re-INVITE 由 `rule=reinvite-offered` 响应。" },
		},
	},
}

task {
	choice = {
		{ "both for Bob's 200, the first of which was lost; both are sent by the phone itself",
			zh = "都是对 Bob 的 200 的，第一个丢失了；都由话机自己发送",
			why = { "The last one has CSeq 2 and is for the 491.", zh = "最后一个的 CSeq 是 2，是对 491 的。" },
			rule = "ict-ack" },
		{ "one for the 200, which the phone itself sends; one for the 491, which the transaction sends",
			zh = "一个对 200，由话机自己发送；一个对 491，由事务发送",
			right = true, rule = "ict-ack" },
		{ "one for the 200, which the transaction sends; one for the 491, which the phone itself sends",
			zh = "一个对 200，由事务发送；一个对 491，由话机自己发送",
			why = { "It is the other way round: only the phone knows what the ACK for a 2xx must contain.",
				zh = "正相反：2xx 的 ACK 要携带什么，只有话机知道。" }, rule = "invite-ack" },
		{ "both for the 491: the first of them was lost; the transaction sends both",
			zh = "都是对 491 的：第一个丢失了；都由事务发送",
			why = { "The first of them has CSeq 1 and contains an answer.", zh = "其中第一个的 CSeq 是 1，并带有应答。" },
			rule = "invite-ack" },
	},
	points = 2,
	records = function(t) return t:all "kind=send method=ACK from=2.2s" end,
}

local function glare(t)
	return t:first "kind=timer node=alice name=glare"
end

task {
	time = function(t) return glare(t).length / 1e9 end,
	tolerance = "10ms",
	wrong = {
		{ 0.5, rule = "reinvite-glare",
			why = { "T1 is for a request without a response; here there was one, 491.",
				zh = "T1 用于没有响应的情形；这里有响应，即 491。" } },
	},
	rule = "reinvite-glare",
	why = { "Read the length of the timer that is called glare at Alice's phone.",
		zh = "读 Alice 的话机上名为 glare 的定时器的时长。" },
	records = glare,
	hint = { "RFC 3261, 14.1 takes the random time from one range for the side that has made the Call-ID and from another for the other side; the length is in a record after the arrival of `491@bob`.",
		zh = "RFC 3261 第 14.1 节：产生 Call-ID 的一方与另一方，随机的范围不同；它有多长，写在 `491@bob` 到达之后。" },
}

task {
	goal = {
		{ "the ACK with the answer is lost, and there is a 491", zh = "带应答的 ACK 丢失，并出现 491",
			function(t) return t:count "kind=drop method=ACK" > 0 and t:count "kind=send status=491" > 0, t:first "kind=send status=491" end },
		{ "Alice's phone tries again by itself", zh = "Alice 的话机自己再次尝试",
			function(t)
				return t:first "kind=timer node=alice name=glare op=fire"
			end, rule = "reinvite-glare",
			why = { "It waits for up to 4 s after the 491.", zh = "它在 491 之后最多等 4 s。" } },
		{ "Bob's phone accepts it", zh = "Bob 的话机接受",
			function(t)
				local r = t:last "kind=recv dst=alice status=200 cseq=INVITE"
				return r ~= nil and r.of.cseq ~= "1 INVITE", r
			end },
	},
	points = 2,
}
