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
		{ { "active", "a=setup:active" }, why = { "That would be correct.", zh = "本应如此。" } },
		{ { "actpass", "a=setup:actpass" }, why = { "Only an offer may say that.", zh = "那只有提议可以写。" } },
	},
	why = { "It is an attribute of the m= line in the camera's 200.", zh = "它是摄像机的 200 中 m= 行的属性。" },
	records = answer,
	hint = { "Two messages have an `a=setup` for the camera's call: `INVITE@platform#2` is the offer, `200@camera` the answer in question.",
		zh = "摄像机的呼叫中有两条消息带 `a=setup`：`INVITE@platform#2` 是提议，`200@camera` 是所问的。" },
	others = {
		{ number = function(t) return t:count "kind=media op=connect" end,
			unit = { "connections", zh = "个连接" },
			wrong = {
				{ { 1, 2 }, why = { "That would be the number if one of them opened them, for RTP and for RTCP.", zh = "若有一方去打开，RTP 和 RTCP 才会这样。" } },
			},
			records = answer,
			ask = { "How many connections for media are opened, by either side?\n\n    rung show gb28181-tcp-roles kind=media",
				zh = "两侧一共打开了多少个媒体连接？\n\n    rung show gb28181-tcp-roles kind=media" },
			why = { "A connection for media has a record of its own.",
				zh = "媒体连接有单独的记录。" },
			hint = { "Among the records of `kind=media`, an opened one would be `op=connect`.",
				zh = "`kind=media` 的记录中，打开的连接是 `op=connect`。" } },
		{ text = "TCP/RTP/AVP",
			wrong = {
				{ { "RTP/AVP", "UDP" }, why = { "That is the word for media in datagrams.", zh = "媒体以数据报传送时才是这样。" } },
				{ { "TCP", "SIP/2.0/TCP" }, why = { "The line says more than that: what is carried, and with which profile.", zh = "这一行说得更多：承载什么，用哪种规格。" } },
			},
			records = answer,
			ask = { "Over which protocol are the media carried? Write the third word of the line m=video in the camera's 200.\n\n    rung show gb28181-tcp-roles -m 'src=camera status=200 cseq=INVITE kind=send'",
				zh = "媒体用什么承载？写出摄像机的 200 中 m=video 行的第三个词。\n\n    rung show gb28181-tcp-roles -m 'src=camera status=200 cseq=INVITE kind=send'" },
			why = { "It is after the port.",
				zh = "它在端口之后。" },
			hint = { "`RFC 4566 5.14` has the four parts of an m= line: media, port, protocol, formats.",
				zh = "`RFC 4566 5.14` 说明 m= 行的四个部分：媒体、端口、协议、格式。" } },
	},
}

task {
	choice = {
		{ "The platform, by a BYE at the time that is planned", zh = "平台，按自己的计划到时发送 BYE", right = true },
		{ "The media server, by a BYE when nobody connects", zh = "媒体服务器，因无人连接而发送 BYE",
			why = { "It sends only responses.", zh = "它只发送应答。" } },
		{ "The camera, by a BYE when nobody connects to it", zh = "摄像机，因无人与它连接而发送 BYE",
			why = { "It waits without end; which BYEs does it get?", zh = "它一直等下去；哪个 BYE 到它那里？" } },
		{ "The platform, by a CANCEL right after the 200s", zh = "平台，在收到 200 之后立即发送 CANCEL",
			why = { "A CANCEL is for an INVITE without a final answer.", zh = "CANCEL 针对尚无最终响应的 INVITE。" } },
	},
	ahead = true,
	records = function(t) return t:first "kind=send method=BYE" end,
}

task {
	find = {
		node = "camera",
		rule = "media-connection",
		record = answer,
	},
	points = 3,
	why = { "It is the message that contains the second of two equal words.", zh = "是写着两个相同的词中第二个的那条消息。" },
	hint = { "`rung inspect` counts the records of `cseq=INVITE`; RFC 4145 4.1 says which pairs of offer and answer there can be.",
		zh = "`rung inspect` 检查 `cseq=INVITE` 的记录；RFC 4145 4.1 说明提议和应答可以怎样成对。" },
	others = {
		{ find = {
				node = "platform",
				rule = "digest-algorithm",
				record = function(t) return t:first "kind=send status=401 src=platform" end,
			},
			ask = { "Where does `rung inspect` find that passwords are hashed with an algorithm that is broken today? `node=… rule=… record=…`.",
				zh = "`rung inspect` 在哪里看出密码的散列方法今天已被攻破？`node=… rule=… record=…`。" },
			why = { "It is the message that proposes the algorithm.",
				zh = "是提出算法的那条消息。" },
			hint = { "The camera's REGISTER is challenged: `cseq=REGISTER src=platform`, and RFC 8760 2.1.",
				zh = "摄像机的 REGISTER 受到质询：`cseq=REGISTER src=platform`，以及 RFC 8760 2.1。" } },
		{ draw = "method=INVITE,ACK kind=send",
			rule = "third-party-flow-i",
			ask = { "Draw all INVITEs and ACKs of the view, one line each, `X -> Y INVITE`. Which two of these four belong to one call?\n\n    rung show gb28181-tcp-roles method=INVITE,ACK kind=send",
				zh = "画出点播中所有的 INVITE 和 ACK，每条一行，如 `X -> Y INVITE`。四条中哪两条属于同一个呼叫？\n\n    rung show gb28181-tcp-roles method=INVITE,ACK kind=send" },
			hint = { "The ACK to the media server contains the camera's description (RFC 3725 4.1): so what must come before `ACK@platform`?",
				zh = "给媒体服务器的 ACK 带着摄像机所说的（RFC 3725 第 4.1 节）：那么 `ACK@platform` 之前必须有什么？" } },
	},
}

task {
	choice = {
		{ "As a wish: the camera is to wait, and to answer passive",
			zh = "是愿望：摄像机应当等待，并应答 passive",
			why = { "That is how it has understood the line. The line is about its sender.", zh = "它正是这样理解的。这一行说的是写它的人。" } },
		{ "As a choice: whoever is faster opens the connection",
			zh = "是选择：谁快谁打开连接",
			why = { "That would be actpass, and then the answer decides.", zh = "那是 actpass，而且由应答决定。" } },
		{ "As a fallback: by UDP first, by TCP if that fails",
			zh = "是后备：先用 UDP，不行再用 TCP",
			why = { "The m= line says TCP/RTP/AVP, and nothing else.", zh = "m= 行写的是 TCP/RTP/AVP，别无其他。" } },
		{ "As news: the camera connects since the other side waits", right = true,
			zh = "是告知：对方等待，所以由摄像机去连接" },
	},
	rule = "media-connection",
	hint = { "RFC 4145 4 says to whom `a=setup` applies: to the sender of it, `INVITE@platform#2`, or to the receiver.", zh = "`a=setup` 说的是谁，见 RFC 4145 第 4 节：是写它的一方（`INVITE@platform#2`），还是读它的一方。" },
}

task {
	goal = {
		{ "The media server receives the video", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "The camera waits, whatever it is told. What must the other side do, then?", zh = "无论怎样，摄像机都在等待。对方还能做什么？" } },
		{ "It arrives over TCP", zh = "画面通过 TCP 到来",
			function(t) return t:first "kind=media op=connect" ~= nil end },
		{ "The camera is unchanged", zh = "摄像机保持原样", function(t) return t:first "kind=act node=camera" == nil end },
	},
	points = 2,
}
