-- The tasks of volte-called; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice.answer=1500ms..3000ms:250ms", "mgcf--exchange.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=5s",
	points = 2,
	hint = { "`kind=route from=900ms to=1.085s` has the choice of each next hop, and how it was made; an INVITE that gets a new name goes through the same once more.",
		zh = "`kind=route from=900ms to=1.085s` 是每次对下一跳的选择及其依据；换成新名称之后，同样的过程再走一次。" },
	others = {
		{
			draw = "method=BYE kind=send",
			ask = { "Draw the path of the BYE, one line for each hop, such as `icscf -> scscf INVITE`. Which of the nodes that received the INVITE does not see it?\n\n    rung show volte-called method=BYE kind=send",
				zh = "画出 BYE 的路径，每一跳一行，如 `icscf -> scscf INVITE`。收到过 INVITE 的服务器中，哪一台看不到它？\n\n    rung show volte-called method=BYE kind=send" },
			rule = "dialog-route",
			hint = { "Compare the Record-Routes of `-m method=INVITE dst=alice`, from the caller's side, with the nodes of `method=INVITE kind=send from=900ms to=5s`: which node has written none?",
				zh = "从主叫一侧看 `-m method=INVITE dst=alice` 的 Record-Route，与 `method=INVITE kind=send from=900ms to=5s` 的节点比较：谁没有留下？" },
		},
		{
			draw = "method=ACK kind=send to=7s",
			ask = { "Draw the path of the ACK of the first call, one line for each hop, such as `icscf -> scscf INVITE`. Which of the nodes that received the INVITE does not see it?\n\n    rung show volte-called method=ACK kind=send to=7s",
				zh = "画出第一个呼叫的 ACK 的路径，每一跳一行，如 `icscf -> scscf INVITE`。收到过 INVITE 的服务器中，哪一台看不到它？\n\n    rung show volte-called method=ACK kind=send to=7s" },
			rule = "dialog-route",
			hint = { "The Record-Routes of `-m status=200 cseq=INVITE dst=mgcf`, the last first, are the Routes of the ACK, RFC 3261, 12.1.2: two that follow each other may belong to one node.",
				zh = "`-m status=200 cseq=INVITE dst=mgcf` 的 Record-Route 从最后一个开始，就是 ACK 的各个 Route，RFC 3261 第 12.1.2 节：相邻两个可能属于同一节点。" },
		},
	},
}

task {
	text = { "P-Called-Party-ID", "p-called-party-id" },
	wrong = {
		{ "To", why = { "The caller writes To, and it proves nothing on the path.", zh = "To 由主叫填写，途中不说明什么。" } },
		{ { "Request-URI", "request-uri" }, why = { "There it has her Contact.", zh = "那时里面已是她的 Contact。" } },
	},
	why = { "RFC 7315 4.2: what was in the Request-URI when the call arrived at her S-CSCF.", zh = "RFC 7315 第 4.2 节：呼叫到达她的 S-CSCF 时 Request-URI 中的内容。" },
	records = function(t) return t:first "kind=send method=INVITE dst=alice" end,
	hint = { "Compare `INVITE@pcscf`, as it arrives, with `INVITE@mgcf`, as it began: which new field keeps the URI in the first line of the latter, RFC 7315?",
		zh = "把到达她话机的 `INVITE@pcscf` 与最初的 `INVITE@mgcf` 并排：后者首行的 URI 保留在哪个新字段中，RFC 7315？" },
	others = {
		{
			text = function(t) return t:first("kind=send method=INVITE src=scscf dst=scscf").text:match "^%u+ (%S+)" end,
			ask = { "The S-CSCF sends the INVITE to itself. With which Request-URI?\n\n    rung show volte-called -m method=INVITE src=scscf",
				zh = "S-CSCF 把 INVITE 发给自己。Request-URI 是什么？\n\n    rung show volte-called -m method=INVITE src=scscf" },
			wrong = {
				{ { "tel:+12015550101", "+12015550101" }, why = { "That is how it has arrived there.", zh = "到达那里时是这样。" } },
				{ "sip:alice@192.0.2.1:5060", why = { "That is how it is sent to her phone.", zh = "发往她的话机时是这样。" } },
			},
			why = { "Read the first line of the INVITE between the S-CSCF and the S-CSCF.",
				zh = "读 S-CSCF 发给 S-CSCF 的 INVITE 的首行。" },
			hint = { "It is the first of her names: first line of `-m method=INVITE src=scscf dst=scscf`.",
				zh = "它是她的第一个名字：`-m method=INVITE src=scscf dst=scscf` 的首行。" },
			records = function(t) return t:first "kind=send method=INVITE src=scscf dst=scscf" end,
		},
		{
			text = function(t) return t:first("kind=send method=INVITE src=mgcf").text:match "^%u+ (%S+)" end,
			ask = { "The exchange has sent 2015550101 in its IAM. Which Request-URI does the MGCF make from it?\n\n    rung show volte-called -m method=INVITE src=mgcf",
				zh = "交换机在 IAM 中发送的是 2015550101。MGCF 由它得出的 Request-URI 是什么？\n\n    rung show volte-called -m method=INVITE src=mgcf" },
			wrong = {
				{ { "2015550101", "tel:2015550101", "tel:+2015550101" }, why = { "A number with + begins with its country.", zh = "带 + 的号码以国家代码开头。" } },
				{ "sip:alice@home.example", why = { "The MGCF does not know names of users.", zh = "MGCF 不知道用户的名字。" } },
			},
			why = { "Read the first line of the INVITE that the MGCF sends in the first call.",
				zh = "读第一个呼叫中离开 MGCF 的 INVITE 的首行。" },
			hint = { "`IAM@exchange` says with the nature of its address (Q.763, 3.9) that the number is a national one; a global one, RFC 3966, 5.1.4, has something before that.",
				zh = "`IAM@exchange` 的地址性质（Q.763 第 3.9 节）说明这是国内号码；全球号码（RFC 3966 第 5.1.4 节）在它前面还有别的。" },
			records = function(t) return t:first "kind=send method=INVITE src=mgcf" end,
		},
	},
}

task {
	choice = {
		{ "since it has to ask the HSS once more about her", zh = "因为它还要再问一次 HSS",
			why = { "It asks nobody between the two.", zh = "两者之间它没有询问任何人。" } },
		{ "since her number becomes her name, on which it goes", zh = "因为号码换成了名字，再往下走", right = true },
		{ "since the call has to be charged for twice", zh = "因为这个呼叫要计费两次",
			why = { "Both copies have the same icid.", zh = "两份的 icid 相同。" } },
		{ "since an application server has sent it back", zh = "因为应用服务器把它送回来了",
			why = { "There is none in this network.", zh = "这个网络中没有应用服务器。" } },
	},
	why = { "Bindings belong to names: the number is one more name of the same user (RFC 3966 5.1 has no place in it).", zh = "绑定属于名字：号码只是同一用户的另一个名字（RFC 3966 的号码不含地点）。" },
	records = function(t) return t:first "kind=send method=INVITE src=scscf dst=scscf" end,
	points = 2,
}

task {
	number = { 1 },
	wrong = {
		{ 404, why = { "That is the status; the exchange gets a cause.", zh = "那是状态码；交换机得到的是原因值。" } },
		{ 16, why = { "That belongs to the first call.", zh = "那是前一个呼叫的。" } },
		{ 5001, why = { "That is the answer of the HSS.", zh = "那是 HSS 的回答。" } },
	},
	rule = "gateway-rel",
	why = { "The last REL has the other direction: from the MGCF.", zh = "最后一个 REL 方向相反：来自 MGCF。" },
	records = function(t) return t:last "kind=send method=REL src=mgcf" end,
	ahead = true,
	hint = { "RFC 3398, section 8.2.6.1, has a table from status to cause; `method=REL src=mgcf`.",
		zh = "RFC 3398 第 8.2.6.1 节有从状态码到原因值的表；看 `method=REL src=mgcf`。" },
	others = {
		{
			number = 16,
			ask = { "Before you look at the run: which cause does the REL of the exchange have in the first call, when the telephone hangs up?\n\n    rung show volte-called method=REL",
				zh = "先不看运行：第一个呼叫中，电话挂断时，交换机的 REL 会带哪个原因值？\n\n    rung show volte-called method=REL" },
			ahead = true,
			wrong = {
				{ 1, why = { "That is for a number that nobody has.", zh = "那是无人使用的号码。" } },
				{ 17, why = { "Nobody is busy.", zh = "没有谁忙。" } },
				{ 31, why = { "There is a more exact one.", zh = "有更确切的一个。" } },
			},
			why = { "The first REL comes from the exchange: read its cause.",
				zh = "第一个 REL 来自交换机：读它的原因值。" },
			hint = { "Q.850 calls it normal: `method=REL src=exchange`.",
				zh = "Q.850 称之为正常：`method=REL src=exchange`。" },
			records = function(t) return t:first "kind=send method=REL src=exchange" end,
		},
		{
			number = function(t) return t:count "kind=send method=LIR from=900ms" end,
			ask = { "Before you look at the run: how often is the home subscriber server asked where a called user is (LIR), in both calls together?\n\n    rung show volte-called method=LIR kind=send from=900ms",
				zh = "先不看运行：两个呼叫中，总共会向归属用户服务器询问被叫在哪里（LIR）多少次？\n\n    rung show volte-called method=LIR kind=send from=900ms" },
			ahead = true,
			wrong = {
				{ 1, why = { "Before it is asked, no node knows that there is no such user.", zh = "不询问，就没有谁知道没有这个用户。" } },
				{ 3, why = { "The S-CSCF itself has its users.", zh = "S-CSCF 自己知道它的用户。" } },
			},
			why = { "Count the LIRs after the first second.",
				zh = "数第一秒之后的 LIR。" },
			hint = { "`method=INVITE dst=icscf kind=send from=900ms` is what arrives at the entry: does it know any user before it has asked, and must the S-CSCF ask for a user whose binding it has?",
				zh = "`method=INVITE dst=icscf kind=send from=900ms` 是来到入口的：入口不查询就知道用户在哪里吗？S-CSCF 对自己存有绑定的用户还需要查询吗？" },
			records = function(t) return t:all "kind=send method=LIR from=900ms" end,
		},
	},
}

task {
	choice = {
		{ "the DNS, for ENUM", zh = "DNS（ENUM）",
			why = { "The DNS is not asked: a call from outside is for a user of the network, or for nobody.", zh = "没有人询问它：从外面来的呼叫要么打给本网用户，要么无人可打。" } },
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
			why = { "Her phone must not be registered any more: alice:unregister().", zh = "她的话机可以注销：alice:unregister()。" } },
		{ "and the exchange gets a REL", zh = "交换机收到 REL",
			function(t) return t:first "kind=send method=REL src=mgcf" end },
	},
	points = 3,
}
