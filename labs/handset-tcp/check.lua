-- The tasks of handset-tcp; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "lan--px.delay=2ms..12ms:1ms", "seed=1..999:1" }

local function invite(t)
	return t:first "method=INVITE src=long kind=send"
end

local function decided(t)
	return t:first "kind=route node=long"
end

task {
	choice = {
		{ "By UDP: his Contact asks for no TCP, and UDP is the default.", zh = "走 UDP：他的 Contact 没有要求 TCP，默认就是 UDP。",
			why = { "Contact says where later requests are sent. A response does not use it.", zh = "Contact 说明以后的请求发往哪里。响应不看它。" }, rule = "dialog-target" },
		{ "By the INVITE's own connection: the top Via says TCP.", zh = "沿 INVITE 自己的连接：最上面的 Via 写着 TCP。", right = true },
		{ "By a separate connection to his port 5060, where he listens.", zh = "另建一个到他的 5060 端口的连接，他在那里监听。",
			why = { "Only if the connection of the request is gone.", zh = "只有请求的连接已不存在时才这样。" }, rule = "transport-reconnect" },
		{ "By UDP: a 100 is far smaller than the 1300 bytes of TCP.", zh = "走 UDP：100 很小，远不到走 TCP 的 1300 字节。",
			why = { "The size decides only for requests. A response takes the transport of its request, whatever its size.",
				zh = "大小只决定请求。响应不论多大，都用其请求的传输。" } },
	},
	rule = "transport-reconnect",
	records = function(t) return { invite(t), t:first "status=100 dst=long kind=send" } end,
	ahead = true,
}

task {
	time = function(t) return invite(t).time - decided(t).time end,
	tolerance = 0.001,
	points = 2,
	wrong = {
		{ function(t) return invite(t):arrival().time - invite(t).time end,
			why = { "That is one line delay: the time of the INVITE itself. Before it a SYN is sent and its answer comes back.",
				zh = "这是单程：INVITE 本身的时间。在它之前，先有一个 SYN 发过去，再有对它的回应返回。" } },
		{ function(t) return 3 * (invite(t):arrival().time - invite(t).time) end,
			why = { "The third packet of the handshake needs no answer: the INVITE follows it at once.",
				zh = "握手的第三个数据包不等任何人：INVITE 紧跟其后。" } },
		{ 0, why = { "That is the time for Tess, whose connection exists already.", zh = "Tess 才是这样，她的连接已经存在。" } },
	},
	why = { "Take two records of Long's phone: the one of kind route, where it decides for TCP, and the transmission of the INVITE. Subtract their times.",
		zh = "看 Long 的话机的两条记录：决定用 TCP 的 route 记录，以及 INVITE 的发送。两个时刻相减。" },
	records = function(t) return { decided(t), invite(t) } end,
	hint = { "`node=long kind=route` shows when and why it decides; then comes `INVITE@long`.",
		zh = "`node=long kind=route` 说明他何时以及为什么作出决定；然后看 `INVITE@long`。" },
}

task {
	text = { "E", "Timer E", "定时器 E", "NICT E" },
	rule = "nict-timer-e",
	wrong = {
		{ { "K", "Timer K", "定时器 K" }, why = { "Both have it; for Tess its time is zero.", zh = "两者都有；对 Tess 它的时长为零。" }, rule = "nict-timer-k" },
		{ { "F", "Timer F", "定时器 F" }, why = { "Both have it: over TCP a request may also get no response.", zh = "两者都有：走 TCP 时也可能没有响应。" }, rule = "nict-timer-f" },
		{ { "J", "Timer J", "定时器 J" }, why = { "That is the proxy's, for its server transactions.", zh = "那是代理服务器的，用于它的服务器事务。" }, rule = "nist-timer-j" },
		{ { "A", "Timer A", "定时器 A" }, why = { "Timer A is for INVITE. What is it called for other requests?", zh = "A 用于 INVITE。对其他请求叫什么？" } },
	},
	why = { "List the timers that each handset sets for its REGISTER: one of them exists only over a transport that loses messages.",
		zh = "列出两部话机为 REGISTER 启动的定时器：其中一个只用于会丢失消息的传输。" },
	records = function(t) return t:first 'kind=timer node=long' end,
	hint = { "Compare `kind=timer node=long op=set to=0.1s` with `node=tess`: all letters except one are the same.",
		zh = "把 `kind=timer node=long op=set to=0.1s` 与 `node=tess` 的对照：字母只差一个。" },
	others = {
		{ text = { "F", "Timer F", "定时器 F", "NICT F" },
			rule = "nict-timer-f",
			wrong = {
				{ { "E", "Timer E", "定时器 E" }, why = { "That one causes retransmissions, and only Long has it.", zh = "那是用于重传的，而且只有 Long 有。" } },
				{ { "K", "Timer K", "定时器 K" }, why = { "That one starts only when the response has arrived.", zh = "那个要等响应到来才启动。" } },
				{ { "B", "Timer B", "定时器 B" }, why = { "Timer B is for INVITE. What is it called for other requests?", zh = "B 用于 INVITE。对其他请求叫什么？" } },
			},
			why = { "List the timers that both handsets set when they send their REGISTER: one exists over either transport.", zh = "列出两部话机发送 REGISTER 时启动的定时器：有一个不论用哪种传输都有。" },
			records = function(t) return t:first 'kind=timer node=tess' end,
			ask = { "Compare the timers of both REGISTERs. Which timer do both handsets set when they send it?\n\n    rung show handset-tcp kind=timer to=0.5s",
				zh = "比较两个 REGISTER 的定时器。发送时两部话机都启动的是哪一个？\n\n    rung show handset-tcp kind=timer to=0.5s" },
			hint = { "`kind=timer op=set name=E,F to=0.1s`: one letter appears twice.",
				zh = "`kind=timer op=set name=E,F to=0.1s`：有一个字母出现两次。" } },
	},
}

task {
	find = {
		node = { "px", "tess" },
		record = function(t)
			local from, to = t:first "status=200 cseq=INVITE src=tess kind=send", t:first "status=200 cseq=INVITE dst=long kind=send"
			return { to, to:arrival(), from, from:arrival() }
		end,
	},
	rule = "dialog-route",
	why = { "The messages that set up a call say where later requests of the call are sent. Which one of them does the caller read?",
		zh = "呼叫内的请求发往建立呼叫的消息所说的地方。主叫读的是其中哪一条？" },
	records = function(t) return t:first "status=200 cseq=INVITE dst=long kind=send" end,
	hint = { "`rung explain handset-tcp ACK@long`, and look for the header field Record-Route.",
		zh = "`rung explain handset-tcp ACK@long`，并找头字段 Record-Route。" },
	others = {
		{ time = function(t)
				return t:first("kind=timer node=tess to=0.5s name=K op=set").length / 1e9
			end,
			rule = "nict-timer-k",
			wrong = {
				{ 5, why = { "That is T4 over UDP: it absorbs responses that arrive again. Over TCP none does.", zh = "走 UDP 时是 T4：用来吸收重复到来的响应。走 TCP 时没有重复。" } },
				{ 32, why = { "That is Timer F, the total time to wait.", zh = "那是定时器 F，即全部的等待时间。" } },
			},
			why = { "Look for the record in which Tess sets it, which has its length. What is there to wait for over TCP?",
				zh = "找 Tess 的话机启动它的记录：时长写在其中。用 TCP 时还有什么可等？" },
			records = function(t)
				return t:first "kind=timer node=tess to=0.5s name=K"
			end,
			ask = { "How long is Timer K for Tess's REGISTER?\n\n    rung show handset-tcp kind=timer node=tess to=0.5s",
				zh = "对 Tess 的 REGISTER，定时器 K 是多长？\n\n    rung show handset-tcp kind=timer node=tess to=0.5s" },
			hint = { "`node=tess kind=timer name=K to=0.5s` has two records: how far apart are they, and which length does the first have?",
				zh = "`node=tess kind=timer name=K to=0.5s` 有两条记录：相隔多久，第一条写的时长又是多少？" } },
		{ draw = "cseq=BYE kind=send to=4.5s",
			rule = "bye-send",
			ask = { "Draw how the first call ends, from the BYE on, one line for each hop, `long -> px BYE`. Which of these messages are sent by TCP?\n\n    rung show handset-tcp from=3.7s to=4.5s kind=send",
				zh = "画出第一个呼叫从 BYE 起怎样结束，每一跳一行，如 `long -> px BYE`。其中哪些消息走 TCP？\n\n    rung show handset-tcp from=3.7s to=4.5s kind=send" },
			hint = { "Has the proxy asked to stay in the path? `INVITE@px` shows it by a Record-Route, and a response returns along its Vias.",
				zh = "代理服务器要求留在路径上吗？看 `INVITE@px` 有没有 Record-Route；响应按 Via 返回。" } },
	},
}

task {
	choice = {
		{ "Because TCP may still lose a segment.", zh = "因为 TCP 照样可能丢失一个段。",
			why = { "TCP retransmits the segment itself.", zh = "它自己会重传该段。" }, rule = "invite-2xx-again" },
		{ "Because behind the first hop it may go by UDP.", right = true,
			zh = "因为第一跳之后可能走 UDP。" },
		{ "So that the connection stays open for the next request.", zh = "为了让连接保持打开，供下一个请求使用。",
			why = { "The ACK ends the retransmission; the connection stays.", zh = "ACK 一到就停止重传；连接照旧。" }, rule = "invite-acked" },
		{ "Because its transaction retransmits it by Timer G.", zh = "因为它的事务按定时器 G 重传。",
			why = { "Timer G retransmits rejections, and not over TCP. The user agent retransmits a 2xx.",
				zh = "定时器 G 重传的是拒绝，而且不用于 TCP。2xx 由用户代理重传。" }, rule = "ist-timer-g" },
	},
	points = 2,
	rule = "invite-2xx-again",
	records = function(t) return { t:first "status=200 cseq=INVITE src=tess kind=send", t:first "method=ACK dst=tess kind=recv" } end,
}

task {
	goal = {
		{ "the connection breaks during Long's INVITE", zh = "连接在 Long 的 INVITE 中断开",
			function(t)
				return t:first("kind=fault effect=cut", function(r)
					return r.of and r.of.src == "long" and r.of.method == "INVITE"
				end)
			end },
		{ "Long sends another INVITE, by TCP again", zh = "Long 再发一个 INVITE，仍走 TCP",
			function(t)
				local list = t:all "method=INVITE src=long kind=send"
				local last = list[#list]
				return #list > 1 and last.transport == "tcp", last
			end },
		{ "Tess answers it", zh = "Tess 接听",
			function(t)
				local r = t:first "method=ACK src=long kind=send"
				return r ~= nil, r
			end },
	},
	points = 3,
	hint = { "`node=long kind=board what=lcd from=1.6s` is what its screen shows: dial again after the record in which the first call is over.", zh = "`node=long kind=board what=lcd from=1.6s` 是他的屏幕所显示的：在第一个呼叫结束的那条记录之后再拨。" },
}
