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
	text = "bob",
	rule = "third-party-flow-iv",
	wrong = {
		{ "alice", why = { "Her phone only answers, twice.", zh = "她的话机只应答，共两次。" } },
		{ "controller", why = { "The controller's own offer has no stream; it has no media.", zh = "控制器自己的提议没有媒体流；它没有媒体。" } },
	},
	why = { "Follow the description in the re-INVITE back: in which message has it reached the controller?",
		zh = "追查 re-INVITE 中的描述：它在哪条消息中到达控制器？" },
	records = function(t) return { offer(t), again(t) } end,
	hint = { "Whose description is the first with a stream in it? `text=m=audio kind=send` lists them in order.", zh = "谁的描述最先带有媒体流？`text=m=audio kind=send` 依次列出。" },
	ahead = true,
	others = {
		{ text = "alice",
			ask = { "Before you look at the run: whose phone will give the answer that the two use in the end? Write its node's name.",
				zh = "先不看运行：双方最终将按哪部话机的应答通话？写出它的节点名。" },
			ahead = true,
			wrong = {
				{ "bob", why = { "His phone is called without a description: what must it do then?", zh = "呼叫他的话机时没有描述：它因此要做什么？" } },
				{ "controller", why = { "It has no media; it only relays the descriptions.", zh = "它没有媒体，只转达别人说的。" } },
			},
			why = { "Follow the description in the ACK for Bob back: in which message has it reached the controller?", zh = "追查给 Bob 的 ACK 中的描述：它在哪条消息中到达控制器？" },
			rule = "third-party-flow-iv",
			records = function(t) return { again(t), answer(t) } end,
			hint = { "The user name of o= in `ACK@controller#3`, the one for Bob, shows which phone has written it.", zh = "给 Bob 的 `ACK@controller#3` 中，o= 的用户名说明是谁写的。" } },
	},
}

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
	why = { "Read the body of the first INVITE, line by line: it has v=, o=, s=, c= and t=. Which line would contain a stream?",
		zh = "逐行读第一个 INVITE 的消息体：有 v=、o=、s=、c=、t=。哪一行说明媒体流？" },
	records = first,
	hint = { "Read the body of `INVITE@controller`, figure 4 of RFC 3725, message 1: streams begin with m=.", zh = "`INVITE@controller` 的消息体，即 RFC 3725 图 4 的消息 1：媒体流以 m= 开头。" },
	others = {
		{ number = function(t) return select(2, again(t).text:gsub("\r\nm=", "")) end,
			ask = { "How many lines m= does the description in the second INVITE to Alice's phone have?",
				zh = "给 Alice 的话机的第二个 INVITE 中，描述有几个 m= 行？" },
			wrong = {
				{ 0, why = { "That is the first INVITE.", zh = "那是第一个 INVITE。" } },
				{ 2, why = { "There is only sound.", zh = "只有声音。" } },
			},
			why = { "Read the body of the re-INVITE, line by line.", zh = "逐行读 re-INVITE 的消息体。" },
			rule = "third-party-flow-iv",
			records = function(t) return { again(t) } end,
			hint = { "It contains what Bob's phone has sent in `200@bob`: RFC 3725, 4.4, `method=INVITE dst=alice`.", zh = "其中有 Bob 的话机在 `200@bob` 中说的：RFC 3725 第 4.4 节，`method=INVITE dst=alice`。" } },
		{ number = function(t) return t:count("kind=send", function(r) return r.body == nil or r.body == "" end) end,
			ask = { "How many of the messages of the run have no description?\n\n    rung show rfc3725-4.4 -m kind=send",
				zh = "这次运行的消息中，有多少条没有描述？\n\n    rung show rfc3725-4.4 -m kind=send" },
			wrong = {
				{ 2, why = { "Look at the INVITEs as well.", zh = "INVITE 也要看。" } },
				{ 4, why = { "One of the ACKs has a description.", zh = "ACK 中有一个带有内容。" } },
				{ 6, why = { "That many have one.", zh = "那是有描述的条数。" } },
			},
			why = { "Look at Content-Length of everything that is sent.", zh = "看所有发送的消息的 Content-Length。" },
			rule = "third-party-flow-iv",
			records = function(t) return t:all "kind=send method=ACK" end,
			hint = { "`text=application/sdp kind=send` has those with a description: which messages of the run are not in it?", zh = "`text=application/sdp kind=send` 是带有描述的：运行中的哪些消息不在其中？" } },
	},
}

task {
	choice = {
		{ "It waits until Bob's phone has sent the 200 a second time", zh = "它要等 Bob 的话机再次发送 200",
			why = { "Bob's phone retransmits it while no ACK arrives, and here it arrived in time.", zh = "没有 ACK 时它才重传，而这里 ACK 及时到达。" }, rule = "invite-2xx-again" },
		{ "Its ACK must bring an answer that Alice gives", zh = "它的 ACK 必须带有 Alice 给出的应答", right = true },
		{ "It may have one transaction only, and Alice's comes first", zh = "它只能有一个事务，而 Alice 的在先",
			why = { "The two calls are independent of each other.", zh = "两个呼叫互不相干。" } },
		{ "It asks Alice's phone whether she wants to talk with Bob", zh = "它要问 Alice 的话机是否愿意与 Bob 通话",
			why = { "She has answered the call already. The re-INVITE is about media.", zh = "她已经接听。要问的是怎样通话。" } },
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
			why = { "That is the version of Bob's phone. Alice's has received a description from the controller before.", zh = "那是 Bob 话机的计数。Alice 的话机之前已收到过控制器的描述。" } },
		{ 0, why = { "The version does not start again.", zh = "它不重新开始。" } },
	},
	why = { "Read o= in both INVITEs to Alice's phone: user name, number, version. It says that this is the same session, changed.",
		zh = "读发给 Alice 话机的两个 INVITE 的 o=：用户名、编号、版本。它表示这是同一会话，有了改变。" },
	records = function(t) return { first(t), again(t) } end,
	hint = { "RFC 3264, 8: the version increases by one when the session changes. Compare `INVITE@controller` and its re-INVITE.", zh = "RFC 3264 第 8 节：会话改变时版本加一。比较 `INVITE@controller` 和它的 re-INVITE。" },
	others = {
		{ number = function(t) return origin(offer(t)) end,
			ask = { "Which version, the second number of o=, is in the description of Bob's phone?",
				zh = "Bob 的话机在它的描述中写的版本（o= 的第二个数）是多少？" },
			wrong = {
				{ 2, why = { "That is what the controller writes for Alice's phone, or the number before it.", zh = "控制器给 Alice 的话机时这样写，或者那是它前面的编号。" } },
				{ 0, why = { "Look again at the line o=.", zh = "请再看 o= 行。" } },
			},
			why = { "Read o= in the 200 of Bob's phone: user name, number, version.", zh = "读 Bob 的话机的 200 中的 o=：用户名、编号、版本。" },
			rule = "offer-version",
			records = function(t) return { offer(t) } end,
			hint = { "It is the first description of this phone in this session: `200@bob`, RFC 4566, 5.2; later ones increase by RFC 3264, 8.", zh = "这是这部话机在本会话中的第一个描述：`200@bob`，RFC 4566 第 5.2 节；以后的按 RFC 3264 第 8 节递增。" } },
	},
}

task {
	goal = {
		{ "Bob's phone has only video in its description", zh = "Bob 的话机的描述中只有视频",
			function(t)
				local r = offer(t)
				return r ~= nil and r.text:find("m=video", 1, true) ~= nil and not r.text:find("m=audio", 1, true), r
			end,
			why = { "Which streams a phone has is an attribute of it.", zh = "话机有哪些媒体流是它的一个属性。" } },
		{ "Alice's phone, which has only sound, rejects that: 488", zh = "只有声音的 Alice 的话机拒绝它：488",
			function(t) return t:first "kind=send src=alice status=488" end },
		{ "the controller ends both calls", zh = "控制器结束两个呼叫",
			function(t)
				return t:first "kind=send src=controller dst=alice method=BYE" ~= nil and
				    t:first "kind=send src=controller dst=bob method=BYE" ~= nil, t:last "kind=send src=controller method=BYE"
			end },
	},
	points = 2,
	hint = { "The attribute is `streams` of bob; docs/TOPOLOGY.md has its values.", zh = "属性是 bob 的 `streams`；docs/zh/TOPOLOGY.md 说明它可以是什么。" },
}

task {
	draw = "node=alice kind=send",
	points = 2,
	hint = { "`src=controller dst=alice kind=send` is the controller's part: which of these does her phone answer, RFC 3261, 13 and 14, and which not?", zh = "`src=controller dst=alice kind=send` 是控制器的部分：其中哪些她的话机要响应（RFC 3261 第 13、14 节），哪些不响应？" },
	others = {
		{ draw = "node=bob kind=send",
			ask = { "Draw all messages between the controller and Bob.\n\n    rung show rfc3725-4.4 node=bob kind=send",
				zh = "画出控制器与 Bob 之间的消息。\n\n    rung show rfc3725-4.4 node=bob kind=send" },
			hint = { "His call needs no second INVITE: `src=bob kind=send` is everything that his phone sends; what is before it, and what acknowledges it?", zh = "他的呼叫不需要第二个 INVITE：`src=bob kind=send` 是他的话机所说的全部；在它之前是什么，又由什么确认？" } },
		{ draw = "text=m=audio kind=send",
			ask = { "Draw the messages whose description has a stream (m=), one line each, in order.\n\n    rung show rfc3725-4.4 -m kind=send from=1.1s",
				zh = "画出描述中有媒体流（m=）的消息，每条一行，按顺序。\n\n    rung show rfc3725-4.4 -m kind=send from=1.1s" },
			hint = { "There is an offer and an answer, and both are relayed to the other side: the bodies in `status=200` and after it.", zh = "一个提议和一个应答，两者都转达给另一方：看 `status=200` 及其后的消息体。" } },
	},
}
