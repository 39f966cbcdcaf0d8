-- The tasks of gb28181-no-stream; their texts are in README.md.
lesson { minutes = 30, level = 2 }
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
	text = { "127.0.0.1", "127.0.0.1:30010" },
	wrong = {
		{ { "192.0.2.20", "192.0.2.20:30010" }, why = { "There it should send. Is it what the INVITE says?", zh = "本应发往那里。INVITE 是这么说的吗？" } },
		{ { "192.0.2.10", "192.0.2.10:5060" }, why = { "That is the platform, which gets no media.", zh = "那是平台，它不收媒体。" } },
		{ { "192.0.2.70", "192.0.2.70:15060" }, why = { "That is where it sends from.", zh = "那是它发出的地址。" } },
	},
	why = { "It stands behind the arrow where the camera's RTP begins.", zh = "它在摄像机的 RTP 开始的记录的箭头之后。" },
	records = function(t) return t:first "kind=media op=flow node=camera" end,
}

task {
	number = function(t) return sent(t).packets end,
	unit = { "packets", zh = "个数据包" },
	tolerance = 2,
	wrong = { { 0, why = { "It sends, as it was told.", zh = "它按得知的在发送。" } } },
	why = { "The record of the end of its stream has the number.", zh = "它的媒体流结束的记录写有数目。" },
	records = sent,
}

task {
	text = { "media", "media server" },
	points = 2,
	wrong = {
		{ "platform", why = { "It has passed on what it had been told.", zh = "它只是把得知的传了下去。" } },
		{ "camera", why = { "It reads that address, and does not write it.", zh = "它读这个地址，而不是写。" } },
	},
	why = { "Look for the first session description with it.", zh = "找第一个含有它的会话描述。" },
	records = function(t) return t:first "kind=send status=200 src=media cseq=INVITE" end,
}

task {
	choice = {
		{ "The camera's: it must send to the address from which the INVITE has come",
			zh = "摄像机：它必须发往 INVITE 所来自的地址",
			why = { "Media go where c= says. From there the signalling came, not the media server's wish.", zh = "媒体发往 c= 所说的地方。信令来自那里，媒体服务器却不在那里。" } },
		{ "The media server's: its configuration has to say an address that others reach", right = true,
			zh = "媒体服务器：它的配置必须写出别人能到达的地址" },
		{ "The platform's: it should have sent the ACK to the camera before all others",
			zh = "平台：它应当最先把 ACK 发给摄像机",
			why = { "Both ACKs have come, and the camera sends.", zh = "两个 ACK 都到了，摄像机也在发送。" } },
		{ "The network's: on the way to the media server all packets of RTP are lost",
			zh = "网络：通往媒体服务器的途中，所有 RTP 数据包都丢失了",
			why = { "Has one of them ever been on the way there?", zh = "有哪一个曾在去那里的路上吗？" } },
	},
	points = 2,
	rule = "media-agree",
	hint = { "Who knows the address, and who only repeats it?", zh = "谁知道这个地址，谁只是重复它？" },
}

task {
	goal = {
		{ "The media server sees the picture", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "Which of its settings has said 127.0.0.1?", zh = "是哪个设置说了 127.0.0.1？" } },
		{ "The camera is as it was", zh = "摄像机保持原样", function(t) return t:first "kind=act node=camera" == nil end },
	},
	points = 2,
}
