-- The tasks of rfc3725-4.4; their texts are in README.md.
lesson { minutes = 25, level = 3 }
vary { "alice--controller.delay=5ms..50ms:5ms", "seed=1..999:1" }

local function first(t) return t:first "kind=send method=INVITE dst=alice" end
local function again(t) return t:last "kind=send method=INVITE dst=alice" end
local function offer(t) return t:first "kind=send status=200 src=bob" end
local function answer(t) return t:first "kind=send method=ACK dst=bob" end

local function origin(r)
	return tonumber(r.text:match "\r\no=%S+ %d+ (%d+)")
end

task {
	number = function(t)
		local _, n = first(t).text:gsub("\r\nm=", "")
		return n
	end,
	rule = "third-party-flow-iv",
	wrong = {
		{ 1, why = { "That is the re-INVITE, which has Bob's offer.", zh = "那是 re-INVITE，其中是 Bob 的提议。" } },
		{ 2, why = { "Two INVITEs go to Alice's phone; the question is for the first.", zh = "发给 Alice 话机的 INVITE 有两个；问的是第一个。" } },
	},
	why = { "Read the body of the first INVITE, line by line: it has v=, o=, s=, c= and t=. What would tell of a stream?",
		zh = "逐行读第一个 INVITE 的消息体：有 v=、o=、s=、c=、t=。哪一行说明媒体流？" },
	records = first,
}

task {
	text = "bob",
	rule = "third-party-flow-iv",
	wrong = {
		{ "alice", why = { "Her phone only answers, twice.", zh = "她的话机只应答，共两次。" } },
		{ "controller", why = { "What the controller offers by itself has no stream; it has no media.", zh = "控制器自己的提议没有媒体流；它没有媒体。" } },
	},
	why = { "Follow the description in the re-INVITE back: in which message has it come to the controller?",
		zh = "追查 re-INVITE 中的描述：它在哪条消息中到达控制器？" },
	records = function(t) return { offer(t), again(t) } end,
}

task {
	choice = {
		{ "It waits until Bob's phone has sent the 200 a second time", zh = "它要等 Bob 的话机再次发送 200",
			why = { "That one repeats it as long as no ACK comes, and here it came in time.", zh = "没有 ACK 时它才重传，而这里 ACK 及时到达。" }, rule = "invite-2xx-again" },
		{ "Its ACK has to have an answer, and Alice has to give that", zh = "它的 ACK 必须带应答，而应答要由 Alice 给出", right = true },
		{ "It may have one transaction only, and Alice's comes first", zh = "它只能有一个事务，而 Alice 的在先",
			why = { "The two calls have nothing to do with each other.", zh = "两个呼叫互不相干。" } },
		{ "It asks Alice's phone whether she wants to talk with Bob", zh = "它要问 Alice 的话机是否愿意与 Bob 通话",
			why = { "She has taken the call already. What is asked is how they can talk.", zh = "她已经接听。要问的是怎样通话。" } },
	},
	points = 2,
	rule = "pair-adapted",
	records = answer,
}

task {
	number = function(t) return origin(again(t)) end,
	rule = "offer-version",
	wrong = {
		{ function(t) return origin(offer(t)) end,
			why = { "So Bob's phone counts. Alice's has had a description of the controller's before.", zh = "那是 Bob 话机的计数。Alice 的话机之前已收到过控制器的描述。" } },
		{ 0, why = { "It does not begin anew.", zh = "它不重新开始。" } },
	},
	why = { "Read o= in both INVITEs to Alice's phone: user name, number, version. It says that this is the same session, changed.",
		zh = "读发给 Alice 话机的两个 INVITE 的 o=：用户名、编号、版本。它表示这是同一会话，有了改变。" },
	records = function(t) return { first(t), again(t) } end,
}

task {
	time = function(t) return answer(t).time - offer(t):arrival().time end,
	tolerance = 0.001,
	rule = "pair-adapted",
	wrong = {
		{ function(t) return answer(t).time - offer(t).time end,
			why = { "From the sending of the 200: it takes its time to get there.", zh = "那是从 200 发出算起：它在路上还要时间。" } },
		{ function(t) return answer(t):arrival().time - offer(t).time end,
			why = { "So long Bob's phone waits.", zh = "那是 Bob 的话机等待的时间。" } },
		{ 0, why = { "Then it would have to have the answer itself.", zh = "那样它就得自己有应答。" } },
	},
	why = { "Two records of the controller: Bob's 200 arrives, the ACK goes out. Between them lies one exchange with Alice's phone.",
		zh = "看控制器的两条记录：Bob 的 200 到达，ACK 发出。其间与 Alice 的话机往返一次。" },
	records = function(t) return { offer(t):arrival(), answer(t) } end,
}

task {
	draw = "node=alice kind=send",
	points = 2,
}
