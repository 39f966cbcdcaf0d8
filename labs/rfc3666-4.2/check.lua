-- The tasks of rfc3666-4.2; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "pbxc.pick_up=1s..4s:1s", "proxy1--gw2.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	number = function(t) return t:count "kind=send method=INVITE" end,
	wrong = {
		{ 2, why = { "GW 1 must send the first one to Proxy 1.", zh = "还要有人把第一个发给 Proxy 1。" } },
		{ 4, why = { "GW 2 does not forward what it has rejected.", zh = "GW 2 拒绝的，它不转发。" } },
	},
	why = { "Count the transmissions of all nodes.", zh = "数所有节点的发送。" },
	rule = "proxy-forward",
	records = function(t) return t:last "kind=send method=INVITE" end,
	points = 2,
	hint = { "GW 1 sends the first, and Proxy 1 one for each route that it tries: `kind=route node=proxy1 to=2s` has them.", zh = "第一个由 GW 1 发送，Proxy 1 每试一条路径再发送一个：`kind=route node=proxy1 to=2s` 有这些路径。" },
	ahead = true,
	others = {
		{ number = 34,
			ask = { "Before you look at the run: which cause of Q.850 will GW 2 give in its rejection? Write the number.\n\n    rung show rfc3666-4.2 -m status=503 kind=send",
				zh = "先不看运行：GW 2 将在拒绝中说出哪个 Q.850 原因值？写出数字。\n\n    rung show rfc3666-4.2 -m status=503 kind=send" },
			ahead = true,
			wrong = {
				{ 503, why = { "That is the status; the question asks for a cause of Q.850.", zh = "那是状态码；问的是 Q.850 原因值。" } },
				{ 17, why = { "No telephone is busy: the call did not reach one.", zh = "没有电话在忙：没有问过。" } },
			},
			why = { "The gateway writes it into a Reason.", zh = "网关把它写进 Reason。" },
			rule = "gateway-no-circuit",
			records = function(t) return t:first "kind=send src=gw2 status=503" end,
			hint = { "It has no circuit to offer: the field Reason of `503@gw2` has the cause that a REL would have had.", zh = "它没有电路可用：`503@gw2` 的 Reason 字段写有 REL 本来会说的。" } },
		{ number = function(t) return t:count "kind=send cseq=INVITE status=503" end,
			ask = { "Before you look at the run: how many 503s will be sent, by all nodes?\n\n    rung show rfc3666-4.2 status=503 kind=send",
				zh = "先不看运行：一共将发送多少个 503，无论由谁发送？\n\n    rung show rfc3666-4.2 status=503 kind=send" },
			ahead = true,
			wrong = {
				{ 2, why = { "The proxy does not forward it, as another route is left.", zh = "还有另一条路，代理服务器不转发它。" } },
				{ 0, why = { "GW 2 rejects: it has no circuit.", zh = "GW 2 拒绝：它没有电路。" } },
			},
			why = { "Count the transmissions with that status.", zh = "数带这个状态码的发送。" },
			rule = "proxy-final",
			records = function(t) return t:last "kind=send status=503" end,
			hint = { "RFC 3261, 16.7 says what a proxy does with it while a branch is left; see what GW 1 gets, `dst=gw1 kind=recv to=1.3s`.", zh = "还剩一个分支时代理服务器怎样处理它，见 RFC 3261 第 16.7 节；再看 GW 1 收到了什么：`dst=gw1 kind=recv to=1.3s`。" } },
	},
}

task {
	draw = "proto=isup kind=send from=1s",
	given = 3,
	points = 2,
	hint = { "Which gateway has a circuit? `method=BLO` shows it; for the other one see `machine=circuit node=gw3`.", zh = "哪个网关有电路？`method=BLO` 说明；另一个的是 `machine=circuit node=gw3`。" },
	others = {
		{ draw = "kind=send method=ACK",
			ask = { "Draw the ACKs of the whole run, one line each, such as `gw1 -> proxy1 ACK`. Which of them is sent by no gateway?\n\n    rung show rfc3666-4.2 -m kind=send method=ACK",
				zh = "画出整个运行中的 ACK，每个一行，如 `gw1 -> proxy1 ACK`。其中哪些不是网关发送的？\n\n    rung show rfc3666-4.2 -m kind=send method=ACK" },
			rule = "ict-ack",
			hint = { "A rejection is acknowledged on its own hop, an answer by the caller: `status=503,200 cseq=INVITE`, RFC 3261, 17.1.1.3.", zh = "拒绝在它止步之处得到确认，应答由主叫一方确认：`status=503,200 cseq=INVITE`，RFC 3261 第 17.1.1.3 节。" } },
		{ draw = "kind=send cseq=BYE",
			ask = { "Draw how SIP ends the call: each BYE and each response to it, one line each, such as `proxy1 -> gw1 BYE`.\n\n    rung show rfc3666-4.2 kind=send cseq=BYE",
				zh = "画出 SIP 怎样结束呼叫：每个 BYE 和对它的每个响应，每条一行，如 `proxy1 -> gw1 BYE`。\n\n    rung show rfc3666-4.2 kind=send cseq=BYE" },
			rule = "gateway-pstn-rel",
			hint = { "It begins where the telephone goes on hook, at PBX C's gateway in use, with the SIP of `src=gw3 kind=send from=8s`; Proxy 1 is between it and GW 1.", zh = "从电话挂断的一端开始，即 PBX C 在用的网关，见 `src=gw3 kind=send from=8s` 中的 SIP；它与 GW 1 之间有 Proxy 1。" } },
	},
}

task {
	time = function(t) return t:first("kind=recv node=pbxa method=ACM").time - t:first("kind=send src=pbxa method=IAM").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=pbxa method=ACM").time - t:first("kind=send src=pbxa method=IAM").time - (t:first("kind=send method=INVITE dst=gw3").time - t:first("kind=send method=INVITE dst=gw2").time) end, why = { "That would be the time if GW 2 had accepted the call.", zh = "如果 GW 2 接下呼叫才是这样。" } },
	},
	why = { "Take two records of pbxa: the transmission of its IAM and the arrival of the ACM. Subtract.", zh = "pbxa 的两条记录：发送 IAM 和收到 ACM，时刻相减。" },
	rule = "gateway-18x",
	records = function(t) return t:first "kind=recv node=pbxa method=ACM" end,
	points = 2,
	hint = { "The 503 also costs a round trip: count from `IAM@pbxa` to the ACM's arrival, `dst=pbxa`.", zh = "503 还要一次往返：从 `IAM@pbxa` 到 ACM 的到达，`dst=pbxa`。" },
}

task {
	goal = {
		{ "a first call is answered", zh = "第一个呼叫被应答",
			function(t)
				return t:first "kind=recv node=pbxa method=ANM"
			end },
		{ "both gateways have rejected another one", zh = "两个网关都拒绝了另一个呼叫",
			function(t)
				return t:first "kind=send src=gw2 status=503" ~= nil and t:first "kind=send src=gw3 status=503" ~= nil, t:last "kind=send src=gw3 status=503"
			end,
			why = { "Each of the two has one circuit. Which are in use?", zh = "两个网关各有一条电路。哪些在使用？" } },
		{ "the caller is told: REL", zh = "主叫得知：REL",
			function(t)
				return t:first "kind=send method=REL src=gw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "From a number in the 503: GW 2 names the next gateway",
			zh = "由 503 中的号码：GW 2 在其中说出下一个网关",
			why = { "The 503 has a cause, and no other address.", zh = "503 说出原因值，没有说别的地方。" } },
		{ "From Proxy 1, in a second 100 that has the address",
			zh = "由 Proxy 1 的第二个 100，其中有地址",
			why = { "A 100 says nothing about where the INVITE goes.", zh = "100 不说明 INVITE 发往哪里。" } },
		{ "It queries the DNS for the gateways of that number",
			zh = "它向 DNS 查询这个号码的网关",
			why = { "There is no name server in this network.", zh = "这个网络中没有域名服务器。" } },
		{ "From Contact of the 180 and the 200", right = true,
			zh = "由 180 和 200 的 Contact" },
	},
	rule = "gateway-2xx",
}
