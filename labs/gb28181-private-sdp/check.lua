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
	text = { "10.0.0.20" },
	wrong = {
		{ "192.0.2.10", why = { "That is the platform's; c= is of the media.", zh = "那是平台的；c= 说的是媒体。" } },
		{ "203.0.113.7", why = { "So the NAT is seen from outside. Who could have told the media server?", zh = "从外侧看 NAT 是这个地址。谁能告诉媒体服务器呢？" } },
	},
	why = { "Read the SDP of that INVITE, line by line.", zh = "逐行读那个 INVITE 的 SDP。" },
	records = function(t) return t:first "kind=send method=INVITE dst=camera" end,
}

task {
	number = function(t) return sent(t).packets end,
	unit = { "packets", zh = "个数据包" },
	tolerance = 2,
	wrong = { { 0, why = { "It sends as it was told; where it leads to it does not know.", zh = "它按得知的发送；通向哪里它不知道。" } } },
	why = { "The record of the end of its stream has the number.", zh = "它的媒体流结束的记录写有数目。" },
	records = sent,
}

task {
	text = { "office", "NAT of the office" },
	wrong = {
		{ "camera", why = { "It sends them.", zh = "它是发送方。" } },
		{ "net", why = { "That one still knows a way for it.", zh = "它还知道一条路。" } },
		{ "media", why = { "Nothing comes so far.", zh = "什么也没有到那里。" } },
	},
	why = { "A record of the NAT says that there is no way to that address.", zh = "NAT 的一条记录说没有通往那个地址的路。" },
	records = function(t) return t:first "kind=nat node=office" end,
}

task {
	choice = {
		{ "RTP over TCP whose connection the media server opens", right = true,
			zh = "RTP 走 TCP，由媒体服务器打开连接" },
		{ "RTP over TCP whose connection the camera opens",
			zh = "RTP 走 TCP，由摄像机打开连接",
			why = { "Which address is it to dial then?", zh = "那样它该连到哪个地址？" } },
		{ "A 200 of the camera's in which c= is private, too",
			zh = "摄像机的 200 中也写私有的 c=",
			why = { "What the camera says of itself is not wrong here.", zh = "摄像机关于自己所说的在这里并没有错。" } },
		{ "Keep-alives of the camera's that are more frequent",
			zh = "摄像机更频繁地发送保活",
			why = { "They go to the platform, and open nothing at the office's NAT.", zh = "它们发往平台，在办公室的 NAT 上什么也不打开。" } },
	},
	points = 2,
	rule = "media-connection",
	hint = { "From which side can a way through a NAT be opened?", zh = "经过 NAT 的路可以从哪一侧打开？" },
}

task {
	goal = {
		{ "The media server sees the picture", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "Who has to open the connection, as seen from the media server?", zh = "从媒体服务器看，连接应由谁打开？" } },
		{ "NAT and camera are as they were", zh = "NAT 和摄像机保持原样",
			function(t) return t:first "kind=act node=office" == nil and t:first "kind=act node=camera" == nil end },
	},
	points = 2,
}
