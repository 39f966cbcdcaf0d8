-- The tasks of rfc3666-3.5; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "ngw1--switcha.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
	hint = { "No ringing is reported before the rejection: RFC 3398, 8.2.6; `proto=isup dst=switcha`.", zh = "拒绝之前没有说过振铃：RFC 3398 第 8.2.6 节；`proto=isup dst=switcha`。" },
	others = {
		{ draw = "kind=send proto=sip node=bob",
			ask = { "Draw all messages between Proxy 1 and Bob's phone, one line each, such as `proxy1 -> bob INVITE`.\n\n    rung show rfc3666-3.5 kind=send node=bob",
				zh = "画出 Proxy 1 与 Bob 的话机之间的消息，每条一行，如 `proxy1 -> bob INVITE`。\n\n    rung show rfc3666-3.5 kind=send node=bob" },
			rule = "invite-everywhere",
			hint = { "Bob's phone sends only one message, and gets two: `dst=bob kind=recv`.", zh = "Bob 的话机只发送一条，收到两条：`dst=bob kind=recv`。" } },
		{ draw = "kind=send proto=sip src=proxy1,ngw1 dst=proxy1,ngw1",
			ask = { "Draw all messages between NGW 1 and Proxy 1, one line each, such as `ngw1 -> proxy1 INVITE`.\n\n    rung show rfc3666-3.5 kind=send node=ngw1 proto=sip",
				zh = "画出 NGW 1 与 Proxy 1 之间的消息，每条一行，如 `ngw1 -> proxy1 INVITE`。\n\n    rung show rfc3666-3.5 kind=send node=ngw1 proto=sip" },
			rule = "gateway-status",
			hint = { "There are two from each side: `src=proxy1 dst=ngw1` shows what Proxy 1 sends itself, and what it forwards.", zh = "双方各两条：`src=proxy1 dst=ngw1` 显示 Proxy 1 为自己说的，以及替 Bob 说的。" } },
	},
}

task {
	number = { 17 },
	wrong = {
		{ 600, why = { "That is the SIP status.", zh = "那是 SIP 的状态码。" } },
		{ 21, why = { "603 would be that: call rejected.", zh = "603 才是它：呼叫拒绝。" } },
		{ 31, why = { "That is for statuses that are not in the table.", zh = "那代表表中没有的状态码。" } },
	},
	why = { "The cause indicators are in the field of Q.763 3.12.", zh = "原因指示在 Q.763 3.12 的字段中。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
	hint = { "600 and 486 share a row of the table in RFC 3398, 8.2.6.1; `REL@ngw1` is mapped from it.", zh = "600 与 486 在 RFC 3398 第 8.2.6.1 节的表中相同；`REL@ngw1` 由它得出。" },
	ahead = true,
	others = {
		{ text = { "U", "user", "user (U)" },
			ask = { "Before you look at the run: which location will the cause in the REL have: a user (U) or a public network (RLN)? Write the abbreviation.\n\n    rung show rfc3666-3.5 -m method=REL kind=send",
				zh = "先不看运行：按 REL 中的位置字段，原因值将由谁说出：用户（U）还是公共网络（RLN）？写出缩写。\n\n    rung show rfc3666-3.5 -m method=REL kind=send" },
			ahead = true,
			wrong = {
				{ { "RLN", "network", "LN" }, why = { "That would be the location for a 486, which is for one phone.", zh = "486 才是这样，它只说一部话机。" } },
			},
			why = { "The location is next to the cause, in the same parameter.", zh = "位置与原因值在同一个参数中。" },
			rule = "gateway-status",
			records = function(t) return t:first "kind=send method=REL" end,
			hint = { "RFC 3398, 8.2.6.1 distinguishes a rejection by one phone from one for the user, wherever he is. In `REL@ngw1` the location is in the first octet of the cause indicators.", zh = "RFC 3398 第 8.2.6.1 节区分：拒绝来自一部话机，还是代表此人在任何地方的意思。在 `REL@ngw1` 中，位置在原因指示的第一个八位组里。" } },
		{ number = function(t) return t:count "kind=send method=ACK" end,
			ask = { "Before you look at the run: how many ACKs will be sent, by all nodes?\n\n    rung show rfc3666-3.5 method=ACK kind=send",
				zh = "先不看运行：一共将发送多少个 ACK，无论由谁发送？\n\n    rung show rfc3666-3.5 method=ACK kind=send" },
			ahead = true,
			wrong = {
				{ 1, why = { "Proxy 1 forwards the rejection, and that is acknowledged as well.", zh = "Proxy 1 转发拒绝，那也要确认。" } },
				{ 0, why = { "Not only 2xx have one.", zh = "不仅 2xx 才有。" } },
			},
			why = { "Count the transmissions of proxy1 and ngw1.", zh = "数 proxy1 和 ngw1 的发送。" },
			rule = "ict-ack",
			records = function(t) return t:last "kind=send method=ACK" end,
			hint = { "Each SIP hop ends with one, RFC 3261, 17.1.1.3; on the circuit there is none: `status=600 kind=recv`.", zh = "SIP 的每一跳以一个结束，RFC 3261 第 17.1.1.3 节；电路上没有：`status=600 kind=recv`。" } },
	},
}

task {
	time = function(t) return t:first "kind=recv method=REL".time - t:first "kind=send method=IAM".time end,
	wrong = {
		{ function(t) return t:first "kind=recv method=REL".time end, why = { "That is the time since the start of the run.", zh = "那是运行的时刻。" } },
	},
	why = { "Take two records of switcha; subtract their times.", zh = "看 switcha 的两条记录，时刻相减。" },
	rule = "gateway-status",
	records = function(t) return t:first "kind=recv method=REL" end,
	points = 2,
	hint = { "It begins with `IAM@switcha`; it ends with an arrival, `dst=switcha kind=recv`.", zh = "从 `IAM@switcha` 到 Bob 的话机再返回：终点是到达，`dst=switcha kind=recv`。" },
}

task {
	goal = {
		{ "Bob's phone answers 603", zh = "Bob 的话机返回 603",
			function(t)
				return t:first "kind=send src=bob status=603"
			end },
		{ "the gateway releases the circuit", zh = "网关释放电路",
			function(t)
				return t:first "kind=send method=REL src=ngw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "Bob's phone, by RTP",
			zh = "Bob 的话机，以 RTP 传送",
			why = { "It has rejected: there is no session.", zh = "它拒绝了：没有会话。" } },
		{ "Proxy 1, which has the 600 first",
			zh = "Proxy 1，它最先收到 600",
			why = { "A proxy does not handle media.", zh = "代理服务器不参与媒体。" } },
		{ "NGW 1, before it releases the circuit",
			zh = "NGW 1，在释放电路之前",
			why = { "It releases at once: see rfc3666-3.6 for the other way.", zh = "它立即释放：另一种做法见 rfc3666-3.6。" } },
		{ "Switch A, as soon as the REL has come", right = true,
			zh = "Switch A，REL 一到就产生" },
	},
	rule = "gateway-status",
}
