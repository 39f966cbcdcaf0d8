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
		{ 200, why = { "That is the status while the camera is online.", zh = "摄像机在线时是这样。" } },
		{ 401, why = { "That is the response to a REGISTER.", zh = "那是 REGISTER 得到的。" } },
		{ 408, why = { "That would be no response at all.", zh = "那意味着根本没有响应。" } },
	},
	why = { "Look at the response to the first MESSAGE after the platform's note.", zh = "看平台的备注之后第一个 MESSAGE 的响应。" },
	records = function(t) return t:first "kind=send status=403 src=platform" end,
	ahead = true,
	hint = { "It knows the ID, and does not accept the message: RFC 3261 21.4. See `src=platform cseq=MESSAGE`.",
		zh = "它认识这个编号，却不要这条消息：RFC 3261 第 21.4 节。见 `src=platform cseq=MESSAGE`。" },
	others = {
		{
			text = { "REGISTER" },
			ahead = true,
			records = function(t) return t:first "kind=send method=REGISTER src=camera from=30s" end,
			wrong = {
				{ "MESSAGE", why = { "Another keepalive would be rejected as well.", zh = "再发一次保活也会被拒绝。" } },
				{ "OPTIONS", why = { "This camera sends none.", zh = "这台摄像机不发送它。" } },
			},
			why = { "A device that is no longer on the list must do what it did at the very beginning.",
				zh = "不在列表中的一方，要做它最开始做的事。" },
			hint = { "`403@platform` arrives at 60 s; the camera was in the same state at 0 s: what did it send then, by `src=camera kind=send to=1s`?",
				zh = "`403@platform` 在 60 s 到达；0 s 时摄像机处于同样的状态：它那时发送了什么，见 `src=camera kind=send to=1s`？" },
			ask = { "Before you look at the run: the platform rejects the camera's keepalive. Which method will the camera's next request have?\n\n    rung show gb28181-keepalive 'src=camera kind=send'",
				zh = "先不看运行：平台拒绝了摄像机的保活。摄像机发送的下一个请求是什么方法？\n\n    rung show gb28181-keepalive 'src=camera kind=send'" },
		},
		{
			number = 401,
			ahead = true,
			records = function(t) return t:first "kind=send status=401 src=platform" end,
			wrong = {
				{ 200, why = { "That is the response to the second one.", zh = "那是对第二个的响应。" } },
				{ 403, why = { "That is how it answers keepalives.", zh = "它这样响应的是保活。" } },
				{ 407, why = { "Only a proxy sends that.", zh = "那是代理服务器用的。" } },
			},
			why = { "The camera has a password, but the first request of each registration does not contain it.",
				zh = "摄像机有密码，而每次注册的第一个请求不带它。" },
			hint = { "It is the same as at 0 s: `cseq=REGISTER src=platform` has two responses each time (RFC 3261 22.1).",
				zh = "与 0 s 时一样：`cseq=REGISTER src=platform` 每次有两个响应（RFC 3261 第 22.1 节）。" },
			ask = { "Before you look at the run: the camera registers again. With which status will the platform answer the first REGISTER for that?\n\n    rung show gb28181-keepalive 'src=platform kind=send cseq=REGISTER'",
				zh = "先不看运行：摄像机恢复时的第一个 REGISTER，平台会以哪个状态码响应？\n\n    rung show gb28181-keepalive 'src=platform kind=send cseq=REGISTER'" },
		},
	},
}

task {
	find = {
		node = "platform",
		record = function(t) return losses(t)[1] end,
	},
	why = { "A note is written each time; take the first. It says how long the wait was.",
		zh = "每次都会留下一条备注；取第一条。其中写着等了多久。" },
	records = losses,
	hint = { "Nothing is sent at that time: it is no message, but of `kind=note`.",
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
			why = { "It is not the time when the platform finds out, but when the camera next gets a response.",
				zh = "不是被发现的时候，而是摄像机下一次得到响应的时候。" },
			hint = { "Read `src=platform kind=send to=70s` from the end.",
				zh = "从末尾读 `src=platform kind=send to=70s`。" },
			ask = { "Find the first message by which the camera can know that the platform considers it offline: `node=… record=…`.\n\n    rung show gb28181-keepalive kind=send to=130s",
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
			why = { "A keepalive does not make it online again. Which request does, and when is it first sent after the rejection?",
				zh = "保活不能使它恢复。哪个请求可以，它在拒绝之后第一次出现是什么时候？" },
			hint = { "Look for another method in `src=camera kind=send from=60s`.",
				zh = "在 `src=camera kind=send from=60s` 中找另一种方法。" },
			ask = { "Find the first message by which the camera tries to be online again: `node=… record=…`.\n\n    rung show gb28181-keepalive kind=send to=130s",
				zh = "找出摄像机设法恢复的第一条消息：`node=… record=…`。\n\n    rung show gb28181-keepalive kind=send to=130s" },
		},
	},
}

task {
	number = function(t) return #losses(t) end,
	unit = { "times", zh = "次" },
	wrong = { { function(t) return #losses(t) + 1 end, why = { "At the end it is online, or the platform has not noticed yet.", zh = "最后它在线，或者尚未被发现离线。" } } },
	why = { "Each time the platform writes a note.", zh = "每次平台都留下一条备注。" },
	records = losses,
	hint = { "Each time there is one more record of `kind=note node=platform`.", zh = "每次多一条 `kind=note node=platform` 记录。" },
}

task {
	choice = {
		{ "The line: keepalives get lost, and nobody retransmits them",
			zh = "线路：保活丢失，而没有人重传",
			why = { "Is one of them lost? And a MESSAGE would be retransmitted.", zh = "有丢失的吗？况且 MESSAGE 会重传。" } },
		{ "The settings: the sides count by other intervals", right = true,
			zh = "设置：两侧按不同的间隔计数" },
		{ "The registration: it runs out before its refresh has come",
			zh = "注册：在刷新到来之前就过期了",
			why = { "It is valid for an hour, as Expires says.", zh = "按 Expires，它持续一小时。" } },
		{ "The camera: it must register again after each keep-alive",
			zh = "摄像机：每次保活之后都必须重新注册",
			why = { "A keepalive of an online camera gets a 200, and nothing else happens.", zh = "在线者的保活得到 200，仅此而已。" } },
	},
	hint = { "The keep-alives are `src=camera method=MESSAGE kind=send`: how far apart are the first two, and how many seconds does the first `kind=note` name?", zh = "保活是 `src=camera method=MESSAGE kind=send`：前两次相隔多久，第一条 `kind=note` 写的又是多少秒？" },
}

task {
	goal = {
		{ "The camera is online all the time", zh = "摄像机一直在线",
			function(t) return #losses(t) == 0 and t:count "kind=send method=MESSAGE src=camera" > 0 end },
		{ "The camera sends its keepalives more often", zh = "摄像机更频繁地说明自己在",
			function(t) return #beats(t) >= 7, beats(t)[2] end,
			why = { "Or does the platform now wait for longer?", zh = "还是平台现在等得更久了？" } },
	},
	points = 2,
}
