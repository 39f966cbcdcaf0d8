-- The tasks of rfc5359-2.10; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "carol.answer=1000ms..4000ms:500ms", "router--carol.delay=5ms..45ms:10ms" }

task {
	number = function(t)
		local seen, n = {}, 0
		for _, r in ipairs(t:all "kind=dialog") do
			if r.call_id ~= nil and not seen[r.call_id] then
				seen[r.call_id] = true
				n = n + 1
			end
		end
		return n
	end,
	wrong = {
		{ 1, why = { "Between a caller and a callee there is one; no other phone can be part of it.", zh = "对话只有主叫和被叫，没有第三方。" }, rule = "dialog-uac" },
		{ 3, why = { "Alice and Carol have none with each other.", zh = "Alice 与 Carol 之间没有对话。" } },
		{ 4, why = { "Each is counted once, not at both of its ends.", zh = "每个对话只算一次，不按两端各算一次。" } },
	},
	why = { "Ask for each pair of phones whether it has its own Call-ID: that is the number of dialogs.",
		zh = "逐对看话机：两部之间是否有自己的 Call-ID；有几个 Call-ID 就有几个对话。" },
	records = function(t) return t:all "kind=dialog node=bob" end,
	hint = { "A dialog has two ends and one Call-ID (RFC 3261, 12): `kind=dialog node=bob`.", zh = "对话有两端和一个 Call-ID（RFC 3261 第 12 节）：`kind=dialog node=bob`。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=send method=INVITE" end,
			ask = { "Before you look at the run: how many INVITEs will be sent until the three talk with each other?\n\n    rung show rfc5359-2.10 method=INVITE kind=send",
				zh = "先不看运行：到三人一起通话为止，将发送多少个 INVITE？\n\n    rung show rfc5359-2.10 method=INVITE kind=send" },
			ahead = true,
			wrong = {
				{ 2, why = { "One of the calls has a second one within its dialog.", zh = "其中一个呼叫在对话之内还有第二个。" } },
				{ 4, why = { "Nothing is sent to Alice when Carol has answered.", zh = "Carol 接听之后没有再给 Alice 发送。" } },
			},
			why = { "Count the transmissions of all phones, within dialogs and outside.", zh = "数所有话机的发送，对话之内和之外的都算。" },
			rule = "reinvite",
			records = function(t) return t:all "kind=send method=INVITE" end,
			hint = { "`kind=act` has what people do with their calls: which of these acts needs an INVITE, and which happens only at Bob's phone?", zh = "`kind=act` 是人对呼叫所做的：其中哪些需要一个 INVITE，哪些只在 Bob 的话机上完成？" } },
		{ number = function(t) return t:count("kind=send", function(r) return r:header "Content-Type" == "application/sdp" end) end,
			ask = { "Before you look at the run: how many messages will carry a session description?\n\n    rung show rfc5359-2.10 -m method=INVITE,ACK kind=send\n    rung show rfc5359-2.10 -m status=180,200 kind=send",
				zh = "先不看运行：将有多少条消息带会话描述？\n\n    rung show rfc5359-2.10 -m method=INVITE,ACK kind=send\n    rung show rfc5359-2.10 -m status=180,200 kind=send" },
			ahead = true,
			wrong = {
				{ 4, why = { "The session with Alice is offered twice.", zh = "与 Alice 的会话提议了两次。" } },
				{ 3, why = { "The answers have one as well.", zh = "应答也有。" } },
			},
			why = { "Count the messages with a body of SDP: each offer and each answer.", zh = "数消息体为 SDP 的消息：每个提议和每个应答。" },
			rule = "offer-make",
			records = function(t) return t:all "kind=send method=INVITE" end,
			hint = { "Each INVITE contains an offer and its 200 the answer, RFC 3264, 4, and RFC 6337, 2.2: `text=application/sdp kind=send`.", zh = "每个 INVITE 都提议，并在其 200 中得到应答，RFC 3264 第 4 节，RFC 6337 第 2.2 节：`text=application/sdp kind=send`。" } },
	},
}

task {
	choice = {
		{ "Alice's phone sends her voice to both of them",
			zh = "Alice 的话机把她的声音发给两人",
			why = { "It has one session, with Bob's phone, and one address.", zh = "它只有与 Bob 的话机的一个会话和一个地址。" } },
		{ "Bob's phone mixes it with his voice and sends that",
			zh = "Bob 的话机把它与 Bob 的声音混合后发出",
			right = true },
		{ "by a server in between, which mixes all the voices",
			zh = "经过中间的服务器，由它混合所有声音",
			why = { "There is none here, and signalling servers carry no media.", zh = "这里没有服务器，而且信令服务器不传声音。" } },
		{ "the INVITE to Carol has Alice's address in its SDP",
			zh = "给 Carol 的 INVITE 的 SDP 中写有 Alice 的地址",
			why = { "Look into it: it has Bob's.", zh = "请看：写的是 Bob 的地址。" }, rule = "offer-make" },
	},
	points = 2,
	records = function(t) return t:first "kind=send dst=carol method=INVITE" end,
}

task {
	choice = {
		{ "they go on talking: they have heard each other",
			zh = "两人继续通话：他们已经能听到对方",
			why = { "The mixer is gone, and they have no dialog with each other.", zh = "混音的一方已离开，而他们之间没有对话。" } },
		{ "Alice keeps the call, since she has called; Carol's ends",
			zh = "Alice 是主叫，她的呼叫保留；Carol 的呼叫结束",
			why = { "It does not matter who called whom: hers is a dialog with Bob like Carol's.", zh = "谁是主叫并不起作用：她与 Bob 的对话和 Carol 的一样。" }, rule = "bye-send" },
		{ "one BYE goes to both and ends the conference",
			zh = "一个 BYE 发给两人，结束会议",
			why = { "A BYE belongs to one dialog.", zh = "一个 BYE 属于一个对话。" }, rule = "bye-send" },
		{ "both calls end, each of them with a BYE",
			zh = "两个呼叫都结束，各有一个 BYE",
			right = true, rule = "bye-send" },
	},
	points = 2,
}

local function mixed(t)
	return t:first("kind=call node=bob", function(r) return r.mixed ~= nil end)
end

local function call_carol(t)
	return t:first "kind=send src=bob dst=carol method=INVITE"
end

task {
	draw = "kind=send node=carol",
	hint = { "For Carol's phone it is a first call: RFC 3261, 13; `dst=carol kind=recv` has what it receives.", zh = "对 Carol 的话机这是第一个呼叫：RFC 3261 第 13 节；`dst=carol kind=recv` 有它收到的。" },
	others = {
		{ draw = "kind=send node=alice",
			ask = { "Draw all messages between Alice's phone and Bob's in the whole run, one line each: `alice -> bob INVITE`. How does she learn that Carol has joined?\n\n    rung show rfc5359-2.10 -m node=alice kind=send",
				zh = "画出整个运行中 Alice 的话机与 Bob 的话机之间的消息，每条一行，如 `alice -> bob INVITE`。她从什么得知 Carol 加入？\n\n    rung show rfc5359-2.10 -m node=alice kind=send" },
			hint = { "The dialog begins on her side; the session is offered again from the other: `node=alice method=INVITE`.", zh = "对话由她一侧开始；会话由另一侧重新提议：`node=alice method=INVITE`。" } },
		{ time = function(t) return mixed(t).time - call_carol(t).time end,
			ask = { "How long after Bob has called Carol are the three connected?\n\n    rung show rfc5359-2.10 node=bob from=4s",
				zh = "Bob 呼叫 Carol 之后多久，三人连在一起？\n\n    rung show rfc5359-2.10 node=bob from=4s" },
			wrong = {
				{ function(t) return t:first("kind=send src=carol status=200").time - call_carol(t).time end, why = { "At that time Carol answers; Bob's phone must still learn it.", zh = "那时 Carol 接听；Bob 的话机还要得知。" } },
			},
			why = { "Count from Bob's INVITE to Carol until his phone mixes: there is a record of it after Carol's 200.", zh = "从 Bob 给 Carol 的 INVITE 算起，到他的话机开始混音为止：Carol 的 200 之后有一条记录说明这一点。" },
			records = function(t) return { mixed(t) } end,
			tolerance = "1ms",
			hint = { "A record `kind=call node=bob` shows that it mixes; it is after the arrival of `200@carol`.", zh = "有一条 `kind=call node=bob` 的记录说明混音；它在 `200@carol` 到达之后。" } },
	},
}

task {
	goal = {
		{ "Bob holds Alice before he calls Carol", zh = "Bob 在呼叫 Carol 之前保持 Alice",
			function(t)
				local hold = t:first "kind=act node=bob hold"
				return hold ~= nil and call_carol(t) ~= nil and hold.seq < call_carol(t).seq, hold
			end },
		{ "the two calls are mixed", zh = "两个呼叫混合在一起",
			function(t) return mixed(t) ~= nil, mixed(t) end },
		{ "his phone takes Alice off hold automatically", zh = "他的话机解除对 Alice 的保持，没有人要求它这样做",
			function(t)
				local r = t:last "kind=send src=bob dst=alice method=INVITE"
				return r ~= nil and r.text:find("a=sendrecv", 1, true) ~= nil and t:count "kind=act node=bob resume" == 0, r
			end, rule = "resume-send",
			why = { "Let the phone do the resume.", zh = "把恢复留给它自己做。" } },
	},
	points = 3,
}
