-- The tasks of gb28181-no-answer; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "home.timeout=20s..36s:4s", "seed=1..999:1" }

-- So many packets of the camera's have come to the media server.
local function heard(t)
	local packets = 0
	for _, r in ipairs(t:all "kind=media op=heard node=media") do packets = packets + r.packets end
	return packets
end

local function invites(t)
	return t:all "kind=send method=INVITE src=platform dst=home"
end

-- The address from which the camera's keep-alive comes behind the loss.
local function port(t)
	return t:last("kind=nat node=home op=made").outer:match ":(%d+)$"
end

task {
	number = function(t) return #invites(t) end,
	unit = { "times", zh = "次" },
	rule = "ict-timer-a",
	wrong = {
		{ function(t) return #invites(t) - 1 end, why = { "That is the number of retransmissions. The first transmission counts as well.", zh = "那是重复的次数。第一次也要算。" } },
		{ function(t) return #invites(t) + 1 end, why = { "One of these goes to the media server.", zh = "其中有一个发给媒体服务器。" } },
	},
	why = { "Count the transmissions to the camera until Timer B fires.", zh = "数一数定时器 B 到期之前发往摄像机的次数。" },
	records = invites,
	ahead = true,
	hint = { "`INVITE@platform#2` is the first; `kind=timer node=platform from=40s to=73s` has the Timer A of each retransmission, and the Timer B that ends them.",
		zh = "`INVITE@platform#2` 是第一次；`kind=timer node=platform from=40s to=73s` 有每次重传的定时器 A，以及结束它们的定时器 B。" },
	others = {
		{
			number = function(t) return t:count "kind=send status=200 cseq=INVITE src=media" end,
			ahead = true,
			unit = { "times", zh = "次" },
			rule = "invite-2xx-again",
			wrong = {
				{ 7, why = { "That would be the number with intervals that double without a limit.", zh = "间隔无限加倍才是这样。" } },
				{ 10, why = { "The first transmission counts as well.", zh = "第一次也要算。" } },
				{ 1, why = { "Without an ACK it is retransmitted.", zh = "没有 ACK，它就要重传。" } },
			},
			why = { "It is retransmitted like a request other than INVITE: after T1, then doubled, up to T2, for 64*T1. The first transmission counts as well.",
				zh = "它像非 INVITE 请求那样重传：从 T1 起加倍，到 T2 为止，共 64*T1。第一次也要算。" },
			hint = { "Write down the intervals of `rule=invite-2xx-again kind=send` (RFC 3261 13.3.1.4), and see where they stop growing.",
				zh = "写下 `rule=invite-2xx-again kind=send` 的各个间隔（RFC 3261 第 13.3.1.4 节），看它们到多大不再增长。" },
			ask = { "Before you look at the run: the platform does not acknowledge the media server's 200 as long as it has no response from the camera. How often will the media server send that 200?\n\n    rung show gb28181-no-answer 'status=200 src=media cseq=INVITE kind=send'",
				zh = "先不看运行：平台在没有摄像机的消息之前，不确认媒体服务器的 200。媒体服务器会发送这个 200 多少次？\n\n    rung show gb28181-no-answer 'status=200 src=media cseq=INVITE kind=send'" },
		},
		{
			number = function(t) return t:count "kind=recv method=INVITE dst=camera" end,
			ahead = true,
			unit = { "times", zh = "次" },
			rule = "nat-filter",
			wrong = {
				{ 1, why = { "Not even the first does: look at what the NAT has done before.", zh = "连第一个也没有：看 NAT 此前做了什么。" } },
				{ 7, why = { "That many are sent.", zh = "那是发送的数目。" } },
			},
			why = { "How long does the NAT keep the mapping that the camera's last packet has created?",
				zh = "摄像机最后一个数据包打开的路，NAT 会保留多久？" },
			hint = { "The `kind=nat node=home` record before 40 s decides it (RFC 4787 4.3).",
				zh = "由 40 s 之前的 `kind=nat node=home` 记录决定（RFC 4787 第 4.3 节）。" },
			ask = { "Before you look at the run: the camera has sent nothing for 40 s when the platform calls it. How many of the INVITEs will reach it?\n\n    rung show gb28181-no-answer kind=recv,drop from=40s to=73s",
				zh = "先不看运行：平台呼叫摄像机时，摄像机上一次说话是在 40 s 之前。会有多少个 INVITE 到达它？\n\n    rung show gb28181-no-answer kind=recv,drop from=40s to=73s" },
		},
	},
}

task {
	find = {
		node = "home",
		rule = "nat-filter",
		record = function(t) return t:all("node=home from=40s to=41s", function(r) return r.kind == "drop" or r.op == "unbound" end) end,
	},
	why = { "A `drop` record names the node in its second column; the one above it gives the reason, and `rung explain` names the rule.",
		zh = "`drop` 记录在第二列写出节点；它上面的一条说明原因，`rung explain` 给出规则。" },
	records = function(t) return t:first "kind=drop node=home" end,
	hint = { "Follow the first of them: `kind=send,nat,drop from=40s to=41s`.",
		zh = "跟踪其中第一个：`kind=send,nat,drop from=40s to=41s`。" },
	others = {
		{
			find = {
				node = "home",
				rule = "nat-timer",
				record = function(t) return t:first "kind=nat node=home op=expired" end,
			},
			why = { "Before the first INVITE a mapping expires. `rung explain` with the number of that record names the rule.",
				zh = "第一个 INVITE 之前有一样东西被忘记了。用那条记录的编号运行 `rung explain`，会给出规则。" },
			hint = { "It is a record of `kind=nat` between 1 s and 40 s.",
				zh = "它是 1 s 到 40 s 之间的一条 `kind=nat` 记录。" },
			ask = { "Until a certain time an INVITE could have reached the camera. Find the record in which that ends: `node=… rule=… record=…`.\n\n    rung show gb28181-no-answer kind=nat",
				zh = "在某个时刻之前，INVITE 本可以到达摄像机。找出这种可能结束的记录：`node=… rule=… record=…`。\n\n    rung show gb28181-no-answer kind=nat" },
		},
		{
			find = {
				node = "home",
				rule = "nat-mapping",
				record = function(t) return t:last "kind=nat node=home op=made" end,
			},
			why = { "It is caused by something that the camera itself sends. Its cause is something that the camera itself sends.",
				zh = "它由摄像机自己发送的消息引起。用那条记录的编号运行 `rung explain`，会给出规则。" },
			hint = { "Look at `kind=nat from=100s`, directly after the camera's MESSAGE.",
				zh = "看 `kind=nat from=100s`，紧接在摄像机的 MESSAGE 之后。" },
			ask = { "After the failed call the path to the camera is open again. Find the record in which it opens: `node=… rule=… record=…`.\n\n    rung show gb28181-no-answer kind=nat,send from=100s",
				zh = "呼叫失败之后，通往摄像机的路又打开了。找出它打开的记录：`node=… rule=… record=…`。\n\n    rung show gb28181-no-answer kind=nat,send from=100s" },
		},
	},
}

task {
	number = port,
	points = 2,
	wrong = {
		{ 49152, why = { "That was the port at the registration.", zh = "注册的时候是这个。" } },
		{ 5060, why = { "That is the internal port.", zh = "那是内侧的端口。" } },
	},
	why = { "The NAT creates a mapping when the keepalive is sent: its record has the external address.", zh = "保活出去时 NAT 建立映射：那条记录写有外侧地址。" },
	records = function(t) return t:last "kind=nat node=home op=made" end,
	hint = { "`op=made` in `kind=nat from=100s` has an internal and an external address; read the one after the arrow.",
		zh = "`kind=nat from=100s` 中的 `op=made` 有内侧和外侧；读箭头之后的内容。" },
	others = {
		{
			time = function(t) return t:first("kind=nat node=home op=expired").time end,
			rule = "nat-timer",
			tolerance = "20ms",
			records = function(t) return t:first "kind=nat node=home op=expired" end,
			wrong = {
				{ 40.15, why = { "At that time the first INVITE finds no mapping.", zh = "那时第一个 INVITE 找不到路。" } },
				{ 120.13, why = { "At that time a new mapping is created.", zh = "那时建立了新的路。" } },
			},
			why = { "Look for the NAT's record before the first INVITE, which comes too late.",
				zh = "看第一个 INVITE 之前 NAT 的那条记录；INVITE 来得太晚。" },
			hint = { "`kind=nat op=expired` has it; the time counts from the last packet that the camera sends at the beginning.",
				zh = "它在 `kind=nat op=expired` 中；从摄像机最初最后一次发送算起。" },
			ask = { "At what time of the run does the NAT remove the camera's mapping?\n\n    rung show gb28181-no-answer kind=nat to=41s",
				zh = "NAT 在运行的哪个时刻忘记摄像机？\n\n    rung show gb28181-no-answer kind=nat to=41s" },
		},
		{
			number = function(t) return tonumber(t:first("kind=nat node=home op=made").outer:match ":(%d+)$") end,
			records = function(t) return t:first "kind=nat node=home op=made" end,
			wrong = {
				{ 5060, why = { "That is the internal port.", zh = "那是内侧的端口。" } },
				{ 49153, why = { "A later keepalive comes from that port.", zh = "后来的保活才从那个端口来。" } },
			},
			why = { "The NAT creates a mapping when the REGISTER is sent: its record has the external address.",
				zh = "REGISTER 出去时 NAT 建立映射：那条记录写有外侧地址。" },
			hint = { "The camera's own port is in the Contact of `REGISTER@camera`, and the one after the silence is another: `rport` in the Via of `401@platform` is the port that the platform saw.",
				zh = "摄像机自己的端口在 `REGISTER@camera` 的 Contact 中，沉默之后的又是另一个：平台在 `401@platform` 的 Via 的 `rport` 中说明它看到的是哪个。" },
			ask = { "From which external port of the NAT has the camera registered?\n\n    rung show gb28181-no-answer kind=nat to=1s",
				zh = "摄像机是从 NAT 的哪个外侧端口注册的？\n\n    rung show gb28181-no-answer kind=nat to=1s" },
		},
	},
}

task {
	choice = {
		{ "They are sent by TCP, and the NAT keeps connections for two hours",
			zh = "保活走 TCP，NAT 会把连接保留两小时",
			why = { "Look at their Via: it says UDP.", zh = "看它们的 Via：写的是 UDP。" } },
		{ "The platform answers them at the address in the Contact",
			zh = "平台把响应发到 Contact 里的地址",
			why = { "That address is private; nobody outside can send there.", zh = "那是私有地址；外侧没有人能发到那里。" } },
		{ "They go out from inside, and that makes a new binding", right = true,
			zh = "它们从内侧出去，这会建立新的映射" },
		{ "A NAT lets a MESSAGE in from anybody, but no INVITE",
			zh = "NAT 让任何人的 MESSAGE 进来，却不让 INVITE",
			why = { "It does not read methods: it reads addresses and ports.", zh = "它不看方法，只看地址和端口。" } },
	},
	rule = "nat-mapping",
	hint = { "Compare `kind=nat,send from=39s to=41s` with `kind=nat,send from=100s`: from which side of `home` does the first packet come each time?", zh = "比较 `kind=nat,send from=39s to=41s` 与 `kind=nat,send from=100s`：每次的第一个数据包来自 `home` 的哪一侧？" },
}

task {
	goal = {
		{ "The media server receives the video", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "How long may the camera be silent before the NAT removes the mapping?", zh = "摄像机最多沉默多久，NAT 才不会忘记它？" } },
		{ "The NAT and the plan are unchanged", zh = "NAT 和平台的计划保持原样",
			function(t) return t:first "kind=act node=home" == nil and t:first "kind=act node=platform" == nil end },
	},
	points = 2,
}
