-- The tasks of five-functions; their texts are in README.md.
lesson { minutes = 40, level = 1 }
vary { "mobile.answer=2000ms..5000ms:250ms", "seed=1..999:1" }

-- The arrival of a message at Alice's phone.
local function heard(t, filter)
	return t:first("kind=recv dst=alice cseq=INVITE " .. filter)
end

task {
	number = 2,
	unit = { "devices", zh = "部设备" },
	wrong = {
		{ 3, why = { "That is the number that have registered; one has removed its binding since.", zh = "注册过的有这么多；其中一部后来取消了绑定。" } },
		{ 1, why = { "He answers at one of them. The call was sent to more.", zh = "他在其中一部上接听。呼叫发往的不止这一部。" } },
	},
	rule = "proxy-by-location",
	why = { "The service's response to the proxy's query names them.", zh = "位置服务器对代理服务器查询的应答列出了它们。" },
	records = function(t) return t:last "kind=lookup node=px" end,
	ahead = true,
	hint = { "`kind=lookup node=px` of 1 s lists them; `kind=binding` shows who has removed his binding.",
		zh = "1 s 处的 `kind=lookup node=px` 列出它们；谁取消了绑定，见 `kind=binding`。" },
	others = {
		{
			number = function(t) return t:count "kind=send status=180 dst=px" end,
			ahead = true,
			unit = { "devices", zh = "部设备" },
			rule = "invite-progress",
			wrong = {
				{ 2, why = { "That is the number of devices that get the INVITE. One of them is busy.", zh = "那是被呼叫的数目。其中一部忙。" } },
				{ 3, why = { "One has removed its binding since.", zh = "其中一部后来取消了绑定。" } },
			},
			why = { "A phone does not ring here for one of two reasons: its location is not known, or it is in a call.",
				zh = "这里有两种情况使话机不振铃：没有人知道它在哪里，或者线路正被占用。" },
			hint = { "The first response of each to `px` is one of `status=1xx,4xx dst=px to=2s`: RFC 3261 21.1 and 21.4 say which of these means that the phone rings.",
				zh = "被询问的话机先以 `status=1xx,4xx dst=px to=2s` 之一响应 `px`：其中哪个表示振铃，见 RFC 3261 第 21.1、21.4 节。" },
			ask = { "Before you look at the run: location. At how many of Bob's devices will Alice's call ring?\n\n    rung show five-functions cseq=INVITE dst=px to=2s",
				zh = "先不看运行：定位。Alice 的呼叫会在 Bob 的几部设备上振铃？\n\n    rung show five-functions cseq=INVITE dst=px to=2s" },
		},
		{
			number = function(t) return t:count "kind=send method=REGISTER dst=px" end,
			ahead = true,
			unit = { "requests", zh = "个请求" },
			rule = "location-store",
			wrong = {
				{ 3, why = { "One of them sends another one, to remove its binding.", zh = "其中一部又发了一个，收回它所说的。" } },
				{ 2, why = { "That is the number at which he can be reached in the end.", zh = "那是最后能找到他的数目。" } },
			},
			why = { "Each device registers once; when its user leaves home, the phone removes its binding.",
				zh = "每部设备说明一次自己在哪里；离开家的人让那部话机说明它不再在那里。" },
			hint = { "Whose is the one at 0.5 s in `method=REGISTER`, and what does its Expires say (RFC 3261 10.2.2)?",
				zh = "`method=REGISTER` 中 0.5 s 的那个是谁的，它的 Expires 说什么（RFC 3261 第 10.2.2 节）？" },
			ask = { "Before you look at the run: location. How many REGISTERs do Bob's devices send in total?\n\n    rung show five-functions method=REGISTER kind=send",
				zh = "先不看运行：定位。Bob 的各部设备一共发送多少个 REGISTER？\n\n    rung show five-functions method=REGISTER kind=send" },
		},
	},
}

task {
	time = function(t) return heard(t, "status=200").time end,
	tolerance = 0.02,
	points = 2,
	wrong = {
		{ function(t) return heard(t, "status=180").time end,
			why = { "His phone rings: this says nothing about him.", zh = "他的话机在振铃：这与他本人的意愿无关。" } },
		{ function(t) return heard(t, "status=100").time end,
			why = { "That is from the proxy, and says that it has the request.", zh = "那是代理服务器发的，只说明它收到了请求。" } },
		{ function(t) return t:first("kind=send status=200 cseq=INVITE src=mobile").time end,
			why = { "At that time he answers; her phone does not know it yet.", zh = "那时他接听；她的话机还不知道。" } },
	},
	rule = "invite-2xx",
	why = { "Which response depends on the user, and when does it arrive?", zh = "哪个响应出自用户本人，它何时到达？" },
	records = function(t) return heard(t, "status=200") end,
	hint = { "`cseq=INVITE status=1xx,2xx dst=alice kind=recv` has three responses: one is from a proxy, one from a phone, and one waits for a person.",
		zh = "`cseq=INVITE status=1xx,2xx dst=alice kind=recv` 有三个响应：一个出自代理服务器，一个出自话机，一个要等人来决定。" },
}

task {
	text = { "PCMU" },
	points = 2,
	wrong = {
		{ "opus", why = { "Alice's phone prefers that; does Bob's support it?", zh = "Alice 的话机最想用它；Bob 的话机有吗？" } },
		{ "G729", why = { "Bob's phone supports that, but it was not offered.", zh = "Bob 的话机支持它，但对方没有提议。" } },
		{ "PCMA", why = { "Both support it. Which of those that both support comes first?", zh = "双方都支持它。双方都支持的格式中，哪一个在先？" } },
	},
	rule = "offer-answer",
	why = { "Compare the lines a=rtpmap of the offer with those of the answer.", zh = "比较提议和应答的 a=rtpmap 行。" },
	records = function(t) return t:first "kind=send status=200 cseq=INVITE src=mobile" end,
	hint = { "The m= line of the answer, `status=200 src=mobile`, lists what both support; its first is used (RFC 3264 6.1).",
		zh = "应答（`status=200 src=mobile`）的 m= 行列出双方都支持的；取其中第一个（RFC 3264 第 6.1 节）。" },
	others = {
		{
			text = { "PCMA" },
			rule = "offer-answer",
			records = function(t) return t:first "kind=send status=200 cseq=INVITE src=mobile" end,
			wrong = {
				{ "PCMU", why = { "That is the one they use.", zh = "两人用的正是它。" } },
				{ "G729", why = { "Bob's phone supports that, but it was not offered.", zh = "Bob 的话机支持它，但对方没有提议。" } },
				{ "opus", why = { "Alice's phone has offered that; is it in the answer?", zh = "那是 Alice 的话机提议的；应答中有它吗？" } },
			},
			why = { "Compare the lines a=rtpmap of the answer: the first is used, the others could be used.",
				zh = "看应答的 a=rtpmap 行：第一个被采用，其余的本可以用。" },
			hint = { "`200/INVITE@mobile` has a number for each format in its m= line: RFC 3264 6.1 says what those after the first are for.",
				zh = "`200/INVITE@mobile` 的 m= 行中每个格式有一个数字：第一个之后的有什么用，见 RFC 3264 第 6.1 节。" },
			ask = { "Capabilities: which other format is in Bob's answer, next to the one that the two use? Write its name as SDP has it, without its clock rate.\n\n    rung show five-functions -m cseq=INVITE src=alice\n    rung show five-functions -m status=200 cseq=INVITE src=mobile",
				zh = "能力：Bob 的应答中，除了两人通话所用的格式，还剩下哪一种？写出它在 SDP 中的名称，不带时钟频率。\n\n    rung show five-functions -m cseq=INVITE src=alice\n    rung show five-functions -m status=200 cseq=INVITE src=mobile" },
		},
		{
			text = { "opus" },
			rule = "offer-answer",
			records = function(t) return t:first "kind=send method=INVITE src=alice" end,
			wrong = {
				{ "G729", why = { "Bob's phone supports that, but no phone has offered it.", zh = "Bob 的话机支持它；没有人提议它。" } },
				{ "PCMU", why = { "That is the one they use.", zh = "两人用的正是它。" } },
				{ "PCMA", why = { "It is in the answer as well.", zh = "它也在应答中。" } },
			},
			why = { "Compare the lines a=rtpmap of the offer with those of the answer: one is missing.",
				zh = "比较提议和应答的 a=rtpmap 行：少了一个。" },
			hint = { "`INVITE@alice` has one more payload type than the answer of `src=mobile`.",
				zh = "`INVITE@alice` 比 `src=mobile` 的应答多一个载荷类型。" },
			ask = { "Capabilities: which format does Alice's phone offer that Bob's does not accept? Write its name as SDP has it, without its clock rate.\n\n    rung show five-functions -m cseq=INVITE src=alice\n    rung show five-functions -m status=200 cseq=INVITE src=mobile",
				zh = "能力：Alice 的话机提议的格式中，哪一种没有被 Bob 的话机采纳？写出它在 SDP 中的名称，不带时钟频率。\n\n    rung show five-functions -m cseq=INVITE src=alice\n    rung show five-functions -m status=200 cseq=INVITE src=mobile" },
		},
	},
}

task {
	draw = "method=INVITE,ACK,BYE node=mobile",
	given = 2,
	points = 3,
	hint = { "The steps of `kind=call node=mobile` are caused by what it receives or sends: which phone puts the other on hold, and which hangs up? Each INVITE with a 200 has its ACK.",
		zh = "`kind=call node=mobile` 的各步由它收到或发送的请求引起：谁保持了对方，谁挂断？每个得到 200 的 INVITE 都有自己的 ACK。" },
	others = {
		{
			draw = "method=INVITE,ACK,BYE node=alice",
			hint = { "Her phone begins the call and changes nothing in it: the other requests, in `node=alice method=INVITE,ACK,BYE`, come from Bob.",
				zh = "呼叫由它发起，之后它什么也不改变：到达它的请求（`node=alice method=INVITE,ACK,BYE`）都出自 Bob。" },
			ask = { "Setup and management: draw the requests of the call that Alice's phone gets and sends, one line for each, `alice -> px INVITE`.",
				zh = "建立和管理：画出这个呼叫中 Alice 的话机收到和发出的请求，每个一行，如 `alice -> px INVITE`。" },
		},
	},
}

task {
	choice = {
		{ "telling Alice's phone which formats Bob's can receive", zh = "告诉 Alice 的话机，Bob 的话机能接收哪些格式",
			why = { "These are capabilities: SDP describes them, and SIP's messages carry them.", zh = "这是能力：由 SDP 表述，由 SIP 消息带来。" } },
		{ "carrying Bob's voice to Alice in packets of 20 ms", zh = "以 20 ms 的数据包把 Bob 的声音送给 Alice", right = true },
		{ "finding the one of Bob's phones at which he answers", zh = "找到 Bob 接听的那部话机",
			why = { "That is location: REGISTER says where he is, and the proxy calls all of his devices.", zh = "这是定位：REGISTER 说明他在哪里，代理服务器逐一询问。" } },
		{ "ending the session, so that neither phone sends any more", zh = "结束会话，使两部话机都不再发送任何声音和图像",
			why = { "That is management: BYE does it.", zh = "这是管理：由 BYE 完成。" } },
	},
	points = 2,
	hint = { "Go through the four with the ladder pane: for which of them is there no message of `proto=sip`, but only records of `kind=media`?", zh = "对照流程图面板逐项看这四个：哪一个没有 `proto=sip` 的消息，而只有 `kind=media` 的记录？" },
}

task {
	goal = {
		{ "Bob's mobile rings", zh = "Bob 的手机振铃",
			function(t)
				local r = t:first "kind=send status=180 src=mobile"
				return r ~= nil, r
			end },
		{ "he declines for all of his devices", zh = "他代表自己的所有设备拒绝",
			function(t)
				local r = t:first "kind=send status=6xx src=mobile"
				return r ~= nil, r
			end,
			why = { "A 4xx is about one device; which class is about the user (21.6)?", zh = "4xx 只代表一部设备；哪一类代表用户本人（第 21.6 节）？" }, rule = "proxy-6xx" },
		{ "Alice's phone gets this response", zh = "Alice 的话机得知此事",
			function(t)
				return heard(t, "status=6xx") ~= nil
			end },
		{ "no sound is sent", zh = "没有发送声音",
			function(t)
				return t:count "kind=media op=flow" == 0
			end },
	},
	points = 3,
	hint = { "`call:reject(603)` in the function that Bob's mobile runs for an INVITE.", zh = "在 Bob 的手机为 INVITE 运行的函数中用 `call:reject(603)`。" },
}
