-- The tasks of gb28181-keepalive; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "camera--net.delay=10ms..90ms:10ms", "seed=1..999:1" }

local function losses(t)
	return t:all "kind=note node=platform"
end

local function beats(t)
	return t:all "kind=send method=MESSAGE src=camera"
end

task {
	number = 403,
	wrong = {
		{ 200, why = { "So it is while the camera is on-line.", zh = "摄像机在线时是这样。" } },
		{ 401, why = { "That is what a REGISTER gets.", zh = "那是 REGISTER 得到的。" } },
		{ 408, why = { "That would be no answer at all.", zh = "那意味着根本没有响应。" } },
	},
	why = { "Look at the answer to the first MESSAGE behind the platform's remark.", zh = "看平台的备注之后第一个 MESSAGE 的响应。" },
	records = function(t) return t:first "kind=send status=403 src=platform" end,
	ahead = true,
	hint = { "It knows the ID, and does not want the message: RFC 3261 21.4. See `src=platform cseq=MESSAGE`.",
		zh = "它认识这个编号，却不要这条消息：RFC 3261 第 21.4 节。见 `src=platform cseq=MESSAGE`。" },
	others = {
		{
			text = { "REGISTER" },
			ahead = true,
			records = function(t) return t:first "kind=send method=REGISTER src=camera from=30s" end,
			wrong = {
				{ "MESSAGE", why = { "Another keep-alive would be refused as well.", zh = "再发一次保活也会被拒绝。" } },
				{ "OPTIONS", why = { "This camera sends none.", zh = "这台摄像机不发送它。" } },
			},
			why = { "Who is on the list no more has to do what he did at the very begin.",
				zh = "不在列表中的一方，要做它最开始做的事。" },
			hint = { "`403@platform` comes at 60 s; the camera was in the same state at 0 s: what did it send then, by `src=camera kind=send to=1s`?",
				zh = "`403@platform` 在 60 s 到达；0 s 时摄像机处于同样的状态：它那时发送了什么，见 `src=camera kind=send to=1s`？" },
			ask = { "Before you look at the run: the platform refuses the camera's keep-alive. Which method will the next request have that the camera sends?\n\n    rung show gb28181-keepalive 'src=camera kind=send'",
				zh = "先不看运行：平台拒绝了摄像机的保活。摄像机发送的下一个请求是什么方法？\n\n    rung show gb28181-keepalive 'src=camera kind=send'" },
		},
		{
			number = 401,
			ahead = true,
			records = function(t) return t:first "kind=send status=401 src=platform" end,
			wrong = {
				{ 200, why = { "That comes to the second one.", zh = "那是对第二个的响应。" } },
				{ 403, why = { "So it answers keep-alives.", zh = "它这样响应的是保活。" } },
				{ 407, why = { "That is a proxy's.", zh = "那是代理服务器用的。" } },
			},
			why = { "The camera has a password, and the first request of each registration comes without it.",
				zh = "摄像机有密码，而每次注册的第一个请求不带它。" },
			hint = { "It is as at 0 s: `cseq=REGISTER src=platform` has two answers each time (RFC 3261 22.1).",
				zh = "与 0 s 时一样：`cseq=REGISTER src=platform` 每次有两个响应（RFC 3261 第 22.1 节）。" },
			ask = { "Before you look at the run: with which status will the platform answer the first REGISTER by which the camera comes back?\n\n    rung show gb28181-keepalive 'src=platform kind=send cseq=REGISTER'",
				zh = "先不看运行：摄像机恢复时的第一个 REGISTER，平台会以哪个状态码响应？\n\n    rung show gb28181-keepalive 'src=platform kind=send cseq=REGISTER'" },
		},
	},
}

task {
	find = {
		node = "platform",
		record = function(t) return losses(t)[1] end,
	},
	why = { "A remark is left each time; take the first. It tells how long it has been waited for.",
		zh = "每次都会留下一条备注；取第一条。其中写着等了多久。" },
	records = losses,
	hint = { "Nothing is sent in that moment: it is no message, but of `kind=note`.",
		zh = "那一刻什么也没有发送：它不是消息，而是 `kind=note`。" },
	others = {
		{
			find = {
				node = "platform",
				record = function(t)
					local r = t:first "kind=send status=403 src=platform"
					return { r, r:arrival() }
				end,
			},
			why = { "Not when it is found out: when the camera is next answered.",
				zh = "不是被发现的时候，而是摄像机下一次得到响应的时候。" },
			hint = { "Read `src=platform kind=send to=70s` from the end.",
				zh = "从末尾读 `src=platform kind=send to=70s`。" },
			ask = { "Find the first message by which the camera can know that the platform takes it for off-line: `node=… record=…`.\n\n    rung show gb28181-keepalive kind=send to=130s",
				zh = "找出摄像机可以由此得知平台认为它离线的第一条消息：`node=… record=…`。\n\n    rung show gb28181-keepalive kind=send to=130s" },
		},
		{
			find = {
				node = "camera",
				record = function(t)
					local r = t:first "kind=send method=REGISTER src=camera from=30s"
					return { r, r:arrival() }
				end,
			},
			why = { "A keep-alive does not bring it back. Which request does, and when does it come for the first time behind the refusal?",
				zh = "保活不能使它恢复。哪个请求可以，它在拒绝之后第一次出现是什么时候？" },
			hint = { "Look for another method in `src=camera kind=send from=60s`.",
				zh = "在 `src=camera kind=send from=60s` 中找另一种方法。" },
			ask = { "Find the first message by which the camera tries to come back: `node=… record=…`.\n\n    rung show gb28181-keepalive kind=send to=130s",
				zh = "找出摄像机设法恢复的第一条消息：`node=… record=…`。\n\n    rung show gb28181-keepalive kind=send to=130s" },
		},
	},
}

task {
	number = function(t) return #losses(t) end,
	unit = { "times", zh = "次" },
	wrong = { { function(t) return #losses(t) + 1 end, why = { "At the end it is on-line, or not yet found out.", zh = "最后它在线，或者尚未被发现离线。" } } },
	why = { "Each time the platform leaves a remark.", zh = "每次平台都留下一条备注。" },
	records = losses,
	hint = { "Each time there is one more record of `kind=note node=platform`.", zh = "每次多一条 `kind=note node=platform` 记录。" },
}

task {
	choice = {
		{ "The line: keep-alives get lost, and nobody repeats them",
			zh = "线路：保活丢失，而没有人重传",
			why = { "Is one of them lost? And a MESSAGE would be repeated.", zh = "有丢失的吗？况且 MESSAGE 会重传。" } },
		{ "The settings: the sides count by other intervals", right = true,
			zh = "设置：两侧按不同的间隔计数" },
		{ "The registration: it runs out before its refresh has come",
			zh = "注册：在刷新到来之前就过期了",
			why = { "It holds for an hour, as Expires says.", zh = "按 Expires，它持续一小时。" } },
		{ "The camera: it must register again after each keep-alive",
			zh = "摄像机：每次保活之后都必须重新注册",
			why = { "A keep-alive of who is on-line gets a 200, and that is all.", zh = "在线者的保活得到 200，仅此而已。" } },
	},
	hint = { "The keep-alives are `src=camera method=MESSAGE kind=send`: how far apart are the first two, and how many seconds does the first `kind=note` name?", zh = "保活是 `src=camera method=MESSAGE kind=send`：前两次相隔多久，第一条 `kind=note` 写的又是多少秒？" },
}

task {
	goal = {
		{ "The camera is on-line all the time", zh = "摄像机一直在线",
			function(t) return #losses(t) == 0 and t:count "kind=send method=MESSAGE src=camera" > 0 end },
		{ "The camera says more often that it is there", zh = "摄像机更频繁地说明自己在",
			function(t) return #beats(t) >= 7, beats(t)[2] end,
			why = { "Or does the platform now wait for longer?", zh = "还是平台现在等得更久了？" } },
	},
	points = 2,
}
