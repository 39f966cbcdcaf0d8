-- The tasks of gb28181-private-sdp; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "camera--net.delay=10ms..90ms:10ms", "seed=1..999:1" }

-- So many packets of the camera's have come to the media server.
local function heard(t)
	local packets = 0
	for _, r in ipairs(t:all "kind=media op=heard node=media") do packets = packets + r.packets end
	return packets
end

local function sent(t)
	return t:last "kind=media op=stop node=camera"
end

task {
	choice = {
		{ "the NAT's own one, by which the office is seen from outside", zh = "NAT 自己的地址，从外侧看办公室就是它",
			why = { "Which node inside could have known it? Read the c= line.", zh = "里面的谁会知道它呢？读 c= 行。" } },
		{ "the platform's own one, to which the camera has registered", zh = "平台自己的地址，摄像机就注册在那里",
			why = { "c= is for the media, and the platform receives none.", zh = "c= 说的是媒体，而平台不收媒体。" } },
		{ "the media server's own one, as the office's network has it", zh = "媒体服务器自己的地址，在办公室的网络中", right = true },
		{ "the camera's own one, from which the video is to be sent", zh = "摄像机自己的地址，画面由那里发出",
			why = { "That one is in the camera's answer. In an INVITE the sender says where it receives.", zh = "那个在摄像机的应答中。INVITE 中由发送一方说明在哪里接收。" } },
	},
	ahead = true,
	records = function(t) return t:first "kind=send method=INVITE dst=camera" end,
}

task {
	number = function(t) return sent(t).packets end,
	unit = { "packets", zh = "个数据包" },
	tolerance = 2,
	wrong = { { 0, why = { "It sends as the INVITE said; it does not know where that leads.", zh = "它按得知的发送；通向哪里它不知道。" } } },
	why = { "The record of the end of its stream has the number.", zh = "它的媒体流结束的记录写有数目。" },
	records = sent,
	hint = { "`op=stop node=camera` counts what its stream has sent until the BYE.", zh = "`op=stop node=camera` 记下到 BYE 为止它的流发送了多少。" },
}

task {
	find = {
		node = "office",
		rule = "nat-private",
		record = function(t) return t:first "kind=nat node=office" end,
	},
	why = { "A record of the NAT says that there is no route to that address; `rung explain` with its number names the rule.",
		zh = "NAT 的一条记录说没有通往那个地址的路；用它的编号运行 `rung explain`，会给出规则。" },
	records = function(t) return t:first "kind=nat node=office" end,
	hint = { "It is the first record of `kind=nat`, one line delay after `op=flow node=camera`.",
		zh = "它是 `kind=nat` 的第一条记录，在 `op=flow node=camera` 之后隔一段线路。" },
	others = {
		{
			find = {
				node = "media",
				record = function(t)
					local r = t:first "kind=send status=200 src=media cseq=INVITE"
					return { r, r:arrival() }
				end,
			},
			why = { "Look for the first session description with this address; the later ones only repeat it.",
				zh = "找最先写有这个地址的会话描述；后面的都只是照抄。" },
			hint = { "It was in a 200 before it was in an INVITE: `cseq=INVITE from=2s`.",
				zh = "它先写在一个 200 中，后写在 INVITE 中：`cseq=INVITE from=2s`。" },
			ask = { "The camera sends to an address that nobody on the Internet can reach. Find the message in which it appears for the first time: `node=… record=…`.\n\n    rung show gb28181-private-sdp -m 'cseq=INVITE,ACK kind=send' from=2s",
				zh = "摄像机发往一个在互联网上谁也到不了的地址。找出最先写有它的消息：`node=… record=…`。\n\n    rung show gb28181-private-sdp -m 'cseq=INVITE,ACK kind=send' from=2s" },
		},
		{
			find = {
				node = "platform",
				record = function(t)
					local r = t:first "kind=send method=INVITE dst=camera"
					return { r, r:arrival() }
				end,
			},
			why = { "Which node has an address in each of the two networks, and what does it send to the camera?",
				zh = "哪个节点在两边各有一个地址，它告诉摄像机什么？" },
			hint = { "Of the messages to the camera, one has a c= line, and its sender has both networks: `-m dst=camera from=2s`.",
				zh = "到达摄像机的消息中有一条带 c= 行，而它的发送者连着两个网络：`-m dst=camera from=2s`。" },
			ask = { "A node that has both networks relays the office's address to the Internet. Find the message by which it does so: `node=… record=…`.\n\n    rung show gb28181-private-sdp -m 'cseq=INVITE,ACK kind=send' from=2s",
				zh = "有一方同时在两个网络中，把办公室的地址传到了互联网上。找出这样做的消息：`node=… record=…`。\n\n    rung show gb28181-private-sdp -m 'cseq=INVITE,ACK kind=send' from=2s" },
		},
	},
}

task {
	choice = {
		{ "RTP over TCP whose connection the media server opens", right = true,
			zh = "RTP 走 TCP，由媒体服务器打开连接" },
		{ "RTP over TCP whose connection the camera opens",
			zh = "RTP 走 TCP，由摄像机打开连接",
			why = { "Which address must it connect to then?", zh = "那样它该连到哪个地址？" } },
		{ "A 200 of the camera's in which c= is private, too",
			zh = "摄像机的 200 中也写私有的 c=",
			why = { "What the camera says of itself is not wrong here.", zh = "摄像机关于自己所说的在这里并没有错。" } },
		{ "Keepalives of the camera's that are more frequent",
			zh = "摄像机更频繁地发送保活",
			why = { "They go to the platform, and create no mapping in the office's NAT.", zh = "它们发往平台，在办公室的 NAT 上什么也不打开。" } },
	},
	points = 2,
	rule = "nat-filter",
	hint = { "`kind=nat node=office` has what came from outside and what was sent out: from which side was a path opened (RFC 4787 5)?", zh = "`kind=nat node=office` 中有从外面来的，也有出去的：路是从哪一侧打开的（RFC 4787 第 5 节）？" },
}

task {
	goal = {
		{ "The media server receives the video", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "Which side must open the connection, as seen from the media server?", zh = "从媒体服务器看，连接应由谁打开？" } },
		{ "NAT and camera are unchanged", zh = "NAT 和摄像机保持原样",
			function(t) return t:first "kind=act node=office" == nil and t:first "kind=act node=camera" == nil end },
	},
	points = 2,
}
