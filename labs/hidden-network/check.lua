-- The tasks of hidden-network; their texts are in README.md.
lesson { minutes = 40, level = 3 }
vary { "sbc--peer.delay=15ms..45ms:5ms", "seed=1..999:1" }

local function vias(r)
	local n = 0
	while r:header("Via", n + 1) do
		n = n + 1
	end
	return n
end

local function first_invite(t, whom)
	return t:first("kind=send method=INVITE dst=" .. whom)
end

local function refused(t, whom)
	return t:first("kind=send status=488 dst=" .. whom)
end

-- The circle: Alice's last INVITE and what she gets.
local function asked(t)
	return t:last "kind=send method=INVITE src=alice"
end

local function told(t)
	return t:first "kind=recv status=483 node=alice"
end

local function broken(t)
	return t:first "kind=send status=483"
end

task {
	choice = {
		{ "The Call-ID is kept all the way round, as it is in a spiral",
			zh = "Call-ID 一路保持不变，与螺旋中一样",
			why = { "Compare two INVITEs of the loop.", zh = "比较环路中的两个 INVITE。" } },
		{ "All earlier Vias, even its own, are gone from the INVITE",
			zh = "以前的 Via 连同它自己的都已从 INVITE 中去掉", right = true },
		{ "A Via is looked at by phones alone, when they answer a call",
			zh = "Via 只由话机在响应呼叫时查看",
			why = { "Proxies look for themselves in it: that is how the loop was found there.", zh = "代理服务器在其中寻找自己：那里的环路就是这样发现的。" } },
		{ "Max-Forwards keeps a box from looking for loops in the Via",
			zh = "Max-Forwards 使设备不必在 Via 中查找环路",
			why = { "Both are checked; one does not replace the other.", zh = "两者都要求，一个不能代替另一个。" } },
	},
	rule = "pair-hops",
	records = function(t) return t:all "kind=send method=INVITE src=peer from=4.6s" end,
	ahead = true,
}

task {
	number = function(t) return vias(first_invite(t, "bob")) end,
	unit = { "Via fields", zh = "个 Via 头字段" },
	rule = "pair-call",
	wrong = {
		{ 4, why = { "That many nodes have sent it, but not all added their Via above the existing one.",
			zh = "发送过它的节点有这么多，但并非每个都把自己的 Via 写在已有的之上。" } },
		{ 2, why = { "That is the number in the INVITE that `core` sends: a proxy adds one. What does a user agent begin with?",
			zh = "`core` 发出的 INVITE 有这么多：代理服务器加一个。用户代理从几个开始？" } },
		{ 0, why = { "Bob's phone would not know where to send its response.", zh = "那样 Bob 的话机就不知道向哪里响应。" } },
	},
	why = { "Count the Via fields of the INVITE that `peer` sends to `bob`, and compare with the one that leaves `core`.",
		zh = "数 `peer` 发给 `bob` 的 INVITE 的 Via，并与离开 `core` 的比较。" },
	records = function(t) return { first_invite(t, "sbc"), first_invite(t, "peer"), first_invite(t, "bob") } end,
	hint = { "`-m method=INVITE src=peer dst=bob to=2s`, and RFC 3261 8.1.1.7: what a user agent begins with; RFC 7092 3.1.2 says what a box is.",
		zh = "`-m method=INVITE src=peer dst=bob to=2s`，以及 RFC 3261 8.1.1.7：用户代理从什么开始；中间设备是什么，见 RFC 7092 3.1.2。" },
	others = {
		{ number = function(t) return tonumber(first_invite(t, "bob"):header "Max-Forwards") end,
			rule = "pair-hops",
			wrong = {
				{ 70, why = { "That is the value at Alice's phone.", zh = "Alice 的话机从这么多开始。" } },
				{ 69, why = { "That is the value after the proxy. Do the SBCs decrement it, or start again?", zh = "代理服务器留下这么多。两台设备是各减一，还是重新开始？" } },
				{ 10, why = { "That is the last call.", zh = "那是最后一个呼叫。" } },
			},
			records = function(t) return { first_invite(t, "sbc"), first_invite(t, "peer"), first_invite(t, "bob") } end,
			ask = { "What is the Max-Forwards of Alice's first INVITE when it reaches Bob's phone?",
				zh = "Alice 的第一个 INVITE 到达 Bob 的话机时，Max-Forwards 是多少？" },
			why = { "Each of the nodes on the path changes it in the same way.",
				zh = "路径上的每个节点对它做同样的事。" },
			hint = { "`-m method=INVITE src=core,sbc,peer to=2s` shows it on three hops: how does each of the three change it? RFC 7332 5 is about B2BUAs.",
				zh = "`-m method=INVITE src=core,sbc,peer to=2s` 有三跳上的值：三者各自怎样处理它？RFC 7332 5 讲的是这种设备。" } },
		{ number = function(t) return vias(first_invite(t, "sbc")) end,
			unit = { "Via fields", zh = "个 Via 头字段" },
			rule = "proxy-forward",
			wrong = {
				{ 1, why = { "That is the number when it leaves Alice's phone.", zh = "离开 Alice 的话机时有这么多。" } },
				{ 3, why = { "The receiver adds none to the message that it gets.", zh = "接收方不在收到的消息中写自己的。" } },
			},
			records = function(t) return first_invite(t, "sbc") end,
			ask = { "How many Via fields does Alice's first INVITE have when it reaches the `sbc`?\n\n    rung show hidden-network -m method=INVITE to=2s",
				zh = "Alice 的第一个 INVITE 到达 `sbc` 时有几个 Via 头字段？\n\n    rung show hidden-network -m method=INVITE to=2s" },
			why = { "Each node that has sent this same request has its own in it.",
				zh = "发送过这同一个请求的每个节点都有自己的一个。" },
			hint = { "`-m method=INVITE src=core to=2s`: RFC 3261 16.6 says what a proxy adds.",
				zh = "`-m method=INVITE src=core to=2s`：RFC 3261 16.6 说明代理服务器加上什么。" } },
	},
}

task {
	text = { "Warning", "Warning:" },
	wrong = {
		{ "Server", why = { "That names a product, and the 488 that Alice's phone gets has one.", zh = "它指出产品，Alice 收到的 488 中也有。" } },
		{ "Reason", why = { "There is none in this 488.", zh = "这个 488 中没有它。" } },
		{ "Call-ID", why = { "It differs on each side, but both have one.", zh = "两侧各不相同，但都有。" } },
	},
	why = { "Compare the 488 that Bob's phone sends with the one that reaches Alice's: one line is missing there.",
		zh = "把 Bob 的话机发出的 488 与到达 Alice 的话机的并排对照：后者少一行。" },
	records = function(t) return { refused(t, "peer"), refused(t, "core") } end,
	hint = { "In `488@bob`, cross out all fields that `-m status=488 dst=alice` has, with any value; RFC 3261 21.4.26 says what such a rejection should explain.",
		zh = "从 `488@bob` 中划去 `-m status=488 dst=alice` 也有的字段，不论值是什么；这种拒绝应当说明什么，见 RFC 3261 21.4.26。" },
	others = {
		{ text = { "Organization", "Organization:" },
			wrong = {
				{ { "History-Info", "Record-Route" }, why = { "`core` has added that one; her phone did not send it.", zh = "那是 `core` 加上的；她的话机没有发送它。" } },
				{ { "From", "Contact", "Call-ID", "Via" }, why = { "It has another value there, but there is one.", zh = "那里的值不同，但仍有这个字段。" } },
			},
			records = function(t) return { t:first "kind=send method=INVITE src=alice", first_invite(t, "bob") } end,
			ask = { "One header field that Alice's phone has put into its first INVITE does not reach Bob's phone at all. Which?\n\n    rung show hidden-network -m method=INVITE to=2s",
				zh = "Alice 的话机写入第一个 INVITE 的头字段中，有一个根本没有到达 Bob 的话机。是哪个？\n\n    rung show hidden-network -m method=INVITE to=2s" },
			why = { "Route is used up on the way; look for a field that has nothing to do with routing.",
				zh = "Route 在途中用掉；找一个与路径无关的。" },
			hint = { "Go through the fields of `INVITE@alice`, and cross out what `-m method=INVITE dst=bob to=2s` has, with any value.",
				zh = "逐个看 `INVITE@alice` 的字段，划去 `-m method=INVITE dst=bob to=2s` 也有的，不论值是什么。" } },
		{ text = { "Record-Route", "Record-Route:" },
			wrong = {
				{ { "Via", "Max-Breadth", "Max-Forwards" }, why = { "It is also in the INVITE after the SBC.", zh = "设备之后的 INVITE 中也有它。" } },
				{ "History-Info", why = { "That records where the call has been; it is not used for routing.", zh = "它说明呼叫经过哪里；没有什么按它发送。" } },
				{ "Organization", why = { "That is from Alice's phone.", zh = "那是 Alice 的话机写的。" } },
			},
			records = function(t) return { first_invite(t, "sbc"), first_invite(t, "peer") } end,
			ask = { "The proxy `core` wants later requests of the call to go through it, and says so in the INVITE; after the `sbc` that field is gone. Which header field is it?\n\n    rung show hidden-network -m method=INVITE to=2s",
				zh = "代理服务器 `core` 希望呼叫中后来的请求也经过它，并在 INVITE 中写明；过了 `sbc` 就没有了。是哪个头字段？\n\n    rung show hidden-network -m method=INVITE to=2s" },
			why = { "It has the address of `core` in it, and is no Via.",
				zh = "其中有 `core` 的地址，但不是 Via。" },
			hint = { "Compare `-m method=INVITE src=core to=2s` with `-m method=INVITE src=sbc to=2s`; RFC 3261 16.6 step 4.",
				zh = "把 `-m method=INVITE src=core to=2s` 与 `-m method=INVITE src=sbc to=2s` 对照；RFC 3261 16.6 第 4 步。" } },
	},
}

task {
	find = {
		node = "peer",
		rule = "pair-hops",
		record = function(t) return { broken(t), broken(t).cause } end,
	},
	points = 3,
	why = { "Look for the first 483 that is sent: all others forward it. `rung explain` names the rule.",
		zh = "找第一个发出的 483：其余都只是把它传回去。`rung explain` 会说出规则。" },
	records = broken,
	hint = { "Of `status=483 kind=send` only one is caused by an INVITE and not by another 483: see in `method=INVITE kind=recv from=5s` the value of Max-Forwards just before it.",
		zh = "`status=483 kind=send` 中只有一个由 INVITE 引起，而不是由另一个 483 引起：在 `method=INVITE kind=recv from=5s` 中看，它之前 Max-Forwards 已减到多少。" },
	others = {
		{ draw = "status=488 kind=send",
			rule = "pair-refused",
			ask = { "Draw the path of the 488, one line for each hop, `bob -> peer 488`. At which nodes does a new response replace the one before?\n\n    rung show hidden-network -m status=488",
				zh = "画出 488 的路径，每一跳一行，如 `bob -> peer 488`。在哪两跳之间，它变成了另一个响应？\n\n    rung show hidden-network -m status=488" },
			hint = { "It returns through the nodes that have sent `method=INVITE kind=send from=4s to=5s`, in reverse order; an SBC answers its own call on each side.",
				zh = "它沿着发送过 `method=INVITE kind=send from=4s to=5s` 的节点逆序返回；这种设备响应的是另一个呼叫。" } },
		{ draw = "method=ACK kind=send from=4s to=5s",
			rule = "ict-ack",
			ask = { "Draw all ACKs of the second call, one line each, `X -> Y ACK`, in the order in which they are sent. For which response is each of them?\n\n    rung show hidden-network from=4s to=5s kind=send",
				zh = "画出第二个呼叫的所有 ACK，每条一行，如 `X -> Y ACK`，按发送的顺序。谁需要谁的？\n\n    rung show hidden-network from=4s to=5s kind=send" },
			hint = { "By RFC 3261 17.1.1.3 a node that gets a rejection acknowledges it on that hop, before it forwards it: `status=488 kind=recv` shows all of them.",
				zh = "按 RFC 3261 17.1.1.3，收到拒绝的一方在这一跳确认，然后才向前传：`status=488 kind=recv` 列出所有收到的一方。" } },
	},
}

task {
	time = function(t) return told(t).time - asked(t).time end,
	tolerance = 0.003,
	rule = "pair-hops",
	wrong = {
		{ function(t) return broken(t).time - asked(t).time end,
			why = { "At that time the loop is ended; the rejection must still return all the way.", zh = "那时环路被打断；拒绝还要沿原路一路返回。" } },
		{ function(t) return told(t).time end,
			why = { "That is the time since the start of the run; count from the INVITE.", zh = "那是运行的时刻；应从 INVITE 算起。" } },
	},
	why = { "Take two records at Alice's phone: the transmission of its last INVITE, and the arrival of the 483. Subtract.",
		zh = "看 Alice 的话机的两条记录：最后一个 INVITE 发出，483 到达。两者相减。" },
	records = function(t) return { asked(t), told(t) } end,
	hint = { "`INVITE@alice#3` is sent; then `status=483 node=alice kind=recv`.",
		zh = "`INVITE@alice#3` 发出；然后看 `status=483 node=alice kind=recv`。" },
}

task {
	goal = {
		{ "Bob's phone rejects with 488 and a Warning", zh = "Bob 的话机用带 Warning 的 488 拒绝",
			function(t)
				local r = t:first "kind=send status=488 src=bob"
				return r ~= nil and r:header "Warning" ~= nil, r
			end },
		{ "Alice's phone gets the Warning", zh = "Alice 的话机得到 Warning",
			function(t)
				local r = t:first "kind=recv status=488 node=alice"
				return r ~= nil and r:header "Warning" ~= nil, r
			end, rule = "pair-refused" },
		{ "the proxy has recorded the path, and the SBC does not reveal it", zh = "代理服务器记下了路径，设备不把它说出去",
			function(t)
				local came, went = t:last "kind=recv method=INVITE node=sbc src=core", t:last "kind=send method=INVITE src=sbc"
				return came ~= nil and went ~= nil and came:header "History-Info" ~= nil and
				    went:header "History-Info" == nil, went
			end },
		{ "the media still go through the SBC", zh = "媒体仍经过设备",
			function(t)
				local r = t:last "kind=send method=INVITE src=sbc"
				return r ~= nil and r.text:match "\r\nc=IN IP4 (%S+)" == "192.0.2.1", r
			end },
	},
	points = 3,
	hint = { "docs/TOPOLOGY.md says what `hides` removes. With `--set sbc.hides=false` compare `-m method=INVITE src=sbc` with `-m status=488 dst=alice`: which of their fields must still be removed?",
		zh = "`hides` 去掉什么，见 docs/TOPOLOGY.md。用 `--set sbc.hides=false` 对照 `-m method=INVITE src=sbc` 与 `-m status=488 dst=alice`：其中哪个字段仍须去掉？" },
}
