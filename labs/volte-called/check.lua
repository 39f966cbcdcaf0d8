-- The tasks of volte-called; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice.answer=1500ms..3000ms:250ms", "mgcf--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=5s",
	points = 2,
}

task {
	text = { "P-Called-Party-ID", "p-called-party-id" },
	wrong = {
		{ "To", why = { "To is written by whoever calls, and proves nothing on the way.", zh = "To 由主叫填写，途中不说明什么。" } },
		{ { "Request-URI", "request-uri" }, why = { "There stands her Contact by then.", zh = "那时里面已是她的 Contact。" } },
	},
	why = { "RFC 7315 4.2: what stood in the Request-URI when the call came to her S-CSCF.", zh = "RFC 7315 第 4.2 节：呼叫到达她的 S-CSCF 时 Request-URI 中的内容。" },
	records = function(t) return t:first "kind=send method=INVITE dst=alice" end,
}

task {
	choice = {
		{ "since it has to ask the HSS once more about her", zh = "因为它还要再问一次 HSS",
			why = { "It asks nobody between the two.", zh = "两者之间它没有询问任何人。" } },
		{ "since her number becomes her name, on which it goes", zh = "因为号码换成了她的名字，再往下走", right = true },
		{ "since the call has to be charged for twice", zh = "因为这个呼叫要计费两次",
			why = { "Both copies have one and the same icid.", zh = "两份的 icid 相同。" } },
		{ "since an application server has sent it back", zh = "因为应用服务器把它送回来了",
			why = { "There is none in this network.", zh = "这个网络中没有应用服务器。" } },
	},
	why = { "Bindings are of names: the number is one more name of the same user (RFC 3966 5.1 has no place in it).", zh = "绑定属于名字：号码只是同一用户的另一个名字（RFC 3966 的号码不含地点）。" },
	records = function(t) return t:first "kind=send method=INVITE src=scscf dst=scscf" end,
	points = 2,
}

task {
	number = { 1 },
	wrong = {
		{ 404, why = { "That is the status; the exchange gets a cause.", zh = "那是状态码；交换机得到的是原因值。" } },
		{ 16, why = { "That is of the call before.", zh = "那是前一个呼叫的。" } },
		{ 5001, why = { "That is the answer of the HSS.", zh = "那是 HSS 的回答。" } },
	},
	rule = "gateway-rel",
	why = { "The last REL goes the other way: from the MGCF.", zh = "最后一个 REL 方向相反：来自 MGCF。" },
	records = function(t) return t:last "kind=send method=REL src=mgcf" end,
}

task {
	choice = {
		{ "the DNS, for ENUM", zh = "DNS（ENUM）",
			why = { "Nobody asks it: a call from outside is for a user of the network, or for nobody.", zh = "没有人询问它：从外面来的呼叫要么打给本网用户，要么无人可打。" } },
		{ "the S-CSCF, which has no binding", zh = "没有绑定的 S-CSCF",
			why = { "The call never gets there.", zh = "呼叫没有到那里。" } },
		{ "the exchange, which has a list of numbers", zh = "有号码表的交换机",
			why = { "It has sent the IAM: the number is not one of its own.", zh = "是它发出 IAM：号码不属于它。" } },
		{ "the HSS, which knows all users", zh = "认识所有用户的 HSS", right = true },
	},
	why = { "LIA 5001: no such user.", zh = "LIA 5001：没有这个用户。" },
	records = function(t) return t:last "kind=send method=LIA" end,
}

task {
	goal = {
		{ "a telephone calls Alice's number", zh = "一部电话呼叫 Alice 的号码",
			function(t) return t:first "kind=send method=IAM src=exchange" end },
		{ "her network says 480, since she is not registered", zh = "她的网络说 480，因为她没有注册",
			function(t) return t:first "kind=send status=480 dst=mgcf" end,
			why = { "Her phone can register no more: alice:unregister().", zh = "她的话机可以注销：alice:unregister()。" } },
		{ "and the exchange gets a REL", zh = "交换机收到 REL",
			function(t) return t:first "kind=send method=REL src=mgcf" end },
	},
	points = 3,
}
