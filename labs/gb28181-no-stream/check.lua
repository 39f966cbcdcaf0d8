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
	number = function(t)
		return t:count("kind=send cseq=INVITE,ACK from=2s", function(r) return r.body:find("m=video", 1, true) ~= nil end)
	end,
	ahead = true,
	unit = { "messages", zh = "条消息" },
	wrong = {
		{ 2, why = { "Those are sent by the platform. The responses have one as well.", zh = "那是平台发出的。对它说的也带有描述。" } },
		{ 6, why = { "That is the number of messages of both calls; some have no body.", zh = "那是建立两个呼叫的消息总数；有的没有消息体。" } },
	},
	why = { "Two offers and two answers. In which message of each call is each of these sent?", zh = "两个提议，两个应答。在每个呼叫中，它们各在哪条消息里？" },
	hint = { "Look for `m=video` in `cseq=INVITE,ACK from=2s`; RFC 3725 4.1 has the flow.",
		zh = "在 `cseq=INVITE,ACK from=2s` 中找 `m=video`；流程见 RFC 3725 第 4.1 节。" },
	others = {
		{
			number = function(t) return t:count "kind=send method=BYE" end,
			ahead = true,
			unit = { "messages", zh = "条消息" },
			rule = "bye-send",
			wrong = {
				{ 1, why = { "The two sides know nothing about each other.", zh = "双方互不知道对方。" } },
				{ 4, why = { "A node that has received one sends none.", zh = "收到的一方不再发送。" } },
			},
			why = { "How many calls has the platform made for one view? Each is ended separately.",
				zh = "平台为一次点播建立了几个呼叫？每个都要单独结束。" },
			hint = { "`method=BYE from=12s`: a dialog has one at most.",
				zh = "`method=BYE from=12s`：一个对话至多一个。" },
			ask = { "Before you look at the run: after ten seconds the platform ends the view. How many BYEs will there be?\n\n    rung show gb28181-no-stream method=BYE kind=send",
				zh = "先不看运行：十秒之后平台结束点播。会有多少个 BYE？\n\n    rung show gb28181-no-stream method=BYE kind=send" },
		},
		{
			number = function(t)
				return t:count("kind=send method=ACK", function(r) return r.body:find("m=video", 1, true) ~= nil end)
			end,
			ahead = true,
			unit = { "messages", zh = "条消息" },
			rule = "third-party-flow-i",
			wrong = {
				{ 2, why = { "One of the INVITEs had an offer: its answer has already arrived.", zh = "其中一个 INVITE 已带提议：它的应答已经来了。" } },
				{ 0, why = { "The node that made the offer in the 200 needs an answer.", zh = "在 200 中给出提议的一方要得到应答。" } },
			},
			why = { "An ACK has one if the 200 was the offer. In which of the two calls is this the case?",
				zh = "200 是提议时，ACK 才带描述。两个呼叫中哪一个是这样？" },
			hint = { "Compare the Content-Length of each in `method=ACK src=platform`.",
				zh = "比较 `method=ACK src=platform` 中各个的 Content-Length。" },
			ask = { "Before you look at the run: the platform calls the media server without an offer, and the camera with the description from the media server. How many of its ACKs will have a session description?\n\n    rung show gb28181-no-stream -m 'method=ACK kind=send'",
				zh = "先不看运行：平台呼叫媒体服务器时不带提议，呼叫摄像机时带着媒体服务器所说的。它的 ACK 中有多少个带会话描述？\n\n    rung show gb28181-no-stream -m 'method=ACK kind=send'" },
		},
	},
}

task {
	text = { "127.0.0.1", "127.0.0.1:30010" },
	wrong = {
		{ { "192.0.2.20", "192.0.2.20:30010" }, why = { "That is where it should send. Is it what the INVITE says?", zh = "本应发往那里。INVITE 是这么说的吗？" } },
		{ { "192.0.2.10", "192.0.2.10:5060" }, why = { "That is the platform, which gets no media.", zh = "那是平台，它不收媒体。" } },
		{ { "192.0.2.70", "192.0.2.70:15060" }, why = { "That is where it sends from.", zh = "那是它发出的地址。" } },
	},
	why = { "It is after the arrow where the camera's RTP begins.", zh = "它在摄像机的 RTP 开始的记录的箭头之后。" },
	records = function(t) return t:first "kind=media op=flow node=camera" end,
	hint = { "It is in the c= line of the INVITE: `-m method=INVITE dst=camera`; the record of `op=flow node=camera` has the same after its arrow.",
		zh = "INVITE 的 c= 行告诉它的地址：`-m method=INVITE dst=camera`；`op=flow node=camera` 的记录在箭头之后也有它。" },
	others = {
		{
			number = function(t) return sent(t).packets end,
			unit = { "packets", zh = "个数据包" },
			tolerance = 2,
			wrong = { { 0, why = { "It sends, as the INVITE said.", zh = "它按得知的在发送。" } } },
			why = { "The record of the end of its stream has the number.", zh = "它的媒体流结束的记录写有数目。" },
			records = sent,
			hint = { "The record at the end of its stream has the number of packets sent: `kind=media node=camera from=12s`.",
				zh = "它的媒体流结束时的记录数过发出了多少：`kind=media node=camera from=12s`。" },
			ask = { "How many packets of RTP does the camera send, none of which is received?\n\n    rung show gb28181-no-stream kind=media node=camera",
				zh = "摄像机发送了多少个 RTP 数据包，却没有一个被看到？\n\n    rung show gb28181-no-stream kind=media node=camera" },
		},
		{
			text = { "192.0.2.70", "192.0.2.70:15060" },
			records = function(t) return t:first "kind=send status=200 src=camera cseq=INVITE" end,
			wrong = {
				{ "127.0.0.1", why = { "That is where it is sent to.", zh = "那是发往的地址。" } },
				{ "192.0.2.10", why = { "That is the platform's, which receives and sends no media.", zh = "那是平台的，它不收发媒体。" } },
			},
			why = { "Read the c= line in the ACK: the camera has written it into its 200.",
				zh = "读 ACK 中的 c= 行：由摄像机写进它的 200。" },
			hint = { "Of `method=ACK src=platform` the one with a body repeats what the camera has said in its 200.",
				zh = "`method=ACK src=platform` 中带消息体的那个，照抄摄像机在 200 中所说的。" },
			ask = { "The media server's ACK also contains an address: from where will the video come?\n\n    rung show gb28181-no-stream -m 'method=ACK dst=media kind=send'",
				zh = "媒体服务器收到的 ACK 也带有一个地址：画面要从哪里来？\n\n    rung show gb28181-no-stream -m 'method=ACK dst=media kind=send'" },
		},
	},
}

task {
	find = {
		node = "media",
		record = function(t)
			local r = t:first "kind=send status=200 src=media cseq=INVITE"
			return { r, r:arrival() }
		end,
	},
	points = 2,
	why = { "Look for the first session description with this address; the later ones only repeat it.",
		zh = "找最先写有这个地址的会话描述；后面的都只是照抄。" },
	records = function(t) return t:first "kind=send status=200 src=media cseq=INVITE" end,
	hint = { "The platform has no media of its own: what did it receive, `dst=platform cseq=INVITE from=2s`, before it sent the camera `INVITE@platform#2`?",
		zh = "平台自己没有媒体：在它把 `INVITE@platform#2` 发给摄像机之前，什么到达了它（`dst=platform cseq=INVITE from=2s`）？" },
	others = {
		{
			find = {
				node = "platform",
				record = function(t)
					local r = t:first "kind=send method=INVITE dst=camera"
					return { r, r:arrival() }
				end,
			},
			why = { "A node sends to the address of c= and the port in the last description from its peer: which message brings that to the camera?",
				zh = "一方发往对方最后告知的 c= 和端口：哪条消息把它带给摄像机？" },
			hint = { "Of `dst=camera from=2s` two belong to the call; which has a body?",
				zh = "`dst=camera from=2s` 中有两条与这个呼叫有关；哪一条带消息体？" },
			ask = { "The camera sends its video to an address where nobody is. Find the message that tells it to do so: `node=… record=…`.\n\n    rung show gb28181-no-stream -m 'cseq=INVITE,ACK kind=send' from=2s",
				zh = "摄像机把画面发往没有人的地方。找出让它这样做的消息：`node=… record=…`。\n\n    rung show gb28181-no-stream -m 'cseq=INVITE,ACK kind=send' from=2s" },
		},
		{
			find = {
				node = "camera",
				rule = "media-flow",
				record = function(t) return t:first "kind=media op=flow node=camera" end,
			},
			why = { "It is no SIP message: a record of media says that RTP begins. `rung explain` with its number names the rule.",
				zh = "它不是 SIP 消息：有一条媒体记录说 RTP 开始。用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "After the ACK come `op=agree` and then, one packet time later, the record in question.",
				zh = "ACK 之后先是 `op=agree`，隔一个数据块就是所问的。" },
			ask = { "Find where the camera begins to send its video: `node=… rule=… record=…`.\n\n    rung show gb28181-no-stream kind=media,send node=camera from=2s",
				zh = "找出摄像机开始发送画面的记录：`node=… rule=… record=…`。\n\n    rung show gb28181-no-stream kind=media,send node=camera from=2s" },
		},
	},
}

task {
	choice = {
		{ "The camera's: it must send to the address from which the INVITE has come",
			zh = "摄像机：它必须发往 INVITE 所来自的地址",
			why = { "Media are sent to the address in c=. That is the address of the signalling, not the one that the media server wants.", zh = "媒体发往 c= 所说的地方。信令来自那里，媒体服务器却不在那里。" } },
		{ "The media server's: its configuration has to say an address that others reach", right = true,
			zh = "媒体服务器：它的配置必须写出别人能到达的地址" },
		{ "The platform's: it should have sent the ACK to the camera before all others",
			zh = "平台：它应当最先把 ACK 发给摄像机",
			why = { "Both ACKs have arrived, and the camera sends.", zh = "两个 ACK 都到了，摄像机也在发送。" } },
		{ "The network's: on the path to the media server all packets of RTP are lost",
			zh = "网络：通往媒体服务器的途中，所有 RTP 数据包都丢失了",
			why = { "Has one of them ever been on that path?", zh = "有哪一个曾在去那里的路上吗？" } },
	},
	points = 2,
	rule = "media-agree",
	hint = { "Follow 127.0.0.1 from `INVITE@platform#2` back to `200@media`: which node introduces the address, and which only repeats it?", zh = "把 127.0.0.1 从 `INVITE@platform#2` 追溯到 `200@media`：谁知道这个地址，谁只是重复它？" },
}

task {
	goal = {
		{ "The media server receives the video", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "Which of its settings has said 127.0.0.1?", zh = "是哪个设置说了 127.0.0.1？" } },
		{ "The camera is unchanged", zh = "摄像机保持原样", function(t) return t:first "kind=act node=camera" == nil end },
	},
	points = 2,
}
