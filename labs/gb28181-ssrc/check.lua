-- The tasks of gb28181-ssrc; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "camera--net.delay=10ms..90ms:10ms", "seed=1..999:1" }

-- So many packets of the camera's have come to the media server.
local function heard(t)
	local packets = 0
	for _, r in ipairs(t:all "kind=media op=heard node=media") do packets = packets + r.packets end
	return packets
end

local function answer(t)
	return t:first "kind=send status=200 src=camera cseq=INVITE"
end

local function refused(t)
	return t:last "kind=media op=refused node=media"
end

task {
	text = { "0106007777", "106007777" },
	wrong = {
		{ { "0106000001", "106000001" }, why = { "That one it was asked for.", zh = "那是向它要求的。" } },
		{ "33010600001320000007", why = { "That is the camera's ID.", zh = "那是摄像机的编号。" } },
	},
	why = { "It stands in the line y= of the answer.", zh = "它在应答的 y= 行中。" },
	records = answer,
}

task {
	number = function(t) return refused(t).other_ssrc end,
	tolerance = 2,
	unit = { "packets", zh = "个数据包" },
	points = 2,
	wrong = {
		{ 0, why = { "It takes none of them; what does it say of them at the end?", zh = "它一个也没有接受；最后它怎么说？" } },
		{ 1, why = { "The first of them has a record of its own, `bad`. The others are counted.", zh = "第一个有单独的 `bad` 记录。其余的只计数。" } },
	},
	why = { "When the view is over the media server has a record of what it has refused.", zh = "点播结束时，媒体服务器有一条记录说明拒绝了多少。" },
	records = refused,
}

task {
	find = {
		node = "camera",
		rule = "media-source",
		record = answer,
	},
	points = 3,
	why = { "It is the message in which the other number stands first.", zh = "是最先写着另一个数的那条消息。" },
	hint = { "Of the report's findings one speaks of y=.", zh = "报告的发现中有一条说到 y=。" },
}

task {
	choice = {
		{ "Drawn an SSRC by chance, as each sender of RTP does for itself",
			zh = "随机取一个 SSRC，就像每个 RTP 发送方那样",
			why = { "So RFC 3550 has it. Why is there a line y= at all?", zh = "RFC 3550 是这样。那么为什么要有 y= 行？" } },
		{ "Refused the INVITE by 488, since that SSRC is not to its liking",
			zh = "以 488 拒绝 INVITE，因为这个 SSRC 不合它意",
			why = { "It can send with any SSRC.", zh = "它可以用任何 SSRC 发送。" } },
		{ "Left y= out of its answer, and chosen when the ACK had come",
			zh = "应答中不写 y=，等 ACK 到了再选",
			why = { "Then nobody would know what to wait for.", zh = "那样就没有人知道该等什么。" } },
		{ "Repeated the SSRC of the offer in its 200, and sent with that one", right = true,
			zh = "在 200 中照样返回提议的 SSRC，并以它发送" },
	},
	hint = { "Who can see to it that no two streams of the domain have the same?", zh = "谁能保证域内没有两路流用同一个？" },
}

task {
	goal = {
		{ "The media server sees the picture", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "What does the platform tell its media server in the ACK?", zh = "平台在 ACK 里告诉媒体服务器什么？" } },
		{ "The camera answers with an SSRC of its own", zh = "摄像机以自己的 SSRC 应答",
			function(t) return answer(t) ~= nil and answer(t).text:find "y=0106007777" ~= nil end },
	},
	points = 2,
}
