-- The tasks of conference; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "lan--carol.delay=5ms..30ms:5ms", "seed=1..999:1" }

local news = "kind=send method=NOTIFY src=conf"

-- The answer to Alice's INVITE.
local function admitted(t)
	return t:first "kind=send status=200 src=conf dst=alice cseq=INVITE"
end

local function refusal(t)
	return t:first "kind=send src=conf dst=bob status=4xx cseq=INVITE"
end

-- What tells PHONE of WHOM: the first NOTIFY that says so.
local function told(t, phone, whom)
	for _, r in ipairs(t:all(news .. " dst=" .. phone)) do
		if r.text:find("sip:" .. whom .. "@", 1, true) then
			return r
		end
	end
end

-- The value of `version` in a NOTIFY.
local function version(r)
	return tonumber(r.text:match 'version="(%d+)"')
end

task {
	choice = {
		{ "The parameter isfocus, after the URI of its Contact", zh = "参数 isfocus，在 Contact 的 URI 之后", right = true },
		{ "The domain of the Contact, which begins with “conf.”", zh = "Contact 的域名，它以“conf.”开头",
			why = { "A name means nothing by itself: the domain of any phone may have this name.", zh = "名字本身说明不了什么：任何话机的域都可以叫这个名字。" } },
		{ "Its Allow, which contains REFER and SUBSCRIBE", zh = "Allow，其中有 REFER 和 SUBSCRIBE",
			why = { "Bob's phone has these in its Allow as well.", zh = "Bob 的话机的 Allow 中也有它们。" } },
		{ "The session description: there are several m= lines", zh = "会话描述：有几个 m= 行",
			why = { "Count them. Other participants change nothing in Alice's own session.", zh = "数一数。会议中还有谁，不影响 Alice 自己的会话。" } },
	},
	rule = "conference-enter",
	records = admitted,
	hint = { "Compare `200@conf` with `200@carol`, the response of a phone that is no focus: which line has one more word?", zh = "把 `200@conf` 与 `200@carol`（不是焦点的话机的响应）并排：哪一行多一个词？" },
}

task {
	find = {
		rule = { "conference-ask" },
		record = function(t)
			local r = t:first "kind=send method=SUBSCRIBE src=carol"
			return { r, r:arrival() }
		end,
	},
	points = 2,
	why = { "Carol's phone subscribes: look for what it sends directly after the ACK of the focus.",
		zh = "Carol 的话机请求得知会议的情况：看焦点的 ACK 之后它立即发送什么。" },
	records = function(t) return t:first "kind=send method=SUBSCRIBE src=carol" end,
	hint = { "Look at what `src=carol` sends after `ACK@conf` without being asked.", zh = "看 `ACK@conf` 之后 `src=carol` 主动发送的内容。" },
	others = {
		{
			find = {
				rule = { "conference-locked" },
				record = function(t) return { refusal(t), refusal(t):arrival() } end,
			},
			why = { "It is the response to Bob's second INVITE; `rung explain` names the rule.",
				zh = "它是对 Bob 的第二个 INVITE 的响应；`rung explain` 给出规则。" },
			hint = { "`INVITE@bob#2` is answered at once; open the response in the rule pane.",
				zh = "`INVITE@bob#2` 立即得到响应；在规则面板中打开返回的消息。" },
			ask = { "Bob calls again and is not let in. By which message, by which rule? `rule=… record=…`.\n\n    rung show conference node=bob from=34s",
				zh = "Bob 回来，却不能进入。用哪条消息，按哪条规则？`rule=… record=…`。\n\n    rung show conference node=bob from=34s" },
		},
		{
			find = {
				rule = { "conference-dial" },
				record = function(t) return { t:first "kind=send method=INVITE src=conf dst=carol", t:first("kind=send method=INVITE src=conf dst=carol"):arrival() } end,
			},
			why = { "Look for the first message that reaches Carol's phone, at 16 s; `rung explain` names the rule.",
				zh = "看 16 s 时首先到达 Carol 的话机的是什么；`rung explain` 给出规则。" },
			hint = { "The first record of `dst=carol` makes her phone ring.",
				zh = "`dst=carol` 的第一条记录使她的话机振铃。" },
			ask = { "Carol joins the conference without having called it. By which message, by which rule? `rule=… record=…`.\n\n    rung show conference node=carol to=18s",
				zh = "Carol 没有呼叫会议却进入了它。用哪条消息，按哪条规则？`rule=… record=…`。\n\n    rung show conference node=carol to=18s" },
		},
	},
}

task {
	number = function(t) return version(told(t, "alice", "carol")) end,
	rule = "conference-document",
	wrong = {
		{ function(t) return version(told(t, "bob", "carol")) end,
			why = { "That is Bob's: the versions of each subscription are counted separately.", zh = "那是 Bob 的：每个订阅各自计数。" } },
		{ 0, why = { "0 is the first document of a subscription, with all participants.", zh = "0 是订阅的第一份文档，包含所有在场的人。" } },
	},
	why = { "Read `version` in the body of the first NOTIFY to Alice's phone that contains Carol.",
		zh = "在发给 Alice 的话机、首次出现 Carol 的 NOTIFY 的消息体中读 `version`。" },
	records = function(t) return told(t, "alice", "carol") end,
	hint = { "Carol is called at 16 s: in `method=NOTIFY dst=alice from=16s to=18s` the body begins with the attributes of conference-info.",
		zh = "Carol 在 16 s 被呼叫：`method=NOTIFY dst=alice from=16s to=18s` 的消息体开头是 conference-info 的属性。" },
	others = {
		{
			number = function(t) return version(told(t, "bob", "carol")) end,
			rule = "conference-document",
			records = function(t) return told(t, "bob", "carol") end,
			wrong = {
				{ function(t) return version(told(t, "alice", "carol")) end, why = { "That is Alice's: the versions of each subscription are counted separately.", zh = "那是 Alice 的：每个订阅各自计数。" } },
				{ 0, why = { "That is the first document of a subscription.", zh = "那是订阅的第一份文档。" } },
			},
			why = { "Read `version` in the body of the first NOTIFY to Bob's phone that contains Carol.",
				zh = "在发给 Bob 的话机、首次出现 Carol 的 NOTIFY 的消息体中读 `version`。" },
			hint = { "Bob's subscription begins at 8 s, and its versions begin with that document: `method=NOTIFY dst=bob to=18s` has it and the document of the question.",
				zh = "Bob 的订阅从 8 s 开始，文档自行编号：`method=NOTIFY dst=bob to=18s` 有它和所问的那个。" },
			ask = { "Find the first NOTIFY to Bob's phone that contains Carol: which version does its document have?\n\n    rung show conference -m method=NOTIFY dst=bob",
				zh = "发给 Bob 的话机、首次出现 Carol 的 NOTIFY：其文档的版本是几？\n\n    rung show conference -m method=NOTIFY dst=bob" },
		},
		{
			number = function(t) return t:count(news .. " dst=alice") end,
			unit = { "messages", zh = "条消息" },
			rule = "conference-document",
			wrong = {
				{ function(t) return t:count(news .. " dst=bob") end, why = { "That is the number for Bob's phone.", zh = "那是到达 Bob 的话机的数目。" } },
			},
			why = { "Each change of the participants and their states is reported; count what the focus sends to her, including the first and the last.",
				zh = "谁在场、怎样在场，每次变化都会告知；数焦点发给她的，第一个和最后一个也算。" },
			hint = { "The first follows `SUBSCRIBE@alice`, the last the end at 40 s: look in the table for the changes between them, who joins, leaves, or holds the call.",
				zh = "第一个在 `SUBSCRIBE@alice` 之后，最后一个在 40 s 结束之时：按表逐项看其间有什么变化，谁加入、离开，谁保持。" },
			ask = { "How many NOTIFYs does Alice's phone get from the focus in the whole run?\n\n    rung show conference method=NOTIFY dst=alice kind=send",
				zh = "整个运行中，Alice 的话机从焦点得到多少个 NOTIFY？\n\n    rung show conference method=NOTIFY dst=alice kind=send" },
		},
	},
}

task {
	choice = {
		{ "partial: it has only the users who have changed", zh = "partial：其中只有变化的用户", right = true },
		{ "partial: the others are not connected yet at all", zh = "partial：其他人都还没有连接",
			why = { "They are: the previous document says so.", zh = "已经连接：之前的文档说明了这一点。" } },
		{ "full: it is Carol alone whom Alice hears by now", zh = "full：现在 Alice 只听得到 Carol",
			why = { "Read the attribute `state` of conference-info.", zh = "读 conference-info 的属性 `state`。" } },
		{ "deleted: Carol takes another user's place in it", zh = "deleted：Carol 取代了另一用户",
			why = { "Deleted is used for a user who has left. Nobody has left by then.", zh = "deleted 用来说离开的用户。此时没有人离开。" } },
	},
	rule = "conference-gap",
	records = function(t) return told(t, "alice", "carol") end,
}

task {
	number = function(t) return refusal(t).status end,
	rule = "conference-locked",
	wrong = {
		{ 404, why = { "The conference is there: Alice and Carol go on in it.", zh = "会议还在：Alice 和 Carol 仍在其中。" } },
		{ 486, why = { "It is not full: the three were in it before.", zh = "它没有满：之前三人都在其中。" } },
		{ 481, why = { "That is a response to a request within a dialog. This INVITE begins a new call.", zh = "那是对对话内请求的响应。这个 INVITE 开始新的呼叫。" } },
		{ 487, why = { "Nobody has cancelled Bob's INVITE.", zh = "没有人撤回 Bob 的 INVITE。" } },
	},
	why = { "Look for the final response to Bob's second INVITE.", zh = "找对 Bob 的第二个 INVITE 的最终响应。" },
	records = refusal,
	ahead = true,
	hint = { "The focus has room and knows the conference: which status of RFC 3261 21.4 is left, given RFC 4575 5.5.3? The record is at 35 s in `dst=bob cseq=INVITE`.",
		zh = "焦点有位置，也知道这个会议：RFC 3261 第 21.4 节和 RFC 4575 第 5.5.3 节中还剩什么？记录在 `dst=bob cseq=INVITE` 的 35 s 处。" },
	others = {
		{
			number = function(t) return t:count "kind=send method=BYE src=conf" end,
			ahead = true,
			unit = { "phones", zh = "部话机" },
			rule = "conference-disband",
			wrong = {
				{ 3, why = { "One of the three has left, and was not let in again.", zh = "三人中有一人已离开，并且没能再进入。" } },
				{ 1, why = { "More than one is still there.", zh = "还在的不止一人。" } },
			},
			why = { "Go through the table: who is in the conference at 40 s?",
				zh = "逐行看上面的表：40 s 时谁在会议中？" },
			hint = { "`method=BYE src=conf kind=send` has a line for each; a participant who left before sent a BYE himself, `BYE@bob`.",
				zh = "`method=BYE src=conf kind=send` 中每部话机一行；先走的人自己挂断，见 `BYE@bob`。" },
			ask = { "Before you look at the run: at 40 s the conference is over. How many phones does the focus send a BYE to?\n\n    rung show conference method=BYE from=30s",
				zh = "先不看运行：40 s 时会议结束。焦点挂断几部话机？\n\n    rung show conference method=BYE from=30s" },
		},
		{
			number = function(t) return t:count "kind=send method=INVITE src=conf" end,
			ahead = true,
			unit = { "times", zh = "次" },
			rule = "conference-dial",
			wrong = {
				{ 3, why = { "Two of them call it.", zh = "其中两人呼叫它。" } },
				{ 2, why = { "Bob and Alice call it themselves.", zh = "Bob 和 Alice 自己呼叫它。" } },
			},
			why = { "Who calls whom? Go through the table, and count only the calls that the focus begins.",
				zh = "谁呼叫谁？逐行看上面的表，只数由焦点发起的。" },
			hint = { "`method=INVITE src=conf kind=send`: all others are sent in the other direction.",
				zh = "`method=INVITE src=conf kind=send`：其余的都是反方向。" },
			ask = { "Before you look at the run: three people join the conference. How many INVITEs does the focus send for that?\n\n    rung show conference method=INVITE kind=send",
				zh = "先不看运行：有三个人进入会议。焦点为此发送几次 INVITE？\n\n    rung show conference method=INVITE kind=send" },
		},
	},
}

task {
	goal = {
		{ "The conference has two participants", zh = "会议有两个参与者",
			function(t)
				return t:count "kind=send status=200 src=conf cseq=INVITE" == 2,
					t:last "kind=send status=200 src=conf cseq=INVITE"
			end },
		{ "Carol calls it", zh = "Carol 呼叫它",
			function(t) return t:first "kind=send method=INVITE src=carol dst=conf" ~= nil,
				t:first "kind=send method=INVITE src=carol dst=conf" end },
		{ "Carol is told that it has no more room", zh = "Carol 得知它没有更多位置",
			function(t) return t:first "kind=recv dst=carol status=486" ~= nil, t:first "kind=recv dst=carol status=486" end,
			rule = "conference-full" },
		{ "Nobody's call is ended for her", zh = "没有人因她被挂断",
			function(t) return t:count "kind=send method=BYE" == 0 end },
	},
	points = 3,
	hint = { "The maximum number of participants is an attribute of the role `conference` in docs/TOPOLOGY.md; `conf:set` changes it before anybody calls.",
		zh = "最多几人是角色 `conference` 的属性，见 docs/TOPOLOGY.md；在有人呼叫之前用 `conf:set` 改变它。" },
}
