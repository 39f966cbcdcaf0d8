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
	number = 45,
	unit = { "seconds", zh = "秒" },
	wrong = {
		{ 15, why = { "So long is one interval; three may be missing.", zh = "那是一个间隔；可以缺三个。" } },
		{ 60, why = { "So long the camera waits between two.", zh = "那是摄像机两次之间的时间。" } },
		{ 180, why = { "That is the norm's default, 60 s and 3.", zh = "那是标准的默认值，60 s 和 3 次。" } },
	},
	why = { "The platform says so itself, in a remark.", zh = "平台自己在备注里说了。" },
	records = losses,
}

task {
	number = function(t) return #losses(t) end,
	unit = { "times", zh = "次" },
	wrong = { { function(t) return #losses(t) + 1 end, why = { "At the end it is on-line, or not yet found out.", zh = "最后它在线，或者尚未被发现离线。" } } },
	why = { "Each time the platform leaves a remark.", zh = "每次平台都留下一条备注。" },
	records = losses,
}

task {
	number = 403,
	wrong = {
		{ 200, why = { "So it is while the camera is on-line.", zh = "摄像机在线时是这样。" } },
		{ 401, why = { "That is what a REGISTER gets.", zh = "那是 REGISTER 得到的。" } },
		{ 408, why = { "That would be no answer at all.", zh = "那意味着根本没有响应。" } },
	},
	why = { "Look at the answer to the first MESSAGE behind the platform's remark.", zh = "看平台的备注之后第一个 MESSAGE 的响应。" },
	records = function(t) return t:first "kind=send status=403 src=platform" end,
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
	hint = { "How far apart are the keep-alives, and for how long does the platform wait?", zh = "两次保活相隔多久，平台又等多久？" },
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
