-- The tasks of conference; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "lan--carol.delay=5ms..30ms:5ms", "seed=1..999:1" }

local news = "kind=send method=NOTIFY src=conf"

-- The answer to Alice's INVITE.
local function admitted(t)
	return t:first "kind=send status=200 src=conf dst=alice cseq=INVITE"
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
		{ "The parameter isfocus, behind the URI of its Contact", zh = "参数 isfocus，在 Contact 的 URI 之后", right = true },
		{ "The domain of the Contact, which begins with “conf.”", zh = "Contact 的域名，它以“conf.”开头",
			why = { "A name says nothing by itself: any phone's domain may be called so.", zh = "名字本身说明不了什么：任何话机的域都可以叫这个名字。" } },
		{ "Its Allow, in which REFER and SUBSCRIBE stand", zh = "Allow，其中有 REFER 和 SUBSCRIBE",
			why = { "Bob's phone has these in its Allow as well.", zh = "Bob 的话机的 Allow 中也有它们。" } },
		{ "The session description: there are several m= lines", zh = "会话描述：有几个 m= 行",
			why = { "Count them. Who else is there changes nothing in Alice's own session.", zh = "数一数。会议中还有谁，不影响 Alice 自己的会话。" } },
	},
	rule = "conference-enter",
	records = admitted,
	hint = { "Read the 200 line by line, and compare it with one of Bob's phone.", zh = "逐行读这个 200，与 Bob 的话机的 200 相比。" },
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
	why = { "Carol's phone asks to be told: look for what it sends right after the focus's ACK.",
		zh = "Carol 的话机请求得知会议的情况：看焦点的 ACK 之后它立即发送什么。" },
	records = function(t) return t:first "kind=send method=SUBSCRIBE src=carol" end,
}

task {
	number = function(t) return version(told(t, "alice", "carol")) end,
	rule = "conference-document",
	wrong = {
		{ function(t) return version(told(t, "bob", "carol")) end,
			why = { "That is Bob's: each subscription counts by itself.", zh = "那是 Bob 的：每个订阅各自计数。" } },
		{ 0, why = { "0 is the first document of a subscription, with all who are there.", zh = "0 是订阅的第一份文档，包含所有在场的人。" } },
	},
	why = { "Read `version` in the body of the first NOTIFY to Alice's phone in which Carol stands.",
		zh = "在发给 Alice 的话机、首次出现 Carol 的 NOTIFY 的消息体中读 `version`。" },
	records = function(t) return told(t, "alice", "carol") end,
}

task {
	choice = {
		{ "partial: it has the users who have changed alone", zh = "partial：其中只有变化的用户", right = true },
		{ "partial: the others are not connected yet at all", zh = "partial：其他人都还没有连接",
			why = { "They have: the document before says so.", zh = "已经连接：之前的文档说明了这一点。" } },
		{ "full: it is Carol alone whom Alice hears by now", zh = "full：现在 Alice 只听得到 Carol",
			why = { "Read the attribute `state` of conference-info.", zh = "读 conference-info 的属性 `state`。" } },
		{ "deleted: Carol takes another user's place in it", zh = "deleted：Carol 取代了另一用户",
			why = { "Deleted is said of a user who has left. Nobody has by then.", zh = "deleted 用来说离开的用户。此时没有人离开。" } },
	},
	rule = "conference-gap",
	records = function(t) return told(t, "alice", "carol") end,
}

local function refusal(t)
	return t:first "kind=send src=conf dst=bob status=4xx cseq=INVITE"
end

task {
	number = function(t) return refusal(t).status end,
	rule = "conference-locked",
	wrong = {
		{ 404, why = { "The conference is there: Alice and Carol go on in it.", zh = "会议还在：Alice 和 Carol 仍在其中。" } },
		{ 486, why = { "It is not full: the three had room in it before.", zh = "它没有满：之前三人都在其中。" } },
		{ 481, why = { "That is an answer to a request within a dialog. This INVITE begins a new call.", zh = "那是对对话内请求的响应。这个 INVITE 开始新的呼叫。" } },
		{ 487, why = { "Nobody has taken Bob's INVITE back.", zh = "没有人撤回 Bob 的 INVITE。" } },
	},
	why = { "Look for the final response to Bob's second INVITE.", zh = "找对 Bob 的第二个 INVITE 的最终响应。" },
	records = refusal,
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
		{ "Carol hears that it has no more room", zh = "Carol 得知它没有更多位置",
			function(t) return t:first "kind=recv dst=carol status=486" ~= nil, t:first "kind=recv dst=carol status=486" end,
			rule = "conference-full" },
		{ "Nobody is hung up on for her", zh = "没有人因她被挂断",
			function(t) return t:count "kind=send method=BYE" == 0 end },
	},
	points = 3,
	hint = { "How many it may have is an attribute of the node; a script can change it before anybody calls.",
		zh = "最多几人是节点的属性；脚本可以在有人呼叫之前改变它。" },
}
