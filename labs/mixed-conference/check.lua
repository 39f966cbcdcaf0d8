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
		{ 2, why = { "So many people talk to her. How many streams is that?", zh = "那是和她说话的人数。这是几个媒体流？" } },
		{ 3, why = { "So many are in the conference, she among them.", zh = "那是会议中的人数，包括她自己。" } },
	},
	why = { "Each source whose first packet has come has a record at her phone.", zh = "每个源的第一个数据包到达时，她的话机上有一条记录。" },
	records = function(t) return hears(t, "alice") end,
}

task {
	number = 18,
	unit = { "streams", zh = "个媒体流" },
	points = 2,
	wrong = {
		{ 30, why = { "So many there are without a mixer. And with one?", zh = "那是没有混音器时的数目。有混音器时呢？" } },
		{ 12, why = { "So many there are with a mixer. And without one?", zh = "那是有混音器时的数目。没有时呢？" } },
		{ { 3, 9 }, why = { "A stream goes one way: two who talk with each other need two.", zh = "一个媒体流只有一个方向：两人对话需要两个。" } },
	},
	why = { "Count what each phone sends, and what it gets, in either case; each stream once.", zh = "两种情形下，各数一数每部话机发送多少、收到多少；每个媒体流只数一次。" },
}

task {
	time = function(t) return seconds(hears(t, "conf")) + seconds(hears(t, "bob")) end,
	tolerance = "1ms",
	points = 2,
	rule = "media-hear",
	wrong = {
		{ function(t) return seconds(hears(t, "bob")) end,
			why = { "So long it waits at Bob's phone. Who else has to wait for late packets before he can add them up?", zh = "那是在 Bob 的话机上等待的时间。还有谁要先等迟到的数据包，才能把它们相加？" } },
		{ function(t) return seconds(hears(t, "conf")) end,
			why = { "So long it waits at the server. Then it goes on, by packets that may come late again.", zh = "那是在服务器上等待的时间。之后它继续前行，所用的数据包又可能迟到。" } },
	},
	why = { "Every receiver says with the first packet how long what comes waits for its turn.", zh = "每个接收方在第一个数据包处都说明：到达的内容要等多久才轮到。" },
	records = function(t) return { hears(t, "conf"), hears(t, "bob") } end,
}

task {
	choice = {
		{ "Her phone goes on sending; the server takes her part of the sum out.", right = true,
			zh = "她的话机照样发送；服务器不再把她的那部分加进去。" },
		{ "Her phone stops sending as soon as the server has told it to, by SDP.",
			zh = "服务器用 SDP 告知之后，她的话机就停止发送。",
			why = { "Nothing is said to her phone. Look for the end of its stream.", zh = "没有向她的话机说什么。请找它的媒体流的结束。" } },
		{ "Her phone sends comfort noise, which the server mixes in as it comes.",
			zh = "她的话机发送舒适噪声，服务器照样把它混入。",
			why = { "Her phone knows nothing of it: its user talks on.", zh = "她的话机毫不知情：用户继续说话。" } },
		{ "Her phone is heard on; the other phones leave her packets out then.",
			zh = "她的话机照样被听到；其他话机这时略去她的数据包。",
			why = { "Her packets never come to the other phones. Whose do?", zh = "她的数据包从不到达其他话机。到达的是谁的？" } },
	},
	rule = "conference-mute",
	hint = { "Look at what her phone gets and does: `rung show mixed-conference node=carol from=10s to=17s`.", zh = "看她的话机收到什么、做什么：`rung show mixed-conference node=carol from=10s to=17s`。" },
}

task {
	choice = {
		{ "To add up two voices the server needs samples, and it has none of her codec.", right = true,
			zh = "要把两个声音相加，服务器需要样本，而它没有她的编解码的样本。" },
		{ "A conference has one codec for all, that of the phone which was there first.",
			zh = "一个会议对所有人只有一种编解码，即最先到的话机的那种。",
			why = { "Alice has PCMU alone, and Bob PCMA alone; both are in.", zh = "Alice 只有 PCMU，Bob 只有 PCMA；两人都在会议中。" } },
		{ "The server could send on what it gets; but the room is locked by then.",
			zh = "服务器本可把收到的转发出去；但那时会议室已锁定。",
			why = { "Who is locked out gets another status, and nobody has locked it.", zh = "被锁在外面的人得到别的状态码，而且没有人锁定它。" } },
		{ "Her phone wants to hear everybody by a stream of his own, which takes a proxy.",
			zh = "她的话机想用各自的媒体流听每个人，这需要代理服务器。",
			why = { "Her offer has one stream of sound, as those of the others.", zh = "她的提议只有一个声音流，与其他人的一样。" } },
	},
	points = 2,
	rule = "conference-mix",
	records = refused,
}

task {
	goal = {
		{ "Dora is in the conference, and the server hears her", zh = "Dora 在会议中，而且服务器听得到她",
			function(t)
				local r = t:first("kind=media op=hear node=conf", function(r) return r.other == "dora" end)
				return r ~= nil, r
			end,
			why = { "A phone may offer several codecs (`codecs`).", zh = "话机可以提议几种编解码（`codecs`）。" } },
		{ "Bob's phone sends silence for 3 s at least, and then his voice again", zh = "Bob 的话机至少发送 3 s 静音，然后又发送话音",
			function(t)
				local quiet = t:first("kind=media op=say node=bob", function(r) return r.sound == "silence" end)
				local again = quiet and t:first("kind=media op=say node=bob", function(r) return r.seq > quiet.seq end)
				return again ~= nil and again.time - quiet.time >= 3, quiet
			end,
			why = { "A phone can mute itself, too: the verb is a call's.", zh = "话机也可以静音自己：那是呼叫的动词。" } },
		{ "and nobody is muted by the server", zh = "而且没有人被服务器静音",
			function(t)
				local r = t:first "kind=act verb=mute node=conf"
				return r == nil, r
			end, rule = "conference-mute" },
	},
	points = 3,
	hint = { "`dora:set`, with `codecs`, before she calls; `his:mute()`, `his:unmute()`.", zh = "在她呼叫之前用 `dora:set` 设置 `codecs`；`his:mute()`、`his:unmute()`。" },
}
