-- The tasks of rfc3666-2.2; their texts are in README.md.
lesson { minutes = 20, level = 1 }
vary { "pbx.pick_up=1s..4s:1s", "alice--proxy1.delay=5ms..45ms:5ms", "seed=1..999:1" }

task {
	draw = "proto=isup kind=send",
	points = 2,
}

task {
	text = { "4445550001" },
	wrong = {
		{ "+14445550001", why = { "So SIP has it; in the IAM it is a national number, without the country code.", zh = "SIP 中是这样；在 IAM 中它是国内号码，没有国家代码。" } },
		{ "3145551111", why = { "That is the calling one.", zh = "那是主叫号码。" } },
	},
	why = { "The called party number stands in the field of Q.763 3.9.", zh = "被叫号码在 Q.763 3.9 的字段中。" },
	rule = "gateway-invite",
	records = function(t) return t:first "kind=send method=IAM" end,
	points = 2,
}

task {
	time = function(t) return t:first("kind=send method=REL").time - t:first("kind=send method=BYE src=alice").time end,
	wrong = {
		{ function(t) return t:first("kind=send method=REL").time end, why = { "That is the time of the run.", zh = "那是运行的时刻。" } },
		{ 0, why = { "The BYE has two links to cross first.", zh = "BYE 要先经过两段链路。" } },
	},
	why = { "Two sends: the BYE of alice and the REL of gw1. Subtract.", zh = "两次发送：alice 的 BYE 和 gw1 的 REL，相减。" },
	rule = "gateway-bye",
	records = function(t) return t:first "kind=send method=REL" end,
	points = 2,
}

task {
	goal = {
		{ "the exchange releases the call", zh = "交换机释放呼叫",
			function(t)
				return t:first "kind=send method=REL src=pbx"
			end },
		{ "Alice's phone hears 486", zh = "Alice 的话机收到 486",
			function(t)
				return t:first "kind=recv node=alice status=486"
			end,
			why = { "Which cause of Q.850 is 486? docs/ISUP.md says where that is written.", zh = "哪个 Q.850 原因值对应 486？docs/zh/ISUP.md 说明在哪里。" } },
		{ "it says a cause of Q.850", zh = "其中写有 Q.850 原因值",
			function(t)
				local r = t:first "kind=recv node=alice status=486"
				return r ~= nil and tostring(r:header "Reason"):match "^Q.850;cause=" ~= nil, r
			end },
	},
	points = 3,
}

task {
	choice = {
		{ "For the RLC, by which the circuit is free",
			zh = "等待 RLC，电路由它变为空闲",
			why = { "Look at the times: the 200 to the BYE is sent before the RLC comes.", zh = "看时刻：对 BYE 的 200 在 RLC 到来之前就发送了。" } },
		{ "For a REL of the company's exchange",
			zh = "等待公司交换机自己发来的 REL",
			why = { "Who hangs up is Alice: the REL is the gateway's.", zh = "挂断的是 Alice：REL 由网关发送。" } },
		{ "For nothing: the two sides end each by itself", right = true,
			zh = "什么也不等：两侧各自结束" },
		{ "For its own timer T1, which runs from the REL on",
			zh = "等待自己的定时器 T1，它从 REL 开始计时",
			why = { "T1 repeats the REL where no RLC comes; the BYE is answered long before.", zh = "没有 RLC 时 T1 使 REL 重发；BYE 早已得到响应。" } },
	},
	rule = "gateway-bye",
}
