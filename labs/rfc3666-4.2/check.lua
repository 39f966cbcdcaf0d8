-- The tasks of rfc3666-4.2; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "pbxc.pick_up=1s..4s:1s", "proxy1--gw2.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send from=1s",
	points = 2,
}

task {
	number = function(t) return t:count "kind=send method=INVITE" end,
	wrong = {
		{ 2, why = { "Somebody has to send the first one to Proxy 1.", zh = "还要有人把第一个发给 Proxy 1。" } },
		{ 4, why = { "What GW 2 has refused it does not send on.", zh = "GW 2 拒绝的，它不转发。" } },
	},
	why = { "Count the sends of all nodes.", zh = "数所有节点的发送。" },
	rule = "proxy-forward",
	records = function(t) return t:last "kind=send method=INVITE" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=recv node=pbxa method=ACM").time - t:first("kind=send src=pbxa method=IAM").time end,
	wrong = {
		{ function(t) return t:first("kind=recv node=pbxa method=ACM").time - t:first("kind=send src=pbxa method=IAM").time - (t:first("kind=send method=INVITE dst=gw3").time - t:first("kind=send method=INVITE dst=gw2").time) end, why = { "So it would be if GW 2 had taken the call.", zh = "如果 GW 2 接下呼叫才是这样。" } },
	},
	why = { "Two records of pbxa: the send of its IAM and the arrival of the ACM. Subtract.", zh = "pbxa 的两条记录：发送 IAM 和收到 ACM，时刻相减。" },
	rule = "gateway-18x",
	records = function(t) return t:first "kind=recv node=pbxa method=ACM" end,
	points = 2,
}

task {
	goal = {
		{ "a first call is answered", zh = "第一个呼叫被应答",
			function(t)
				return t:first "kind=recv node=pbxa method=ANM"
			end },
		{ "both gateways have refused another one", zh = "两个网关都拒绝了另一个呼叫",
			function(t)
				return t:first "kind=send src=gw2 status=503" ~= nil and t:first "kind=send src=gw3 status=503" ~= nil, t:last "kind=send src=gw3 status=503"
			end,
			why = { "Each of the two has one circuit. Which are in use?", zh = "两个网关各有一条电路。哪些在使用？" } },
		{ "the caller hears of it: REL", zh = "主叫得知：REL",
			function(t)
				return t:first "kind=send method=REL src=gw1"
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "From a number in the 503: GW 2 names the next gateway there",
			zh = "由 503 中的号码：GW 2 在其中说出下一个网关",
			why = { "The 503 names a cause, and no other place.", zh = "503 说出原因值，没有说别的地方。" } },
		{ "From Proxy 1, in a second 100 that has the address",
			zh = "由 Proxy 1 的第二个 100，其中有地址",
			why = { "A 100 tells nothing of where the INVITE goes.", zh = "100 不说明 INVITE 发往哪里。" } },
		{ "It asks the DNS for the gateways of that number",
			zh = "它向 DNS 查询这个号码的网关",
			why = { "There is no name server in this network.", zh = "这个网络中没有域名服务器。" } },
		{ "From Contact of the 180 and the 200", right = true,
			zh = "由 180 和 200 的 Contact" },
	},
	rule = "gateway-2xx",
}
