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
		{ function(t) return #invites(t) - 1 end, why = { "So often it is repeated. The first time counts, too.", zh = "那是重复的次数。第一次也要算。" } },
		{ function(t) return #invites(t) + 1 end, why = { "One of these goes to the media server.", zh = "其中有一个发给媒体服务器。" } },
	},
	why = { "Count the sendings to the camera until Timer B fires.", zh = "数一数定时器 B 到期之前发往摄像机的次数。" },
	records = invites,
}

task {
	text = { "home" },
	rule = "nat-filter",
	wrong = {
		{ "camera", why = { "Has it received an INVITE?", zh = "它收到过 INVITE 吗？" } },
		{ "platform", why = { "It sends them; who loses them?", zh = "它是发送方；是谁丢的？" } },
		{ "net", why = { "That one passes all on.", zh = "它把一切都转交下去。" } },
	},
	why = { "A `drop` record names the node in its second column.", zh = "`drop` 记录在第二列写出节点。" },
	records = function(t) return t:first "kind=drop node=home" end,
}

task {
	number = port,
	points = 2,
	wrong = {
		{ 49152, why = { "So it was at the registration.", zh = "注册的时候是这个。" } },
		{ 5060, why = { "That is the port at its inner side.", zh = "那是内侧的端口。" } },
	},
	why = { "The NAT makes a binding when the keep-alive goes out: its record has the outer address.", zh = "保活出去时 NAT 建立映射：那条记录写有外侧地址。" },
	records = function(t) return t:last "kind=nat node=home op=made" end,
}

task {
	choice = {
		{ "They go by TCP, and the NAT keeps connections for two hours",
			zh = "保活走 TCP，NAT 会把连接保留两小时",
			why = { "Look at their Via: it says UDP.", zh = "看它们的 Via：写的是 UDP。" } },
		{ "The platform answers them at the address in the Contact",
			zh = "平台把响应发到 Contact 里的地址",
			why = { "That address is private; nobody outside can send there.", zh = "那是私有地址；外侧没有人能发到那里。" } },
		{ "They go out from inside, and that makes a new binding", right = true,
			zh = "它们从内侧出去，这会建立新的映射" },
		{ "A NAT lets a MESSAGE in from anybody, but no INVITE",
			zh = "NAT 让任何人的 MESSAGE 进来，却不让 INVITE",
			why = { "It reads no methods: it looks at addresses and ports.", zh = "它不看方法，只看地址和端口。" } },
	},
	rule = "nat-mapping",
	hint = { "Which side sends first?", zh = "哪一侧先发送？" },
}

task {
	goal = {
		{ "The media server sees the picture", zh = "媒体服务器收到画面",
			function(t) return heard(t) > 100, t:last "kind=media op=heard node=media" end,
			why = { "How long may the camera be silent, so that the NAT does not forget it?", zh = "摄像机最多沉默多久，NAT 才不会忘记它？" } },
		{ "The NAT and the plan are as they were", zh = "NAT 和平台的计划保持原样",
			function(t) return t:first "kind=act node=home" == nil and t:first "kind=act node=platform" == nil end },
	},
	points = 2,
}
