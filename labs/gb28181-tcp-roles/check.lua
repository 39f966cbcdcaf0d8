-- The tasks of gb28181-tcp-roles; their texts are in README.md.
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

task {
	text = { "passive", "a=setup:passive" },
	wrong = {
		{ { "active", "a=setup:active" }, why = { "So it should be.", zh = "本应如此。" } },
		{ { "actpass", "a=setup:actpass" }, why = { "That only an offer may say.", zh = "那只有提议可以写。" } },
	},
	why = { "It is an attribute of the m= line in the camera's 200.", zh = "它是摄像机的 200 中 m= 行的属性。" },
	records = answer,
}

task {
	number = function(t) return t:count "kind=media op=connect" end,
	unit = { "connections", zh = "个连接" },
	wrong = {
		{ { 1, 2 }, why = { "So it would be if one of them opened them, for RTP and for RTCP.", zh = "若有一方去打开，RTP 和 RTCP 才会这样。" } },
	},
	why = { "A connection for media has a record of its own.", zh = "媒体连接有单独的记录。" },
	records = answer,
}

task {
	find = {
		node = "camera",
		rule = "media-connection",
		record = answer,
	},
	points = 3,
	why = { "It is the message in which the second of two equal words stands.", zh = "是写着两个相同的词中第二个的那条消息。" },
	hint = { "One of the findings speaks of offer and answer.", zh = "有一条发现说到提议和应答。" },
}

task {
	choice = {
		{ "As a wish: the camera is to wait, and to answer passive",
			zh = "是愿望：摄像机应当等待，并应答 passive",
			why = { "So it has read it. The line speaks of its writer.", zh = "它正是这样理解的。这一行说的是写它的人。" } },
		{ "As a choice: whoever is faster opens the connection",
			zh = "是选择：谁快谁打开连接",
			why = { "That would be actpass, and then the answer decides.", zh = "那是 actpass，而且由应答决定。" } },
		{ "As a fallback: by UDP first, by TCP where that fails",
			zh = "是后备：先用 UDP，不行再用 TCP",
			why = { "The m= line says TCP/RTP/AVP, and nothing else.", zh = "m= 行写的是 TCP/RTP/AVP，别无其他。" } },
		{ "As news: the other side waits, so the camera connects", right = true,
			zh = "是告知：对方等待，所以由摄像机去连接" },
	},
	rule = "media-connection",
	hint = { "Of whom does a session description speak?", zh = "会话描述说的是谁？" },
}

task {
	goal = {
		{ "The media server sees the picture", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "The camera waits, whatever it is told. What is left for the other side?", zh = "无论怎样，摄像机都在等待。对方还能做什么？" } },
		{ "It comes over TCP", zh = "画面通过 TCP 到来",
			function(t) return t:first "kind=media op=connect" ~= nil end },
		{ "The camera is as it was", zh = "摄像机保持原样", function(t) return t:first "kind=act node=camera" == nil end },
	},
	points = 2,
}
