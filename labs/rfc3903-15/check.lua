-- The tasks of rfc3903-15; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "pua--pa.delay=5ms..40ms:5ms", "seed=1..999:1" }

local function body(r)
	return r.text:match "\r\n\r\n(.*)" or ""
end

local function published(t)
	return t:all "kind=send method=PUBLISH src=pua"
end

local function granted(t)
	return t:all "kind=send status=200 src=pa dst=pua"
end

task {
	text = function(t) return published(t)[3]:header "SIP-If-Match" end,
	rule = "publish-modify",
	wrong = {
		{ function(t) return granted(t)[1]:header "SIP-ETag" end,
			why = { "That was its tag until the refresh; with it there would be a 412.", zh = "那是刷新之前的实体标签；用它会得到 412。" },
			rule = "publish-match" },
		{ function(t) return granted(t)[3]:header "SIP-ETag" end,
			why = { "That is the tag of the state that replaces it.", zh = "那是取代它的内容的实体标签。" } },
		{ function(t) return published(t)[3]:header("From"):match "tag=([^;]+)" end,
			why = { "That is the tag in From. A PUBLISH belongs to no dialog.", zh = "那是 From 中的 tag。PUBLISH 不属于任何对话。" } },
	},
	why = { "Read the field of the third PUBLISH that says what it replaces: the tag is that of the 200 before it.",
		zh = "读第三个 PUBLISH 中说明它取代什么的字段：实体标签来自它之前的那个 200。" },
	records = function(t) return { granted(t)[2], published(t)[3] } end,
	hint = { "Each 200 to the phone assigns a new SIP-ETag, RFC 3903, 11.3.1: `status=200 dst=pua kind=send`. Which of these is the last before 98 s?", zh = "给话机的每个 200 都给状态一个新的 SIP-ETag，RFC 3903 第 11.3.1 节：`status=200 dst=pua kind=send`。其中哪一个是 98 s 之前的最后一个？" },
}

task {
	choice = {
		{ "Event, which names the kind of state", zh = "Event，它指明状态的种类", right = true },
		{ "Expires and Min-Expires, for its time", zh = "Expires 和 Min-Expires，说明时长",
			why = { "Expires may be left out: then the agent chooses. Min-Expires is only in a 423.",
				zh = "Expires 可以不写，由呈现代理决定。Min-Expires 只出现在 423 中。" }, rule = "publish-brief" },
		{ "SIP-If-Match, by which the state is found", zh = "SIP-If-Match，凭它找到状态",
			why = { "The first one has no state to refer to.", zh = "第一个没有可以指的内容。" }, rule = "publish-send" },
		{ "Content-Type, which tells what its body is", zh = "Content-Type，它说明消息体的类型",
			why = { "A refresh has no body.", zh = "刷新没有消息体。" }, rule = "publish-refresh" },
	},
	rule = "publish-event",
	records = published,
}

task {
	draw = "kind=send node=watcher",
	given = 2,
	ahead = true,
	rule = "notify-change",
	hint = { "Which of the three publications changes what a watcher knows? RFC 3903, 6, and RFC 6665, 4.2.2; then `dst=watcher method=NOTIFY`.", zh = "三次发布中，哪些改变观察者所知道的？RFC 3903 第 6 节，RFC 6665 第 4.2.2 节；再看 `dst=watcher method=NOTIFY`。" },
	others = {
		{ draw = "kind=send node=pua",
			ask = { "Before you look at the run: draw all messages between the phone and the agent, one line each: `pua -> pa PUBLISH`.\n\n    rung show rfc3903-15 node=pua kind=send",
				zh = "先不看运行：画出话机与呈现代理之间将有的消息，每条一行，如 `pua -> pa PUBLISH`。\n\n    rung show rfc3903-15 node=pua kind=send" },
			ahead = true,
			rule = "publish-accept",
			hint = { "The table has three publications; `dst=pua kind=recv` shows whether the phone gets anything else, RFC 3903, 4.", zh = "表中有三次发布；话机是否还收到别的消息（RFC 3903 第 4 节），看 `dst=pua kind=recv`。" } },
		{ time = function(t) return published(t)[2].time - granted(t)[1]:arrival().time end,
			ask = { "Before you look at the run: 90 s are granted to the phone. How long after the first 200 has arrived will it refresh, if a phone of this kind waits for nine tenths of its time?\n\n    rung show rfc3903-15 node=pua kind=timer\n    rung show rfc3903-15 method=PUBLISH",
				zh = "先不看运行：话机得到 90 s。如果这种话机等待时限的十分之九，第一个 200 到达多久之后它将刷新？\n\n    rung show rfc3903-15 node=pua kind=timer\n    rung show rfc3903-15 method=PUBLISH" },
			ahead = true,
			wrong = {
				{ 90, why = { "At that time the state would already have expired.", zh = "那时它已被忘记。" } },
				{ 9, why = { "That is the remaining time then.", zh = "那是那时剩下的。" } },
			},
			why = { "Take two records of the phone: the arrival of the first 200, and the transmission of the second PUBLISH.", zh = "看话机的两条记录：第一个 200 的到达，以及第二个 PUBLISH 的发送。" },
			rule = "publish-refresh",
			records = function(t) return { published(t)[2] } end,
			tolerance = 0.05,
			hint = { "The phone sets it when `200@pa#2` arrives: `kind=timer node=pua from=3.02s to=90s` shows its length, and when it fires.", zh = "话机在 `200@pa#2` 到达时设置它：`kind=timer node=pua from=3.02s to=90s` 说明设多久、何时到时。" } },
	},
}

task {
	choice = {
		{ "The refresh makes a new dialog, and the entity-tag is its name", zh = "刷新建立新的对话，实体标签是它的名字",
			why = { "A PUBLISH creates none; only the tag identifies the state.", zh = "PUBLISH 不建立对话；指明状态的只有实体标签。" } },
		{ "The state is another one now: it has no body any more", zh = "状态现在不同了：它不再有消息体",
			why = { "Without a body the state stays. The watcher is not notified.", zh = "没有消息体，状态就不变。观察者没有得到通知。" },
			rule = "publish-refresh" },
		{ "The tag counts how many watchers have been told so far", zh = "实体标签记下至今已通知多少观察者",
			why = { "No watcher was notified of the refresh, and the tag still differs.", zh = "刷新没有通知任何人，实体标签却变了。" } },
		{ "Each grant has its own, so that an old PUBLISH is found out",
			zh = "每次准许各有一个，以便识别过时的 PUBLISH", right = true },
	},
	rule = "publish-accept",
	records = function(t) return granted(t) end,
}

task {
	goal = {
		{ "the phone publishes once, and crashes at about 20 s", zh = "话机只发布一次，约 20 s 时崩溃",
			function(t)
				local r = t:first "kind=act node=pua verb=crash"
				return r ~= nil and #published(t) == 1 and math.abs(r.time - 20) < 1.5, r
			end },
		{ "nobody hears of that until 90 s after the PUBLISH", zh = "PUBLISH 之后 90 s 之内没有人得知",
			function(t)
				local r = t:last "kind=send method=NOTIFY src=pa"
				return r ~= nil and #published(t) > 0 and
				    math.abs(r.time - published(t)[1].time - 90) < 0.5, r
			end, rule = "publish-expired" },
		{ "then the watcher is notified that nothing is known", zh = "然后观察者得知状态未知",
			function(t)
				local r = t:last "kind=recv method=NOTIFY dst=watcher"
				return r ~= nil and r.time > 60 and not body(r.of):find "<basic>", r
			end, rule = "presence-changed", why = { "Make the run long enough.", zh = "让运行时间足够长。" } },
	},
	points = 3,
	hint = { "docs/SCENARIO.md has the action that lets a node crash. The 90 s count from `PUBLISH@pua`: remove what is sent at 98 s, but keep the run's time.", zh = "让节点崩溃的动词见 docs/SCENARIO.md。90 s 从 `PUBLISH@pua` 起算：去掉 98 s 的发送，但不要缩短运行时间。" },
}
