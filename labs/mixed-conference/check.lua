-- The tasks of mixed-conference; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "conf.buffer=30ms..110ms:10ms", "lan--bob.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function hears(t, name)
	return t:first("kind=media op=hear node=" .. name)
end

local function refused(t)
	return t:first "kind=send status=488 src=conf dst=dora"
end

local function seconds(r)
	return r.buffer / 1000000000
end

task {
	number = function(t) return t:count "kind=media op=hear node=alice" end,
	unit = { "sources", zh = "个源" },
	rule = "media-hear",
	wrong = {
		{ 2, why = { "That is how many people talk to her. How many streams is that?", zh = "那是和她说话的人数。这是几个媒体流？" } },
		{ 3, why = { "That is how many are in the conference, including her.", zh = "那是会议中的人数，包括她自己。" } },
	},
	why = { "Each source whose first packet has arrived has a record at her phone.", zh = "每个源的第一个数据包到达时，她的话机上有一条记录。" },
	records = function(t) return hears(t, "alice") end,
	hint = { "RFC 3550 2.3 says what a mixer makes from several streams; see by `op=flow node=conf` what the server sends, and to which phones.",
		zh = "混音器怎样处理几个人所说的，见 RFC 3550 2.3；服务器发送什么、发给谁，看 `op=flow node=conf`。" },
	ahead = true,
	others = {
		{ number = function(t) return t:count "kind=media op=hear node=conf" end, rule = "media-hear", unit = { "sources", zh = "个源" }, ahead = true,
			ask = { "Before you look at the run: how many sources of sound will the server hear?\n\n    rung show mixed-conference op=hear", zh = "先不看运行：服务器会听到几个声音源？\n\n    rung show mixed-conference op=hear" },
			wrong = { { 4, why = { "One of the callers is not let in.", zh = "呼叫的人中有一个没有进来。" } }, { 1, why = { "What it sends is one stream to each. What does it receive?", zh = "它发给每人一个流。到达它的有几个？" } } },
			why = { "Every phone in the conference sends its own.", zh = "会议中的每部话机都发送自己的。" },
			hint = { "Who is in the conference at 5 s? Then compare with `op=hear node=conf`.", zh = "5 s 时谁在会议中？再与 `op=hear node=conf` 比较。" },
			records = function(t) return hears(t, "conf") end },
		{ number = function(t) return t:count "kind=media op=hear node=dora" end, unit = { "sources", zh = "个源" }, ahead = true,
			ask = { "Before you look at the run: Dora calls as well. How many sources of sound will her phone hear?\n\n    rung show mixed-conference op=hear\n    rung show mixed-conference node=dora cseq=INVITE", zh = "先不看运行：Dora 也呼叫。她的话机会听到几个声音源？\n\n    rung show mixed-conference op=hear\n    rung show mixed-conference node=dora cseq=INVITE" },
			wrong = { { 1, why = { "That is what the participants of the conference hear.", zh = "这是会议中的人听到的。" } }, { 3, why = { "The server would add them up, if she were in it.", zh = "如果她在会议中，服务器会把它们相加。" } } },
			why = { "See what happens to her call before you count.", zh = "先看她的呼叫结果如何，再来数。" },
			hint = { "`status=4xx dst=dora` is the response to her INVITE: which session exists after that, by RFC 3261 13.2.2.3?",
				zh = "`status=4xx dst=dora` 是她的 INVITE 的结果：按 RFC 3261 13.2.2.3，此后还有怎样的会话？" },
			records = refused },
	},
}

task {
	number = 18,
	unit = { "streams", zh = "个媒体流" },
	points = 2,
	wrong = {
		{ 30, why = { "That is the number without a mixer. And with one?", zh = "那是没有混音器时的数目。有混音器时呢？" } },
		{ 12, why = { "That is the number with a mixer. And without one?", zh = "那是有混音器时的数目。没有时呢？" } },
		{ { 3, 9 }, why = { "A stream has one direction: two people who talk with each other need two.", zh = "一个媒体流只有一个方向：两人对话需要两个。" } },
	},
	why = { "In both cases, count what each phone sends and what it receives; count each stream once.", zh = "两种情形下，各数一数每部话机发送多少、收到多少；每个媒体流只数一次。" },
	hint = { "Draw phones and server as in the pane of nodes (`--node=conf` shows one with its peers), and an arrow for each stream in each case.", zh = "画出话机与服务器，两种情形各为每个媒体流画一个箭头；`op=flow node=conf` 显示混音器发送的流。" },
	others = {
		{ number = 10, unit = { "streams", zh = "个媒体流" },
			ask = { "Five people talk. How many fewer streams are there with a mixer than if each phone sent to every other phone directly? Compute it.", zh = "五人对话。使用混音器比每部话机各自发给其他每部话机少几个媒体流？请计算。" },
			wrong = { { 20, why = { "That is the number without a mixer. And with one?", zh = "那是没有混音器时的数目。有混音器时呢？" } }, { 10, why = { "That is the number with a mixer. And without one?", zh = "那是有混音器时的数目。没有时呢？" } } },
			why = { "In both cases, count what each phone sends and what it receives; count each stream once.", zh = "两种情形下，各数一数每部话机发送多少、收到多少；每个媒体流只数一次。" },
			hint = { "With a mixer count what `op=flow` would show for a conference of 5; without one, count both directions for each pair.", zh = "有混音器时，数 5 人的会议中 `op=flow` 会显示的流；没有时，每一对双向都数。" } },
		{ number = 40, unit = { "streams", zh = "个媒体流" },
			ask = { "Eight people talk. How many fewer streams are there with a mixer than if each phone sent to every other phone directly? Compute it.", zh = "八人对话。使用混音器比每部话机各自发给其他每部话机少几个媒体流？请计算。" },
			wrong = { { 56, why = { "That is the number without a mixer. And with one?", zh = "那是没有混音器时的数目。有混音器时呢？" } }, { 16, why = { "That is the number with a mixer. And without one?", zh = "那是有混音器时的数目。没有时呢？" } } },
			why = { "In both cases, count what each phone sends and what it receives; count each stream once.", zh = "两种情形下，各数一数每部话机发送多少、收到多少；每个媒体流只数一次。" },
			hint = { "Begin with this run: `op=flow` lists the streams of three phones and a mixer. How many would the three need without it? Then continue, one more phone each time.",
				zh = "从这次运行开始：`op=flow` 列出三部话机与混音器的媒体流。没有混音器时三部需要多少？再每次增加一部。" } },
	},
}

task {
	time = function(t) return seconds(hears(t, "conf")) + seconds(hears(t, "bob")) end,
	tolerance = "1ms",
	points = 2,
	rule = "media-hear",
	wrong = {
		{ function(t) return seconds(hears(t, "bob")) end,
			why = { "That is how long it waits at Bob's phone. Which other node must wait for late packets before it can add them?", zh = "那是在 Bob 的话机上等待的时间。还有谁要先等迟到的数据包，才能把它们相加？" } },
		{ function(t) return seconds(hears(t, "conf")) end,
			why = { "That is how long it waits at the server. Then it is sent on, in packets that may be late again.", zh = "那是在服务器上等待的时间。之后它继续前行，所用的数据包又可能迟到。" } },
	},
	why = { "With the first packet every receiver records how long packets wait before they are played.", zh = "每个接收方在第一个数据包处都说明：到达的内容要等多久才轮到。" },
	records = function(t) return { hears(t, "conf"), hears(t, "bob") } end,
	hint = { "Two receivers wait, one after the other: `op=hear node=conf,bob`, and `rung show … N` for its field `buffer`.", zh = "先后有两个接收方要等待：`op=hear node=conf,bob`，看记录的 `buffer` 字段。" },
}

task {
	choice = {
		{ "Her phone goes on sending, while the server leaves her out of the sum.", right = true,
			zh = "她的话机照样发送，服务器把她的那部分略去。" },
		{ "Her phone stops sending as soon as the server has told it to, by SDP.",
			zh = "服务器用 SDP 告知之后，她的话机就停止发送。",
			why = { "No message about it is sent to her phone. Look for the end of its stream.", zh = "没有向她的话机说什么。请找它的媒体流的结束。" } },
		{ "Her phone sends comfort noise, which the server mixes in as it comes.",
			zh = "她的话机发送舒适噪声，服务器照样把它混入。",
			why = { "Her phone knows nothing about it: its user continues to talk.", zh = "她的话机毫不知情：用户继续说话。" } },
		{ "Her phone is still heard; the other phones leave her packets out then.",
			zh = "她的话机照样被听到；其他话机这时略去她的数据包。",
			why = { "Her packets never reach the other phones. Whose packets do?", zh = "她的数据包从不到达其他话机。到达的是谁的？" } },
	},
	rule = "conference-mute",
	hint = { "`node=carol kind=media from=10s to=17s` shows whether her phone stops or changes what it sends; `kind=fsm node=conf from=10.9s to=11.1s` what changes at the server.",
		zh = "`node=carol kind=media from=10s to=17s` 说明她的话机是否停止或改变所说的；`kind=fsm node=conf from=10.9s to=11.1s` 说明服务器上有什么变化。" },
}

task {
	find = {
		node = "conf",
		rule = { "invite-unfit", "conference-mix" },
		record = function(t) return { refused(t), refused(t):arrival() } end,
	},
	points = 2,
	rule = "conference-mix",
	why = { "A mixer decodes what it receives and encodes it again: look for the message by which it says that it can't.", zh = "混音器对到达的声音解码再重新编码：找它说明做不到的那条消息。" },
	hint = { "Of `src=conf dst=dora kind=send` take the final response, and use its number for `rung explain`: the answer is in the line that begins with `rule`.",
		zh = "在 `src=conf dst=dora kind=send` 中取最终响应，把编号交给 `rung explain`：要的是以 `rule` 开头的那一行。" },
	records = refused,
	others = {
		{ find = { node = "conf", rule = { "conference-mute" }, record = function(t) return t:first "kind=fsm node=conf event=mute" end }, rule = "conference-mute",
			ask = { "Carol is muted. Find the record in which the server stops adding her part to the sum: `node=… rule=… record=…`.\n\n    rung show mixed-conference from=10.9s to=11.1s", zh = "Carol 被静音。找出服务器不再把她的部分加进去的那条记录：`node=… rule=… record=…`。\n\n    rung show mixed-conference from=10.9s to=11.1s" },
			why = { "Her phone continues as before; it is told only afterwards. What has changed at the server first?", zh = "她的话机照旧；之后才告知它。服务器上最先改变的是什么？" },
			hint = { "A participant of the conference has its own state machine: `kind=fsm from=11s to=11.05s`.", zh = "会议的每个参与者都有自己的状态机：`kind=fsm from=11s to=11.05s`。" },
			records = function(t) return t:first "kind=fsm node=conf event=mute" end },
		{ find = { node = "conf", rule = { "notify-change" }, record = function(t)
			local r = t:first("kind=send method=NOTIFY src=conf dst=alice", function(r) return r.time > 10 end)
			return { r, r:arrival(), r.cause }
		end }, rule = "notify-change",
			ask = { "Find how Alice's phone learns that Carol is muted: `node=… rule=… record=…`. The node is the one that reports it.\n\n    rung show mixed-conference node=alice from=10.9s to=11.5s", zh = "找出 Alice 的话机怎样得知 Carol 被静音：`node=… rule=… record=…`。节点填告知它的那一个。\n\n    rung show mixed-conference node=alice from=10.9s to=11.5s" },
			why = { "Her phone has subscribed to the conference: it gets each change.", zh = "她的话机订阅了会议：每个变化都会告知它。" },
			hint = { "Its subscription is for the conference: `method=NOTIFY dst=alice from=10s`; `rung explain` names the rule.", zh = "它订阅了会议室的消息：`method=NOTIFY dst=alice from=10s`；`rung explain` 给出规则。" },
			records = function(t) return t:first("kind=send method=NOTIFY src=conf dst=alice", function(r) return r.time > 10 end) end },
	},
}

task {
	goal = {
		{ "Dora is in the conference, and the server hears her", zh = "Dora 在会议中，而且服务器听得到她",
			function(t)
				local r = t:first("kind=media op=hear node=conf", function(r) return r.other == "dora" end)
				return r ~= nil, r
			end,
			why = { "A phone may offer several codecs (`codecs`).", zh = "话机可以提议几种编解码（`codecs`）。" } },
		{ "Bob's phone sends silence for at least 3 s, and then his voice again", zh = "Bob 的话机至少发送 3 s 静音，然后又发送话音",
			function(t)
				local quiet = t:first("kind=media op=say node=bob", function(r) return r.sound == "silence" end)
				local again = quiet and t:first("kind=media op=say node=bob", function(r) return r.seq > quiet.seq end)
				return again ~= nil and again.time - quiet.time >= 3, quiet
			end,
			why = { "A phone can also mute itself: it is an action of a call.", zh = "话机也可以静音自己：那是呼叫的动词。" } },
		{ "and the server mutes nobody", zh = "而且没有人被服务器静音",
			function(t)
				local r = t:first "kind=act verb=mute node=conf"
				return r == nil, r
			end, rule = "conference-mute" },
	},
	points = 3,
	hint = { "In `lab.lua` give Dora's phone other `codecs` before she calls: which codec is in `-m method=INVITE src=alice`, and not in hers, `-m method=INVITE src=dora`? docs/SCENARIO.md says that a phone in a call can `mute`, and how that ends.",
		zh = "在 `lab.lua` 中，在 Dora 呼叫之前给她的话机另设 `codecs`：`-m method=INVITE src=alice` 有哪些，而她的 `-m method=INVITE src=dora` 没有？通话一方怎样 `mute`、怎样解除，见 docs/SCENARIO.md。" },
}
