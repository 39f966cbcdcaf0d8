-- The tasks of gb28181-ssrc; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary {
	"camera.settings=ssrc=0106007777,ssrc=0106004321,ssrc=0106009012,ssrc=0106001854,ssrc=0106002600,ssrc=0106005938,ssrc=0106008145",
	"camera--net.delay=10ms..90ms:10ms",
	"seed=1..999:1",
}

-- So many packets of the camera's have come to the media server.
local function heard(t)
	local packets = 0
	for _, r in ipairs(t:all "kind=media op=heard node=media") do packets = packets + r.packets end
	return packets
end

local function answer(t)
	return t:first "kind=send status=200 src=camera cseq=INVITE"
end

-- The SSRC that is written in MESSAGE, as its SDP has it.
local function written(message)
	return message.text:match "y=(%d+)"
end

-- What the platform has asked the camera for.
local function asked(t)
	return t:first "kind=send method=INVITE dst=camera"
end

local function refused(t)
	return t:last "kind=media op=refused node=media"
end

task {
	choice = {
		{ "It sends its BYE at once, for the answer is not what it has asked for",
			zh = "立即发送 BYE，因为应答与它要求的不同",
			why = { "When is its first BYE sent?", zh = "它的第一个 BYE 何时发出？" } },
		{ "It sends its INVITE anew, with the SSRC that the camera likes better",
			zh = "以摄像机想要的 SSRC 重新发送 INVITE",
			why = { "How many INVITEs does the camera get?", zh = "摄像机收到几个 INVITE？" } },
		{ "It sends its ACK as to any 200, and lets the view take its time", right = true,
			zh = "像对任何 200 一样发送 ACK，点播照常进行" },
		{ "It sends no ACK, so that the camera must retransmit its own answer",
			zh = "不发送 ACK，使摄像机只好重复自己的应答",
			why = { "Then the trace would have the 200 more than once.", zh = "那样 200 就会出现不止一次。" } },
	},
	ahead = true,
	records = function(t) return t:get "ACK@platform#2" end,
}

task {
	number = function(t) return refused(t).other_ssrc end,
	tolerance = 2,
	unit = { "packets", zh = "个数据包" },
	points = 2,
	wrong = {
		{ 0, why = { "It accepts none of them; what does it report about them at the end?", zh = "它一个也没有接受；最后它怎么说？" } },
		{ 1, why = { "The first of them has its own record, `bad`. The others are counted.", zh = "第一个有单独的 `bad` 记录。其余的只计数。" } },
	},
	why = { "When the view is over, the media server writes a record of what it has rejected.", zh = "点播结束时，媒体服务器有一条记录说明拒绝了多少。" },
	records = refused,
	hint = { "`kind=media op=refused` is a record that the media server writes at the end of the view.",
		zh = "`kind=media op=refused` 是媒体服务器在点播结束时的一条记录。" },
	others = {
		{ text = function(t) return { written(answer(t)), (written(answer(t)):gsub("^0", "")) } end,
			wrong = {
				{ function(t) return written(asked(t)) end, why = { "That is the requested one.", zh = "那是向它要求的。" } },
				{ "33010600001320000007", why = { "That is the camera's ID.", zh = "那是摄像机的编号。" } },
			},
			records = answer,
			ask = { "Which SSRC does the camera's 200 contain? Write it as its SDP does.\n\n    rung show gb28181-ssrc -m 'src=camera status=200 cseq=INVITE kind=send'",
				zh = "摄像机在 200 中说的是哪个 SSRC？按 SDP 的写法写出。\n\n    rung show gb28181-ssrc -m 'src=camera status=200 cseq=INVITE kind=send'" },
			why = { "It is in the line y= of the answer.",
				zh = "它在应答的 y= 行中。" },
			hint = { "`INVITE@platform#2` has the requested one, `200@camera` the answered one: both are after the attribute lines.",
				zh = "`INVITE@platform#2` 中是所要求的，`200@camera` 中是所回答的：都在各属性行之后。" } },
	},
}

task {
	find = {
		node = "camera",
		rule = "media-source",
		record = answer,
	},
	points = 3,
	why = { "It is the message in which the other number appears first.", zh = "是最先写着另一个数的那条消息。" },
	hint = { "`rung inspect` has a finding of the section on RTP's sources; RFC 3550 8 is about SSRCs.",
		zh = "`rung inspect` 有一条关于 RTP 源的发现；RFC 3550 8 讲的是 SSRC。" },
	others = {
		{ find = {
				node = "platform",
				rule = "digest-qop",
				record = function(t) return t:first "kind=send status=401 src=platform" end,
			},
			ask = { "An eavesdropper could use the camera's credentials again. Where does `rung inspect` find the reason? `node=… rule=… record=…`.",
				zh = "窃听者可以再次使用摄像机的凭据。`rung inspect` 在哪里看出原因？`node=… rule=… record=…`。" },
			why = { "It is the message that asks for a password; a parameter is missing there.",
				zh = "是要求密码的那条消息，其中缺少一个词。" },
			hint = { "Look at the challenge that the first REGISTER gets, and at RFC 3261 22.4.",
				zh = "看第一个 REGISTER 得到的质询，以及 RFC 3261 22.4。" } },
		{ draw = "status=200 cseq=INVITE kind=send",
			rule = "invite-accept",
			ask = { "Draw all answers that accept an INVITE of the view, one line each, `X -> Y 200`. Which of them contains the wrong SSRC?\n\n    rung show gb28181-ssrc status=200",
				zh = "画出接受点播中各个 INVITE 的所有应答，每条一行，如 `X -> Y 200`。错误的 SSRC 写在哪一个里？\n\n    rung show gb28181-ssrc status=200" },
			hint = { "`cseq=INVITE` leaves out the responses to the other requests. Which nodes does the platform call for one view?",
				zh = "`cseq=INVITE` 去掉对其他请求的应答。一次点播中平台呼叫了谁？" } },
	},
}

task {
	choice = {
		{ "Chosen a random SSRC, as each sender of RTP does for itself",
			zh = "随机取一个 SSRC，就像每个 RTP 发送方那样",
			why = { "That is what RFC 3550 says. Why is there a line y= at all?", zh = "RFC 3550 是这样。那么为什么要有 y= 行？" } },
		{ "Rejected the INVITE by 488, since that SSRC is not to its liking",
			zh = "以 488 拒绝 INVITE，因为这个 SSRC 不合它意",
			why = { "It can send with any SSRC.", zh = "它可以用任何 SSRC 发送。" } },
		{ "Left y= out of its answer, and chosen when the ACK had come",
			zh = "应答中不写 y=，等 ACK 到了再选",
			why = { "Then no receiver would know which SSRC to expect.", zh = "那样就没有人知道该等什么。" } },
		{ "Repeated y= in its 200 as offered, and sent by that number", right = true,
			zh = "在 200 中照样返回提议的 SSRC，并以它发送" },
	},
	hint = { "docs/GB28181.md says which messages contain `y=`: which node can ensure that no two streams of the domain have the same, `INVITE@platform#2` or the camera?", zh = "docs/GB28181.md 说明 `y=` 写在哪些消息中：谁能保证域内没有两路流用同一个，是 `INVITE@platform#2` 的发送者，还是摄像机？" },
}

task {
	goal = {
		{ "The media server receives the video", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "What does the platform send to its media server in the ACK?", zh = "平台在 ACK 里告诉媒体服务器什么？" } },
		{ "The camera answers with an SSRC of its own", zh = "摄像机以自己的 SSRC 应答",
			function(t) return answer(t) ~= nil and written(answer(t)) ~= nil and asked(t) ~= nil and written(answer(t)) ~= written(asked(t)) end },
	},
	points = 2,
}
