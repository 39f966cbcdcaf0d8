-- The tasks of rfc3666-4.1; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "switchc.pick_up=1s..4s:1s", "gw2--switchc.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	number = function(t) return t:first("kind=send src=gw2 status=183").status end,
	wrong = {
		{ 180, why = { "Then the caller's own exchange would make the ringing tone.", zh = "那样就由主叫自己的交换机产生回铃音。" } },
		{ 100, why = { "That was sent before the IAM.", zh = "那是在 IAM 之前发送的。" } },
	},
	why = { "Look for what gw2 sends to proxy1 after the ACM.", zh = "看 ACM 之后 gw2 向 proxy1 发送什么。" },
	rule = "gateway-acm",
	records = function(t) return t:first "kind=send src=gw2 status=183" end,
	points = 2,
}

task {
	time = function(t) return t:last("kind=recv method=ANM").time - t:first("kind=send method=ANM").time end,
	wrong = {
		{ function(t) return t:first("kind=recv method=ANM").time - t:first("kind=send method=ANM").time end, why = { "Then it has come to the first gateway.", zh = "那时它刚到第一个网关。" } },
	},
	why = { "The send of switchc and the arrival at switcha.", zh = "取 switchc 的发送和 switcha 的收到。" },
	rule = "gateway-2xx",
	records = function(t) return t:last "kind=recv method=ANM" end,
	points = 2,
}

task {
	goal = {
		{ "the call was answered", zh = "呼叫被应答",
			function(t)
				return t:first "kind=recv node=switcha method=ANM"
			end },
		{ "Switch A releases it", zh = "Switch A 释放它",
			function(t)
				return t:first "kind=send method=REL src=switcha"
			end },
		{ "GW 2 releases its circuit", zh = "GW 2 释放它的电路",
			function(t)
				return t:first "kind=send method=REL src=gw2"
			end },
		{ "both are free: RLC", zh = "两条都空闲：RLC",
			function(t)
				return t:count "kind=recv method=RLC" == 2, t:last "kind=recv method=RLC"
			end,
			why = { "Each REL has its RLC.", zh = "每个 REL 都有自己的 RLC。" } },
	},
	points = 3,
}

task {
	choice = {
		{ "The circuit: it leads from Switch A to Switch C",
			zh = "电路：从 Switch A 通到 Switch C",
			why = { "A circuit ends at the gateway; each network has its own.", zh = "电路止于网关；每个网络有自己的电路。" } },
		{ "All parameters: the INVITE carries the first IAM along",
			zh = "所有参数：INVITE 带着第一个 IAM",
			why = { "The INVITE here has a number and SDP; GW 2 makes the rest anew.", zh = "这里的 INVITE 只有号码和 SDP；其余由 GW 2 重新生成。" } },
		{ "The called number, as the INVITE between them has it", right = true,
			zh = "被叫号码，两者之间的 INVITE 中有" },
		{ "The call reference, by which both networks know the call",
			zh = "呼叫标识，两个网络都以它识别呼叫",
			why = { "Each network names the call by its own circuit.", zh = "每个网络以自己的电路识别呼叫。" } },
	},
	rule = "gateway-invite",
}
